//! A window of a browser, with a profile of its own: pages are opened, filled in and read as people do it.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use thirtyfour::extensions::query::ElementPollerWithTimeout;
use thirtyfour::extensions::query::ElementQueryable;
use thirtyfour::{
    By, ChromeCapabilities, ChromiumLikeCapabilities, LoggingPrefsLogLevel, WebDriver, WebElement,
};

/// How long is waited for what a page shows, and how often it is looked at.
const PATIENCE: Duration = Duration::from_mins(1);
const OFTEN: Duration = Duration::from_millis(50);
/// As a phone is held: its size in points.
pub const PHONE: (u64, u64) = (390, 844);

/// What somebody looks at the pages with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A window on a desk.
    Desk,
    /// A phone, held upright.
    Phone,
    /// A window on a desk, in a browser that runs no script.
    WithoutScripts,
}

/// A window, with the page in it.
pub struct Window {
    pub kind: Kind,
    driver: WebDriver,
    origin: String,
}

impl Window {
    /// Opens one, by the chromedriver at this address, for the pages of this origin.
    pub async fn new(driver: &str, origin: &str, kind: Kind) -> Self {
        let poller = Arc::new(ElementPollerWithTimeout::new(PATIENCE, OFTEN));
        let driver = WebDriver::builder(driver, capabilities(kind)).poller(poller).await.unwrap();
        Self { kind, driver, origin: origin.to_owned() }
    }

    /// Opens a page, as if its address were typed.
    pub async fn open(&self, path: &str) {
        self.driver.goto(format!("{}{path}", self.origin)).await.unwrap();
    }

    /// A page that is not the desk's, such as a mail on the web.
    pub async fn write(&self, html: &str) {
        self.driver.goto("about:blank").await.unwrap();
        let frame = self.tool("Page.getFrameTree", json!({})).await["frameTree"]["frame"]["id"].clone();
        self.tool("Page.setDocumentContent", json!({ "frameId": frame, "html": html })).await;
    }

    /// The window goes on to another desk, and forgets who was here.
    pub async fn moves(&mut self, origin: &str) {
        origin.clone_into(&mut self.origin);
        self.tool("Network.clearBrowserCookies", json!({})).await;
    }

    /// Types into the field with this label, in place of what is there.
    pub async fn fill(&self, label: &str, text: &str) {
        let field = self.field(label).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// The field with this label, with or without the mark of those that must be filled in.
    pub async fn field(&self, label: &str) -> WebElement {
        let label = format!(r#"//label[normalize-space(translate(., "*", ""))="{label}"]/@for"#);
        self.one(&format!("//*[@id={label}]")).await
    }

    /// Presses the button with this text, the first of several.
    pub async fn press(&self, text: &str) {
        self.one(&format!(r#"//button[normalize-space()="{text}"]"#)).await.click().await.unwrap();
    }

    /// Fills in the fields with these labels and presses the button with this text.
    pub async fn submit(&self, button: &str, filled: &[(&str, &str)]) {
        for (label, text) in filled {
            self.fill(label, text).await;
        }
        self.press(button).await;
    }

    /// Follows the link with this text.
    pub async fn follow(&self, text: &str) {
        self.one(&format!(r#"//a[normalize-space()="{text}"]"#)).await.click().await.unwrap();
    }

    /// Waits for the page with this heading.
    pub async fn shows(&self, heading: &str) {
        self.one(&format!(r#"//h1[normalize-space()="{heading}"]"#)).await;
    }

    /// Waits for something with exactly this text.
    pub async fn sees(&self, text: &str) {
        self.one(&format!(r#"//*[normalize-space()="{text}"]"#)).await;
    }

    /// Waits for what is read out at once where something went wrong, and gives it.
    pub async fn alert(&self) -> String {
        self.one(r#"//*[@role="alert"]"#).await.text().await.unwrap()
    }

    /// What is there once it is; where it never is, the page tells what there is instead.
    async fn one(&self, xpath: &str) -> WebElement {
        match self.driver.query(By::XPath(xpath)).first().await {
            Ok(found) => found,
            Err(error) => panic!("{xpath}: {error}; {} says: {}", self.address().await, self.text().await),
        }
    }

    /// All that is read on the page, beside what stands around it.
    pub async fn text(&self) -> String {
        match self.driver.find(By::Tag("main")).await {
            Ok(main) => main.text().await.unwrap(),
            Err(_) => self.driver.source().await.unwrap(),
        }
    }

    /// What the page says is wrong with its fields.
    pub async fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        for fault in self.driver.find_all(By::Css(".faults li")).await.unwrap() {
            faults.push(fault.text().await.unwrap());
        }
        faults
    }

    /// What the address bar shows.
    pub async fn address(&self) -> String {
        self.driver.current_url().await.unwrap().to_string()
    }

    /// The same on this desk.
    pub async fn path(&self) -> String {
        let address = self.address().await;
        address.strip_prefix(&self.origin).unwrap_or(&address).to_owned()
    }

    /// Presses these keys, wherever the page is.
    pub async fn keys(&self, keys: &str) {
        self.driver.action_chain().send_keys(keys).perform().await.unwrap();
    }

    /// What an expression is worth, once that is known. It is asked by the tools for developers, whom no policy of a page holds back.
    pub async fn value(&self, expression: &str) -> Value {
        let asked = json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });
        let told = self.tool("Runtime.evaluate", asked).await;
        assert!(told.get("exceptionDetails").is_none(), "{told}");
        told["result"].get("value").cloned().unwrap_or_default()
    }

    /// Asks the tools for developers.
    pub async fn tool(&self, method: &str, with: Value) -> Value {
        self.driver.cdp().send_raw(method, with).await.unwrap()
    }

    /// Whether the reader likes it dark.
    pub async fn dark(&self, dark: bool) {
        let scheme = if dark { "dark" } else { "light" };
        let liked = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.tool("Emulation.setEmulatedMedia", liked).await;
        let shown = self.value("matchMedia('(prefers-color-scheme: dark)').matches").await;
        assert_eq!(shown, json!(dark));
    }

    /// How many points a page reaches beyond the window's right edge.
    pub async fn overhang(&self) -> i64 {
        let wide = self.value("document.scrollingElement.scrollWidth").await.as_i64().unwrap();
        // A phone zooms out of a page that is too wide, and then calls itself as wide as that.
        let window = match self.kind {
            Kind::Phone => i64::try_from(PHONE.0).unwrap(),
            Kind::Desk | Kind::WithoutScripts => self.value("innerWidth").await.as_i64().unwrap(),
        };
        wide - window
    }

    /// A picture of what is seen.
    pub async fn picture(&self) -> Vec<u8> {
        self.driver.screenshot_as_png().await.unwrap()
    }

    /// What the browser's log has to say since it was asked last: errors of scripts, and what a policy forbids. Not that a page was answered
    /// as one where something went wrong: tests of pages look at that.
    pub async fn complaints(&self) -> Vec<String> {
        let log = self.driver.browser_log().await.unwrap().into_iter();
        // Chromium gives advice, too.
        let log = log.filter(|entry| entry.level != "DEBUG");
        let answered = |message: &str| {
            let address = message.split(' ').next().unwrap_or_default();
            let is_page = !address.rsplit('/').next().unwrap_or_default().contains('.');
            is_page && message.contains("the server responded with a status of ")
        };
        let entries = log.map(|entry| format!("{}: {}", entry.level, entry.message));
        entries.filter(|entry| !answered(entry.split_once(": ").map_or("", |(_, message)| message))).collect()
    }

    pub async fn close(self) {
        self.driver.quit().await.unwrap();
    }
}

fn capabilities(kind: Kind) -> ChromeCapabilities {
    let mut wanted = ChromeCapabilities::new();
    for argument in [
        "--headless",
        "--disable-gpu",
        // A container's shared memory is too small for pages.
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1280,900",
        "--lang=en-GB",
        // It reaches what listens on this machine, and nothing else.
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ] {
        wanted.add_arg(argument).unwrap();
    }
    // Chromium starts its sandbox as everybody but root.
    if rustix::process::geteuid().is_root() {
        wanted.add_arg("--no-sandbox").unwrap();
    }
    wanted.set_browser_log_level(LoggingPrefsLogLevel::All).unwrap();
    match kind {
        Kind::Desk => {}
        Kind::Phone => {
            let (width, height) = PHONE;
            let screen = json!({ "width": width, "height": height, "pixelRatio": 2.0, "touch": true });
            wanted.add_experimental_option("mobileEmulation", json!({ "deviceMetrics": screen })).unwrap();
        }
        Kind::WithoutScripts => {
            let blocked = json!({ "profile.managed_default_content_settings.javascript": 2 });
            wanted.add_experimental_option("prefs", blocked).unwrap();
        }
    }
    wanted
}
