//! Where redirects may lead.

use std::net::IpAddr;

use reqwest::{Url, redirect};

/// Follows a few redirects, but not into the network behind us: a public page has no business there.
pub(super) fn policy(most: usize) -> redirect::Policy {
    redirect::Policy::custom(move |attempt| {
        let from = attempt.previous().first().and_then(Url::host_str).map(str::to_owned);
        let to = attempt.url().host_str().map(str::to_owned);
        if attempt.previous().len() > most {
            attempt.error("there are too many redirects")
        } else if from != to && to.as_deref().is_some_and(is_internal) {
            attempt.error("it redirects into a private network")
        } else {
            attempt.follow()
        }
    })
}

fn is_internal(host: &str) -> bool {
    match host.trim_matches(['[', ']']).parse() {
        Ok(IpAddr::V4(ip)) => {
            ip.is_loopback() || ip.is_private() || ip.is_link_local() || ip.is_unspecified()
        }
        Ok(IpAddr::V6(ip)) => {
            ip.is_loopback() || ip.is_unspecified() || ip.is_unique_local() || ip.is_unicast_link_local()
        }
        Err(_) => host == "localhost" || host.ends_with(".localhost") || host.ends_with(".internal"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_addresses_are_known() {
        for host in
            ["127.0.0.1", "10.1.2.3", "169.254.169.254", "[::1]", "localhost", "metadata.google.internal"]
        {
            assert!(is_internal(host), "{host}");
        }
        for host in ["1.1.1.1", "example.com", "[2606:4700::1]"] {
            assert!(!is_internal(host), "{host}");
        }
    }
}
