//! Makes pictures of pages with chromium, which nothing else here needs.

use std::fs;
use std::path::Path;
use std::process::Command;

/// As wide as a picture is, in points; it has twice as many pixels.
const WIDTH: u32 = 720;

/// The picture of a page, as high as the page is.
pub fn picture(page: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let measured = format!("{page}<script>document.title = document.body.offsetHeight</script>");
    let told = run(folder.path(), &measured, 600, &["--dump-dom"]);
    let (_, title) = told.split_once("<title>").unwrap_or_else(|| panic!("no title: {told}"));
    let height = title.split_once('<').unwrap().0.parse().unwrap_or_else(|_| panic!("no height: {title}"));
    let shot = folder.path().join("shot.png");
    run(folder.path(), page, height, &[&format!("--screenshot={}", shot.display())]);
    fs::read(shot).unwrap()
}

/// Opens a page, and answers what chromium said.
fn run(folder: &Path, page: &str, height: u32, what: &[&str]) -> String {
    let file = folder.join("page.html");
    fs::write(&file, page).unwrap();
    let ran = Command::new("chromium")
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        .args(["--hide-scrollbars", "--force-device-scale-factor=2"])
        .arg(format!("--user-data-dir={}", folder.join("browser").display()))
        .arg(format!("--window-size={WIDTH},{height}"))
        .args(what)
        .arg(format!("file://{}", file.display()))
        .output()
        .expect("chromium makes the pictures (on Debian: apt-get install chromium)");
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    String::from_utf8(ran.stdout).unwrap()
}
