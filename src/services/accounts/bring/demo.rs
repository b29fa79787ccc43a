//! The demonstration account.

use super::{FileFault, Format, Wanted, read};
use crate::domain::account::Toolbox;

/// What it is, as an operator's own file would say it.
const FILE: &str = include_str!("demo.toml");

/// The demonstration account, with the toolboxes of this desk: where the settings list others than usual, its contacts have none.
pub fn demo(toolboxes: &[Toolbox]) -> Result<Wanted, Vec<FileFault>> {
    let ids = ["cases", "downloads"].map(|id| toolboxes.iter().any(|toolbox| toolbox.id.as_str() == id));
    let text = if ids == [true, true] {
        FILE.to_owned()
    } else {
        FILE.lines().filter(|line| !line.starts_with("toolboxes")).collect::<Vec<_>>().join("\n")
    };
    read(&text, Format::Toml, toolboxes).map(|mut all| all.remove(0))
}
