//! Asks a database of compromised passwords by the range protocol of Have I Been Pwned: five characters of a hash go out, and every known
//! hash that begins with them comes back.

use std::time::Duration;

use reqwest::header::HeaderName;
use reqwest::{Client, Url, redirect};

use super::answer;
use super::fetch::{AGENT, Failure, FetchError, network};

/// How many characters are sent, and no more of them, whoever asks.
const SENT: usize = 5;
/// The largest answer, in bytes. With padding one has about 1,000 lines of about 40 bytes.
const LARGEST: usize = 512 * 1024;

/// A database of compromised passwords. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Ranges {
    client: Client,
    address: Url,
}

impl Ranges {
    /// The database at an address, to which five characters are added.
    pub fn new(address: &str, timeout: Duration) -> Result<Self, FetchError> {
        let address = format!("{}/", address.trim_end_matches('/'));
        let address = Url::parse(&address).map_err(|_| FetchError::Scheme)?;
        if !matches!(address.scheme(), "http" | "https") {
            return Err(FetchError::Scheme);
        }
        // Whom the characters are for was configured: they go nowhere else.
        let client = Client::builder()
            .user_agent(AGENT)
            .timeout(timeout)
            .redirect(redirect::Policy::none())
            .build()
            .map_err(network)?;
        Ok(Self { client, address })
    }

    /// What is known below these five characters, with lines among it that only hide how much that is. It is asked once: whoever waits
    /// for this waits to sign in.
    pub async fn get(&self, prefix: &str) -> Result<String, FetchError> {
        if prefix.len() != SENT || !prefix.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(FetchError::Network("only five characters of a hash are sent".to_owned()));
        }
        let url = self.address.join(prefix).map_err(|_| FetchError::Scheme)?;
        let padding = HeaderName::from_static("add-padding");
        let sent = self.client.get(url).header(padding, "true").send().await;
        let mut response = sent.map_err(network)?;
        answer::check_status(&response).map_err(|failure| match failure {
            Failure::Final(error) | Failure::Passing { error, .. } => error,
        })?;
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(network)? {
            if bytes.len() + chunk.len() > LARGEST {
                return Err(FetchError::TooLarge { limit: LARGEST });
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}
