//! Axe, which knows the rules by which pages can be read by everybody, and tells of each that a page breaks.

use std::sync::{Once, OnceLock};

use super::driver::told;
use super::window::Window;

/// Every rule that axe holds pages to unless it is told otherwise.
const RUN: &str = "axe.run(document, { resultTypes: ['violations'] }).then(({ violations, passes }) => ({
  held: passes.length,
  broken: violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id} (${help}): ${node.html} ${node.failureSummary}`)),
}))";

/// The script that `GUIDEPOST_TEST_AXE` names; where it names none, one line says that the tests were skipped.
pub fn script() -> Option<&'static str> {
    static SCRIPT: OnceLock<Option<String>> = OnceLock::new();
    static SAID: Once = Once::new();
    let script =
        SCRIPT.get_or_init(|| told("GUIDEPOST_TEST_AXE").map(|path| std::fs::read_to_string(path).unwrap()));
    if script.is_none() {
        SAID.call_once(|| println!("skipped: pages read by axe (set GUIDEPOST_TEST_AXE to its axe.min.js)"));
    }
    script.as_deref()
}

/// Every rule that the page breaks, and where.
pub async fn broken(window: &Window, script: &str) -> Vec<String> {
    window.value(&format!("{script};undefined")).await;
    let told = window.value(RUN).await;
    assert!(told["held"].as_u64().unwrap() > 5, "axe looked at nothing: {told}");
    told["broken"].as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_owned()).collect()
}
