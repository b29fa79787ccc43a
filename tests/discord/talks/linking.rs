//! Linking Discord accounts: by a mailed code, with everything alone between the person and the desk.

use serde_json::json;

use crate::discord::world::World;

impl World {
    /// The code in the mail of a flow that proves an address, once it is there.
    fn code(&self, of: usize) -> String {
        for _ in 0..200 {
            let codes: Vec<String> = self.mails().iter().filter_map(|mail| code_in(mail)).collect();
            if codes.len() >= of {
                return codes[of - 1].clone();
            }
            // Meanwhile the desk goes on; asking it takes a while.
            self.run(&["status"]);
        }
        panic!("no code was sent: {:?}\n{}", self.mails(), self.said_by_program());
    }
}

fn code_in(mail: &str) -> Option<String> {
    let subject = mail.lines().find_map(|line| line.strip_prefix("Subject: "))?;
    subject.split_once(" is your code").map(|(code, _)| code.to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_account_is_linked_and_sees_what_the_first_one_has() {
    let mut world = World::new().await;
    let (alice, double) = (world.alice, world.double.clone());
    let carl = double.add_member(world.guild, "Carl", &[]);
    let (hers, his) = (double.dm(alice), double.dm(carl));
    world.asks("Alice", hers, "/mail alice@example.net").await;
    let code = world.code(1);
    double.says(alice, hers, &code);
    world.said(hers, "alice@example.net when you have not seen").await;
    world.opens(alice, world.help, "The zebra printer is on fire").await;

    // Where others read along nothing is asked.
    let asked = double.slash(carl, world.help, "link", &json!({ "address": "alice@example.net" }));
    let shown = world.tells("Carl: /link alice@example.net", &asked).await;
    assert_eq!(shown.only_for, Some(carl));
    let code = world.code(2);
    let opened = double.press_labelled(carl, shown.id, "Type the code");
    world.show_modal(&opened.modal().await);
    let sent = double.submit(&opened, &[("code", &code)]).await;
    let linked = world.tells("Carl types the code", &sent).await;
    assert!(linked.words().contains("alice@example.net"), "{}", linked.words());
    let listed = double.slash(carl, world.help, "case list", &json!({}));
    let shown = world.tells("Carl: /case list", &listed).await;
    assert!(shown.words().contains("zebra"), "{}", shown.words());
    let listed = double.slash(carl, world.help, "links", &json!({}));
    let shown = world.tells("Carl: /links", &listed).await;
    let pressed = double.press_labelled(carl, shown.id, "Unlink this chat");
    world.tells("Carl presses [Unlink this chat]", &pressed).await;
    let listed = double.slash(carl, world.help, "case list", &json!({}));
    let shown = world.tells("Carl: /case list", &listed).await;
    assert!(!shown.words().contains("zebra"), "{}", shown.words());
    // The same in direct messages, typed.
    double.says(carl, his, "link this chat");
    world.said(his, "Which e-mail address do you sign in with?").await;
    double.says(carl, his, "nobody@example.net");
    world.said(his, "If that address belongs to somebody here").await;
    let transcript = hidden(&world.transcript());
    insta::assert_snapshot!(transcript.replace(&code, "[code]").replace(&carl.to_string(), "CARL"));
    world.stop();
    world.assert_clean();
}

/// A transcript without what is another one each time: the ends of pages' addresses.
fn hidden(transcript: &str) -> String {
    let mut parts = transcript.split("/link/");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| format!("{all}/link/[token]{}", part.get(40..).unwrap_or_default()))
}
