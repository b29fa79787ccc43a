//! XML, written by a library that knows what has to be escaped.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

/// What is written into.
pub type Xml = Writer<Vec<u8>>;

/// A document, with what is written inside of it.
pub fn document(write: impl FnOnce(&mut Xml) -> io::Result<()>) -> io::Result<String> {
    let mut xml = Writer::new(Vec::new());
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    write(&mut xml)?;
    String::from_utf8(xml.into_inner()).map_err(io::Error::other)
}

/// An element that holds text.
pub fn element(xml: &mut Xml, name: &str, text: &str) -> io::Result<()> {
    // Escaped or not, XML has no place for these.
    let text: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\t' | '\n')).collect();
    let text: String = text.chars().filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}')).collect();
    xml.create_element(name).write_text_content(BytesText::new(&text))?;
    Ok(())
}
