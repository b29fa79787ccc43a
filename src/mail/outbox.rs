//! The outbox: a folder with one `.eml` file for each mail, for whoever sends them on, or reads them while trying things out.

use std::io;
use std::path::{Path, PathBuf};

use crate::disk::{create_folder, write_durably};
use crate::domain::Mailbox;

use super::{Message, NotSent};

/// A folder that mail is written to.
#[derive(Debug, Clone)]
pub struct Outbox {
    folder: PathBuf,
    from: Mailbox,
}

impl Outbox {
    /// An outbox in a folder, which is made with the first mail; with whom mail is from.
    #[must_use]
    pub fn new(folder: PathBuf, from: Mailbox) -> Self {
        Self { folder, from }
    }

    /// Writes a mail. When this returns it is durable. The file has the job's name, so a job that runs again writes the same file
    /// again, and nobody finds the mail twice, or half of it.
    pub async fn send(&self, message: &Message) -> Result<PathBuf, NotSent> {
        let bytes = message.bytes(&self.from)?;
        let file = self.folder.join(format!("{}.eml", message.job));
        let written = tokio::task::spawn_blocking(move || write(&file, &bytes).map(|()| file)).await;
        // A task that panicked is a file that was not written.
        let written = written.unwrap_or_else(|error| Err(io::Error::other(error)));
        written.map_err(|error| NotSent::Unwritten { folder: self.folder.clone(), error })
    }
}

fn write(file: &Path, bytes: &[u8]) -> io::Result<()> {
    create_folder(crate::disk::folder_of(file))?;
    write_durably(file, bytes)
}
