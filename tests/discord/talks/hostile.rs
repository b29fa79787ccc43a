//! What people may write to make the desk ping somebody, wherever the desk repeats it.

use serde_json::{Value, json};

use crate::discord::double::{Id, Message};
use crate::discord::world::World;

/// Each names everybody, a role or a person in some way; ROLE and PERSON stand for numbers that are there.
const CORPUS: [&str; 22] = [
    "@everyone",
    "@here",
    "<@&ROLE>",
    "<@PERSON>",
    "<@!PERSON>",
    "@everyone @here <@&ROLE> <@PERSON>",
    "\\@everyone \\<@PERSON>",
    "@\u{200b}everyone and <\u{200b}@PERSON>",
    "@\u{200d}here\u{2060}",
    "\u{202e}enoyreve@",
    "[@everyone](https://example.com/@everyone)",
    "[click](<https://example.com/>) <@&ROLE>",
    "https://example.com/<@PERSON>",
    "`@everyone` ``<@PERSON>``",
    "```\n@everyone\n<@&ROLE>\n``` @here",
    "**@everyone** __<@PERSON>__ ||@here||",
    "> @everyone\n# <@&ROLE>\n- @here\n-# <@PERSON>",
    "<<@PERSON>> <@<@PERSON>>",
    "</ask:1> <#ROLE> <id:customize> <:everyone:1>",
    "@Everyone @EVERYONE @HERE",
    "<@&ROLE",
    "\u{ff20}everyone &#64;everyone %40everyone",
];

/// Everything in a message that Discord looks for mentions in.
fn texts(message: &Message) -> Vec<String> {
    let mut texts = vec![message.content.clone()];
    for embed in &message.embeds {
        strings(embed, &mut texts);
    }
    texts
}

fn strings(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(list) => list.iter().for_each(|one| strings(one, found)),
        Value::Object(fields) => fields.values().for_each(|one| strings(one, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Nothing that the bot wrote would be read as a mention, even if its message allowed them.
fn assert_names_nobody(world: &World, ids: &[Id]) {
    let bot = world.double.bot();
    let messages: Vec<Message> = world.double.read(|state| {
        let all = state.channels.values().flat_map(|channel| channel.messages.values());
        all.filter(|message| message.author == bot).cloned().collect()
    });
    assert!(messages.len() > CORPUS.len(), "only {} messages were looked at", messages.len());
    for text in messages.iter().flat_map(texts) {
        let lower = text.to_lowercase();
        for everybody in ["@everyone", "@here"] {
            assert!(!lower.contains(everybody), "{text}");
        }
        for id in ids {
            for mention in [format!("<@{id}>"), format!("<@!{id}>"), format!("<@&{id}>")] {
                assert!(!text.contains(&mention), "{text}");
            }
        }
    }
}

/// The corpus as an article: in its title, a heading, its steps and its code.
fn article(fill: impl Fn(&str) -> String) -> String {
    let lines: Vec<String> = CORPUS.iter().map(|text| fill(text)).collect();
    let plain = lines.iter().filter(|line| !line.contains('\n')).cloned().collect::<Vec<_>>();
    format!(
        "+++\nid = \"loud\"\ntitle = \"Quagga bells for @everyone and <@&1>\"\nkind = \"documentation\"\n\
         audience = \"everyone\"\nkeywords = []\naliases = []\nupdated = 2026-11-22\nowner = \"support-content\"\n\
         language = \"en\"\nsource = \"Written for a test\"\n+++\n\nAll about quagga bells for @here.\n\n\
         ## Ring quagga bells for @everyone\n\n1. {}\n\n```\n{}\n```\n",
        plain.join("\n1. "),
        plain.join("\n")
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_that_anybody_writes_makes_the_desk_ping() {
    let mut world = World::bare().await;
    let double = world.double.clone();
    let role = double.add_role(world.guild, "Loud", 0);
    double.change_role(world.guild, role, |role| role.mentionable = true);
    // Even a bot that may mention everybody does not.
    double.allow(world.help, double.bot(), crate::discord::double::rights::MENTION_EVERYONE);
    let person = world.mona;
    let fill = |text: &str| text.replace("ROLE", &role.to_string()).replace("PERSON", &person.to_string());
    world.writes_article("loud.md", &article(fill));
    world.start().await;
    world.set_up().await;
    let (help, staff, bo) = (world.help, world.staff, world.bo);
    for (n, pattern) in CORPUS.iter().enumerate() {
        let text = fill(pattern);
        // What somebody is called is what they write.
        let name: String = text.chars().take(32).collect();
        let who = double.add_member(world.guild, &name, &[]);
        let asked = double.slash(who, help, "ask", &json!({ "question": text }));
        asked.shown().await;
        double.types(who, help, "ask", &json!({ "question": text }), "question").choices().await;
        double.slash(who, help, "article", &json!({ "name": text })).shown().await;
        let said = double.says(who, help, &format!("how do I stop quagga {text}?"));
        double.answer_after(help, said).await;
        let opened = world.opens(who, help, &text).await;
        let number = format!("CASE-{:06}", n + 1);
        assert!(opened.words().contains(&number), "{text}: {}", opened.words());
        let thread = world.thread(&number).await;
        world.said(thread, &format!("{number} · entry 1")).await;
        double
            .wait_until(|state| state.channels[&thread].thread.as_ref().unwrap().members.contains_key(&who))
            .await;
        let bell = double.gives(help, &(&format!("{name}.txt"), "text/plain", b"ding"));
        let reply = json!({ "case": number, "text": text, "file": bell.to_string() });
        double.slash(who, help, "case reply", &reply).shown().await;
        double.slash(bo, staff, "take", &json!({ "case": number })).shown().await;
        double.slash(bo, staff, "answer", &json!({ "case": number, "text": text })).shown().await;
        double.slash(bo, staff, "note", &json!({ "case": number, "text": text })).shown().await;
        let shown = double.slash(bo, staff, "case show", &json!({ "case": number })).shown().await;
        double.slash(who, help, "case list", &json!({ "words": text })).shown().await;
        double.slash(who, help, "case close", &json!({ "case": number, "reason": text })).shown().await;
        double.wait_until(|state| state.channels[&thread].thread.as_ref().unwrap().archived).await;
        if text == **pattern && !text.contains('\n') {
            world.note(&format!("Bo: /case show, of a case that says {text:?}"));
            world.show(&shown);
        }
    }
    let queue = double.slash(bo, staff, "queue", &json!({}));
    queue.shown().await;
    let found = double.slash(bo, help, "article", &json!({ "name": "loud" }));
    world.tells("Bo: /article loud", &found).await;
    assert_names_nobody(&world, &[role, person]);
    let transcript = world.transcript().replace(&role.to_string(), "ROLE");
    insta::assert_snapshot!(transcript);
    world.stop();
    world.assert_clean();
}
