//! What holds after any sequence of verbs, by anybody, at any times.

use proptest::collection::vec;
use proptest::prelude::*;

use super::super::verb::MOST_OF_EACH;
use super::*;

/// A verb out of a small world, so that the same things meet.
fn any_verb() -> impl Strategy<Value = Verb> {
    let person = || (1..12_u64).prop_map(PersonId);
    let written = || prop_oneof![4 => Just(words("text")), 1 => Just(nothing())];
    let name = || (0..80_u8).prop_map(|n| tag(&format!("tag-{n}")));
    let case = || (1..100_u64).prop_map(CaseNumber);
    prop_oneof![
        written().prop_map(Verb::Reply),
        (0..4_usize).prop_map(|n| Verb::Prioritise(Priority::ALL[n])),
        Just(Verb::Close { reason: None }),
        (1..=5_u8).prop_map(|score| Verb::Rate(rating(score))),
        Just(Verb::Take),
        proptest::option::of(person()).prop_map(Verb::Assign),
        written().prop_map(Verb::Answer),
        written().prop_map(Verb::Note),
        proptest::option::of(written()).prop_map(Verb::Solve),
        (0..2_u8).prop_map(|n| Verb::WaitForThirdParty { on: (n > 0).then(|| "them".to_owned()) }),
        Just(Verb::Reopen),
        (0..2_u8).prop_map(|n| Verb::Move(queue(&format!("queue-{n}")))),
        (0..2_u8).prop_map(|n| Verb::Rename(Subject::parse(&format!("subject {n}")).unwrap())),
        name().prop_map(Verb::Tag),
        name().prop_map(Verb::Tag),
        name().prop_map(Verb::Untag),
        person().prop_map(Verb::Follow),
        person().prop_map(Verb::Unfollow),
        case().prop_map(Verb::Link),
        case().prop_map(Verb::Link),
        case().prop_map(Verb::Unlink),
        (any::<bool>(), any::<bool>())
            .prop_map(|(says, internal)| Verb::Correct(correction(says.then_some("text"), internal))),
        Just(Verb::Nudge),
        Just(Verb::Nudge),
    ]
}

fn anybody() -> impl Strategy<Value = By> {
    let person = || (1..12_u64).prop_map(PersonId);
    prop_oneof![person().prop_map(By::Requester), person().prop_map(By::Staff), Just(By::Desk)]
}

fn any_policy() -> impl Strategy<Value = Policy> {
    (vec(1..200_i64, 4), 0..200_i64).prop_map(|(all, reopen)| Policy {
        remind_after: hours(all[0]),
        close_after: hours(all[1]),
        warn_before: hours(all[2]),
        settle_after: hours(all[3]),
        reopen_within: hours(reopen),
    })
}

/// One thing after the other: how many minutes after the one before (a clock may also go back), what, and by whom.
fn any_script() -> impl Strategy<Value = Vec<(i64, Verb, By)>> {
    let jump = prop_oneof![0..180_i64, 0..20_000_i64, -60..0_i64];
    vec((jump, any_verb(), anybody()), 1..80)
}

/// What is so of every case at every time.
fn is_valid(told: &Told) -> Result<(), TestCaseError> {
    let case = &told.case;
    prop_assert!(case.status != Status::New || case.assignee.is_none(), "a new case has no assignee");
    prop_assert_eq!(case.waiting_since.is_some(), case.status.waits_for_staff());
    prop_assert_eq!((case.number, case.requester, case.opened_at), (CaseNumber(42), ANN, start()));
    for count in [case.tags.len(), case.followers.len(), case.links.len()] {
        prop_assert!(count <= MOST_OF_EACH);
    }
    prop_assert!(!case.links.contains(&case.number) && !case.followers.contains(&case.requester));
    prop_assert_eq!(case.events as usize, told.events.len());
    let replayed = Case::replay(&told.events);
    prop_assert_eq!(replayed.as_ref(), Some(case), "the timeline adds up to the case");
    let Status::Closed { at, reopens_until, .. } = &case.status else { return Ok(()) };
    prop_assert!(at <= reopens_until);
    Ok(())
}

/// What is so of one thing that was done.
fn is_sound(
    before: &Told,
    after: &Told,
    verb: &Verb,
    by: By,
    now: DateTime<Utc>,
    did: &[What],
) -> Result<(), TestCaseError> {
    if let Some(at) = before.case.first_response_at {
        prop_assert_eq!(after.case.first_response_at, Some(at), "it is the first only once");
    }
    if let By::Requester(_) = by {
        let is_own = |what: &What| matches!((verb, what), (Verb::Unfollow(own), What::Unfollowed(_)) if by.person() == Some(*own));
        prop_assert!(
            !did.iter().any(|what| what.is_internal() && !is_own(what)),
            "customers do nothing in secret"
        );
    }
    for what in did {
        let What::Became(status) = what else { continue };
        prop_assert!(status.due().is_none_or(|due| due >= now), "nothing is due before it was decided");
        if before.case.standing() == Standing::Closed {
            prop_assert!(matches!(verb, Verb::Reply(_) | Verb::Reopen), "{verb:?} opened a closed case");
            prop_assert_eq!(status.standing(), Standing::Open);
        }
    }
    if let Verb::Correct(_) = verb {
        prop_assert!(
            did.len() == 1 && before.case.status == after.case.status,
            "it changes words, and nothing else"
        );
    }
    if before.case.standing() == Standing::Closed && after.case.standing() == Standing::Closed {
        prop_assert_eq!(&before.case.status, &after.case.status);
        prop_assert!(!did.iter().any(|what| matches!(what, What::Message(_) | What::Assigned(_))));
    }
    Ok(())
}

/// Done again at the same moment, it changes nothing; what is said twice was said twice.
fn is_idempotent(
    told: &Told,
    verb: &Verb,
    by: By,
    policy: &Policy,
    now: DateTime<Utc>,
) -> Result<(), TestCaseError> {
    let says = matches!(
        verb,
        Verb::Reply(_) | Verb::Answer(_) | Verb::Note(_) | Verb::Solve(Some(_)) | Verb::Correct(_)
    );
    if !says && *verb != Verb::Nudge {
        prop_assert_eq!(told.case.decide(verb, by, policy, now), Ok(Vec::new()), "{:?} twice", verb);
    }
    Ok(())
}

proptest! {
    #[test]
    fn no_sequence_of_verbs_reaches_an_invalid_case(policy in any_policy(), script in any_script()) {
        let (mut told, mut now) = (Told::new(), start());
        for (minutes, verb, by) in script {
            now += TimeDelta::minutes(minutes);
            let before = told.clone();
            if let Ok(did) = told.act(&verb, by, &policy, now) {
                is_sound(&before, &told, &verb, by, now, &did)?;
                is_idempotent(&told, &verb, by, &policy, now)?;
            } else {
                prop_assert_eq!(&told.case, &before.case, "what is refused does nothing");
            }
            is_valid(&told)?;
        }
        let json = serde_json::to_string(&told.case).unwrap();
        prop_assert_eq!(serde_json::from_str::<Case>(&json).unwrap(), told.case);
        let json = serde_json::to_string(&told.events).unwrap();
        prop_assert_eq!(serde_json::from_str::<Vec<Event>>(&json).unwrap(), told.events);
    }

    /// However long the desk was off: one thing after the other, the warning says when, and leaves its time.
    #[test]
    fn a_silent_customer_is_reminded_warned_and_closed_each_once(policy in any_policy(), jumps in vec(1..20_000_i64, 1..40)) {
        let mut told = Told::new();
        told.act(&Verb::Answer(words("well?")), By::Staff(AGENT), &policy, start()).unwrap();
        let (mut now, mut seen) = (start(), Vec::new());
        for minutes in jumps {
            now += TimeDelta::minutes(minutes);
            let due = told.case.status.due();
            let did = told.act(&Verb::Nudge, By::Desk, &policy, now).unwrap();
            prop_assert_eq!(did.is_empty(), due.is_none_or(|due| due > now), "what is due is done, and nothing else");
            seen.extend(did.into_iter().map(|what| (now, what)));
        }
        let (mut closes, mut rank) = (None, 0);
        for (at, what) in seen.iter().filter(|(_, what)| !matches!(what, What::Became(Status::WaitingOnCustomer { .. }))) {
            let this = match what {
                What::Reminded => {
                    prop_assert!(*at >= start() + policy.remind_after);
                    1
                }
                What::Warned { closes_at } => {
                    prop_assert!(*closes_at >= *at + policy.warn_before && *closes_at >= start() + policy.close_after);
                    closes = Some(*closes_at);
                    2
                }
                What::Became(Status::Closed { at, how: Closing::Silence, .. }) => {
                    prop_assert!(closes.is_some_and(|closes| closes <= *at), "it was not closed before it was said");
                    3
                }
                other => return Err(TestCaseError::fail(format!("{other:?}"))),
            };
            prop_assert_eq!(this, rank + 1, "one after the other, each once");
            rank = this;
        }
    }

    #[test]
    fn a_solved_case_settles_when_its_time_is_over(policy in any_policy(), minutes in 0..20_000_i64) {
        let mut told = Told::new();
        told.act(&Verb::Solve(None), By::Staff(AGENT), &policy, start()).unwrap();
        let now = start() + TimeDelta::minutes(minutes);
        told.act(&Verb::Nudge, By::Desk, &policy, now).unwrap();
        let settled = matches!(told.case.status, Status::Closed { how: Closing::Settled, .. });
        prop_assert_eq!(settled, now >= start() + policy.settle_after);
    }
}
