//! The pictures of the README: our own pages, made of messages that the real program sent.
//!
//! `tour` talks with the program, `recording` takes what people see, `page` (with `markdown`, `inline` and `style.css`) shows
//! it, `chromium` makes pictures of pages, `palette` makes these small, and `png` marks each with the digest of its page. So no
//! browser is needed to see that a picture still shows what the desk says.

mod chromium;
mod inline;
mod markdown;
mod page;
mod palette;
mod png;
mod recording;
mod tour;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use guidepost::domain::Digest;

/// How the pictures are made again.
const AGAIN: &str = "GUIDEPOST_TEST_PICTURES=make cargo test --test main -- pictures";
/// The most bytes of a picture: a README is read on phones, too.
const MOST_BYTES: usize = 150_000;

#[tokio::test(flavor = "multi_thread")]
async fn the_pictures_of_the_readme_show_what_the_desk_says() {
    let home = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures");
    #[expect(clippy::disallowed_methods, reason = "told to the tests, and no setting")]
    let makes = std::env::var_os("GUIDEPOST_TEST_PICTURES").is_some_and(|told| told == "make");
    let pages = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pictures");
    fs::create_dir_all(&pages).unwrap();
    let mut stale = Vec::new();
    for picture in tour::tour().await {
        let page = page::page(&picture);
        let digest = Digest::of(&page);
        let (file, shown) =
            (home.join(format!("{}.png", picture.name)), pages.join(format!("{}.html", picture.name)));
        let kept = fs::read(&file).unwrap_or_default();
        if png::digest(&kept).as_deref() == Some(digest.as_str()) {
            continue;
        }
        fs::write(&shown, &page).unwrap();
        if makes {
            fs::create_dir_all(&home).unwrap();
            fs::write(&file, palette::small(&chromium::picture(&page), digest.as_str())).unwrap();
        } else {
            stale.push(shown.display().to_string());
        }
    }
    assert!(
        stale.is_empty(),
        "The README's pictures show what the desk no longer says. Look at these pages, and where they are right \
         make the pictures again (it needs chromium):\n  {AGAIN}\n{}",
        stale.join("\n")
    );
}

#[test]
fn every_picture_is_in_the_readme_with_words_for_those_who_do_not_see_it() {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(home.join("README.md")).unwrap();
    let images = regex::Regex::new(r#"<img src="docs/pictures/(\w+)\.png"[^>]* alt="([^"]*)""#).unwrap();
    let shown: BTreeSet<String> = images
        .captures_iter(&readme)
        .map(|image| {
            assert!(image[2].len() > 40, "{} is told in no words", &image[1]);
            format!("{}.png", &image[1])
        })
        .collect();
    let mut there = BTreeSet::new();
    for entry in fs::read_dir(home.join("docs/pictures")).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        let size = usize::try_from(entry.metadata().unwrap().len()).unwrap();
        assert!(size <= MOST_BYTES, "{name} has {size} bytes");
        there.insert(name);
    }
    assert_eq!(shown, there);
}
