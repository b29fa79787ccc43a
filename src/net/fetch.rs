//! Fetches pages and listings from the web: within limits, patiently, and never anything but HTTP.

use std::time::Duration;

use reqwest::{Client, Response, Url, header::ACCEPT};

use super::{answer, redirects};

/// What this program calls itself.
pub(super) const AGENT: &str =
    concat!("guidepost/", env!("CARGO_PKG_VERSION"), " (+", env!("CARGO_PKG_REPOSITORY"), ")");

/// How much and how long.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The largest page, in bytes after decompression.
    pub page: usize,
    /// The largest listing, which holds a hundred articles.
    pub listing: usize,
    /// How long one try may take, from connecting to the last byte.
    pub timeout: Duration,
    /// How often one address is tried.
    pub tries: u32,
    /// The pause after the first failure; it doubles with each further one.
    pub pause: Duration,
    /// The longest pause; a server that asks for more is given up.
    pub longest_pause: Duration,
    /// How many redirects are followed.
    pub redirects: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            page: 8 * 1024 * 1024,
            listing: 64 * 1024 * 1024,
            timeout: Duration::from_secs(30),
            tries: 4,
            pause: Duration::from_secs(1),
            longest_pause: Duration::from_mins(2),
            redirects: 5,
        }
    }
}

/// What is expected at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// A page in HTML.
    Page,
    /// A listing in JSON.
    Listing,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// Where it was in the end, after redirects.
    pub url: String,
    /// Its text.
    pub text: String,
}

/// Why nothing was fetched.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// Only `http` and `https` are spoken.
    #[error("only http and https addresses can be fetched")]
    Scheme,
    /// The server says that there is nothing (any more).
    #[error("the server answered {0}: it is gone")]
    Gone(u16),
    /// Another answer than a page.
    #[error("the server answered {0}")]
    Status(u16),
    /// The server wants to be left alone for longer than anybody waits.
    #[error("the server is busy and asks to wait {seconds} seconds")]
    Busy {
        /// How long.
        seconds: u64,
    },
    /// Larger than the limit.
    #[error("it is larger than {limit} bytes")]
    TooLarge {
        /// The limit.
        limit: usize,
    },
    /// Neither a page nor a listing.
    #[error("it is \"{found}\", not {wanted}")]
    WrongType {
        /// What the server calls it.
        found: String,
        /// What was expected.
        wanted: &'static str,
    },
    /// No answer, or one that broke off.
    #[error("{0}")]
    Network(String),
}

/// What is worth another try.
pub(super) enum Failure {
    Final(FetchError),
    Passing { error: FetchError, wait: Option<Duration> },
}

/// A client with its limits.
#[derive(Debug, Clone)]
pub struct Fetcher {
    client: Client,
    limits: Limits,
}

impl Fetcher {
    /// A client that says who it is.
    pub fn new(limits: Limits) -> Result<Self, FetchError> {
        let client = Client::builder()
            .user_agent(AGENT)
            .timeout(limits.timeout)
            .redirect(redirects::policy(limits.redirects))
            .build()
            .map_err(network)?;
        Ok(Self { client, limits })
    }

    /// Fetches an address, and tries again after passing troubles. Pauses follow `Retry-After` where it is in seconds.
    pub async fn get(&self, address: &str, wanted: Wanted) -> Result<Fetched, FetchError> {
        let url = Url::parse(address).map_err(|_| FetchError::Scheme)?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(FetchError::Scheme);
        }
        let mut pause = self.limits.pause;
        for left in (0..self.limits.tries.max(1)).rev() {
            match self.once(&url, wanted).await {
                Ok(fetched) => return Ok(fetched),
                Err(Failure::Final(error)) => return Err(error),
                Err(Failure::Passing { error, .. }) if left == 0 => return Err(error),
                Err(Failure::Passing { wait: Some(wait), .. }) if wait > self.limits.longest_pause => {
                    return Err(FetchError::Busy { seconds: wait.as_secs() });
                }
                Err(Failure::Passing { wait, .. }) => {
                    tokio::time::sleep(wait.unwrap_or(pause)).await;
                    pause = (pause * 2).min(self.limits.longest_pause);
                }
            }
        }
        Err(FetchError::Network("it was not tried".to_owned()))
    }

    async fn once(&self, url: &Url, wanted: Wanted) -> Result<Fetched, Failure> {
        let passing = |error: reqwest::Error| Failure::Passing { error: network(error), wait: None };
        let sent = self.client.get(url.clone()).header(ACCEPT, answer::accepted(wanted)).send().await;
        let response = match sent {
            Ok(response) => response,
            Err(error) if error.is_redirect() || error.is_builder() => {
                return Err(Failure::Final(network(error)));
            }
            Err(error) => return Err(passing(error)),
        };
        answer::check_status(&response)?;
        answer::check_type(response.headers(), wanted).map_err(Failure::Final)?;
        let (found_at, headers) = (response.url().to_string(), response.headers().clone());
        let bytes = self.body(response, wanted).await?;
        Ok(Fetched { url: found_at, text: answer::text(&headers, &bytes) })
    }

    /// The body piece by piece, so that a limit is a limit whatever the server announced.
    async fn body(&self, mut response: Response, wanted: Wanted) -> Result<Vec<u8>, Failure> {
        let limit = match wanted {
            Wanted::Page => self.limits.page,
            Wanted::Listing => self.limits.listing,
        };
        let too_large = || Failure::Final(FetchError::TooLarge { limit });
        if response.content_length().is_some_and(|length| length > limit as u64) {
            return Err(too_large());
        }
        let mut bytes = Vec::new();
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) if bytes.len() + chunk.len() > limit => return Err(too_large()),
                Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
                Ok(None) => return Ok(bytes),
                Err(error) => return Err(Failure::Passing { error: network(error), wait: None }),
            }
        }
    }
}

/// What happened, cause by cause and without the address, which the report names anyway.
pub(super) fn network(error: reqwest::Error) -> FetchError {
    let error = error.without_url();
    let mut said = error.to_string();
    let mut cause = std::error::Error::source(&error);
    while let Some(inner) = cause {
        said.push_str(": ");
        said.push_str(&inner.to_string());
        cause = inner.source();
    }
    FetchError::Network(said)
}
