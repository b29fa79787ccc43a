//! Cookies: who is signed in, and the token of a link while its page is open. Scripts can't read them, and other sites' forms don't send them.

use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue};
use cookie::time::Duration;
use cookie::{Cookie, SameSite};

/// The cookies of this desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Jar {
    /// Who is signed in.
    Session,
    /// A link to choose a new password.
    Reset,
    /// An invitation.
    Invitation,
    /// A link to finish a sign-up.
    SignUp,
    /// A link from a chat. It waits while somebody signs in.
    Chat,
    /// Who a visitor is who is not signed in.
    Visitor,
}

impl Jar {
    const fn name(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::Reset => "reset",
            Self::Invitation => "invitation",
            Self::SignUp => "sign-up",
            Self::Chat => "chat",
            Self::Visitor => "visitor",
        }
    }

    /// Browsers take a cookie of this name only over HTTPS, from this host, and for all of it.
    fn full_name(self, is_https: bool) -> String {
        if is_https { format!("__Host-{}", self.name()) } else { self.name().to_owned() }
    }

    /// What a browser sent.
    pub fn read(self, headers: &HeaderMap, is_https: bool) -> Option<String> {
        let name = self.full_name(is_https);
        let sent = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
        sent.flat_map(Cookie::split_parse)
            .filter_map(Result::ok)
            .find(|cookie| cookie.name() == name)
            .map(|cookie| cookie.value().to_owned())
    }

    /// Has a browser keep it for so many seconds; for as long as it is open where none are named.
    pub fn keep(self, headers: &mut HeaderMap, value: &str, seconds: Option<i64>, is_https: bool) {
        let mut cookie = self.cookie(value, is_https);
        cookie.set_max_age(seconds.map(Duration::seconds));
        set(headers, &cookie);
    }

    /// Has a browser forget it.
    pub fn forget(self, headers: &mut HeaderMap, is_https: bool) {
        let mut cookie = self.cookie("", is_https);
        cookie.set_max_age(Duration::ZERO);
        set(headers, &cookie);
    }

    fn cookie(self, value: &str, is_https: bool) -> Cookie<'static> {
        Cookie::build((self.full_name(is_https), value.to_owned()))
            .path("/")
            .http_only(true)
            .secure(is_https)
            // A link in a mail is followed from another site, and the page that it leads to has to see this.
            .same_site(SameSite::Lax)
            .build()
    }
}

fn set(headers: &mut HeaderMap, cookie: &Cookie<'_>) {
    // Our values are letters, digits and hyphens.
    if let Ok(value) = HeaderValue::from_str(&cookie.to_string()) {
        headers.append(SET_COOKIE, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_only_for_this_host_and_no_script() {
        let mut headers = HeaderMap::new();
        Jar::Session.keep(&mut headers, "abc", Some(60), true);
        Jar::Reset.forget(&mut headers, false);
        let set: Vec<&str> =
            headers.get_all(SET_COOKIE).iter().map(|value| value.to_str().unwrap()).collect();
        assert_eq!(
            set,
            [
                "__Host-session=abc; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=60",
                "reset=; HttpOnly; SameSite=Lax; Path=/; Max-Age=0"
            ]
        );
    }

    #[test]
    fn only_the_cookie_of_the_right_name_is_read() {
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, HeaderValue::from_static("a=b; session=mine;;=; bad"));
        headers.append(COOKIE, HeaderValue::from_static("__Host-session=theirs"));
        assert_eq!(Jar::Session.read(&headers, false).as_deref(), Some("mine"));
        assert_eq!(Jar::Session.read(&headers, true).as_deref(), Some("theirs"));
        assert_eq!(Jar::Chat.read(&headers, true), None);
    }
}
