//! Paths that fit: a Unix socket's path may have 108 bytes on Linux and 104 elsewhere.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// What fits everywhere, with the zero at its end.
const MOST: usize = 100;

/// A path by which a socket can be reached now, for as long as this lives.
pub struct Reachable {
    /// The path.
    pub path: PathBuf,
    _folder: Option<File>,
}

/// A short path to a socket; `None` where the system has no way to it.
pub fn reachable(socket: &Path) -> io::Result<Option<Reachable>> {
    if socket.as_os_str().len() < MOST {
        return Ok(Some(Reachable { path: socket.to_owned(), _folder: None }));
    }
    through_folder(socket)
}

/// Linux shows a folder that is open under a short name, so that the socket can be where it belongs.
#[cfg(target_os = "linux")]
fn through_folder(socket: &Path) -> io::Result<Option<Reachable>> {
    use std::os::fd::AsRawFd;

    let Some(name) = socket.file_name() else { return Ok(None) };
    let folder = File::open(crate::disk::folder_of(socket))?;
    let path = PathBuf::from(format!("/proc/self/fd/{}", folder.as_raw_fd())).join(name);
    let fits = path.as_os_str().len() < MOST;
    Ok(fits.then_some(Reachable { path, _folder: Some(folder) }))
}

#[cfg(not(target_os = "linux"))]
fn through_folder(_: &Path) -> io::Result<Option<Reachable>> {
    Ok(None)
}
