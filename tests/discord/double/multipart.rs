//! Reads bodies of several parts: the JSON and the files beside it.

use serde_json::Value;

/// A file that was sent.
#[derive(Debug, Clone)]
pub struct Upload {
    pub name: String,
    pub kind: String,
    pub bytes: Vec<u8>,
}

/// The JSON and the files of a body, or nothing if it is not well formed.
pub fn read(content_type: &str, body: &[u8]) -> Option<(Value, Vec<Upload>)> {
    let (_, boundary) = content_type.split_once("boundary=")?;
    let boundary = format!("--{}", boundary.trim_matches('"'));
    let (mut json, mut uploads) = (Value::Null, Vec::new());
    // What comes before the first boundary and after the last is nobody's.
    let parts = split(body, boundary.as_bytes());
    let (last, parts) = parts.split_last()?;
    if !last.starts_with(b"--") {
        return None;
    }
    for part in parts.get(1..)? {
        let part = part.strip_prefix(b"\r\n")?.strip_suffix(b"\r\n")?;
        let at = find(part, b"\r\n\r\n")?;
        let (head, content) = (std::str::from_utf8(&part[..at]).ok()?, &part[at + 4..]);
        let name = parameter(head, "name")?;
        if name == "payload_json" {
            json = serde_json::from_slice(content).ok()?;
        } else if name.starts_with("files[") {
            let kind = head.lines().find_map(|line| {
                line.to_ascii_lowercase().strip_prefix("content-type:").map(|kind| kind.trim().to_owned())
            });
            uploads.push(Upload {
                name: parameter(head, "filename")?,
                kind: kind.unwrap_or_else(|| "application/octet-stream".to_owned()),
                bytes: content.to_vec(),
            });
        } else {
            return None;
        }
    }
    Some((json, uploads))
}

/// The value of `name="…"` in a header.
fn parameter(head: &str, name: &str) -> Option<String> {
    let (_, rest) = head.split_once(&format!("; {name}=\""))?;
    let (value, _) = rest.split_once('"')?;
    Some(value.to_owned())
}

fn find(body: &[u8], what: &[u8]) -> Option<usize> {
    body.windows(what.len()).position(|window| window == what)
}

fn split<'a>(mut body: &'a [u8], by: &[u8]) -> Vec<&'a [u8]> {
    let mut parts = Vec::new();
    while let Some(at) = find(body, by) {
        parts.push(&body[..at]);
        body = &body[at + by.len()..];
    }
    parts.push(body);
    parts
}

#[test]
fn a_body_of_several_parts_is_read() {
    let body = "--x\r\nContent-Disposition: form-data; name=\"files[0]\"; filename=\"a.txt\"\r\n\
        Content-Type: text/plain\r\n\r\none\r\n\r\ntwo\r\n--x\r\n\
        Content-Disposition: form-data; name=\"payload_json\"\r\n\r\n{\"content\":\"c\"}\r\n--x--\r\n";
    let (json, uploads) = read("multipart/form-data; boundary=x", body.as_bytes()).unwrap();
    assert_eq!(json["content"], "c");
    assert_eq!(uploads.len(), 1);
    assert_eq!((uploads[0].name.as_str(), uploads[0].kind.as_str()), ("a.txt", "text/plain"));
    assert_eq!(uploads[0].bytes, b"one\r\n\r\ntwo");
    assert!(read("multipart/form-data; boundary=y", body.as_bytes()).is_none());
}
