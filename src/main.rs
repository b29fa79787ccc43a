//! The `guidepost` program.

fn main() {}
