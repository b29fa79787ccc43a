//! What a message says in words, where Discord has numbers for people, channels and pictures.

use serenity::model::user::User;

/// A message's text with people called by their names. A mention of the desk itself is left out.
#[must_use]
pub fn in_words(text: &str, people: &[User], desk: Option<u64>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        out.push_str(before);
        let found = after.split_once('>').and_then(|(mark, after)| Some((word(mark, people, desk)?, after)));
        if let Some((word, after)) = found {
            out.push_str(&word);
            rest = after;
        } else {
            out.push('<');
            rest = after;
        }
    }
    out.push_str(rest);
    out.trim().to_owned()
}

/// What stands for a mark such as `@3000`; `None` where it is none.
fn word(mark: &str, people: &[User], desk: Option<u64>) -> Option<String> {
    let number = |text: &str| text.parse::<u64>().ok();
    if let Some(id) = mark.strip_prefix("@!").or_else(|| mark.strip_prefix('@')).and_then(number) {
        if Some(id) == desk {
            return Some(String::new());
        }
        let person = people.iter().find(|person| person.id.get() == id);
        let name = person.map(|person| person.global_name.as_ref().unwrap_or(&person.name).as_str());
        return Some(format!("@{}", name.unwrap_or("somebody")));
    }
    // A picture of a server's own, still or moving: `:name:number`.
    let picture = mark.strip_prefix("a:").or_else(|| mark.strip_prefix(':'))?;
    let (name, id) = picture.split_once(':')?;
    number(id).map(|_| format!(":{name}:"))
}
