//! The articles that the conversations are about.

use guidepost::domain::{
    About, Article, ArticleId, Block, CountryCode, Form, Hours, Kind, LanguageCode, Passage, PhoneNumber,
    Product, ProductId, Span, Step,
};

/// The desk's articles. The one place to change when the shipped articles take their place.
pub fn articles() -> Vec<Article> {
    vec![
        add_contacts(),
        restrictions(),
        security_contacts(),
        change_password(),
        sign_in(),
        tech_zone(),
        connector(),
    ]
}

/// The desk's products.
pub fn products() -> Vec<Product> {
    let product = |id: &str, name: &str, aliases: &[&str], queue: &str| Product {
        id: ProductId::parse(id).unwrap(),
        name: name.to_owned(),
        aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
        queue: queue.to_owned(),
    };
    vec![
        product("citrix-cloud", "Citrix Cloud", &["Cloud console"], "technical-support"),
        product("citrix-account", "Citrix account", &["My Account"], "customer-service"),
    ]
}

/// The desk's phone numbers.
pub fn phone_numbers() -> Vec<PhoneNumber> {
    let number =
        |country: &str, name: &str, phone: &str, hours: &str, zone: &str, language: &str| PhoneNumber {
            country: CountryCode::parse(country).unwrap(),
            name: name.to_owned(),
            phone: phone.to_owned(),
            hours: Hours::parse(hours).unwrap(),
            time_zone: zone.parse().unwrap(),
            language: LanguageCode::parse(language).unwrap(),
        };
    let office = "Mon-Fri 08:00-18:00";
    vec![
        number("US", "United States", "+1 202 555 0142", office, "America/New_York", "en"),
        number("CA", "Canada", "+1 613 555 0142", office, "America/Toronto", "en"),
        number(
            "CA",
            "Canada",
            "+1 613 555 0143",
            "Mon-Thu 08:00-12:00, 13:00-16:30",
            "America/Toronto",
            "fr",
        ),
        number("GB", "United Kingdom", "+44 20 7946 0142", "24/7", "Europe/London", "en"),
        number(
            "DE",
            "Germany",
            "+49 30 23125 142",
            "Mon-Fri 08:00-17:00, Sat 10:00-14:00",
            "Europe/Berlin",
            "de",
        ),
        number("JP", "Japan", "+81 3 0000 0142", "Mon-Fri 09:00-17:00", "Asia/Tokyo", "ja"),
    ]
}

fn add_contacts() -> Article {
    let mut article =
        article("CTX120355", "Add contacts to a Citrix account", Kind::Support, "citrix-account");
    article.about.keywords = vec!["invite".to_owned(), "colleague".to_owned(), "someone".to_owned()];
    article.about.url = Some("https://www.citrix.com/account/".to_owned());
    article.about.updated = chrono::NaiveDate::from_ymd_opt(2026, 11, 22);
    article.passages = vec![
        intro(vec![p("Add someone to your company's Citrix account so that they can use My Account.")]),
        section(
            "Add a contact in My Account",
            vec![
                p("You need to be the Account Administrator or have Unrestricted account access."),
                steps(vec![
                    vec![
                        Block::Paragraph(vec![
                            plain("Go to "),
                            link("https://www.citrix.com/account/", "https://www.citrix.com/account/"),
                            plain(" and sign in."),
                        ]),
                        bullets(&["Enter your username and password.", "Click **Log In**."]),
                    ],
                    vec![p("On the Dashboard, select **Company Information and Contacts**.")],
                    vec![p("Open the **Update/Edit Contacts** tab.")],
                    vec![
                        p("Select **Add Contact**."),
                        bullets(&["Enter the new contact's data.", "Click **Save**."]),
                    ],
                ]),
                p(
                    "The new contact is on the account immediately and receives an email to choose a password.",
                ),
            ],
        ),
        section(
            "Who is allowed to add contacts",
            vec![Block::Paragraph(vec![
                plain("Unrestricted access is given under Administer Company User Access, see "),
                Span::Article { text: "Update contact restrictions".to_owned(), id: id("CTX130993") },
                plain("."),
            ])],
        ),
    ];
    article
}

fn restrictions() -> Article {
    let title = "Update contact restrictions and administrators";
    let mut article = article("CTX130993", title, Kind::Support, "citrix-account");
    article.passages = vec![section(
        "Restrict what a contact can do",
        vec![
            p("Only an account administrator can restrict a contact."),
            steps(vec![
                vec![p("Open **Administer Company User Access**.")],
                vec![p("Choose the contact and clear the toolboxes that the contact should not have.")],
            ]),
        ],
    )];
    article
}

fn security_contacts() -> Article {
    let mut article = article("CTX317965", "Manage security contacts", Kind::Support, "citrix-account");
    article.about.aliases = vec!["KB10066".to_owned()];
    article.passages = vec![section(
        "How many security contacts an account has",
        vec![p("An account has at most three security contacts. They receive security bulletins by email.")],
    )];
    article
}

fn change_password() -> Article {
    let title = "Change or reset your Citrix Cloud password";
    let mut article = article("change-password", title, Kind::Documentation, "citrix-cloud");
    article.passages = vec![
        section(
            "Reset a forgotten password",
            vec![
                p("You need the email address of your Citrix Cloud account."),
                steps(vec![
                    vec![p("Where you sign in, click **Forgot your username or password?**")],
                    vec![p("Enter your account email address.")],
                    vec![p("Open the email you receive and use it to reset your password.")],
                ]),
            ],
        ),
        section(
            "Password requirements",
            vec![
                p("A password needs at least 8 characters and one of `! @ # $ %`."),
                bullets(&["no dictionary words"]),
            ],
        ),
    ];
    article
}

fn sign_in() -> Article {
    let mut article = article("sign-in", "Sign in to Citrix Cloud", Kind::Documentation, "citrix-cloud");
    article.passages = vec![intro(vec![p("Sign in at citrix.cloud.com with your username and password.")])];
    article
}

fn tech_zone() -> Article {
    let kind = Kind::TechZone(Form::ReferenceArchitecture);
    let mut article =
        article("tech-zone", "Find architectures and papers in Tech Zone", kind, "citrix-cloud");
    article.about.product = None;
    article.passages =
        vec![intro(vec![p("Tech Zone holds reference architectures, diagrams, videos and papers.")])];
    article
}

/// A long one: more steps than an answer shows, code, a table and a note.
fn connector() -> Article {
    let mut article =
        article("cloud-connector", "Install a Cloud Connector", Kind::Documentation, "citrix-cloud");
    let step = |n: usize| vec![p(&format!("Do part {n} of the installation of the connector."))];
    let cells = |row: &[&str]| row.iter().map(|cell| vec![plain(cell)]).collect();
    article.passages = vec![
        section(
            "Install the connector",
            vec![
                p("You need a domain-joined server with Windows Server 2019 or later."),
                steps((1..=15).map(step).collect()),
                p("The connector then appears under Resource Locations."),
            ],
        ),
        section(
            "Check the connector",
            vec![
                p("Run this command on the server:"),
                Block::Code("Get-Service Citrix*\n\t| Where-Object Status -ne 'Running'\n".to_owned()),
                Block::Quote(vec![p(
                    "A service that is stopped for more than five minutes is restarted by itself, and nobody has to do anything about it.",
                )]),
                Block::Table(vec![
                    cells(&["Port", "Protocol", "What for"]),
                    cells(&["443", "TCP", "Talking to Citrix Cloud, always outbound"]),
                    cells(&["80", "TCP", "Certificate revocation lists"]),
                ]),
            ],
        ),
    ];
    article
}

fn article(name: &str, title: &str, kind: Kind, product: &str) -> Article {
    let mut about = About::new(id(name), title.to_owned(), kind);
    about.product = Some(ProductId::parse(product).unwrap());
    Article { about, passages: Vec::new() }
}

pub fn id(name: &str) -> ArticleId {
    ArticleId::parse(name).unwrap()
}

fn intro(blocks: Vec<Block>) -> Passage {
    Passage { heading: None, blocks }
}

fn section(heading: &str, blocks: Vec<Block>) -> Passage {
    Passage { heading: Some(heading.to_owned()), blocks }
}

fn steps(steps: Vec<Vec<Block>>) -> Block {
    Block::Steps { start: 1, steps: steps.into_iter().map(|blocks| Step { blocks }).collect() }
}

fn bullets(items: &[&str]) -> Block {
    Block::Bullets(items.iter().map(|item| vec![p(item)]).collect())
}

pub fn plain(text: &str) -> Span {
    Span::Plain(text.to_owned())
}

fn link(text: &str, url: &str) -> Span {
    Span::Link { text: text.to_owned(), url: url.to_owned() }
}

/// A paragraph; `**` sets words in bold, a backtick sets code.
fn p(text: &str) -> Block {
    let mut spans = Vec::new();
    for (at, part) in text.split("**").enumerate() {
        for (inner, piece) in part.split('`').enumerate().filter(|(_, piece)| !piece.is_empty()) {
            let piece = piece.to_owned();
            spans.push(match (at % 2, inner % 2) {
                (1, _) => Span::Strong(piece),
                (_, 1) => Span::Code(piece),
                _ => Span::Plain(piece),
            });
        }
    }
    Block::Paragraph(spans)
}
