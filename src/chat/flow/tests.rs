//! Every step of every flow can be gone back from, interrupted and given up, whatever was said before.

use chrono::DateTime;
use proptest::prelude::*;

use super::*;
use crate::domain::case::Score;
use crate::domain::{About, Article, ArticleId, Block, Handle, Kind, Passage, Platform, Privacy, Span};

fn place() -> Place {
    Place { platform: Platform::Console, conversation: "test".to_owned(), privacy: Privacy::Private }
}

fn flow(draft: Draft) -> Flow {
    Flow::begin(Ticket::new(1), place(), draft, DateTime::UNIX_EPOCH)
}

fn opening(has_products: bool) -> Draft {
    let mut draft = OpenCase::about(None).unwrap();
    draft.has_products = has_products;
    Draft::OpenCase(draft)
}

fn products() -> Vec<Product> {
    let id = crate::domain::ProductId::parse("citrix-cloud").unwrap();
    vec![Product {
        id,
        name: "Citrix Cloud".to_owned(),
        aliases: Vec::new(),
        queue: "technical-support".to_owned(),
    }]
}

/// A guide of three steps, at its beginning.
fn walk(has_opening: bool) -> Draft {
    let about = About::new(ArticleId::parse("CTX1").unwrap(), "An article".to_owned(), Kind::Support);
    let says = |text: &str| Block::Paragraph(vec![Span::Plain(text.to_owned())]);
    let steps =
        ["Open it.", "Fill it in.", "Save it."].map(|text| crate::domain::Step { blocks: vec![says(text)] });
    let before = if has_opening { vec![says("Be an administrator.")] } else { Vec::new() };
    let list = Block::Steps { start: 1, steps: steps.into() };
    let blocks = before.into_iter().chain([list]).collect();
    let article = Article { about, passages: vec![Passage { heading: None, blocks }] };
    Draft::Walk(Walk::begin(&article, 0).unwrap())
}

/// A draft of each kind as it begins.
fn drafts() -> impl Strategy<Value = Draft> {
    let kinds = vec![
        WritingKind::Reply,
        WritingKind::Files,
        WritingKind::Close,
        WritingKind::Rate(Score::new(3).unwrap()),
        WritingKind::Answer,
        WritingKind::Note,
        WritingKind::Solve,
    ];
    let writing = (proptest::sample::select(kinds), any::<bool>()).prop_map(|(kind, known)| {
        Draft::Writing(Writing::new(kind, known.then_some(CaseNumber(42)), None).unwrap())
    });
    let opening = any::<bool>().prop_map(opening);
    let refusing = RefuseRequest::new(OrgId::draw(7), RequestId(3));
    let proofs = vec![
        Draft::RefuseRequest(refusing),
        Draft::Address(Address::default()),
        linking(false),
        linking(true),
    ];
    prop_oneof![opening, writing, proptest::sample::select(proofs), any::<bool>().prop_map(walk)]
}

/// A chat that waits to be linked, and that somebody claimed on the page.
fn linking(claimed: bool) -> Draft {
    let chat = crate::domain::Identity::Discord(400);
    let claim =
        Claim { person: crate::domain::PersonId(7), generation: 1, until: DateTime::UNIX_EPOCH, guesses: 0 };
    Draft::Link(Link { claim: claimed.then_some(claim), ..Link::of(chat, Address::default()) })
}

/// Anything that a person may give, fitting or not.
fn given() -> impl Strategy<Value = Given> {
    let article = Handle::from(&ArticleId::parse("CTX1").unwrap());
    let product = Handle::from(&crate::domain::ProductId::parse("citrix-cloud").unwrap());
    let picks = vec![
        Pick::Skip,
        Pick::Neither,
        Pick::Solved(article),
        Pick::Same,
        Pick::Another,
        Pick::Product(product),
        Pick::NoProduct,
        Pick::Case(CaseNumber(7)),
        Pick::Next,
        Pick::Stuck,
        Pick::Restart,
        Pick::Worked,
        Pick::Failed,
    ];
    prop_oneof![
        proptest::sample::select(picks).prop_map(Given::Pick),
        Just(Given::Files),
        any::<String>().prop_map(Given::Text),
        proptest::sample::select(vec![
            "no",
            "yes",
            "42",
            "Citrix Cloud",
            "the console shows 0x80",
            "ada@example.org"
        ])
        .prop_map(|text| Given::Text(text.to_owned())),
    ]
}

/// What a handler adds to an opening once it looked.
fn looked(flow: &mut Flow) {
    if let Draft::OpenCase(draft) = &mut flow.draft
        && draft.needs_look().is_some()
    {
        let articles = vec![ArticleId::parse("CTX1").unwrap()];
        draft.found = Some(Found { articles, similar: Some(CaseNumber(41)) });
    }
}

proptest! {
    #[test]
    fn what_is_given_leads_on_and_back_leads_back(draft in drafts(), all in proptest::collection::vec(given(), 0..12)) {
        let mut flow = flow(draft);
        for one in all {
            let kept = flow.clone();
            if flow.give(&one, &products()).is_ok() {
                looked(&mut flow);
            } else {
                prop_assert_eq!(&flow, &kept, "what is not taken changes nothing");
            }
            // Whatever was said: it survives being kept, can be given up, and can be gone back from to where it began.
            let json = serde_json::to_value(&flow).unwrap();
            let mut again: Flow = serde_json::from_value(json).unwrap();
            prop_assert_eq!(again.step(), flow.step());
            let mut steps = 0;
            while again.back() {
                looked(&mut again);
                steps += 1;
                prop_assert!(steps <= 20, "going back comes to an end");
            }
        }
    }

    #[test]
    fn a_flow_that_is_ready_takes_nothing_more(draft in drafts(), all in proptest::collection::vec(given(), 0..12), last in given()) {
        let mut flow = flow(draft);
        for one in all {
            let _ = flow.give(&one, &products());
            looked(&mut flow);
        }
        if flow.step() == Step::Ready {
            prop_assert_eq!(flow.give(&last, &products()), Err(NotTaken::NoAnswer));
        }
    }
}

#[test]
fn opening_asks_for_what_is_missing_and_for_nothing_else() {
    let text = Given::Text("the console shows error 0x80".to_owned());
    let mut flow = flow(opening(true));
    let mut steps = Vec::new();
    for given in [
        text,
        Given::Text("no".to_owned()),
        Given::Pick(Pick::Another),
        Given::Text("citrix cloud".to_owned()),
    ] {
        steps.push(flow.step().name());
        flow.give(&given, &products()).unwrap();
        looked(&mut flow);
    }
    steps.push(flow.step().name());
    assert_eq!(steps, ["text", "articles", "similar", "product", "ready"]);
}

#[test]
fn a_typed_code_is_never_kept() {
    for draft in [Draft::Address(Address::default()), linking(false), linking(true)] {
        let mut flow = flow(draft);
        flow.give(&Given::Text("ada@example.org".to_owned()), &[]).unwrap();
        flow.give(&Given::Text("123456".to_owned()), &[]).unwrap();
        assert!(!serde_json::to_string(&flow).unwrap().contains("123456"));
    }
    let mut claimed = flow(linking(true));
    claimed.give(&Given::Text("123 456".to_owned()), &[]).unwrap();
    assert_eq!(claimed.draft.proof().and_then(|proof| proof.typed.as_deref()), Some("123 456"));
    assert!(!serde_json::to_string(&claimed).unwrap().contains("123 456"));
    assert_eq!(flow(linking(false)).give(&Given::Text("123456".to_owned()), &[]), Err(NotTaken::NoAddress));
}
