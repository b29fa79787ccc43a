//! Comes later.

fn main() {}
