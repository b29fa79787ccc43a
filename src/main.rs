//! The `guidepost` program: see `guidepost --help`.

use std::process::ExitCode;

use tikv_jemallocator::Jemalloc;

/// A turn allocates in one thread what another one frees. The system's allocator keeps such memory in pieces: under a steady load a
/// desk grew to more than twice its size, with this one it stays as it was (`BENCHMARKS.md`, Discord).
#[global_allocator]
static MEMORY: Jemalloc = Jemalloc;

#[tokio::main]
async fn main() -> ExitCode {
    guidepost::cli::run(std::env::args_os()).await
}
