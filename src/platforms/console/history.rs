//! The file that keeps what was typed: readable only by its owner, and never a reason to fail.

use std::fs::{self, OpenOptions};
use std::io;
use std::path::Path;

/// Makes the file and its folder where they are missing. A file that others could read is closed to them.
pub fn prepare(file: &Path) -> io::Result<()> {
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder)?;
    }
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, OWNER_ONLY);
    let opened = options.open(file)?;
    #[cfg(unix)]
    opened.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(OWNER_ONLY))?;
    drop(opened);
    Ok(())
}

/// Read and write for the owner, nothing for others.
#[cfg(unix)]
const OWNER_ONLY: u32 = 0o600;

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn the_file_is_made_with_its_folder_and_is_private() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("data/deep/history");
        prepare(&file).unwrap();
        fs::write(&file, "#V2\nhow do i sign in\n").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).unwrap();
        prepare(&file).unwrap();
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_to_string(&file).unwrap(), "#V2\nhow do i sign in\n");
        assert!(prepare(folder.path()).is_err());
    }
}
