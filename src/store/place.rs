//! Where a store is.

use std::fmt;
use std::path::PathBuf;

use super::postgres::shown_url;

/// Where a store is.
#[derive(Clone, PartialEq, Eq)]
pub enum Place {
    /// A folder for sled.
    Folder(PathBuf),
    /// The URL of a PostgreSQL database, `postgres://user:password@host:5432/database`. With `sslmode=require` the connection
    /// is encrypted and the server's certificate is verified; without it is not encrypted.
    Postgres(String),
}

/// What messages call it: the folder, or host and database.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(folder) => write!(f, "{}", folder.display()),
            Self::Postgres(url) => f.write_str(&shown_url(url)),
        }
    }
}

/// A URL may have a password in it, so only host and database are shown.
impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(folder) => f.debug_tuple("Folder").field(folder).finish(),
            Self::Postgres(url) => f.debug_tuple("Postgres").field(&shown_url(url)).finish(),
        }
    }
}
