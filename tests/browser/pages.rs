//! Every page that there is, and how one gets there: each is held to the same, in light and dark, at a desk and on a phone.
//!
//! A new page is a new line in `PAGES`.

use chrono::TimeDelta;
use guidepost::domain::account::AccountChange;

use super::axe;
use super::stage::{Desk, in_windows, keep};
use super::window::{Kind, Window};
use crate::accounts::world::details;
use crate::web::world::{GOOD, OTHER};

/// A page: its name here, its heading, and the way to it.
pub struct Page {
    pub name: &'static str,
    pub heading: &'static str,
    pub way: &'static [&'static [Step]],
}

/// A step on the way to a page.
#[derive(Debug, Clone, Copy)]
pub enum Step {
    /// An address is typed.
    Open(&'static str),
    /// Text goes into the field with this label.
    Fill(&'static str, &'static str),
    /// A button.
    Press(&'static str),
    /// Waits for the page with this heading, where another step would come too early.
    Shows(&'static str),
    /// The same for what is said to be wrong, on a page of the same heading as before.
    Alert,
    /// Waits for something with exactly this text, on a page that goes on by itself.
    Sees(&'static str),
    /// The link in the only new mail.
    Mail,
    /// The same link once more.
    MailAgain,
    /// Ann, who has a password, signs in.
    SignIn,
    /// Ann signs in with another browser, too.
    SignInElsewhere,
    /// Cara is invited to an account.
    Invite,
    /// Somebody at a terminal asks for the page that links it, and opens it here.
    LinkChat,
    /// Ann has a password, which she could not choose today.
    OldPassword,
    /// Time goes by, in minutes.
    Wait(i64),
    /// The desk loses its store.
    Break,
}

use Step::{
    Alert, Break, Fill, Invite, LinkChat, Mail, MailAgain, OldPassword, Open, Press, Sees, Shows, SignIn,
    SignInElsewhere, Wait,
};

const ANN: Step = Fill("E-mail address or username", "ann@example.org");
/// A link to choose a new password is asked for, to Ann, and is sent.
const ASK: &[Step] =
    &[Open("/password"), Fill("E-mail address", "ann@example.org"), Press("Send me the link")];
const SENT: Step = Shows("Look into your mailbox");
/// The page behind it.
const CHOOSE: &[&[Step]] = &[&[OldPassword], ASK, &[SENT, Mail]];
/// The same to make an account, to Dora.
const SIGN_UP: &[Step] = &[Open("/sign-up"), Fill("E-mail address", "dora@example.org"), Press("Continue")];
/// What she fills in behind it, but for the password.
const PROFILE: &[Step] = &[
    SENT,
    Mail,
    Fill("Your name", "Dora Dahl"),
    Fill("Company", "Dahl Ltd"),
    Fill("Street and number", "Main Street 1"),
    Fill("City", "Oslo"),
    Fill("Country", "Norway"),
    Fill("Username", "dora"),
];
const CREATE: Step = Press("Create the account");

/// Something is asked and answered.
const ASKED: &[Step] = &[
    Open("/"),
    Fill("Your question", "how do I add a contact to our account?"),
    Press("Send"),
    Sees("Walk me through it"),
];

pub const PAGES: &[Page] = &[
    page("chat", "Ask", &[&[Open("/")]]),
    page("chat-answer", "Ask", &[ASKED]),
    page("chat-guide", "Ask", &[ASKED, &[Press("Walk me through it"), Sees("Start")]]),
    page("chat-form", "Ask", &[&[Open("/"), Press("Reset password"), Sees("E-mail address")]]),
    page("chat-help", "Ask", &[&[Open("/"), Press("What can I say?"), Sees("/ask QUESTION")]]),
    page("articles", "Articles", &[&[Open("/articles")]]),
    page("article", "Add contacts to a Citrix account", &[&[Open("/a/CTX120355")]]),
    page("search", "Search", &[&[Open("/search?q=add+contact")]]),
    page("search-nothing", "Search", &[&[Open("/search?q=zzzqqq")]]),
    page("sign-in", "Sign in", &[&[Open("/sign-in")]]),
    page(
        "sign-in-wrong",
        "Sign in",
        &[&[Open("/sign-in"), ANN, Fill("Password", "x"), Press("Sign in"), Alert]],
    ),
    page(
        "sign-in-stopped",
        "Reset your password first",
        &[&[OldPassword, Open("/sign-in"), ANN, Fill("Password", "summer"), Press("Sign in")]],
    ),
    page("account", "Your account", &[&[SignIn]]),
    page("account-twice", "Your account", &[&[SignIn, SignInElsewhere, Open("/account")]]),
    page("signed-out", "You are signed out", &[&[SignIn, Press("Sign out")]]),
    page(
        "signed-out-everywhere",
        "You are signed out everywhere",
        &[&[SignIn, Press("Sign out everywhere")]],
    ),
    page("forgotten", "Forgot your username or password?", &[&[Open("/password")]]),
    page("forgotten-sent", "Look into your mailbox", &[ASK]),
    page(
        "forgotten-too-often",
        "Forgot your username or password?",
        &[ASK, &[SENT], ASK, &[SENT], ASK, &[SENT], ASK, &[SENT], ASK, &[SENT], ASK, &[Alert]],
    ),
    page("choose", "Choose a new password", CHOOSE),
    page(
        "choose-wrong",
        "Choose a new password",
        &[&[OldPassword], ASK, &[SENT, Mail], &choose("hallo"), &[Alert]],
    ),
    page("chosen", "Your password is changed", &[&[OldPassword], ASK, &[SENT, Mail], &choose(OTHER)]),
    page(
        "link-expired",
        "This link does not work",
        &[&[OldPassword], ASK, &[SENT, Mail, Wait(31), MailAgain]],
    ),
    page("sign-up", "Create an account", &[&[Open("/sign-up")]]),
    page("sign-up-sent", "Look into your mailbox", &[SIGN_UP]),
    page("profile", "Complete your profile", &[SIGN_UP, &[SENT, Mail]]),
    page(
        "profile-partner",
        "Complete your profile",
        &[SIGN_UP, &[SENT, Mail, Open("/sign-up/finish?partner")]],
    ),
    page(
        "profile-wrong",
        "Complete your profile",
        &[SIGN_UP, PROFILE, &[Fill("Website", "no site"), Fill("New password", "hallo"), CREATE, Alert]],
    ),
    page("signed-up", "Your account is there", &[SIGN_UP, PROFILE, &[Fill("New password", GOOD), CREATE]]),
    page("sign-up-failed", "Signing up did not work", &[&[Break], SIGN_UP]),
    page("sign-up-dead", "This link does not work", &[&[Open("/sign-up/nothing")]]),
    page("invitation", "Welcome to the account of Acme", &[&[Invite, Mail]]),
    page(
        "joined",
        "Your sign-in is made",
        &[&[Invite, Mail, Fill("Username", "cara"), Fill("New password", GOOD), Press("Make my sign-in")]],
    ),
    page("invitation-dead", "This invitation does not work", &[&[Open("/invitation/nothing")]]),
    page("link", "Link a chat", &[&[SignIn, LinkChat]]),
    page("link-code", "Type this code in the chat", &[&[SignIn, LinkChat, Press("Show me the code")]]),
    page("link-dead", "This link does not work", &[&[SignIn, Open("/link/nothing")]]),
    page("nothing", "There is no such page", &[&[Open("/nothing")]]),
    page("fault", "That did not work", &[&[SignIn, Break, Open("/account")]]),
];

const fn page(name: &'static str, heading: &'static str, way: &'static [&'static [Step]]) -> Page {
    Page { name, heading, way }
}

const fn choose(password: &'static str) -> [Step; 2] {
    [Fill("New password", password), Press("Set the password")]
}

/// Goes all the way to a page, from a desk where nobody was yet.
pub async fn reach(desk: &Desk, window: &Window, page: &Page) {
    let mut link = None;
    for step in page.way.iter().copied().flatten() {
        match *step {
            Open(path) => window.open(path).await,
            Fill(label, text) => window.fill(label, text).await,
            Press(button) => window.press(button).await,
            Shows(heading) => window.shows(heading).await,
            Sees(text) => window.sees(text).await,
            Alert => drop(window.alert().await),
            Mail => window.open(link.insert(desk.world.link().await)).await,
            MailAgain => window.open(link.as_ref().unwrap()).await,
            SignIn => {
                desk.world.has_password("Ann", GOOD).await;
                window.open("/sign-in").await;
                let filled = [("E-mail address or username", "ann@example.org"), ("Password", GOOD)];
                window.submit("Sign in", &filled).await;
                window.shows("Your account").await;
            }
            SignInElsewhere => {
                let mut other = desk.world.browser();
                other.open("/sign-in").await;
                let filled = [("E-mail address or username", "ann@example.org"), ("Password", GOOD)];
                other.submit("Sign in", &filled).await;
            }
            Invite => {
                let firm = desk.world.links.accounts.firm(&[]).await;
                firm.by("Ann", AccountChange::AddContact(details("Cara"))).await.unwrap();
            }
            LinkChat => window.open(&desk.asks_to_link().await).await,
            OldPassword => drop(desk.world.has_old_password("Ann", "summer").await),
            Wait(minutes) => desk.world.later(TimeDelta::minutes(minutes)),
            Break => desk.world.links.store.close().await,
        }
    }
    window.shows(page.heading).await;
}

/// Goes to every page in a window of this kind, each time from a new desk.
fn on_every_page(kind: Kind, look: &impl AsyncFn(&Page, &Window)) {
    in_windows(&[kind], &async |_, window| {
        for page in PAGES {
            let desk = Desk::new().await;
            window.moves(&desk.origin()).await;
            reach(&desk, window, page).await;
            look(page, window).await;
            let complaints = window.complaints().await;
            assert!(complaints.is_empty(), "{}: {complaints:#?}", page.name);
        }
    });
}

/// The page in light and in dark, for whoever wants to look at it.
async fn pictures(page: &Page, window: &Window) {
    for (dark, name) in [(false, "light"), (true, "dark")] {
        window.dark(dark).await;
        keep(&format!("{}-{:?}-{name}", page.name, window.kind).to_lowercase(), &window.picture().await);
    }
}

/// Whether they are wanted.
#[expect(clippy::disallowed_methods, reason = "told to the tests, and no setting")]
fn makes_pictures() -> bool {
    std::env::var_os("GUIDEPOST_TEST_PICTURES").is_some_and(|told| told == "make")
}

#[test]
fn every_page_fits_a_phone() {
    on_every_page(Kind::Phone, &async |page, window| {
        assert!(window.overhang().await <= 0, "{} is wider than a phone", page.name);
        if makes_pictures() {
            pictures(page, window).await;
        }
    });
}

#[test]
fn every_page_keeps_the_rules_of_axe_in_light_and_in_dark() {
    let Some(script) = axe::script() else { return };
    on_every_page(Kind::Desk, &async |page, window| {
        assert!(window.overhang().await <= 0, "{} is wider than its window", page.name);
        for dark in [false, true] {
            window.dark(dark).await;
            let broken = axe::broken(window, script).await;
            assert!(broken.is_empty(), "{}, dark: {dark}: {broken:#?}", page.name);
        }
        if makes_pictures() {
            pictures(page, window).await;
        }
    });
}
