//! From a question to a case that is solved, rated and remembered.

use chrono::TimeDelta;
use insta::assert_snapshot;

use super::World;

#[tokio::test]
async fn the_whole_loop_from_a_question_to_a_rated_case() {
    let mut world = World::new().await;
    world.hire("bo").await;
    world.say("restrict a contact").await;
    world.press("Not what I need").await;
    world.say("open a case, the console shows error 0x80 since this morning").await;
    world.press("Something else").await;
    world.restart().await;
    world.is_now("bo");
    world.say("/queue").await;
    world.press("CASE-000001").await;
    world.press("Take it").await;
    world.say("/note 1 looks like the outage of last week").await;
    world.press("Show the case").await;
    world.say("/answer 1 Please restart the connector, and tell me whether the error stays.").await;
    world.is_now("ada");
    world.news().await;
    world.press("Reply").await;
    world.say("It is gone, thank you.").await;
    world.is_now("bo");
    world.news().await;
    world.say("/solve 1").await;
    world.say("skip").await;
    world.is_now("ada");
    world.news().await;
    world.say("/close 1 a restart helped").await;
    world.press("Entirely").await;
    world.say("quick and kind").await;
    world.say("my cases").await;
    world.press("CASE-000001").await;
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn articles_that_solve_it_keep_a_case_from_being_opened() {
    let mut world = World::new().await;
    world.say("open a ticket: I have to restrict a contact of our account").await;
    world.press("Read: Update contact restrictions and administrators").await;
    world.say("that solved it").await;
    world.say("my cases").await;
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn a_similar_case_is_offered_instead() {
    let mut world = World::new().await;
    world.say("/open the console shows error 0x80 since this morning").await;
    world.say("skip").await;
    world.wait(TimeDelta::hours(1));
    world.say("/open still the error 0x80 in the console").await;
    world.press("Add it to CASE-000001").await;
    world.press("Show the case").await;
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn a_flow_is_interrupted_left_gone_back_from_and_resumed() {
    let mut world = World::new().await;
    world.say("open a case").await;
    world.say("/ask how many security contacts can we have").await;
    world.restart().await;
    world.say("The connector\nhas not answered since noon.").await;
    world.press("Back").await;
    world.say("The connector has not answered since noon.").await;
    world.say("how many security contacts can we have").await;
    world.say("/mail").await;
    world.say("not an address").await;
    world.say("cancel").await;
    world.moves_to("another terminal");
    world.say("continue").await;
    world.press("Citrix Cloud").await;
    world.say("continue").await;
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn each_description_of_one_case_is_looked_up() {
    let mut world = World::new().await;
    world.say("/open how do i add a contact to our account").await;
    world.press("Back").await;
    world.say("which security contacts can we have").await;
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn the_same_press_twice_makes_one_case() {
    let mut world = World::new().await;
    world.say("/open the printer smokes").await;
    let button = world.button("Something else");
    world.press_again(&button).await;
    world.press_again(&button).await;
    world.restart().await;
    world.press_again(&button).await;
    world.say("my cases").await;
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn nobody_learns_of_somebody_elses_case() {
    let mut world = World::new().await;
    world.say("/open the printer smokes").await;
    world.press("Something else").await;
    world.is_now("eve");
    for text in [
        "/case 1",
        "CASE-000001",
        "/reply 1 hello",
        "/close 1",
        "/file 1",
        "/priority 1 low",
        "/rate 1 5",
        "/transcript 1",
        "/case 2",
        "/reply 2 hello",
        "/queue",
        "/take 1",
        "my cases",
    ] {
        world.say(text).await;
    }
    assert_snapshot!(world.transcript());
    assert!(!world.transcript().split("--- eve").nth(1).unwrap().contains("smokes"));
}

#[tokio::test]
async fn limits_keep_what_was_written() {
    let mut world = World::with(super::library::articles(), &["cases.most_active=1"]).await;
    world.say("/open the printer smokes").await;
    world.press("Something else").await;
    world.say("/open the printer prints nothing but smoke").await;
    world.say("skip").await;
    world.wait(TimeDelta::minutes(5));
    world.say("continue").await;
    world.say("/close 1").await;
    world.press("Close it without a reason").await;
    world.say("continue").await;
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn silence_is_reminded_warned_and_closed_and_a_reply_opens_it_again() {
    let mut world = World::new().await;
    world.hire("bo").await;
    world.say("/open the printer smokes").await;
    world.press("Something else").await;
    world.is_now("bo");
    world.say("/answer 1 Is it still?").await;
    world.is_now("ada");
    for hours in [73, 48, 48] {
        world.news().await;
        world.wait(TimeDelta::hours(hours));
        world.tick().await;
    }
    world.news().await;
    world.press("Reply").await;
    world.say("It is still down.").await;
    world.say("/close 1").await;
    world.say("skip").await;
    world.wait(TimeDelta::days(15));
    world.tick().await;
    world.say("/reply 1 and again").await;
    world.press("Open a new case").await;
    world.say("The printer smokes again.").await;
    world.say("skip").await;
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn what_can_not_be_done_is_said_with_a_next_step() {
    let mut world = World::new().await;
    for text in [
        "/case four",
        "/case",
        "/reply",
        "/case 999",
        "/priority",
        "/rate 1",
        "continue",
        "back",
        "cancel",
        "/notify sometimes",
        "/mail nonsense",
        "/open \u{0}\u{7}",
        "cancel",
        "/transcript 0",
    ] {
        world.say(text).await;
    }
    world.say(&format!("/open {}", "x".repeat(1_000_000))).await;
    assert_snapshot!(world.transcript().replace(&"x".repeat(1_000_000), "xxx…"));
}

#[tokio::test]
async fn files_come_into_a_case_and_bad_ones_do_not() {
    let mut world = World::new().await;
    world.send("", &[("trace.log", b"error 0x80")]).await;
    world.say("/open the printer smokes").await;
    world.press("Something else").await;
    world.press("Add a file").await;
    world.send("", &[("trace.log", b"error 0x80"), ("screen.txt", b"what I see")]).await;
    world.send("this is from today", &[("../today.log", b"error 0x81")]).await;
    world.send("1 and this", &[("empty.log", b"")]).await;
    world.say("/case 1").await;
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn news_come_by_mail_when_unseen_and_an_address_is_proved_first() {
    let mut world = World::new().await;
    world.hire("bo").await;
    world.say("/notify").await;
    world.press("Get news by mail").await;
    world.say("ada@example.net").await;
    world.tick().await;
    let code =
        world.mails()[0].lines().find_map(|line| line.strip_prefix("Subject: ")).unwrap()[..6].to_owned();
    world.say("000000").await;
    world.say(&code).await;
    world.say("/open the printer smokes").await;
    world.press("Something else").await;
    world.is_now("bo");
    world.say("/answer 1 Please restart it.").await;
    world.tick().await;
    assert_eq!(world.mails().len(), 1, "not before ten minutes are over");
    world.wait(TimeDelta::minutes(11));
    world.tick().await;
    assert_eq!(world.mails().len(), 2);
    let mail = world.mails().into_iter().find(|mail| mail.contains("CASE-000001")).unwrap();
    world.say("/answer 1 And tell me.").await;
    world.is_now("ada");
    world.news().await;
    world.wait(TimeDelta::minutes(11));
    world.tick().await;
    assert_eq!(world.mails().len(), 2, "what was seen is not sent");
    assert_snapshot!(format!("{}\n{mail}", world.transcript()).replace(&code, "[code]").replace('\r', ""));
}

#[tokio::test]
async fn votes_are_kept_once_and_the_last_word_counts() {
    let mut world = World::new().await;
    world.say("restrict a contact").await;
    let (yes, no) = (world.button("That solved it"), world.button("Not what I need"));
    world.press_again(&yes).await;
    world.press_again(&yes).await;
    world.press_again(&no).await;
    world.is_now("eve");
    world.press_again(&yes).await;
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn cases_are_found_by_words_and_fields_and_only_ones_own() {
    let mut world = World::with(super::library::articles(), &["cases.cooldown_s=0"]).await;
    world.hire("bo").await;
    for (who, text) in [
        ("ada", "The printer smokes at noon"),
        ("ada", "Signing in fails"),
        ("eve", "My printer prints nothing"),
    ] {
        world.is_now(who);
        world.say(&format!("/open {text}")).await;
        world.press("Something else").await;
    }
    world.is_now("bo");
    world.say("/note 1 printer of the third floor").await;
    world.say("/tag 3 hardware").await;
    world.index().await;
    for text in [
        "/cases printer",
        "/cases prnter tag:hardware",
        "/cases third floor",
        "/cases status:new created:>yesterday",
        "/cases colour:red",
    ] {
        world.say(text).await;
    }
    world.is_now("ada");
    for text in ["/cases printer", "/cases third floor", "/cases status:open,new tag:hardware printer"] {
        world.say(text).await;
    }
    assert_snapshot!(world.transcript());
}
