//! What a browser sent to the chat: a form, with or without files.

use std::collections::BTreeMap;

use axum::Form;
use axum::extract::multipart::MultipartError;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header::CONTENT_TYPE;

use crate::chat::{ChoiceId, Input, Request as Turn};
use crate::domain::{Missing, Upload};
use crate::platforms::news::Speaker;
use crate::platforms::web::Web;

/// The most that a field may hold, in bytes: more than the desk takes, so that the desk says what is too long.
const MOST_BYTES: usize = 512 * 1024;
/// Before the names of the fields of a form of the desk.
const FIELD: &str = "field.";

/// Something that was sent, and can be answered.
pub struct Sent {
    input: Input,
    files: Vec<Upload>,
    missing: Vec<Missing>,
}

/// Why there is nothing to answer.
pub enum NotTaken {
    /// Nothing was typed.
    Empty,
    /// It is no form of ours, or not whole.
    Wrong,
}

impl Sent {
    /// The same as a turn of somebody.
    pub fn request(self, of: &Speaker) -> Turn {
        let Self { input, files, missing } = self;
        Turn { files, missing, ..Turn::new(of.who.clone(), of.place.clone(), input) }
    }
}

/// Reads what was sent. Of files, no more and no longer ones than the desk takes are held in memory.
pub async fn read(web: &Web, request: Request) -> Result<Sent, NotTaken> {
    let media = request.headers().get(CONTENT_TYPE).and_then(|media| media.to_str().ok()).unwrap_or_default();
    if media.starts_with("multipart/form-data") {
        let form = Multipart::from_request(request, web).await.map_err(|_| NotTaken::Wrong)?;
        return of_parts(web, form).await;
    }
    let form = Form::<Vec<(String, String)>>::from_request(request, web).await;
    let Form(fields) = form.map_err(|_| NotTaken::Wrong)?;
    of_fields(fields, Vec::new(), Vec::new())
}

async fn of_parts(web: &Web, mut form: Multipart) -> Result<Sent, NotTaken> {
    let uploads = web.inner.uploads;
    let (mut fields, mut files, mut missing) = (Vec::new(), Vec::new(), Vec::new());
    while let Some(mut part) = form.next_field().await.map_err(|_| NotTaken::Wrong)? {
        let Some(name) = part.name().map(ToOwned::to_owned) else { continue };
        match part.file_name().map(ToOwned::to_owned) {
            // A field for files that was left empty.
            Some(file) if file.is_empty() => {}
            Some(file) if files.len() + missing.len() < uploads.most => {
                match held(&mut part, uploads.bytes).await.map_err(|_| NotTaken::Wrong)? {
                    Ok(bytes) => files.push(Upload { name: file, bytes }),
                    Err(size) => missing.push(Missing { name: file, too_large: Some(size) }),
                }
            }
            // The desk says how many it takes; the bytes of more are not read into memory.
            Some(file) => missing.push(Missing { name: file, too_large: None }),
            None => {
                let text = held(&mut part, MOST_BYTES as u64).await.map_err(|_| NotTaken::Wrong)?;
                let text = text.map_err(|_| NotTaken::Wrong)?;
                fields.push((name, String::from_utf8(text).map_err(|_| NotTaken::Wrong)?));
            }
        }
    }
    of_fields(fields, files, missing)
}

/// All bytes of a part, where they are no more than that; else how many they are.
async fn held(
    part: &mut axum::extract::multipart::Field<'_>,
    most: u64,
) -> Result<Result<Vec<u8>, u64>, MultipartError> {
    let (mut bytes, mut size) = (Vec::new(), 0);
    while let Some(chunk) = part.chunk().await? {
        size += chunk.len() as u64;
        if size <= most {
            bytes.extend_from_slice(&chunk);
        } else {
            bytes = Vec::new();
        }
    }
    Ok(if size <= most { Ok(bytes) } else { Err(size) })
}

/// A press counts before a form, and a form before what was typed: a browser sends only one of them.
fn of_fields(
    fields: Vec<(String, String)>,
    files: Vec<Upload>,
    missing: Vec<Missing>,
) -> Result<Sent, NotTaken> {
    let mut asked = Vec::new();
    let mut others = BTreeMap::new();
    for (name, text) in fields {
        // Browsers send the ends of lines as the network has them.
        let text = text.replace("\r\n", "\n");
        match name.strip_prefix(FIELD) {
            Some(field) => asked.push((field.to_owned(), text)),
            None => {
                others.insert(name, text);
            }
        }
    }
    let input = if let Some(id) = others.remove("press") {
        Input::Press(ChoiceId::from(id))
    } else if let Some(id) = others.remove("form") {
        Input::Form { id: ChoiceId::from(id), fields: asked }
    } else {
        Input::Text(others.remove("text").ok_or(NotTaken::Wrong)?)
    };
    if matches!(&input, Input::Text(text) if text.trim().is_empty()) && files.is_empty() && missing.is_empty()
    {
        return Err(NotTaken::Empty);
    }
    Ok(Sent { input, files, missing })
}
