//! What can be done to a case, as a table: every verb by everybody in every status.

use std::fmt::Write;

use super::*;

/// A case of each standing, an hour after which everything in the table is done. Those that somebody works on have an assignee.
fn standing(standing: Standing) -> Case {
    let (new, staff) = (Told::new().then(&Verb::Tag(tag("old")), By::Staff(AGENT)), By::Staff(AGENT));
    let new = new.then(&Verb::Follow(FOLLOWER), staff).then(&Verb::Link(CaseNumber(7)), staff);
    match standing {
        Standing::New => new,
        Standing::Open => new.then(&Verb::Take, staff),
        Standing::WaitingOnCustomer => new.then(&Verb::Answer(words("which version?")), staff),
        Standing::WaitingOnThirdParty => {
            new.then(&Verb::Take, staff).then(&Verb::WaitForThirdParty { on: None }, staff)
        }
        Standing::Solved => new.then(&Verb::Solve(None), staff),
        Standing::Closed => new.then(&Verb::Close { reason: None }, By::Requester(ANN)),
    }
    .case
}

fn every_verb() -> Vec<Verb> {
    vec![
        Verb::Reply(words("hello")),
        Verb::Prioritise(Priority::High),
        Verb::Close { reason: None },
        Verb::Rate(rating(4)),
        Verb::Take,
        Verb::Assign(Some(OTHER)),
        Verb::Assign(None),
        Verb::Answer(words("try this")),
        Verb::Note(words("hm")),
        Verb::Solve(None),
        Verb::Solve(Some(words("done"))),
        Verb::WaitForThirdParty { on: Some("the vendor".to_owned()) },
        Verb::Reopen,
        Verb::Move(queue("customer-service")),
        Verb::Rename(Subject::parse("0x80").unwrap()),
        Verb::Tag(tag("new")),
        Verb::Untag(tag("old")),
        Verb::Follow(OTHER),
        Verb::Unfollow(FOLLOWER),
        Verb::Link(CaseNumber(8)),
        Verb::Unlink(CaseNumber(7)),
        Verb::Correct(correction(Some("hello there"), false)),
        Verb::Correct(correction(None, false)),
        Verb::Correct(correction(None, true)),
        Verb::Nudge,
    ]
}

/// What came of it, in as few words as fit into a table.
fn outcome(decided: &Result<Vec<What>, Refused>) -> String {
    let word = |what: &What| match what {
        What::Became(status) => format!("→{}", status.standing().name()),
        What::Assigned(person) => {
            person.map_or("unassigned".to_owned(), |person| format!("assigned {}", person.0))
        }
        What::Message(_) => "message".to_owned(),
        other => {
            let text = format!("{other:?}").to_lowercase();
            text.split(['(', ' ']).next().unwrap_or_default().to_owned()
        }
    };
    match decided {
        Ok(what) if what.is_empty() => "·".to_owned(),
        Ok(what) => what.iter().map(word).collect::<Vec<_>>().join(", "),
        Err(why) => format!("✗ {why}"),
    }
}

#[test]
fn every_verb_by_everybody_in_every_status() {
    let everybody = [
        ("requester", By::Requester(ANN)),
        ("follower", By::Requester(FOLLOWER)),
        ("assignee", By::Staff(AGENT)),
        ("other agent", By::Staff(OTHER)),
        ("desk", By::Desk),
    ];
    let mut table = String::new();
    for verb in every_verb() {
        writeln!(table, "{verb:?}").unwrap();
        for (who, by) in everybody {
            // What is the same in every status is said once.
            let mut last: Option<(Vec<&str>, String)> = None;
            let mut rows = Vec::new();
            for status in Standing::ALL {
                let said = outcome(&standing(status).decide(&verb, by, &POLICY, start() + hours(1)));
                match &mut last {
                    Some((names, before)) if *before == said => names.push(status.name()),
                    Some(_) | None => rows.extend(last.replace((vec![status.name()], said))),
                }
            }
            rows.extend(last);
            for (names, said) in rows {
                let names =
                    if names.len() == Standing::ALL.len() { "always".to_owned() } else { names.join(", ") };
                writeln!(table, "  {who}, {names}: {said}").unwrap();
            }
        }
    }
    insta::assert_snapshot!(table);
}

#[test]
fn a_closed_case_opens_with_a_reply_until_its_time_is_over() {
    let closed = standing(Standing::Closed);
    let reply = |after| {
        let now = start() + POLICY.reopen_within + after;
        outcome(&closed.decide(&Verb::Reply(words("again")), By::Requester(ANN), &POLICY, now))
    };
    assert_eq!(reply(TimeDelta::zero()), "message, →open");
    assert_eq!(reply(TimeDelta::seconds(1)), "✗ it was closed too long ago");
}

#[test]
fn what_is_empty_is_refused_whoever_says_it() {
    for status in Standing::ALL {
        let case = standing(status);
        let says = |verb, by| case.decide(&verb, by, &POLICY, start());
        assert_eq!(says(Verb::Reply(nothing()), By::Requester(ANN)), Err(Refused::Empty));
        assert_eq!(says(Verb::Note(nothing()), By::Staff(AGENT)), Err(Refused::Empty));
        if status != Standing::Closed {
            assert_eq!(says(Verb::Answer(nothing()), By::Staff(AGENT)), Err(Refused::Empty));
            assert_eq!(says(Verb::Solve(Some(nothing())), By::Staff(AGENT)), Err(Refused::Empty));
        }
    }
}

#[test]
fn a_case_with_as_many_events_as_there_may_be_can_still_come_to_its_end() {
    let full = Case { events: MOST_EVENTS, ..standing(Standing::Open) };
    for verb in every_verb() {
        let by = if matches!(verb, Verb::Reply(_) | Verb::Rate(_)) {
            By::Requester(ANN)
        } else {
            By::Staff(AGENT)
        };
        let decided = full.decide(&verb, by, &POLICY, start());
        match verb {
            Verb::Close { .. } => assert_eq!(outcome(&decided), "→closed"),
            Verb::Nudge => assert_eq!(decided, Err(Refused::OnlyStaff)),
            verb => assert_eq!(decided, Err(Refused::Full), "{verb:?}"),
        }
    }
}

#[test]
fn nobody_links_a_case_to_itself_or_unfollows_another_customer() {
    let case = standing(Standing::Open);
    let by = |verb, by| case.decide(&verb, by, &POLICY, start());
    assert_eq!(by(Verb::Link(case.number), By::Staff(AGENT)), Err(Refused::Itself));
    assert_eq!(by(Verb::Unfollow(FOLLOWER), By::Requester(ANN)), Err(Refused::OnlyStaff));
    assert_eq!(by(Verb::Follow(ANN), By::Staff(AGENT)), Ok(Vec::new()), "whose it is follows it anyway");
    assert_eq!(by(Verb::Take, By::Staff(OTHER)), Err(Refused::TakenBy(AGENT)));
}
