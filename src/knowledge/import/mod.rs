//! Help centres become articles: folders of Markdown, web pages, and exports of a help centre.
//!
//! `folder`, `page` and `help_centre` find documents; `claims` gives them ids; `convert` turns each into the text of an
//! article (`markdown` and `html` do the work); `target` puts it into a folder and remembers that in a `manifest`.
//! Nothing here fetches: `services::import` does that and brings the parts together.

mod aliases;
mod claims;
mod convert;
mod date;
mod document;
mod folder;
mod front_matter;
mod help_centre;
mod html;
mod ids;
mod kb;
mod links;
mod manifest;
mod markdown;
mod meta;
mod native;
mod page;
mod paths;
mod patterns;
mod report;
mod target;

pub use aliases::Aliases;
pub use claims::{Claims, assign};
pub use convert::{Converted, convert};
pub use document::Document;
pub use folder::{MAX_EXPORT, MAX_FILE, Tree, read_text};
pub use help_centre::{Article as HelpCentreArticle, Listing, parse as parse_help_centre};
pub use links::Targets;
pub use manifest::{Manifest, ManifestError, Record};
pub use native::Stamp;
pub use report::{Entry, Links, Note, Outcome, Reason, Report, Skipped, Totals};
pub use target::{Rules, Target};
