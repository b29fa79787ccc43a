//! A desk with accounts, whose mails are read.

use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
use guidepost::chat::Ticket;
use guidepost::domain::account::{AccountChange, CompanyForm, OrgKind};
use guidepost::domain::{
    LinkPurpose, MailAddress, Password, PersonId, Place, Platform, Privacy, PublicUrl, Username,
};
use guidepost::services::accounts::InvitationToken;
use guidepost::services::behind_links::{BehindLinks, SignUp};
use guidepost::services::codes::Codes;
use guidepost::services::limits::{Counted, TooOften};
use guidepost::services::links::{LinkToken, Links};
use guidepost::services::sign_in::{NewPassword, SignIns};
use guidepost::store::Store;
use tempfile::TempDir;

use crate::accounts::world::{World as Accounts, company, details, mail, start};
use crate::jobs::world::{desk_key, jobs, mailing, outbox, work_off};

/// A good password, which stands nowhere else.
pub const GOOD: &str = "Xq7!vTz9-quokka";

/// The services of a store, and its outbox.
pub struct World {
    pub store: Store,
    pub accounts: Accounts,
    pub behind: BehindLinks,
    pub sign_ins: SignIns,
    pub outbox: TempDir,
    tickets: AtomicU64,
}

/// A mail, as it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    pub to: String,
    pub subject: String,
    pub body: String,
}

impl World {
    pub fn on(store: &Store) -> Self {
        let accounts = Accounts::on(store);
        let sign_ins = sign_ins(store);
        let codes = Codes::new(desk_key());
        let behind = BehindLinks::new(store.clone(), codes, sign_ins.clone(), accounts.accounts.clone());
        let outbox = tempfile::tempdir().unwrap();
        Self { store: store.clone(), accounts, behind, sign_ins, outbox, tickets: AtomicU64::new(1) }
    }

    pub fn links(&self) -> &Links {
        self.behind.links()
    }

    pub fn ticket(&self) -> Ticket {
        Ticket::new(self.tickets.fetch_add(1, Ordering::Relaxed))
    }

    /// Has a link sent by somebody unknown, from a place of their own.
    pub async fn ask(&self, purpose: LinkPurpose, address: &MailAddress, now: DateTime<Utc>) {
        let ticket = self.ticket();
        let from = place(&ticket.to_string());
        self.links().ask(purpose, address, None, &from, now, ticket).await.unwrap().unwrap();
    }

    /// The same by this person, from this place.
    pub async fn ask_as(
        &self,
        address: &MailAddress,
        by: Option<PersonId>,
        from: &str,
        now: DateTime<Utc>,
    ) -> Result<DateTime<Utc>, TooOften> {
        let from = place(from);
        self.links().ask(LinkPurpose::Reset, address, by, &from, now, self.ticket()).await.unwrap()
    }

    /// Carries out what is due, and gives the mails that are new.
    pub async fn mails(&self, now: DateTime<Utc>) -> Vec<Read> {
        let folder = self.outbox.path();
        let before = outbox(folder);
        let pages = PublicUrl::parse("https://desk.example.org").ok();
        work_off(&jobs(&self.store, mailing(&self.store, folder).with_pages(pages)), now).await;
        let new = outbox(folder).into_iter().filter(|(name, _)| !before.contains_key(name));
        let mut read: Vec<Read> = new.map(|(_, text)| read(&text)).collect();
        read.sort_by(|one, other| (&one.to, &one.subject).cmp(&(&other.to, &other.subject)));
        read
    }

    /// The link that the only new mail brings.
    pub async fn link(&self, now: DateTime<Utc>) -> String {
        let mails = self.mails(now).await;
        let [mail] = mails.as_slice() else { panic!("{mails:?}") };
        mail.path().unwrap_or_else(|| panic!("{mail:?}"))
    }

    /// Has a link sent, and reads its token from the mail.
    pub async fn token(&self, purpose: LinkPurpose, address: &MailAddress, now: DateTime<Utc>) -> LinkToken {
        self.ask(purpose, address, now).await;
        let path = self.link(now).await;
        let page = match purpose {
            LinkPurpose::Reset => "/password/",
            LinkPurpose::SignUp => "/sign-up/",
        };
        LinkToken::parse(path.strip_prefix(page).unwrap()).unwrap()
    }

    /// Somebody is invited to a new account, and opens the mail.
    pub async fn invite(&self, name: &str, now: DateTime<Utc>) -> InvitationToken {
        let firm = self.accounts.firm(&[]).await;
        firm.by("Ann", AccountChange::AddContact(details(name))).await.unwrap();
        invited(&self.link(now).await)
    }

    pub async fn password(&self, text: &str) -> NewPassword {
        self.sign_ins.prepare(Password::typed(text), &[], start()).await.unwrap()
    }

    /// A person with a proven address.
    pub async fn person(&self, name: &str) -> PersonId {
        let person = self.accounts.person(name).await;
        self.accounts.people.set_mail(person, Some(mail(name))).await.unwrap();
        person
    }
}

impl Read {
    /// The path of the link in it.
    pub fn path(&self) -> Option<String> {
        let line = self.body.lines().find_map(|line| line.strip_prefix("https://desk.example.org"));
        line.map(str::to_owned)
    }

    pub fn shown(&self) -> String {
        let body = self.body.split_whitespace().any(|word| word.len() > 60);
        let masked: Vec<String> = self.body.lines().map(|line| masked(line, body)).collect();
        format!("To: {}\nSubject: {}\n\n{}", self.to, self.subject, masked.join("\n"))
    }
}

/// A line without the secret in it, which would be another one each time.
fn masked(line: &str, is_secret: bool) -> String {
    match line.rsplit_once('/') {
        Some((before, token)) if is_secret && token.len() > 50 => format!("{before}/TOKEN"),
        _ => line.to_owned(),
    }
}

pub fn invited(path: &str) -> InvitationToken {
    InvitationToken::parse(path.strip_prefix("/invitation/").unwrap()).unwrap()
}

/// The text of a mail. Long lines were broken for the way.
fn read(text: &str) -> Read {
    let text = text.replace('\r', "");
    let head = |name: &str| {
        let (_, rest) = text.split_once(&format!("\n{name}: ")).unwrap();
        rest.lines().next().unwrap().to_owned()
    };
    let (_, plain) = text.split_once("Content-Type: text/plain").unwrap();
    let (head_of_part, plain) = plain.split_once("\n\n").unwrap();
    let plain = plain.split("\n--").next().unwrap();
    let is_quoted = head_of_part.contains("quoted-printable");
    let body = if is_quoted { plain.replace("=\n", "").replace("=3D", "=") } else { plain.to_owned() };
    Read { to: head("To"), subject: head("Subject"), body: body.trim().to_owned() }
}

pub fn place(name: &str) -> Counted {
    let conversation = name.to_owned();
    Counted::place(&Place { platform: Platform::Console, conversation, privacy: Privacy::Private })
}

pub fn username(name: &str) -> Username {
    Username::parse(name).unwrap()
}

pub fn wish(name: &str) -> SignUp {
    SignUp {
        username: username(&format!("{name}.user")),
        name: name.to_owned(),
        phone: None,
        kind: OrgKind::Customer,
        company: CompanyForm { company: company("Acme"), partner_id: None },
    }
}

pub fn after(minutes: i64) -> DateTime<Utc> {
    start() + TimeDelta::minutes(minutes)
}

/// Signing in with what a store has.
pub fn sign_ins(store: &Store) -> SignIns {
    crate::sign_in::world::World::on(store).sign_ins
}
