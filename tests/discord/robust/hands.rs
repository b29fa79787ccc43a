//! What people do in these tests, and how it is counted what came of it.

use guidepost::domain::case::{Event, Text, What};
use serde_json::{Value, json};

use crate::discord::double::{Double, Id, State};
use crate::discord::world::World;

/// A question that the shipped articles answer.
pub const QUESTION: &str = "how do i reset my password";

/// How often the bot answered a message.
pub fn answers(double: &Double, message: Id) -> usize {
    double.read(|state| answers_in(state, message))
}

fn answers_in(state: &State, message: Id) -> usize {
    let all = state.channels.values().flat_map(|channel| channel.messages.values());
    let answers = |of: &super::super::double::Message| {
        of.author == state.bot && of.reference.as_ref().and_then(|to| to.message) == Some(message)
    };
    all.filter(|message| answers(message)).count()
}

/// Waits until the bot has answered all of these.
pub async fn answered(double: &Double, messages: &[Id]) {
    for message in messages {
        double.wait_until(|state| answers_in(state, *message) > 0).await;
    }
}

/// Each was answered, and none twice.
pub fn assert_answered_once(double: &Double, messages: &[Id]) {
    for message in messages {
        let said = double.message(*message).unwrap().content;
        assert_eq!(answers(double, *message), 1, "{said:?} was answered so often");
    }
}

/// The options of a command that opens a case.
pub fn opening(text: &str) -> Value {
    json!({ "text": text, "product": "citrix-cloud", "queue": "technical-support" })
}

/// Somebody opens a case with a command; the answer is for them alone.
pub async fn opens(world: &World, who: Id, text: &str) -> String {
    let double = &world.double;
    let mut shown = double.slash(who, world.lobby, "case open", &opening(text)).shown().await;
    while let Some(button) =
        ["Neither helps, open the case", "It doesn't help, open the case", "None of these"]
            .into_iter()
            .find(|label| shown.button(label).is_some())
    {
        shown = double.press_labelled(who, shown.id, button).shown().await;
    }
    assert_eq!(shown.only_for, Some(who));
    let words = shown.words();
    let at = words.find("CASE-").unwrap_or_else(|| panic!("no case was opened: {words}"));
    words[at..].chars().take("CASE-000001".len()).collect()
}

/// What is written in an event.
pub fn text(event: &Event) -> Option<&str> {
    match &event.what {
        What::Opened(opening) => opening.description.as_ref().map(Text::as_str),
        What::Message(written) | What::Note(written) => written.text.as_ref().map(Text::as_str),
        _ => None,
    }
}

/// Each of these texts is in the cases once.
pub fn assert_kept_once(events: &[Event], texts: &[String]) {
    for wanted in texts {
        let count = events.iter().filter(|event| text(event) == Some(wanted)).count();
        assert_eq!(count, 1, "{wanted:?} is in the cases so often");
    }
}

/// Each case has one thread, and no message of the bot's is there twice.
pub fn assert_nothing_doubled(world: &World) {
    let threads = world.double.threads(world.guild);
    let mut names: Vec<&str> =
        threads.iter().filter_map(|thread| thread.name.split_whitespace().next()).collect();
    names.sort_unstable();
    let all = names.len();
    names.dedup();
    assert_eq!(names.len(), all, "a case has two threads: {threads:?}");
    for thread in &threads {
        let said = world.double.messages(thread.id);
        let marks = said.iter().filter(|message| message.author == world.double.bot());
        let mut marks: Vec<&str> = marks
            .filter_map(|message| message.content.lines().last().filter(|line| line.starts_with("-# CASE")))
            .collect();
        marks.sort_unstable();
        let all = marks.len();
        marks.dedup();
        assert_eq!(marks.len(), all, "an event is told twice in {}: {said:#?}", thread.name);
    }
}

/// Waits until a thread is archived, or taken up.
pub async fn until_archived(double: &Double, thread: Id, archived: bool) {
    double.wait_until(|state| state.channels[&thread].thread.as_ref().unwrap().archived == archived).await;
}

/// Waits until somebody is in a thread, or no longer.
pub async fn until_in(double: &Double, thread: Id, who: Id, is_in: bool) {
    let members = |state: &State| state.channels[&thread].thread.as_ref().unwrap().members.contains_key(&who);
    double.wait_until(|state| members(state) == is_in).await;
}
