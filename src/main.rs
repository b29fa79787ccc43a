//! The `guidepost` program: see `guidepost --help`.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    guidepost::cli::run(std::env::args_os()).await
}
