//! What is the same for everybody is sent compressed. What is somebody's is not: the length of a compressed page tells whether something
//! that another site had the browser put into it also stands elsewhere on it, and with patience what does (BREACH). The guard marks such
//! pages; they are short.

use axum::http::Response;
use axum::http::header::CACHE_CONTROL;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{And, DefaultPredicate, Predicate};

/// Compresses answers for browsers that take it.
pub fn layer() -> CompressionLayer<And<DefaultPredicate, ForAll>> {
    // More effort makes pages a tenth shorter, and takes longer than making them.
    CompressionLayer::new()
        .quality(CompressionLevel::Fastest)
        .compress_when(DefaultPredicate::new().and(ForAll))
}

/// Only answers that browsers may keep: each says so itself, and has nothing of whoever asked.
#[derive(Debug, Clone, Copy)]
pub struct ForAll;

impl Predicate for ForAll {
    fn should_compress<B>(&self, response: &Response<B>) -> bool {
        let control = response.headers().get(CACHE_CONTROL).and_then(|value| value.to_str().ok());
        control.is_some_and(|control| !control.contains("no-store"))
    }
}
