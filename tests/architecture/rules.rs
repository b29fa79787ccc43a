//! The tables: layers from the ground up, the homes of libraries, what purity excludes.

/// A top-level module and those it may use. Tests within it may use every layer below: they set up the real thing.
pub struct Layer {
    pub name: &'static str,
    pub uses: &'static [&'static str],
}

/// Everything below `app`.
const PARTS: [&str; 16] = [
    "domain",
    "chat",
    "replies",
    "clock",
    "disk",
    "config",
    "telemetry",
    "knowledge",
    "search",
    "store",
    "mail",
    "net",
    "services",
    "jobs",
    "handlers",
    "platforms",
];

/// The same, and `app`.
const PARTS_AND_APP: [&str; PARTS.len() + 1] = {
    let mut all = ["app"; PARTS.len() + 1];
    let mut at = 0;
    while at < PARTS.len() {
        all[at] = PARTS[at];
        at += 1;
    }
    all
};

/// From the ground up: a layer uses only layers that come before it.
pub const LAYERS: &[Layer] = &[
    // Vocabulary and rules.
    Layer { name: "domain", uses: &[] },
    Layer { name: "chat", uses: &["domain"] },
    Layer { name: "replies", uses: &["domain", "chat"] },
    // The outside world, one home each; none of these knows another.
    Layer { name: "clock", uses: &[] },
    Layer { name: "disk", uses: &[] },
    Layer { name: "config", uses: &["domain"] },
    Layer { name: "telemetry", uses: &["config"] },
    Layer { name: "knowledge", uses: &["domain", "disk"] },
    Layer { name: "search", uses: &["domain", "disk"] },
    Layer { name: "store", uses: &["domain", "disk"] },
    Layer { name: "mail", uses: &["domain", "disk"] },
    Layer { name: "net", uses: &["domain"] },
    // Use cases. Services build no sentences, so `replies` is not here; what a conversation remembers is `chat`'s.
    Layer {
        name: "services",
        uses: &["domain", "chat", "clock", "disk", "config", "knowledge", "search", "store", "net"],
    },
    // What is due is carried out; only then do its facts become words.
    Layer { name: "jobs", uses: &["domain", "replies", "clock", "store", "mail", "services"] },
    // Handlers hand the outcomes of services and of the search to `replies`.
    Layer {
        name: "handlers",
        uses: &["domain", "chat", "replies", "clock", "config", "search", "store", "services"],
    },
    // The doors. They translate, and ask the handlers; a page may call a service for what it shows. Discord is also where effects are
    // carried out, and where the store is handed to the services that note how far this went.
    Layer {
        name: "platforms",
        uses: &[
            "domain", "chat", "replies", "clock", "disk", "config", "store", "services", "jobs", "handlers",
        ],
    },
    // Whatever puts the parts together knows them all.
    Layer { name: "app", uses: &PARTS },
    Layer { name: "cli", uses: &PARTS_AND_APP },
    Layer { name: "main", uses: &["cli"] },
];

/// Libraries that only one place knows: `(library, folder under src)`.
pub const HOMES: &[(&str, &str)] = &[
    ("argon2", "services/sign_in"),
    ("axum", "platforms/web"),
    ("clap", "cli"),
    ("cookie", "platforms/web"),
    ("clap_complete", "cli"),
    ("deadpool_postgres", "store"),
    ("getrandom", "clock"),
    ("governor", "platforms/web"),
    ("lettre", "mail"),
    ("maud", "platforms/web"),
    ("prometheus_client", "platforms/web"),
    ("pulldown_cmark", "knowledge"),
    ("quick_xml", "platforms/web"),
    ("reqwest", "net"),
    ("rustyline", "platforms/console"),
    ("serenity", "platforms/discord"),
    ("sled", "store"),
    ("tantivy", "search"),
    ("tar", "services/keeping"),
    ("tokio_postgres", "store"),
    ("tower_http", "platforms/web"),
    // Replies are the API's schema, so what they are made of describes itself, with utoipa; only its routes have one home.
    ("utoipa_axum", "platforms/web/api"),
    ("native_tls", "store"),
    ("postgres_native_tls", "store"),
];

/// No I/O, no async, no clock of their own.
pub const PURE: &[&str] = &["domain", "chat", "replies"];

/// What pure layers don't touch: paths that begin so.
pub const IMPURE: &[&[&str]] = &[
    &["std", "env"],
    &["std", "fs"],
    &["std", "io"],
    &["std", "net"],
    &["std", "process"],
    &["std", "thread"],
    &["std", "time", "Instant"],
    &["std", "time", "SystemTime"],
    &["tokio"],
];

/// Tests move the clock by hand or wait for the event itself: paths that end so.
pub const SLEEPS: &[&[&str]] = &[&["thread", "sleep"], &["time", "sleep"], &["time", "sleep_until"]];

/// Longer files want to be two.
pub const MOST_LINES: usize = 400;

/// A file that may be longer, and why.
pub struct LongFile {
    pub path: &'static str,
    #[expect(dead_code, reason = "for the reader")]
    pub reason: &'static str,
}

/// The files that may be longer than `MOST_LINES`.
pub const LONG_FILES: &[LongFile] = &[];
