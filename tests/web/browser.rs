//! A browser without JavaScript: it follows links, fills in forms by their labels, and keeps cookies, as people see and do it.

use std::collections::BTreeMap;

use dom_query::{Document, Selection};
use reqwest::header::{COOKIE, HeaderMap, LOCATION, ORIGIN, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, Response};

/// A window, with the page in it.
pub struct Browser {
    client: Client,
    origin: String,
    cookies: BTreeMap<String, String>,
    pub status: u16,
    pub path: String,
    pub html: String,
    pub headers: HeaderMap,
}

impl Browser {
    pub fn new(origin: &str) -> Self {
        let client = Client::builder().redirect(Policy::none()).build().unwrap();
        Self {
            client,
            origin: origin.to_owned(),
            cookies: BTreeMap::new(),
            status: 0,
            path: "/".to_owned(),
            html: String::new(),
            headers: HeaderMap::new(),
        }
    }

    /// Opens a page, as if it were typed or clicked in a mail.
    pub async fn open(&mut self, path: &str) -> &mut Self {
        self.fetch(Method::GET, path, None).await;
        self
    }

    /// Follows the link with this text.
    pub async fn follow(&mut self, text: &str) -> &mut Self {
        let path = {
            let page = Document::from(self.html.as_str());
            let links = page.select("a");
            let link = links.iter().find(|link| link.text().trim() == text);
            link.and_then(|link| link.attr("href")).unwrap_or_else(|| panic!("no link {text}: {}", self.html))
        };
        self.open(&path).await
    }

    /// Fills in the fields with these labels and presses the button with this text.
    pub async fn submit(&mut self, button: &str, filled: &[(&str, &str)]) -> &mut Self {
        let (action, form) = self.form(button, filled);
        self.fetch(Method::POST, &action, Some(form)).await;
        self
    }

    /// Where a form would be sent, with what.
    pub fn form(&self, button: &str, filled: &[(&str, &str)]) -> (String, Vec<(String, String)>) {
        let page = Document::from(self.html.as_str());
        let forms = page.select("form");
        let form = forms
            .iter()
            .find(|form| form.select("button").text().trim() == button)
            .unwrap_or_else(|| panic!("no button {button}: {}", self.html));
        assert_eq!(form.attr("method").as_deref(), Some("post"));
        let mut sent = BTreeMap::new();
        for input in &form.select("input") {
            let name = input.attr("name").unwrap().to_string();
            sent.insert(name, input.attr("value").unwrap_or_default().to_string());
        }
        for (label, value) in filled {
            let name = field(&form, label).unwrap_or_else(|| panic!("no field {label}: {}", self.html));
            sent.insert(name, (*value).to_owned());
        }
        (form.attr("action").unwrap().to_string(), sent.into_iter().collect())
    }

    /// Presses the last button on the page with this text, of those that the desk offers.
    pub async fn press(&mut self, button: &str) -> &mut Self {
        let found = {
            let page = Document::from(self.html.as_str());
            let buttons = page.select("button[name=press]");
            let found = buttons.iter().filter(|one| one.text().trim() == button).last();
            found.and_then(|one| one.attr("value")).map(|id| id.to_string())
        };
        let id = found.unwrap_or_else(|| panic!("no button {button}: {}", self.text()));
        self.send("/", &[("press", &id)]).await
    }

    /// Types into the chat and sends it.
    pub async fn say(&mut self, text: &str) -> &mut Self {
        self.send("/", &[("text", text)]).await
    }

    /// The turns that the chat shows, one line each.
    pub fn turns(&self) -> Vec<String> {
        let page = Document::from(self.html.as_str());
        let turns = page.select(".turn");
        turns.iter().map(|turn| turn.text().split_whitespace().collect::<Vec<_>>().join(" ")).collect()
    }

    /// Its cookies, as it sends them.
    pub fn cookies(&self) -> String {
        let all: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        all.join("; ")
    }

    /// Sends a form as it is, whatever the page shows.
    pub async fn send(&mut self, action: &str, form: &[(&str, &str)]) -> &mut Self {
        let form = form.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        self.fetch(Method::POST, action, Some(form)).await;
        self
    }

    async fn fetch(&mut self, method: Method, path: &str, form: Option<Vec<(String, String)>>) {
        let mut response = self.request(method, path, form).await;
        self.path = path.to_owned();
        for _ in 0..5 {
            self.take(&response);
            let Some(next) = response.headers().get(LOCATION) else { break };
            self.path = next.to_str().unwrap().to_owned();
            response = self.request(Method::GET, &self.path.clone(), None).await;
        }
        self.status = response.status().as_u16();
        self.headers = response.headers().clone();
        self.html = response.text().await.unwrap();
    }

    async fn request(&self, method: Method, path: &str, form: Option<Vec<(String, String)>>) -> Response {
        let mut request = self.client.request(method.clone(), format!("{}{path}", self.origin));
        request = request.header(COOKIE, self.cookies()).header("user-agent", "Firefox/145.0");
        if method == Method::POST {
            request = request.header(ORIGIN, &self.origin).header("sec-fetch-site", "same-origin");
        }
        if let Some(form) = form {
            let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
            request = request.header("content-type", "application/x-www-form-urlencoded").body(body);
        }
        request.send().await.unwrap()
    }

    fn take(&mut self, response: &Response) {
        for cookie in response.headers().get_all(SET_COOKIE) {
            let text = cookie.to_str().unwrap();
            assert!(text.contains("HttpOnly") && text.contains("SameSite=Lax"), "{text}");
            let (name, value) = text.split(';').next().unwrap().split_once('=').unwrap();
            if text.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }

    /// A cookie that it keeps.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    /// Has a cookie of this value from now on, as if somebody had planted it.
    pub fn plant(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    /// The heading of the page.
    pub fn title(&self) -> String {
        Document::from(self.html.as_str()).select("h1").text().trim().to_owned()
    }

    /// All that is read on the page.
    pub fn text(&self) -> String {
        let text = Document::from(self.html.as_str()).select("main").text().to_string();
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// What the page says is wrong with its fields.
    pub fn faults(&self) -> Vec<String> {
        let page = Document::from(self.html.as_str());
        page.select(".faults li").iter().map(|fault| fault.text().trim().to_owned()).collect()
    }
}

/// The name of the field with a label, with or without the mark of those that must be filled in.
fn field(form: &Selection<'_>, label: &str) -> Option<String> {
    let labels = form.select("label");
    let found = labels.iter().find(|one| one.text().trim_end_matches(" *").trim() == label)?;
    let id = found.attr("for")?;
    let input = form.select(&format!("input[id=\"{id}\"]"));
    input.attr("name").map(|name| name.to_string())
}
