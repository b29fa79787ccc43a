//! The one binary of integration tests.

#![cfg(test)]
