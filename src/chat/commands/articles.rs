//! The commands for articles, products and numbers to call, and for help.

use super::slash::{Kind, Slash, may, must};
use super::{Argument, Command, Needs, Spec};

/// Asking a question; plain text does the same.
pub static ASK: Spec = Spec {
    name: "ask",
    aliases: &["search", "find"],
    needs: Needs::Nothing,
    argument: Argument::Required("QUESTION"),
    about: "Answer a question. Without the command works as well.",
    example: "/ask how do I add a contact",
    phrases: &[],
    slash: Some(Slash::apart(
        &["ask"],
        &[
            must("question", "What you would like to know.", Kind::Question),
            may("product", "Only from the articles of this product.", Kind::Product),
        ],
        |values| {
            let (question, product) = (values.get("question")?, values.get("product"));
            Some(Command::Ask { question, product })
        },
    )),
    make: |question| question.map(|question| Command::Ask { question, product: None }),
};

/// Opening an article.
pub static ARTICLE: Spec = Spec {
    name: "article",
    aliases: &["read"],
    needs: Needs::Nothing,
    argument: Argument::Required("NUMBER"),
    about: "Open an article. Its number alone works as well.",
    example: "/article CTX120355",
    phrases: &[],
    slash: Some(Slash::joined(
        &["article"],
        &[must("name", "Its number, or words of its title.", Kind::Article)],
    )),
    make: |name| name.map(|name| Command::Article { name }),
};

/// Showing all of an article.
pub static WHOLE: Spec = Spec {
    name: "whole",
    aliases: &["full"],
    needs: Needs::Nothing,
    argument: Argument::Optional("NUMBER"),
    about: "Show all of the last article, or of another.",
    example: "/whole CTX120355",
    phrases: &[
        "whole",
        "whole article",
        "the whole article",
        "show the whole article",
        "show whole article",
        "full article",
        "show the full article",
    ],
    // Its button is under every article that is cut.
    slash: None,
    make: |name| Some(Command::Whole { name }),
};

/// Showing the next best answer.
pub static NEXT: Spec = Spec {
    name: "next",
    aliases: &[],
    needs: Needs::Nothing,
    argument: Argument::None,
    about: "Show the next best answer to your last question.",
    example: "/next",
    phrases: &["next", "next answer", "next one", "next result", "something else"],
    // Its button is under every answer.
    slash: None,
    make: |_| Some(Command::Next),
};

/// Listing what else was found.
pub static MORE: Spec = Spec {
    name: "more",
    aliases: &[],
    needs: Needs::Nothing,
    argument: Argument::None,
    about: "List what else was found for your last question.",
    example: "/more",
    phrases: &["more", "more results", "show more", "show more results", "more answers", "other results"],
    // Its button is under every answer that has more.
    slash: None,
    make: |_| Some(Command::More),
};

/// Choosing a product.
pub static PRODUCT: Spec = Spec {
    name: "product",
    aliases: &["products"],
    needs: Needs::Nothing,
    argument: Argument::Optional("NAME"),
    about: "Answer only about one product, or about \"all\" again. Without a name: list the products.",
    example: "/product citrix-cloud",
    phrases: &[
        "product",
        "products",
        "list products",
        "show products",
        "which products",
        "which products are there",
        "choose product",
        "choose a product",
    ],
    slash: Some(Slash::joined(
        &["product"],
        &[may("name", "The product; leave it out to see them all.", Kind::Product)],
    )),
    make: |name| Some(Command::Product { name }),
};

/// Naming the numbers to call.
pub static PHONE: Spec = Spec {
    name: "phone",
    aliases: &["call", "telephone"],
    needs: Needs::Nothing,
    argument: Argument::Optional("COUNTRY"),
    about: "Show the number to call, and whether somebody answers now.",
    example: "/phone Germany",
    phrases: &[
        "phone",
        "phones",
        "phone number",
        "phone numbers",
        "telephone",
        "telephone number",
        "support number",
        "support phone number",
        "hotline",
        "what is your phone number",
        "what's your phone number",
        "what is the phone number",
        "what number can i call",
        "which number can i call",
        "do you have a phone number",
        "call",
        "call you",
        "call support",
        "phone support",
        "show phone numbers",
    ],
    slash: Some(Slash::joined(
        &["phone"],
        &[may("country", "Where you are; leave it out to see all.", Kind::Country)],
    )),
    make: |country| Some(Command::Phone { country }),
};

/// Saying how to reach a person.
pub static PERSON: Spec = Spec {
    name: "person",
    aliases: &["human", "agent"],
    needs: Needs::Nothing,
    argument: Argument::None,
    about: "Show how to reach a person.",
    example: "/person",
    // "Speak to somebody" and the like are understood by `courtesy`.
    phrases: &[
        "person",
        "human",
        "agent",
        "a person",
        "a human",
        "a real person",
        "real person",
        "live agent",
        "talk to a person",
        "contact support",
        "is anybody there",
        "is anyone there",
    ],
    slash: Some(Slash::joined(&["person"], &[])),
    make: |_| Some(Command::Person),
};

/// Explaining what one can say.
pub static HELP: Spec = Spec {
    name: "help",
    aliases: &["?", "h", "commands"],
    needs: Needs::Nothing,
    argument: Argument::None,
    about: "Show what you can say here.",
    example: "/help",
    phrases: &["help", "help me", "commands", "what can you do", "what can i say", "what can i ask"],
    slash: Some(Slash::joined(&["help"], &[])),
    make: |_| Some(Command::Help),
};
