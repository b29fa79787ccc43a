//! Replies of every shape, with texts that are short, long or hostile.

use chrono::{DateTime, NaiveDate, Utc};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::chat::choice::{CaseVerb, FlowVerb};
use crate::chat::flow::Pick;
use crate::chat::{
    Card, CaseLine, Choice, ChoiceId, CommandHelp, Document, Field, FieldKind, Form, Mention, Picker,
    PickerKind, ProductLine, Progress, Reply, ReplyBlock, Ticket, TimelineEntry, Verb, Visibility,
};
use crate::domain::case::CaseNumber;
use crate::domain::{ArticleId, Block, Handle, Kind, Passage, ProductId, Span, Step, TimeStyle};

use super::escaping::dangerous;

/// Which texts a reply is made of.
#[derive(Debug, Clone, Copy)]
pub enum Texts {
    /// Whatever breaks something.
    Hostile,
    /// Words of letters, so that they can be found again.
    Words,
}

impl Texts {
    fn short(self) -> BoxedStrategy<String> {
        match self {
            Self::Hostile => {
                prop_oneof![4 => dangerous(), 1 => any::<String>(), 1 => "[a_*`]{300,400}"].boxed()
            }
            Self::Words => "[a-z]{1,8}( [a-z]{1,8}){0,6}".boxed(),
        }
    }

    fn long(self) -> BoxedStrategy<String> {
        let short = self.short();
        let much = vec(self.short(), 1..120).prop_map(|texts| texts.join(" "));
        match self {
            Self::Hostile => prop_oneof![6 => short, 1 => much, 1 => "(\\*|`|<|a|@here ){2000,6000}"].boxed(),
            Self::Words => prop_oneof![6 => short, 2 => much].boxed(),
        }
    }

    fn span(self) -> BoxedStrategy<Span> {
        let text = || self.long();
        let marked = prop_oneof![
            4 => text().prop_map(Span::Plain),
            2 => text().prop_map(Span::Strong),
            2 => text().prop_map(Span::Match),
            2 => text().prop_map(Span::Code),
            1 => (self.short(), id()).prop_map(|(text, id)| Span::Article { text, id }),
            1 => number().prop_map(Span::Case),
        ];
        let url = || prop_oneof!["https://[a-z]{1,8}\\.test/[a-z]{0,9}", self.short()];
        let time = (time(), any::<bool>()).prop_map(|(at, is_day)| Span::Time {
            at,
            style: if is_day { TimeStyle::Day } else { TimeStyle::Moment },
        });
        match self {
            Self::Hostile => prop_oneof![
                8 => marked,
                2 => (text(), url()).prop_map(|(text, url)| Span::Link { text, url }),
                1 => time,
            ]
            .boxed(),
            // A neighbour would be part of the same word.
            Self::Words => prop_oneof![
                8 => marked,
                1 => ("[a-z]{1,8} [a-z]{1,8}", "https://[a-z]{1,8}\\.test/").prop_map(|(text, url)| Span::Link { text, url }),
            ]
            .boxed(),
        }
    }

    fn spans(self) -> BoxedStrategy<Vec<Span>> {
        let spans = vec(self.span(), 0..5);
        match self {
            Self::Hostile => spans.boxed(),
            Self::Words => spans
                .prop_map(|spans| {
                    spans.into_iter().flat_map(|span| [span, Span::Plain(" ".to_owned())]).collect()
                })
                .boxed(),
        }
    }

    fn table(self) -> BoxedStrategy<Block> {
        match self {
            Self::Hostile => vec(vec(self.spans(), 0..4), 0..4).prop_map(Block::Table).boxed(),
            // Small enough for columns, which keep the order of its words.
            Self::Words => {
                let cell = "[a-z]{1,8}".prop_map(|text| vec![Span::Plain(text)]);
                vec(vec(cell, 1..4), 1..4).prop_map(Block::Table).boxed()
            }
        }
    }

    fn blocks(self) -> BoxedStrategy<Vec<Block>> {
        let leaf = prop_oneof![
            4 => self.spans().prop_map(Block::Paragraph),
            1 => self.spans().prop_map(Block::Heading),
            1 => vec(self.long(), 0..6).prop_map(|rows| Block::Code(rows.join("\n"))),
            1 => self.table(),
        ];
        let block = leaf.prop_recursive(3, 20, 4, |inner| {
            let some = vec(inner, 0..4);
            prop_oneof![
                some.clone().prop_map(Block::Quote),
                vec(some.clone(), 0..4).prop_map(Block::Bullets),
                (any::<u64>(), 0_u32..64, vec(some, 0..4)).prop_map(|(start, less, steps)| Block::Steps {
                    start: start >> less,
                    steps: steps.into_iter().map(|blocks| Step { blocks }).collect(),
                }),
            ]
        });
        vec(block, 0..5).boxed()
    }

    fn card(self) -> BoxedStrategy<Card> {
        let heading = proptest::option::of(self.short());
        let section = (heading, self.blocks()).prop_map(|(heading, blocks)| Passage { heading, blocks });
        let url = proptest::option::of(prop_oneof!["https://[a-z]{1,9}\\.test/\\PC{0,9}", self.short()]);
        let updated = proptest::option::of(any::<u16>());
        (id(), self.short(), self.short(), vec(section, 0..4), updated, url)
            .prop_map(|(id, title, label, sections, days, url)| Card {
                id,
                title,
                kind: Kind::Support,
                label,
                sections,
                updated: days
                    .and_then(|days| NaiveDate::from_num_days_from_ce_opt(700_000 + i32::from(days))),
                url,
            })
            .boxed()
    }

    fn mention(self) -> impl Strategy<Value = Mention> {
        (id(), self.short(), self.short(), press()).prop_map(|(id, title, label, press)| Mention {
            id,
            title,
            label,
            press,
        })
    }

    fn case(self) -> impl Strategy<Value = CaseLine> {
        (number(), self.short(), self.short(), time(), press()).prop_map(
            |(number, subject, about, updated, press)| CaseLine { number, subject, about, updated, press },
        )
    }

    fn entry(self) -> impl Strategy<Value = TimelineEntry> {
        let text = proptest::option::of(vec(self.long(), 1..5).prop_map(|rows| rows.join("\n")));
        (time(), self.short(), text, vec(self.short(), 0..3), any::<bool>())
            .prop_map(|(at, title, text, files, internal)| TimelineEntry { at, title, text, files, internal })
    }

    fn product(self) -> impl Strategy<Value = ProductLine> {
        ("[a-z]{1,9}", self.short(), any::<bool>(), press()).prop_map(|(id, name, chosen, press)| {
            ProductLine { id: ProductId::parse(&id).unwrap(), name, chosen, press }
        })
    }

    fn picker(self) -> impl Strategy<Value = Picker> {
        let kind = prop_oneof![
            Just(PickerKind::TextChannels),
            Just(PickerKind::ChannelsWithThreads),
            Just(PickerKind::ForumChannels),
            Just(PickerKind::Roles)
        ];
        (press(), self.short(), self.short(), kind, vec(0_u64..40, 0..40), any::<u8>()).prop_map(
            |(id, label, about, kind, chosen, most)| Picker { id, label, about, kind, chosen, most },
        )
    }

    fn block(self) -> BoxedStrategy<ReplyBlock> {
        let command = (self.short(), self.short(), self.short())
            .prop_map(|(usage, about, example)| CommandHelp { usage, about, example });
        let document = (self.short(), self.short(), self.long()).prop_map(|(name, media, text)| Document {
            name,
            media,
            text,
        });
        prop_oneof![
            4 => self.spans().prop_map(ReplyBlock::Paragraph),
            2 => self.blocks().prop_map(ReplyBlock::Text),
            2 => self.card().prop_map(ReplyBlock::Card),
            1 => vec(self.mention(), 0..30).prop_map(ReplyBlock::Articles),
            1 => vec(self.mention(), 0..4).prop_map(ReplyBlock::Also),
            1 => vec(self.product(), 0..60).prop_map(ReplyBlock::Products),
            1 => vec(command, 0..9).prop_map(ReplyBlock::Commands),
            1 => vec(self.case(), 0..30).prop_map(ReplyBlock::Cases),
            1 => vec(self.entry(), 0..6).prop_map(ReplyBlock::Timeline),
            1 => document.prop_map(ReplyBlock::File),
            1 => (self.short(), 0..30_usize, 0..30_usize)
                .prop_map(|(title, at, of)| ReplyBlock::Progress(Progress { title, at, of })),
            1 => vec(self.picker(), 0..8).prop_map(ReplyBlock::Pickers),
        ]
        .boxed()
    }

    /// Any reply of such texts.
    pub fn reply(self) -> impl Strategy<Value = Reply> {
        let choice = (press(), self.short()).prop_map(|(id, label)| Choice { id, label });
        let form = proptest::option::of(form());
        (vec(self.block(), 0..6), vec(choice, 0..40), form).prop_map(|(blocks, choices, form)| Reply {
            blocks,
            choices,
            form,
            visibility: Visibility::Everyone,
        })
    }
}

fn id() -> impl Strategy<Value = ArticleId> {
    prop_oneof!["CTX[1-9][0-9]{2,6}", "[a-z]{1,9}"].prop_map(|id| ArticleId::parse(&id).unwrap())
}

fn number() -> impl Strategy<Value = CaseNumber> {
    (1_u64..1_000_000).prop_map(CaseNumber)
}

fn time() -> impl Strategy<Value = DateTime<Utc>> {
    (0_i64..4_000_000_000).prop_map(|seconds| DateTime::from_timestamp(seconds, 0).unwrap())
}

/// Ids of choices, some of them equal, some of no desk's making.
fn press() -> impl Strategy<Value = ChoiceId> {
    let article = || "[a-z]{1,9}".prop_map(|id| Handle::from(&ArticleId::parse(&id).unwrap()));
    let verb = prop_oneof![
        article().prop_map(Verb::Article),
        article().prop_map(Verb::Product),
        article().prop_map(Verb::Whole),
        article().prop_map(|handle| Verb::Flow(
            Ticket::new(3),
            FlowVerb::Pick("product".to_owned(), Pick::Product(handle))
        )),
        (1_u64..99).prop_map(|case| Verb::Case(CaseNumber(case), CaseVerb::Show)),
        (1_u64..99).prop_map(|case| Verb::Case(CaseNumber(case), CaseVerb::Close)),
        Just(Verb::Help),
        Just(Verb::Ask),
        Just(Verb::Queue),
    ];
    prop_oneof![
        9 => verb.prop_map(|verb| ChoiceId::of(&verb)),
        1 => prop_oneof!["", "s:1", "[a-z]{99,102}", "é{50,51}"].prop_map(ChoiceId::from),
    ]
}

/// Any form.
pub fn form() -> impl Strategy<Value = Form> {
    let text = || Texts::Hostile.short();
    let value = proptest::option::of(text());
    let field = (text(), text(), any::<bool>(), any::<bool>(), 0_usize..30_000, value).prop_map(
        |(name, label, is_long, optional, most, value)| Field {
            name,
            label,
            kind: if is_long { FieldKind::Paragraphs } else { FieldKind::Line },
            optional,
            most,
            value,
        },
    );
    (press(), text(), any::<bool>(), vec(field, 0..13)).prop_map(|(id, title, at_once, fields)| Form {
        id,
        title,
        at_once,
        fields,
    })
}
