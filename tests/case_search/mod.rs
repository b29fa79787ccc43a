//! Finding cases: by words and fields, within one's rights, and with an index that keeps in step whatever happens to it.

mod hostile;
mod lives;
mod rights;
mod words;
mod world;
