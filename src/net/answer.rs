//! What a server answers: whether it is what was asked for, and in which encoding.

use std::time::Duration;

use encoding_rs::{Encoding, UTF_8};
use reqwest::{
    Response, StatusCode,
    header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER},
};

use super::fetch::{Failure, FetchError, Wanted};

/// Which answers are pages, which are troubles that pass, and which are final.
pub(super) fn check_status(response: &Response) -> Result<(), Failure> {
    let status = response.status();
    if status.is_success() {
        return Ok(());
    }
    let error = FetchError::Status(status.as_u16());
    match status {
        StatusCode::NOT_FOUND | StatusCode::GONE => Err(Failure::Final(FetchError::Gone(status.as_u16()))),
        StatusCode::TOO_MANY_REQUESTS
        | StatusCode::REQUEST_TIMEOUT
        | StatusCode::INTERNAL_SERVER_ERROR
        | StatusCode::BAD_GATEWAY
        | StatusCode::SERVICE_UNAVAILABLE
        | StatusCode::GATEWAY_TIMEOUT => {
            Err(Failure::Passing { error, wait: retry_after(response.headers()) })
        }
        _ => Err(Failure::Final(error)),
    }
}

/// Only the form in seconds: the other one is a date, and nothing here knows the time.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok().map(Duration::from_secs)
}

/// What to ask for.
pub(super) fn accepted(wanted: Wanted) -> &'static str {
    match wanted {
        Wanted::Page => "text/html, application/xhtml+xml",
        Wanted::Listing => "application/json",
    }
}

/// A server that does not say what it sends is taken at its word's absence.
pub(super) fn check_type(headers: &HeaderMap, wanted: Wanted) -> Result<(), FetchError> {
    let Some(found) = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()) else { return Ok(()) };
    let essence = found.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let (fits, wanted) = match wanted {
        Wanted::Page => (matches!(essence.as_str(), "text/html" | "application/xhtml+xml"), "a page in HTML"),
        Wanted::Listing => (essence.ends_with("/json") || essence.ends_with("+json"), "a listing in JSON"),
    };
    if fits { Ok(()) } else { Err(FetchError::WrongType { found: essence, wanted }) }
}

/// The text of a body, in the encoding that its headers or its own first lines name.
pub(super) fn text(headers: &HeaderMap, bytes: &[u8]) -> String {
    let encoding = charset(headers).or_else(|| declared(bytes)).unwrap_or(UTF_8);
    encoding.decode(bytes).0.into_owned()
}

fn charset(headers: &HeaderMap) -> Option<&'static Encoding> {
    let value = headers.get(CONTENT_TYPE)?.to_str().ok()?.to_ascii_lowercase();
    let (_, label) = value.split_once("charset=")?;
    Encoding::for_label(label.split(';').next()?.trim().trim_matches('"').as_bytes())
}

/// The encoding that a page declares in its first lines.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(bytes.get(..1024).unwrap_or(bytes)).to_ascii_lowercase();
    let (_, label) = head.split_once("charset=")?;
    let label = label.trim_start_matches(['"', '\'']);
    Encoding::for_label(label.split(['"', '\'', '>', ' ', '/', ';']).next()?.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_declare_their_encoding() {
        assert_eq!(declared(b"<meta charset='windows-1252'>").map(Encoding::name), Some("windows-1252"));
        assert_eq!(declared(b"<html>"), None);
    }
}
