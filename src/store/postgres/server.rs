//! A PostgreSQL server by its URL, and connections to it.

use std::pin::Pin;
use std::time::Duration;

use deadpool_postgres::{ClientWrapper, Connect};
use postgres_native_tls::MakeTlsConnector;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tokio_postgres::config::{Host, SslMode, TargetSessionAttrs};
use tokio_postgres::{Client, Config, NoTls};

use super::super::error::StoreError;
use super::fault::Fault;
use super::tls;

/// How long making a connection may take.
pub const CONNECT: Duration = Duration::from_secs(5);
/// After so long without a sign of life, a connection is given up by the system.
const SILENCE: Duration = Duration::from_secs(15);
/// What tokio-postgres takes where the URL says nothing: far too long to notice that a server has gone.
const UNSET_IDLE: Duration = Duration::from_hours(2);
/// Set for every connection, whatever the server's defaults are. With `synchronous_commit` off, a commit would be acknowledged
/// before it is on the disk, and a crash of the server would lose what people saw as done. Everything is found by its key: a
/// plan without the index, made and kept while a table was small, would take ages when it has grown.
const SETTINGS: &str = "-c synchronous_commit=on -c enable_seqscan=off";

/// A server.
#[derive(Clone)]
pub struct Server {
    config: Config,
    tls: Option<MakeTlsConnector>,
    shown: String,
}

impl Server {
    /// The server that a URL means. Options of the URL that nobody knows are refused.
    pub fn at(url: &str) -> Result<Self, StoreError> {
        let mut config: Config = url.parse().map_err(|error| StoreError::Unavailable(unreadable(&error)))?;
        if config.get_application_name().is_none() {
            config.application_name("guidepost");
        }
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(CONNECT);
        }
        if config.get_tcp_user_timeout().is_none() {
            config.tcp_user_timeout(SILENCE);
        }
        if config.get_keepalives_idle() == UNSET_IDLE {
            config.keepalives_idle(SILENCE).keepalives_interval(CONNECT).keepalives_retries(3);
        }
        // A standby may be behind: what was just committed would be missing when it is read.
        config.target_session_attrs(TargetSessionAttrs::ReadWrite);
        // The last of several counts.
        config.options(match config.get_options() {
            Some(own) => format!("{own} {SETTINGS}"),
            None => SETTINGS.to_owned(),
        });
        // `prefer`, which is also what a URL without `sslmode` means, asks for nothing that could be relied on.
        let asks_for_tls = config.get_ssl_mode() == SslMode::Require;
        let tls = asks_for_tls.then(tls::connector).transpose()?;
        if tls.is_none() {
            config.ssl_mode(SslMode::Disable);
        }
        let shown = shown(&config);
        if tls.is_none() && !is_near(&config) {
            tracing::warn!(
                server = shown,
                "the connection is not encrypted; sslmode=require in the URL encrypts it"
            );
        }
        Ok(Self { config, tls, shown })
    }

    /// Its host, port and database, as they may be shown.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// What a pool needs.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// A new connection. It ends when it is dropped, and with it whatever it had not committed.
    pub async fn connect(&self) -> Result<ClientWrapper, Fault> {
        match timeout(CONNECT, self.open()).await {
            Ok(Ok((client, task))) => Ok(ClientWrapper::new(client, task)),
            Ok(Err(error)) => Err(Fault::unreachable(&self.shown, &error)),
            Err(_) => Err(Fault::slow()),
        }
    }

    async fn open(&self) -> Result<(Client, JoinHandle<()>), tokio_postgres::Error> {
        // Whoever uses the client is told when the connection ends; here it is only a detail.
        let ended = |error| tracing::debug!(%error, "a connection to PostgreSQL ended");
        if let Some(tls) = &self.tls {
            let (client, connection) = self.config.connect(tls.clone()).await?;
            Ok((client, tokio::spawn(async move { connection.await.unwrap_or_else(ended) })))
        } else {
            let (client, connection) = self.config.connect(NoTls).await?;
            Ok((client, tokio::spawn(async move { connection.await.unwrap_or_else(ended) })))
        }
    }
}

/// How the pool makes its connections.
type Connecting<'a> =
    Pin<Box<dyn Future<Output = Result<(Client, JoinHandle<()>), tokio_postgres::Error>> + Send + 'a>>;

/// Reads are a handful of statements, each found by its keys: the server need not plan them anew each time.
const PLAN_ONCE: &str = "SET plan_cache_mode = force_generic_plan";

impl Connect for Server {
    fn connect(&self, _: &Config) -> Connecting<'_> {
        Box::pin(async {
            let (client, task) = self.open().await?;
            // A server that does not know the setting reads as well, and one that is gone is noticed when it is asked.
            if let Err(error) = client.batch_execute(PLAN_ONCE).await {
                tracing::debug!(%error, "PostgreSQL plans each read anew");
            }
            Ok((client, task))
        })
    }
}

/// A URL as it may be shown: host, port and database.
pub fn shown_url(url: &str) -> String {
    url.parse().map_or_else(|_| "…".to_owned(), |config| shown(&config))
}

fn shown(config: &Config) -> String {
    let ports = config.get_ports();
    let mut places: Vec<String> = Vec::new();
    for (at, host) in config.get_hosts().iter().enumerate() {
        // One port counts for all hosts.
        let port = ports.get(at).or(ports.first()).copied().unwrap_or(5432);
        places.push(match host {
            Host::Tcp(name) => format!("{name}:{port}"),
            #[cfg(unix)]
            Host::Unix(folder) => format!("{} (port {port})", folder.display()),
        });
    }
    let database = config.get_dbname().or(config.get_user()).unwrap_or_default();
    format!("{}/{database}", places.join(","))
}

/// Whether nothing leaves this machine.
fn is_near(config: &Config) -> bool {
    config.get_hosts().iter().all(|host| match host {
        Host::Tcp(name) => {
            name == "localhost" || name.parse().is_ok_and(|address: std::net::IpAddr| address.is_loopback())
        }
        #[cfg(unix)]
        Host::Unix(_) => true,
    })
}

/// The cause is only told where it can't hold a part of the URL, and so of its password.
fn unreadable(error: &tokio_postgres::Error) -> String {
    let cause = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
    let cause =
        if cause.starts_with("invalid value for option") { format!(" ({cause})") } else { String::new() };
    format!(
        "the URL of the PostgreSQL server can't be read{cause}; it is written postgres://user@host:5432/database, special \
         characters of a password as %XX, and sslmode is disable or require (which also verifies the certificate)"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_about_a_url_has_its_password() {
        for url in [
            "postgres://desk:hunter2@db.example.org/desk?sslmode=verify-all",
            "postgres://desk:a/hunter2@db/desk",
            "postgres://desk:a?hunter2@db/desk",
            "postgres://desk:a#hunter2@db:x/desk",
            "postgres://desk:x@db/desk?hunter2=1",
            "postgres://desk:hunter2%@db/%ff",
        ] {
            let text = match Server::at(url) {
                Ok(server) => server.shown,
                Err(error) => error.to_string(),
            };
            assert!(!text.contains("hunter2"), "{text}");
            assert!(!shown_url(url).contains("hunter2"), "{url}");
        }
        assert_eq!(shown_url("postgres://desk:hunter2@a:1,b:2/desk"), "a:1,b:2/desk");
        assert_eq!(shown_url("postgres://desk@/?host=%2Ftmp%2Fsocket"), "/tmp/socket (port 5432)/desk");
    }

    #[test]
    fn commits_are_durable_whatever_the_url_says() {
        let server = Server::at("postgres://a@localhost/a?options=-csynchronous_commit%3Doff").unwrap();
        let options = server.config.get_options().unwrap();
        assert!(
            options.rfind("synchronous_commit=on") > options.rfind("synchronous_commit=off"),
            "{options}"
        );
    }

    #[test]
    fn a_url_that_asks_for_tls_gets_it() {
        let tls = |url| Server::at(url).map(|server| server.tls.is_some());
        assert_eq!(tls("postgres://a@localhost/a?sslmode=require"), Ok(true));
        assert_eq!(tls("postgres://a@localhost/a"), Ok(false));
        assert!(tls("postgres://a@localhost/a?sslmode=verify-full").is_err());
    }
}
