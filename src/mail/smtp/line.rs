//! A connection to a mail server, and what is said on it, one step at a time: who failed in which step is known.

use lettre::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::response::{Response, Severity};
use tokio::time::{Instant, timeout_at};

use crate::domain::mail_server::Security;
use crate::domain::{MailAddress, MailServer};

use super::failure::{Failure, Stage};

/// What a server answers that waits for the mail itself.
const GO_ON: u16 = 354;

/// An open connection, signed in where that is wanted.
pub(super) struct Line(AsyncSmtpConnection);

impl Line {
    /// Connects, in the name of a domain.
    pub async fn open(server: &MailServer, domain: &str, until: Instant) -> Result<Self, Failure> {
        let hello = ClientId::Domain(domain.to_owned());
        let tls =
            || TlsParameters::new(server.host.clone()).map_err(|error| Failure::of(Stage::Encrypt, &error));
        let wrapped = match server.security {
            Security::Tls => Some(tls()?),
            Security::StartTls | Security::Plain => None,
        };
        let at = (server.host.as_str(), server.port);
        let connect = AsyncSmtpConnection::connect_tokio1(at, None, &hello, wrapped, None);
        let mut line = by(until, Stage::Reach, connect).await?;
        match server.security {
            Security::StartTls => by(until, Stage::Encrypt, line.starttls(tls()?, &hello)).await?,
            Security::Tls | Security::Plain => {}
        }
        if let Some(login) = &server.login {
            let credentials = Credentials::new(login.user.clone(), login.password.clone());
            by(until, Stage::SignIn, line.auth(DEFAULT_MECHANISMS, &credentials)).await?;
        }
        Ok(Self(line))
    }

    /// Hands over one mail; answers what the server said when it had it.
    pub async fn send(
        &mut self,
        from: &MailAddress,
        to: &MailAddress,
        bytes: &[u8],
        until: Instant,
    ) -> Result<String, Failure> {
        let line = &mut self.0;
        let sender = Mail::new(Some(address(from, Stage::Sender)?), Vec::new());
        by(until, Stage::Sender, line.command(sender)).await?;
        let recipient = Rcpt::new(address(to, Stage::Recipient)?, Vec::new());
        by(until, Stage::Recipient, line.command(recipient)).await?;
        let ready = by(until, Stage::Content, line.command(Data)).await?;
        // Anything else means that the two of us do not speak of the same thing.
        if !ready.has_code(GO_ON) {
            return Err(Failure::out_of_step(Stage::Content));
        }
        let taken = by(until, Stage::Content, line.message(bytes)).await?;
        match taken.code().severity {
            Severity::PositiveCompletion => Ok(words(&taken)),
            Severity::PositiveIntermediate
            | Severity::TransientNegativeCompletion
            | Severity::PermanentNegativeCompletion => Err(Failure::out_of_step(Stage::Content)),
        }
    }

    /// Whether somebody is still at the other end.
    pub async fn is_open(&mut self) -> bool {
        self.0.test_connected().await
    }

    /// Takes leave and closes it.
    pub async fn close(mut self) {
        self.0.abort().await;
    }
}

/// The library waits for an answer for as long as the connection is there.
async fn by<T>(
    until: Instant,
    stage: Stage,
    step: impl Future<Output = Result<T, Error>>,
) -> Result<T, Failure> {
    match timeout_at(until, step).await {
        Ok(done) => done.map_err(|error| Failure::of(stage, &error)),
        Err(_) => Err(Failure::silent(stage)),
    }
}

fn address(address: &MailAddress, stage: Stage) -> Result<Address, Failure> {
    Address::new(address.local(), address.domain()).map_err(|_| Failure::out_of_step(stage))
}

fn words(response: &Response) -> String {
    let words: Vec<&str> = response.message().collect();
    format!("{} {}", response.code(), words.join(" "))
}
