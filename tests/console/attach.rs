//! Files that are attached in the terminal.

use std::fmt::Write;
use std::fs;

use super::world::{Running, ada};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_can_not_be_attached_is_told_and_nothing_is_sent() {
    let desk = Running::start().await;
    let folder = desk.folder.path();
    fs::write(folder.join("large.log"), vec![b'x'; 1_000_001]).unwrap();
    fs::create_dir(folder.join("shots")).unwrap();
    let mut chat = desk.chat(&ada());
    let mut told = String::new();
    for line in [
        "attach",
        "attach \"no end.png",
        "attach missing.png",
        "attach ~/missing.png",
        "/attach missing",
        "attach shots/",
        "attach .",
        "attach large.log see the end",
        "attach /dev/zero",
        "attach missing\u{1b}[2J.png",
    ] {
        writeln!(told, "> {}\n{}", line.escape_debug(), chat.say(line).await).unwrap();
    }
    insta::assert_snapshot!(told, @r#"
    > attach
    Say which file, for example: attach ~/screenshot.png. Words after it are your
    message.

    > attach \"no end.png
    The quotes around the file's name are not closed. Write it as: attach "my
    screenshot.png".

    > attach missing.png
    There is no file "missing.png" here. Nothing was sent. A name with spaces goes
    in quotes, and Tab completes it.

    > attach ~/missing.png
    There is no file "~/missing.png" here. Nothing was sent. A name with spaces goes
    in quotes, and Tab completes it.

    > /attach missing
    There is no file "missing" here. Nothing was sent. A name with spaces goes in
    quotes, and Tab completes it.

    > attach shots/
    "shots/" is not a file. Nothing was sent. Attach files one by one, or an archive
    of them.

    > attach .
    "." is not a file. Nothing was sent. Attach files one by one, or an archive of
    them.

    > attach large.log see the end
    "large.log" is larger than 1 MB. Nothing was sent. Compress it, or attach the
    part that matters.

    > attach /dev/zero
    "/dev/zero" is not a file. Nothing was sent. Attach files one by one, or an
    archive of them.

    > attach missing\u{1b}[2J.png
    There is no file "missing [2J.png" here. Nothing was sent. A name with spaces
    goes in quotes, and Tab completes it.
    "#);
    assert!(!desk.folder.path().join("data/files").exists());
    desk.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sentence_that_begins_so_is_a_sentence() {
    let desk = Running::start().await;
    let mut chat = desk.chat(&ada());
    let said = chat.say("attach a screenshot to my case").await;
    assert!(!said.contains("There is no file"), "{said}");
    desk.stop().await;
}
