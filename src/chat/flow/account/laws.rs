//! What holds whatever is said.

use chrono::DateTime;
use proptest::prelude::*;

use super::tests::draft;
use super::*;
use crate::chat::Ticket;
use crate::chat::flow::{Draft, Flow, Given, NotTaken, Pick, Way};
use crate::domain::{Handle, Place, Platform, Privacy};

fn given() -> impl Strategy<Value = Given> {
    let texts = vec![
        "ada",
        "ben and dan",
        "cleo",
        "done",
        "all",
        "none",
        "open",
        "secure",
        "administrator",
        "only some toolboxes",
        "customer",
        "partner",
        "Zoe Zimmer",
        "zoe@example.org",
        "-",
        "keep",
        "keep the rest",
        "send it",
        "yes",
        "change",
        "show all",
        "downloads",
        "lic-1",
        "why is that",
    ];
    let handle = || (1_u64..7).prop_map(|id| Handle::from(ContactId(id)));
    let ways = proptest::sample::select(Way::ALL.to_vec());
    prop_oneof![
        4 => proptest::sample::select(texts).prop_map(|text| Given::Text(text.to_owned())),
        1 => any::<String>().prop_map(Given::Text),
        1 => handle().prop_map(|handle| Given::Pick(Pick::With(handle))),
        1 => handle().prop_map(|handle| Given::Pick(Pick::Without(handle))),
        1 => ways.prop_map(|way| Given::Pick(Pick::Way(way))),
        1 => (0_usize..99).prop_map(|from| Given::Pick(Pick::From(from))),
        1 => proptest::sample::select(vec![
            Pick::All, Pick::Keep, Pick::KeepRest, Pick::Empty, Pick::Request, Pick::Confirm, Pick::Next, Pick::Skip
        ])
        .prop_map(Given::Pick),
        1 => proptest::collection::vec(("(name|mail|phone|company|x)", any::<String>()), 0..4)
            .prop_map(Given::Fields),
    ]
}

proptest! {
    #[test]
    fn whatever_is_said_can_be_kept_and_gone_back_from(
        procedure in proptest::sample::select(Procedure::ALL.to_vec()),
        is_secure in any::<bool>(),
        me in 1_u64..4,
        all in proptest::collection::vec(given(), 0..14),
    ) {
        let model = if is_secure { AccessModel::Secure } else { AccessModel::Open };
        let begin = draft(procedure, model, me);
        let place = Place { platform: Platform::Console, conversation: "test".to_owned(), privacy: Privacy::Private };
        let flow = |draft: &AccountDraft| {
            let draft = Draft::Account(Box::new(draft.clone()));
            Flow::begin(Ticket::new(1), place.clone(), draft, DateTime::UNIX_EPOCH)
        };
        let mut draft = begin.clone();
        for one in all {
            let kept = draft.clone();
            match draft.give(&one) {
                Ok(()) | Err(NotTaken::Form(_)) => {}
                Err(_) => prop_assert_eq!(&draft, &kept, "what is not taken changes nothing"),
            }
            let name = draft.step().name().into_owned();
            prop_assert!((1..=8).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_alphanumeric()), "{}", name);
            if draft.confirmed {
                prop_assert!(draft.change().is_some() || draft.profile().is_some());
            }
            // It survives being kept, with what there is to see then.
            let json = serde_json::to_value(flow(&draft)).unwrap();
            let again: Flow = serde_json::from_value(json).unwrap();
            let Draft::Account(mut again) = again.draft else { panic!() };
            again.sight = draft.sight.clone();
            prop_assert_eq!(again.step(), draft.step());
            let mut steps = 0;
            while again.back() {
                steps += 1;
                prop_assert!(steps <= 200, "going back comes to an end");
            }
            prop_assert_eq!(again.asks(), begin.asks());
        }
    }
}
