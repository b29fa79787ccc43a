//! Linking a chat to the person whose it is, by a code that was mailed or by signing in; what is linked, and unlinking.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use guidepost::chat::{Input, ReplyBlock, Request};
use guidepost::domain::{Identity, MailAddress, PersonId, Place, Span};
use guidepost::services::agenda::{self, JOBS};
use guidepost::services::codes::Codes;
use guidepost::services::identity::{ClaimError, ConfirmCode, Identities};
use guidepost::services::people::People;
use guidepost::store::{Direction, KeyRange};
use insta::assert_snapshot;

use super::World;

impl World {
    fn people(&self) -> People {
        People::new(self.kept.store.clone())
    }

    /// Somebody at a terminal has an address.
    async fn proven(&self, who: &str) -> PersonId {
        let identity = Identity::Console(who.to_owned());
        let person = self.people().meet(&identity, Some(who), self.clock.now()).await.unwrap();
        let mail = MailAddress::parse(&format!("{who}@example.net")).unwrap();
        self.people().set_mail(person.id, Some(mail)).await.unwrap();
        person.id
    }

    /// The code in the last mail that has one.
    async fn mailed(&mut self) -> Option<String> {
        let before = self.mails();
        self.tick().await;
        let mut mails = self.mails();
        mails.retain(|mail| !before.contains(mail));
        let subject = |mail: &String| {
            let line = mail.lines().find_map(|line| line.strip_prefix("Subject: "))?.to_owned();
            line.contains("is your code").then(|| line[..6].to_owned())
        };
        mails.iter().filter_map(subject).next_back()
    }

    fn mail_about(&self, words: &str) -> String {
        let found = self.mails().into_iter().filter(|mail| mail.replace("=\r\n", "").contains(words));
        let all: Vec<String> = found.collect();
        assert_eq!(all.len(), 1, "{words}: {all:#?}");
        let text = all[0].replace('\r', "").replace("=\n", "");
        // The text of it, without what the page repeats.
        let (head, rest) = text.split_once("\n\n").unwrap();
        let to = head.lines().find(|line| line.starts_with("To: ")).unwrap();
        let subject = head.lines().find(|line| line.starts_with("Subject: ")).unwrap();
        let plain = rest.split("\n\n").skip(1).take_while(|part| !part.contains("text/html"));
        format!("{to}\n{subject}\n\n{}", plain.collect::<Vec<_>>().join("\n\n"))
    }

    /// The page on which the chat can be claimed, as the reply links to it.
    fn page(&self) -> String {
        let spans = self.reply.blocks.iter().filter_map(|block| match block {
            ReplyBlock::Paragraph(spans) => Some(spans),
            _ => None,
        });
        let url = spans.flatten().find_map(|span| match span {
            Span::Link { url, .. } => Some(url.clone()),
            _ => None,
        });
        url.unwrap().rsplit('/').next().unwrap().to_owned()
    }

    fn identities(&self) -> Identities {
        Identities::new(self.kept.store.clone(), Codes::new(self.kept.key.clone()))
    }

    async fn claims(&self, token: &str, person: PersonId) -> Result<ConfirmCode, ClaimError> {
        self.identities().claim(token, person, self.clock.now()).await
    }

    async fn whose(&self, user: &str) -> PersonId {
        let identity = Identity::Console(user.to_owned());
        self.people().known(&identity).await.unwrap().unwrap().record.id
    }
}

#[tokio::test]
async fn a_visitor_links_their_chat_and_has_one_world_with_two_doors() {
    let mut world = World::with(super::library::articles(), &["cases.cooldown_s=0"]).await;
    let ada = world.proven("ada").await;
    world.say("/open Signing in fails since noon").await;
    world.press("Something else").await;
    world.say("/guide CTX120355").await;
    world.say("start").await;
    world.is_now("tablet");
    world.say("/open the printer smokes").await;
    world.press("Something else").await;
    world.say("link this chat").await;
    let token = world.page();
    world.say("ada@example.net").await;
    let again = world.page();
    let code = world.mailed().await.unwrap();
    let asked = world.mail_about("wants to be linked");
    world.say("000000").await;
    world.say(&code).await;
    assert_eq!(world.whose("tablet").await, ada);
    world.say("my cases").await;
    world.say("continue").await;
    world.say("next").await;
    world.is_now("ada");
    world.say("continue").await;
    world.tick().await;
    let told = world.mail_about("from now on");
    let transcript = format!("{}\n{asked}\n{told}", world.transcript());
    let transcript =
        transcript.replace(&code, "[code]").replace(&token, "[token]").replace(&again, "[token]");
    assert_snapshot!(transcript);
}

#[tokio::test]
async fn what_is_linked_is_listed_and_unlinked() {
    let mut world = World::new().await;
    world.say("/links").await;
    world.say("/unlink this").await;
    world.proven("ada").await;
    world.is_now("tablet");
    world.say("/link ada@example.net").await;
    let (token, code) = (world.page(), world.mailed().await.unwrap());
    world.say(&code).await;
    world.press("What is linked").await;
    let old = world.button("Unlink the terminal of ada");
    world.press_again(&old).await;
    world.press_again(&old).await;
    world.say("/link ada@example.net").await;
    world.say("/unlink").await;
    world.press("Unlink this chat").await;
    world.say("/links").await;
    world.say("sign out everywhere").await;
    world.press("Yes, sign out everywhere").await;
    world.is_now("eve");
    world.say("/open the printer smokes").await;
    world.press_again(&old).await;
    world.tick().await;
    let told: Vec<String> =
        world.mails().into_iter().filter(|mail| mail.contains("no longer linked")).collect();
    assert_eq!(told.len(), 2, "{told:#?}");
    assert_snapshot!(world.transcript().replace(&code, "[code]").replace(&token, "[token]"));
}

#[tokio::test]
async fn a_chat_is_linked_by_signing_in_and_typing_the_code_that_the_page_shows() {
    let mut world = World::new().await;
    let (ada, eve) = (world.proven("ada").await, world.proven("eve").await);
    world.is_now("tablet");
    world.say("/link").await;
    let token = world.page();
    world.say("123456").await;
    assert!(world.said("That is no e-mail address."), "nobody has claimed it yet");
    let asking = world.identities().look(&token, world.clock.now()).await.unwrap();
    assert_eq!(asking.chat, Identity::Console("tablet".to_owned()));
    // Somebody else was lured to the page: without their code nothing comes of it.
    let lured = world.claims(&token, eve).await.unwrap();
    let first = world.claims(&token, ada).await.unwrap();
    let code = world.claims(&token, ada).await.unwrap();
    assert!(!format!("{code:?}").contains(code.digits()));
    world.say(lured.digits()).await;
    assert!(world.said("That is not the code. You have 2 more tries."), "a newer code was shown");
    world.say(first.digits()).await;
    assert!(world.said("That is not the code. You have one more try."), "a newer code was shown");
    world.say(code.digits()).await;
    assert!(world.said("This chat is linked to ada (ada@example.net)."), "{}", world.transcript());
    assert_eq!(world.whose("tablet").await, ada);
    // The page is over, for whoever it may be.
    for person in [ada, eve] {
        assert!(matches!(world.claims(&token, person).await, Err(ClaimError::Over)));
    }
    assert!(matches!(world.claims("nonsense", ada).await, Err(ClaimError::Unknown)));
    // A code from the page is none where it was not typed, and runs out.
    world.is_now("desk");
    world.say("/link").await;
    let token = world.page();
    let code = world.claims(&token, ada).await.unwrap();
    world.is_now("other");
    world.say("/link").await;
    world.say(code.digits()).await;
    assert!(world.said("That is no e-mail address."), "it is another one's flow");
    world.wait(TimeDelta::minutes(10));
    assert!(matches!(world.claims(&token, ada).await, Err(ClaimError::Expired)));
    world.is_now("desk");
    world.say(code.digits()).await;
    assert!(world.said("The code from the page has run out."), "{}", world.transcript());
    assert_ne!(world.whose("desk").await, ada);
}

#[tokio::test]
async fn a_page_is_claimed_a_few_times_only_and_guessed_three_times_only() {
    let mut world = World::new().await;
    let ada = world.proven("ada").await;
    world.is_now("tablet");
    world.say("/link").await;
    let token = world.page();
    let tasks: Vec<_> = (0..32)
        .map(|_| {
            let (identities, token, now) = (world.identities(), token.clone(), world.clock.now());
            tokio::spawn(async move { identities.claim(&token, ada, now).await })
        })
        .collect();
    let mut codes = Vec::new();
    for task in tasks {
        codes.extend(task.await.unwrap().ok());
    }
    assert!((1..=5).contains(&codes.len()), "{}", codes.len());
    let wrong = ["000000", "000001", "000002"];
    for code in wrong {
        world.say(code).await;
    }
    assert!(world.said("so it no longer works"), "{}", world.transcript());
    for code in &codes {
        world.say(code.digits()).await;
    }
    assert_ne!(world.whose("tablet").await, ada, "{}", world.transcript());
}

#[tokio::test]
async fn a_mailed_code_works_once_for_its_own_flow_and_only_the_newest_in_time() {
    let mut world = World::new().await;
    let ada = world.proven("ada").await;
    world.is_now("tablet");
    world.say("/link ada@example.net").await;
    let first = world.mailed().await.unwrap();
    world.press("Send another code").await;
    world.wait(TimeDelta::minutes(1));
    let second = world.mailed().await.unwrap();
    assert_ne!(first, second);
    world.is_now("eve");
    world.say("/link ada@example.net").await;
    let theirs = world.mailed().await.unwrap();
    assert_ne!(second, theirs);
    world.say(&second).await;
    assert!(world.said("That is not the code."), "it was sent for another flow");
    world.is_now("tablet");
    world.say(&first).await;
    assert!(world.said("That is not the code."), "a newer one was sent");
    world.wait(TimeDelta::minutes(10));
    world.say(&second).await;
    assert!(world.said("That code has run out."), "{}", world.transcript());
    world.press("Send another code").await;
    let third = world.mailed().await.unwrap();
    // 32 at once, from places of their own, so that nothing puts them in order.
    let form = world.reply.form.as_ref().unwrap().id.clone();
    let tasks: Vec<_> = (0..32)
        .map(|number| {
            let (desk, form, code) = (world.desk.clone(), form.clone(), third.clone());
            let place = Place { conversation: format!("window {number}"), ..world.place() };
            let fields = vec![("code".to_owned(), code)];
            let request =
                Request::new(Identity::Console("tablet".to_owned()), place, Input::Form { id: form, fields });
            tokio::spawn(async move { desk.handle(&request).await })
        })
        .collect();
    let mut replies = Vec::new();
    for task in tasks {
        replies.push(task.await.unwrap());
    }
    assert_eq!(world.whose("tablet").await, ada, "{replies:#?}\n{}", world.transcript());
    world.tick().await;
    let told = world.mails().into_iter().filter(|mail| mail.contains("was linked to you"));
    assert_eq!(told.count(), 1);
    // Unlinked, the same code does nothing.
    world.say("/unlink this").await;
    world.say("hello").await;
    world.press_id(form.as_str()).await;
    world.say(&third).await;
    assert_ne!(world.whose("tablet").await, ada);
}

/// What a turn wrote: every entry, without the address that was typed.
async fn written(address: &str, known: bool) -> (String, BTreeMap<String, String>) {
    let mut world = World::new().await;
    let ada = world.proven("ada").await;
    let other = if known { "ada" } else { "bob" };
    assert_eq!(address, format!("{other}@example.net"));
    world.is_now("tablet");
    world.say("hello").await;
    let all = async |world: &World| {
        let found = world.kept.store.scan(&KeyRange::all(), usize::MAX, Direction::Forward).await.unwrap();
        let entries = found.into_iter().map(|entry| (entry.key.to_string(), entry.value.to_string()));
        entries.collect::<BTreeMap<_, _>>()
    };
    let before = all(&world).await;
    world.say("/link").await;
    world.say(address).await;
    for _ in 0..3 {
        world.say("000000").await;
    }
    let mut after = all(&world).await;
    after.retain(|key, value| before.get(key) != Some(value));
    let hide = |text: &str| {
        let who = guidepost::services::limits::Counted::address(&MailAddress::parse(address).unwrap());
        let digest = guidepost::services::limits::key_of(&who).to_string();
        text.replace(address, "[address]").replace(&digest, "[digest]")
    };
    let after = after.into_iter().map(|(key, value)| (hide(&key), hide(&value))).collect();
    assert_ne!(world.whose("tablet").await, ada);
    let transcript = hide(world.transcript());
    (transcript, after)
}

#[tokio::test]
async fn nothing_tells_whether_anybody_has_an_address() {
    let (said, wrote) = written("ada@example.net", true).await;
    let (said_of_nobody, wrote_of_nobody) = written("bob@example.net", false).await;
    assert_eq!(said, said_of_nobody);
    assert_eq!(wrote, wrote_of_nobody, "the same is written, and the same effects are caused");
    assert!(wrote.keys().any(|key| key.starts_with("job/")), "a mail is on its way in both");
}

#[tokio::test]
async fn the_mail_alone_tells_its_reader_why_there_is_no_code() {
    let mut world = World::new().await;
    world.say("/link nobody@example.net").await;
    assert_eq!(world.mailed().await, None);
    assert_snapshot!(world.mail_about("Linking a chat"));
}

#[tokio::test]
async fn codes_are_limited_for_a_person_an_address_and_a_place() {
    let mut world = World::new().await;
    for number in 0..5 {
        world.say("/link ada@example.net").await;
        assert!(world.said("a code of six digits is on its way"), "{number}: {}", world.transcript());
        world.say("cancel").await;
    }
    world.say("/link bob@example.net").await;
    assert!(world.said("That were too many codes for one day."), "{}", world.transcript());
    world.is_now("tablet");
    world.say("/link ada@example.net").await;
    assert!(world.said("try again"), "the address got too many: {}", world.transcript());
    for number in 0..15 {
        world.is_now(&format!("user{number}"));
        world.say(&format!("/link address{number}@example.net")).await;
        assert!(world.said("is on its way"), "{number}: {}", world.transcript());
    }
    world.is_now("last");
    world.say("/link last@example.net").await;
    assert!(world.said("try again"), "too many were asked for here: {}", world.transcript());
    world.moves_to("elsewhere");
    world.say("/link last@example.net").await;
    assert!(world.said("is on its way"), "{}", world.transcript());
}

#[tokio::test]
async fn staff_and_whoever_speaks_for_another_link_nothing() {
    let mut world = World::new().await;
    world.proven("ada").await;
    world.hire("bo").await;
    world.is_now("bo");
    for text in ["/link ada@example.net", "/link 1 2", "/unlink 1 2", "/link not an address"] {
        world.say(text).await;
    }
    world.is_now("eve");
    for text in ["/link 1 2", "/link not an address", "/unlink nonsense"] {
        world.say(text).await;
    }
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn no_code_is_kept_anywhere() {
    let mut world = World::new().await;
    let ada = world.proven("ada").await;
    world.is_now("tablet");
    world.say("/link ada@example.net").await;
    let token = world.page();
    let mailed = world.mailed().await.unwrap();
    let shown = world.claims(&token, ada).await.unwrap();
    world.say(&mailed).await;
    assert_eq!(world.whose("tablet").await, ada);
    let found = world.kept.store.scan(&KeyRange::all(), usize::MAX, Direction::Forward).await.unwrap();
    for entry in found {
        let text = format!("{}: {}", entry.key, entry.value);
        for secret in [&mailed, shown.digits(), &token] {
            assert!(!text.contains(secret), "{text}");
        }
    }
    assert!(agenda::dead_letters(&world.kept.store, 9).await.unwrap().is_empty());
    assert!(!JOBS.list(&world.kept.store, None, 9, Direction::Forward).await.unwrap().is_empty());
}
