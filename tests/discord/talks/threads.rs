//! The private thread of a case.

use serde_json::json;

use crate::discord::double::{Double, Entry, Id, Message};
use crate::discord::world::World;

/// Waits until somebody is, or is no longer, in a thread.
async fn waits_for(double: &Double, thread: Id, person: Id, is_in: bool) {
    double
        .wait_until(|state| {
            state.channels[&thread].thread.as_ref().unwrap().members.contains_key(&person) == is_in
        })
        .await;
}

/// Waits until the bot has archived a thread, or taken it up, so many times.
async fn waits_for_archive(double: &Double, thread: Id, archived: bool, times: usize) {
    let route = format!("PATCH /channels/{thread}");
    let is_such = |entry: &&Entry| entry.body["archived"] == archived && entry.succeeded();
    double
        .wait_until(|state| {
            let entries = state
                .log
                .entries
                .iter()
                .filter(|entry| entry.method == "PATCH" && format!("PATCH {}", entry.route()) == route);
            entries.filter(is_such).count() >= times
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_in_a_thread_is_in_the_case_and_the_other_way_round() {
    let mut world = World::new().await;
    let (alice, bo, help, staff, double) =
        (world.alice, world.bo, world.help, world.staff, world.double.clone());
    world.opens(alice, help, "The zebra printer is on fire").await;
    let thread = world.thread("CASE-000001").await;
    waits_for(&double, thread, alice, true).await;
    double.slash(bo, staff, "take", &json!({ "case": "1" })).shown().await;
    waits_for(&double, thread, bo, true).await;

    // What happens to one message is handled before what happens to the next.
    let first = double.says(alice, thread, "It began at noon");
    double.edits(first, "It began at eleven");
    let secret = double.says(alice, thread, "My locker has number 1234");
    double.deletes(secret);
    // Compressed by its first bytes, and then every byte there is.
    let bytes: Vec<u8> = [0x1f, 0x8b, 8].into_iter().chain((0..=255).cycle().take(100_000)).collect();
    double.sends(alice, thread, "Here is what it said", &[("fire.gz", "application/gzip", &bytes)]);
    let told = double.says(bo, thread, "Thank you, I am on my way");
    double.edits(told, "Thank you, I am on my way, ten minutes");
    let carol = double.add_member(world.guild, "Carol", &[]);
    double.adds_to_thread(bo, thread, carol);
    let hers = double.says(carol, thread, "Can I help?");
    let answers = |one: &Message| one.reference.as_ref().is_some_and(|to| to.message == Some(hers));
    let refused = double.message_in(thread, answers).await;
    world.note("Carol, added to the thread by hand: Can I help?");
    world.show(&refused);
    // The library hands over what comes at the same moment in any order.
    for words in ["It began at eleven", "took back", "fire.gz", "ten minutes"] {
        world.until_case_shows(bo, "1", words).await;
    }

    let note = json!({ "case": "1", "text": "They smoke in there." });
    world.commands("Bo", staff, "note", &note).await;
    let answer = json!({ "case": "1", "text": "The fire is out." });
    world.commands("Bo", staff, "answer", &answer).await;
    let shown = world.said(thread, "The fire is out.").await;
    world.note("in the thread");
    world.show(&shown);
    world.commands("Alice", help, "case show", &json!({ "case": "1" })).await;
    world.commands("Bo", staff, "case show", &json!({ "case": "1" })).await;

    let transcript = double.slash(alice, help, "case transcript", &json!({ "case": "1" })).shown().await;
    let path = transcript.attachments[0].url.replace(&double.url(), "");
    let text = double.read(|state| String::from_utf8(state.files[&path].1.clone()).unwrap());
    for words in ["It began at eleven", "fire.gz", "ten minutes", "The fire is out."] {
        assert!(text.contains(words), "{words}: {text}");
    }
    // What was taken back was said all the same, and is not hidden from those who were told.
    assert!(text.contains("took back"), "{text}");
    for words in ["Can I help?", "They smoke"] {
        assert!(!text.contains(words), "{words}: {text}");
    }
    for message in double.messages(thread) {
        assert!(!message.words().contains("They smoke"), "a note is in the thread");
    }
    let kept = world.kept_files();
    assert!(kept.contains(&bytes), "the file was not kept as it was sent");
    insta::assert_snapshot!(world.transcript());
    world.stop();
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_case_has_an_archived_thread_and_a_reply_takes_it_up_again() {
    let mut world = World::new().await;
    let (alice, help, double) = (world.alice, world.help, world.double.clone());
    world.opens(alice, help, "The zebra printer is on fire").await;
    let thread = world.thread("CASE-000001").await;
    waits_for(&double, thread, alice, true).await;
    world.commands("Alice", help, "case close", &json!({ "case": "1", "reason": "It is out" })).await;
    waits_for_archive(&double, thread, true, 1).await;
    let end = world.said(thread, "closed").await;
    world.note("in the thread");
    world.show(&end);
    // Whoever writes in an archived thread takes it up, at Discord as well.
    double.says(alice, thread, "It burns again");
    waits_for_archive(&double, thread, false, 1).await;
    world.commands("Bo", world.staff, "solve", &json!({ "case": "1", "text": "Out for good." })).await;
    let solved = world.said(thread, "Out for good.").await;
    world.note("in the thread");
    world.show(&solved);
    let shown = world.commands("Alice", help, "case show", &json!({ "case": "1" })).await;
    assert!(shown.words().contains("It burns again"), "{}", shown.words());
    // The other way: a reply by command.
    world.commands("Alice", help, "case close", &json!({ "case": "1", "reason": "Fine" })).await;
    waits_for_archive(&double, thread, true, 2).await;
    let reply = json!({ "case": "1", "text": "Smoke!" });
    world.commands("Alice", help, "case reply", &reply).await;
    waits_for_archive(&double, thread, false, 2).await;
    world.said(thread, "Smoke!").await;
    insta::assert_snapshot!(world.transcript());
    world.stop();
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn followers_come_into_the_thread_and_leave_it() {
    let mut world = World::new().await;
    let (alice, help, staff, double) = (world.alice, world.help, world.staff, world.double.clone());
    let carol = double.add_member(world.guild, "Carol", &[]);
    world.opens(alice, help, "The zebra printer is on fire").await;
    let thread = world.thread("CASE-000001").await;
    waits_for(&double, thread, alice, true).await;
    let who = json!({ "case": "1", "who": carol.to_string() });
    world.commands("Bo", staff, "manage follow", &who).await;
    waits_for(&double, thread, carol, true).await;
    double.says(carol, thread, "I smell it, too");
    let case = json!({ "case": "1" });
    // A message has no answer by which it is known to be kept.
    let mut shown = double.slash(carol, help, "case show", &case).shown().await;
    while !shown.words().contains("I smell it, too") {
        assert!(shown.words().contains("zebra"), "{}", shown.words());
        shown = double.slash(carol, help, "case show", &case).shown().await;
    }
    world.commands("Bo", staff, "manage unfollow", &who).await;
    waits_for(&double, thread, carol, false).await;
    let shown = double.slash(carol, help, "case show", &json!({ "case": "1" })).shown().await;
    assert!(!shown.words().contains("zebra"), "{}", shown.words());
    assert!(!double.may(carol, thread, crate::discord::double::rights::VIEW_CHANNEL));
    let shown = world.commands("Alice", help, "case show", &json!({ "case": "1" })).await;
    assert!(shown.words().contains("I smell it, too"), "{}", shown.words());
    insta::assert_snapshot!(world.transcript());
    world.stop();
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn words_are_kept_without_the_files_that_can_not_be() {
    let mut world = World::bare().await;
    world.settings.push("cases.max_file_mb=1".to_owned());
    world.start().await;
    world.set_up().await;
    let (alice, help, double) = (world.alice, world.help, world.double.clone());
    world.opens(alice, help, "The zebra printer is on fire").await;
    let thread = world.thread("CASE-000001").await;
    waits_for(&double, thread, alice, true).await;
    let large = vec![b'x'; 1_100_000];
    let png: &[u8] = b"\x89PNG\r\n\x1a\n";
    for (text, files) in [
        (
            "This is what it looks like",
            vec![("fire.png", "image/png", png), ("setup.exe", "application/x", b"MZ")],
        ),
        ("All that it said", vec![("log.txt", "text/plain", large.as_slice())]),
        ("", vec![("empty.txt", "text/plain", b"".as_slice())]),
        ("I say it again", vec![("setup.png", "image/png", b"MZ\x90\0"), ("log.txt", "text/plain", &large)]),
    ] {
        let said = double.sends(alice, thread, text, &files);
        let answer = double
            .message_in(thread, |one| one.reference.as_ref().is_some_and(|to| to.message == Some(said)));
        let names: Vec<&str> = files.iter().map(|(name, ..)| *name).collect();
        world.note(&format!("Alice in the thread: {text} [{}]", names.join(", ")));
        world.show(&answer.await);
    }
    world.commands("Alice", help, "case show", &json!({ "case": "1" })).await;
    assert!(world.kept_files().contains(&png.to_vec()));
    insta::assert_snapshot!(world.transcript());
    world.stop();
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_erased_leaves_the_thread_at_once() {
    let mut world = World::new().await;
    let (alice, help, double) = (world.alice, world.help, world.double.clone());
    world.opens(alice, help, "The zebra printer is on fire").await;
    let thread = world.thread("CASE-000001").await;
    waits_for(&double, thread, alice, true).await;
    let erased = world.run(&["person", "erase", &format!("discord:{alice}"), "--yes"]);
    assert!(erased.status.success(), "{erased:?}");
    waits_for(&double, thread, alice, false).await;
    world.stop();
    world.assert_clean();
}
