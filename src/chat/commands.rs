//! The one table of commands: the parser reads by it, help is made from it, and so the two can't drift apart.

/// A command with its arguments, as a person gave them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// Answer a question.
    Ask {
        /// What is asked.
        question: String,
        /// Only from the articles of this product: its id or name.
        product: Option<String>,
    },
    /// Open an article.
    Article {
        /// Its number or id.
        name: String,
    },
    /// Show all of an article.
    Whole {
        /// Its number or id; none for the one that was shown last.
        name: Option<String>,
    },
    /// Show the next best answer.
    Next,
    /// List what else was found.
    More,
    /// Choose a product, or list them.
    Product {
        /// Its id or name, or "all"; none to list them.
        name: Option<String>,
    },
    /// Name the numbers to call.
    Phone {
        /// In which country, as people call it; none for all.
        country: Option<String>,
    },
    /// Say how to reach a person.
    Person,
    /// Explain what one can say.
    Help,
}

/// What may follow a command's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Argument {
    /// Nothing.
    None,
    /// Something that it can't do without.
    Required(&'static str),
    /// Something that may be left out.
    Optional(&'static str),
}

/// How a command is called and what it does.
#[derive(Debug, Clone)]
pub struct Spec {
    /// Its name, without the slash.
    pub name: &'static str,
    /// Other names that work as well.
    pub aliases: &'static [&'static str],
    /// What may follow.
    pub argument: Argument,
    /// What it does, in one line.
    pub about: &'static str,
    /// How it may look.
    pub example: &'static str,
    /// What people say instead when they say nothing else; as [`fold`](super::text::fold) writes it.
    pub phrases: &'static [&'static str],
    make: fn(Option<String>) -> Option<Command>,
}

impl PartialEq for Spec {
    fn eq(&self, other: &Self) -> bool {
        // Names are unique in the table.
        self.name == other.name
    }
}

impl Eq for Spec {}

impl Spec {
    /// The command with what follows its name; `None` when something is missing.
    #[must_use]
    pub fn command(&self, argument: &str) -> Option<Command> {
        let argument = argument.trim();
        (self.make)((!argument.is_empty()).then(|| argument.to_owned()))
    }

    /// How it is written: `/article NUMBER`.
    #[must_use]
    pub fn usage(&self) -> String {
        match self.argument {
            Argument::None => format!("/{}", self.name),
            Argument::Required(what) => format!("/{} {what}", self.name),
            Argument::Optional(what) => format!("/{} [{what}]", self.name),
        }
    }

    /// Whether this is one of its names.
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        std::iter::once(&self.name).chain(self.aliases).any(|own| own.eq_ignore_ascii_case(name))
    }
}

/// Asking a question; plain text does the same.
pub static ASK: Spec = Spec {
    name: "ask",
    aliases: &["search", "find"],
    argument: Argument::Required("QUESTION"),
    about: "Answer a question. Without the command works as well.",
    example: "/ask how do I add a contact",
    phrases: &[],
    make: |question| question.map(|question| Command::Ask { question, product: None }),
};

/// Opening an article.
pub static ARTICLE: Spec = Spec {
    name: "article",
    aliases: &["read", "open"],
    argument: Argument::Required("NUMBER"),
    about: "Open an article. Its number alone works as well.",
    example: "/article CTX120355",
    phrases: &[],
    make: |name| name.map(|name| Command::Article { name }),
};

/// Showing all of an article.
pub static WHOLE: Spec = Spec {
    name: "whole",
    aliases: &["full"],
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
    make: |name| Some(Command::Whole { name }),
};

/// Showing the next best answer.
pub static NEXT: Spec = Spec {
    name: "next",
    aliases: &[],
    argument: Argument::None,
    about: "Show the next best answer to your last question.",
    example: "/next",
    phrases: &[
        "next",
        "next answer",
        "next one",
        "next result",
        "not what i need",
        "not what i needed",
        "that's not what i need",
        "that is not what i need",
        "that's not it",
        "that is not it",
        "not it",
        "not helpful",
        "that did not help",
        "that didn't help",
        "something else",
    ],
    make: |_| Some(Command::Next),
};

/// Listing what else was found.
pub static MORE: Spec = Spec {
    name: "more",
    aliases: &[],
    argument: Argument::None,
    about: "List what else was found for your last question.",
    example: "/more",
    phrases: &["more", "more results", "show more", "show more results", "more answers", "other results"],
    make: |_| Some(Command::More),
};

/// Choosing a product.
pub static PRODUCT: Spec = Spec {
    name: "product",
    aliases: &["products"],
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
    make: |name| Some(Command::Product { name }),
};

/// Naming the numbers to call.
pub static PHONE: Spec = Spec {
    name: "phone",
    aliases: &["call", "telephone"],
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
    make: |country| Some(Command::Phone { country }),
};

/// Saying how to reach a person.
pub static PERSON: Spec = Spec {
    name: "person",
    aliases: &["human", "agent"],
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
    make: |_| Some(Command::Person),
};

/// Explaining what one can say.
pub static HELP: Spec = Spec {
    name: "help",
    aliases: &["?", "h", "commands"],
    argument: Argument::None,
    about: "Show what you can say here.",
    example: "/help",
    phrases: &["help", "help me", "commands", "what can you do", "what can i say", "what can i ask"],
    make: |_| Some(Command::Help),
};

/// All commands, in the order of help.
pub static COMMANDS: [&Spec; 9] = [&ASK, &ARTICLE, &WHOLE, &NEXT, &MORE, &PRODUCT, &PHONE, &PERSON, &HELP];

/// The command with this name, without its slash; case does not matter.
#[must_use]
pub fn named(name: &str) -> Option<&'static Spec> {
    COMMANDS.into_iter().find(|spec| spec.is_called(name))
}

/// The command that a folded phrase means when nothing else is said.
#[must_use]
pub fn meant_by(phrase: &str) -> Option<&'static Spec> {
    COMMANDS.into_iter().find(|spec| spec.phrases.contains(&phrase))
}
