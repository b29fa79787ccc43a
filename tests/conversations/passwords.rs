//! A forgotten password: the link and the mail, what helps where none comes, and passwords that are typed where none belongs.

use chrono::TimeDelta;
use guidepost::domain::{Identity, LinkPurpose, MailAddress, Password};
use guidepost::services::accounts::Accounts;
use guidepost::services::accounts::table::ORGANISATIONS;
use guidepost::services::behind_links::BehindLinks;
use guidepost::services::codes::Codes;
use guidepost::services::people::People;
use guidepost::store::{Direction, KeyRange};

use super::World;
use super::library;

/// What is planted: it stands nowhere but where it is typed.
const PLANTED: &str = "Quokka7!x";

impl World {
    /// All that is in the store.
    async fn everything(&self) -> String {
        let all = self.kept.store.scan(&KeyRange::all(), usize::MAX, Direction::Forward).await.unwrap();
        let lines: Vec<String> =
            all.iter().map(|entry| format!("{} {}", entry.key, entry.value.as_str())).collect();
        lines.join("\n")
    }
}

#[tokio::test]
async fn a_link_comes_to_whoever_forgot_their_password() {
    let mut world = World::new().await;
    world.say("cant get in, forgot my pw").await;
    world.say("how many security contacts can we have?").await;
    world.say("ada@example.org").await;
    world.tick().await;
    assert_eq!(world.mails().len(), 1, "{:?}", world.mails());
    world.press("I didn't get it").await;
    world.wait(TimeDelta::minutes(3));
    world.press("Send it again").await;
    world.tick().await;
    assert_eq!(world.mails().len(), 2);
    world.say("thanks").await;
    world.say("I still have not received it").await;
    world.say("still no mail").await;
    world.tick().await;
    let cases = world.cases().await;
    assert_eq!(cases.len(), 1, "{}", world.transcript());
    assert_eq!(cases[0].queue.as_str(), "customer-service");
    world.say("/case 1").await;
    world.say("continue").await;
    insta::assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn what_is_said_is_the_same_whoever_has_the_address() {
    let mut said = Vec::new();
    for has in [false, true] {
        let mut world = World::new().await;
        if has {
            // Hired, so somebody has the address.
            world.hire("bo").await;
        }
        world.say("/password bo@example.org").await;
        world.press("I didn't get it").await;
        world.press("Send it again").await;
        said.push(world.transcript().to_owned());
    }
    assert_eq!(said[0], said[1]);
}

#[tokio::test]
async fn a_question_about_it_stays_a_question_and_offers_to_do_it_here() {
    let mut world = World::new().await;
    world.say("how do i reset my password").await;
    world.press("Reset it here").await;
    world.press("Cancel").await;
    world.say("reset my password").await;
    world.say("I forgot my password").await;
    world.say("back").await;
    world.say("cancel").await;
    insta::assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn whoever_signs_in_with_their_company_is_shown_where_only_as_they_typed_it() {
    let mut world = World::with(library::articles(), &[]).await;
    crate::accounts::world::World::on(&world.kept.store).firm(&[]).await;
    let row = ORGANISATIONS.list(&world.kept.store, None, 1, Direction::Forward).await.unwrap().remove(0);
    let mut organisation = row.record.clone();
    organisation.sign_in_url = guidepost::domain::account::WebAddress::parse("login.acme.example/start").ok();
    let mut batch = guidepost::store::Batch::new();
    ORGANISATIONS.update(&mut batch, &row, &organisation);
    world.kept.store.commit(batch).await.unwrap();
    for typed in ["https://LOGIN.acme.example", "login.other.example", "Acme", "I don't know it"] {
        world.say("forgot password").await;
        world.press("I sign in with my company").await;
        world.say(typed).await;
        world.say("cancel").await;
    }
    insta::assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn limits_say_when_it_is_possible_again() {
    let mut world = World::new().await;
    world.say("/password ada@example.org").await;
    for _ in 0..3 {
        world.press("I didn't get it").await;
        world.press("Send it again").await;
    }
    world.say("cancel").await;
    for _ in 0..2 {
        world.say("/password ada@example.org").await;
        world.say("cancel").await;
    }
    world.say("/password ada@example.org").await;
    insta::assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn a_desk_without_pages_sends_no_links() {
    let mut world = World::with(library::articles(), &["web.listen="]).await;
    world.say("I forgot my password").await;
    insta::assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn a_password_that_is_typed_is_kept_nowhere_and_its_writer_is_told() {
    let mut world = World::with(library::articles(), &["cases.cooldown_s=0"]).await;
    world.hire("bo").await;
    for text in [
        "my password is PLANTED",
        "/ask my password is PLANTED, why can I not sign in?",
        "forgot my password",
        "PLANTED",
        "ada@example.org",
        "PLANTED",
        "my password is PLANTED",
        "I didn't get it",
        "PLANTED",
        "cancel",
        "/password PLANTED",
        "cancel",
        "/open I can't sign in, my password is PLANTED and it fails",
        "something else",
        "/reply 1 pw: PLANTED",
        "/close 1",
        "it was the wrong one, password=PLANTED",
        "/cases my password is PLANTED",
        "my password is not accepted",
    ] {
        world.say(&text.replace("PLANTED", PLANTED)).await;
        if world.said("Before I open it") {
            world.say("neither").await;
        }
    }
    world.is_now("bo");
    world.say(&format!("/note 1 the customer's password is {PLANTED}")).await;
    world.say("/case 1").await;
    world.say("/transcript 1").await;
    world.tick().await;
    world.index().await;
    let everything = world.everything().await;
    assert!(everything.contains("I can't sign in, my password is •••••••• and it fails"), "{everything}");
    let said: String =
        world.transcript().lines().filter(|line| !line.starts_with("> ")).collect::<Vec<_>>().join("\n");
    for (place, text) in [("store", &everything), ("mails", &world.mails().concat()), ("replies", &said)] {
        assert!(!text.to_lowercase().contains("quokka"), "{place}: {text}");
    }
    insta::assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn a_form_is_read_in_the_same_way() {
    use guidepost::chat::{ChoiceId, Input, Request};
    use guidepost::domain::Identity;
    let mut world = World::new().await;
    world.say("/open").await;
    let form = world.reply.form.clone().unwrap();
    let fields = vec![(form.fields[0].name.clone(), format!("It fails. Password: {PLANTED}"))];
    let input = Input::Form { id: form.id.clone(), fields };
    let request = Request::new(Identity::Console("ada".to_owned()), world.place(), input);
    world.reply = world.desk.handle(&request).await;
    assert!(world.said("I took it out"), "{:?}", world.reply);
    world.say("forgot my password").await;
    let form = world.reply.form.clone().unwrap();
    let input = Input::Form {
        id: ChoiceId::from(form.id.as_str().to_owned()),
        fields: vec![(form.fields[0].name.clone(), PLANTED.to_owned())],
    };
    let request = Request::new(Identity::Console("ada".to_owned()), world.place(), input);
    world.reply = world.desk.handle(&request).await;
    assert!(world.said("I kept nothing of it"), "{:?}", world.reply);
    assert!(!world.everything().await.contains(PLANTED));
}

#[tokio::test]
async fn whoever_has_a_new_password_is_told_where_they_talk_once() {
    let mut world = World::new().await;
    world.say("hello").await;
    world.moves_to("elsewhere");
    world.say("hello").await;
    let (store, key) = (world.kept.store.clone(), world.kept.key.clone());
    let people = People::new(store.clone());
    let ada = people.named("console:ada").await.unwrap().unwrap().record.id;
    let address = MailAddress::parse("ada@example.org").unwrap();
    people.set_mail(ada, Some(address.clone())).await.unwrap();
    world.say("/password ada@example.org").await;
    let sign_ins = crate::links::world::sign_ins(&store);
    let new =
        sign_ins.prepare(Password::typed(crate::links::world::GOOD), &[], world.clock.now()).await.unwrap();
    let accounts = Accounts::new(store.clone(), Vec::new());
    let behind = BehindLinks::new(store.clone(), Codes::new(key), sign_ins, accounts);
    let link = behind.links().of_address(LinkPurpose::Reset, &address).await.unwrap().unwrap();
    behind.reset(&behind.links().token(&link), &new, world.clock.now()).await.unwrap();
    let mut told = Vec::new();
    for place in ["elsewhere", "test", "elsewhere", "test"] {
        world.moves_to(place);
        let news = world.desk.news(&Identity::Console("ada".to_owned()), &world.place()).await;
        told.push(news.is_some());
        if let Some(reply) = news {
            world.reply = reply;
            assert!(world.said("Your password was changed") && world.said("If it was not you"));
        }
    }
    // Where nothing was ever told, only what was seen nowhere is.
    assert_eq!(told, [true, false, false, false]);
    world.tick().await;
    let mails = world.mails().concat();
    assert!(mails.contains("Your password for Guidepost was changed"), "{mails}");
}

#[test]
fn in_the_room_of_a_case_only_the_password_is_taken_out() {
    crate::store::on_each_engine(&async |bench| {
        use super::guild::{ADA, EVE, Guild, HELP, LOUNGE, ROOM};
        let mut guild = Guild::with_room(&bench.store).await;
        let said = guild.overhears(ADA, ROOM, &format!("It still fails. My password is {PLANTED}")).await;
        guild.edits(ADA, ROOM, &said, Some(&format!("It fails, pw: {PLANTED} since noon"))).await;
        let before = guild.kept().await;
        // Read again after a start, it is the same correction.
        guild.edits(ADA, ROOM, &said, Some(&format!("It fails, pw: {PLANTED} since noon"))).await;
        assert_eq!(guild.kept().await, before);
        // In a help channel its writer is told and nobody made known; elsewhere nothing is heard at all.
        guild.overhears(EVE, HELP, &format!("hey, my password is {PLANTED}")).await;
        guild.overhears(EVE, LOUNGE, &format!("my password is {PLANTED}")).await;
        assert_eq!(guild.kept().await, before);
        let all = bench.store.scan(&KeyRange::all(), usize::MAX, Direction::Forward).await.unwrap();
        let all: Vec<String> =
            all.iter().map(|entry| format!("{} {}", entry.key, entry.value.as_str())).collect();
        let all = all.join("\n");
        assert!(all.contains("It fails, pw: •••••••• since noon") && !all.contains(PLANTED), "{all}");
        insta::allow_duplicates! {
            insta::assert_snapshot!("a_password_in_a_room", guild.said());
        }
    });
}
