//! What a request sends: bytes, and pieces of files that are read while they are sent.

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

use crate::guest::{Function, Piece};

const CHUNK: usize = 64 * 1024;

/// A run of bytes.
#[derive(Debug, Clone)]
pub(crate) enum Segment {
    Bytes(Bytes),
    File { path: PathBuf, from: u64, length: u64 },
}

impl Segment {
    /// All of a file, or `length` bytes from `from` on as far as it has them.
    pub(crate) fn file(path: PathBuf, from: u64, length: Option<u64>) -> io::Result<Self> {
        let size = std::fs::metadata(&path)?.len();
        let rest = size.saturating_sub(from);
        Ok(Self::File { path, from, length: length.map_or(rest, |length| length.min(rest)) })
    }

    pub(crate) fn length(&self) -> u64 {
        match self {
            Self::Bytes(bytes) => bytes.len() as u64,
            Self::File { length, .. } => *length,
        }
    }
}

/// The body of a request, which may be sent more than once (redirections, authentication).
#[derive(Debug, Clone, Default)]
pub(crate) struct Payload(pub(crate) Vec<Segment>);

impl Payload {
    pub(crate) fn bytes(bytes: Vec<u8>) -> Self {
        Self(vec![Segment::Bytes(bytes.into())])
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn length(&self) -> u64 {
        self.0.iter().map(Segment::length).sum()
    }

    /// To send; `told` hears `('sent', bytes, of all)`.
    pub(crate) fn body(&self, told: Option<Function>) -> reqwest::Body {
        match (self.0.as_slice(), told) {
            ([Segment::Bytes(bytes)], None) => bytes.clone().into(),
            (segments, told) => reqwest::Body::wrap(Sending {
                segments: segments.iter().cloned().collect(),
                open: None,
                sent: 0,
                total: self.length(),
                told,
            }),
        }
    }
}

/// One part of a form.
pub(crate) struct Part {
    pub(crate) name: String,
    pub(crate) file_name: Option<String>,
    pub(crate) content_type: String,
    pub(crate) content: Segment,
}

/// A form as multipart/form-data (RFC 7578), and its content type.
pub(crate) fn form(parts: Vec<Part>, boundary: &str) -> (Payload, String) {
    let mut segments = Vec::with_capacity(parts.len() * 2 + 1);
    let mut text = String::new();
    for part in parts {
        text.push_str(&format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"", quoted(&part.name)));
        if let Some(file_name) = &part.file_name {
            text.push_str(&format!("; filename=\"{}\"", quoted(file_name)));
        }
        if !part.content_type.is_empty() {
            text.push_str(&format!("\r\nContent-Type: {}", part.content_type.replace(['\r', '\n'], " ")));
        }
        text.push_str("\r\n\r\n");
        segments.push(Segment::Bytes(std::mem::take(&mut text).into()));
        segments.push(part.content);
        text.push_str("\r\n");
    }
    text.push_str(&format!("--{boundary}--\r\n"));
    segments.push(Segment::Bytes(text.into()));
    (Payload(segments), format!("multipart/form-data; boundary={boundary}"))
}

/// As browsers write names in forms.
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

struct Sending {
    segments: VecDeque<Segment>,
    open: Option<File>,
    sent: u64,
    total: u64,
    told: Option<Function>,
}

impl Sending {
    fn next_chunk(&mut self) -> Option<io::Result<Bytes>> {
        loop {
            match self.segments.front_mut()? {
                Segment::Bytes(bytes) if bytes.is_empty() => {}
                Segment::Bytes(bytes) => return Some(Ok(bytes.split_to(bytes.len().min(CHUNK)))),
                Segment::File { length: 0, .. } => self.open = None,
                Segment::File { path, from, length } => {
                    let chunk = read_chunk(&mut self.open, path, *from, *length);
                    if let Ok(chunk) = &chunk {
                        *length = length.saturating_sub(chunk.len() as u64);
                    }
                    return Some(chunk);
                }
            }
            self.segments.pop_front();
        }
    }
}

fn read_chunk(open: &mut Option<File>, path: &PathBuf, from: u64, length: u64) -> io::Result<Bytes> {
    let file = match open {
        Some(file) => file,
        None => {
            let mut file = File::open(path)?;
            file.seek(SeekFrom::Start(from))?;
            open.insert(file)
        }
    };
    let mut chunk = vec![0; usize::try_from(length).unwrap_or(CHUNK).min(CHUNK)];
    let count = file.read(&mut chunk)?;
    if count == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    chunk.truncate(count);
    Ok(chunk.into())
}

impl Body for Sending {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let this = self.get_mut();
        let Some(chunk) = this.next_chunk() else { return Poll::Ready(None) };
        let chunk = chunk?;
        this.sent += chunk.len() as u64;
        if let Some(told) = &this.told {
            told.call(vec!["sent".into(), Piece::Number(this.sent as f64), Piece::Number(this.total as f64)]);
        }
        Poll::Ready(Some(Ok(Frame::data(chunk))))
    }

    fn is_end_stream(&self) -> bool {
        self.sent == self.total
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.total - self.sent.min(self.total))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_framed() {
        let part = Part {
            name: "a\"b".to_owned(),
            file_name: Some("f.txt".to_owned()),
            content_type: "text/plain".to_owned(),
            content: Segment::Bytes(Bytes::from_static(b"hello")),
        };
        let (payload, content_type) = form(vec![part], "XX");
        let mut sending =
            Sending { segments: payload.0.iter().cloned().collect(), open: None, sent: 0, total: 0, told: None };
        let mut text = Vec::new();
        while let Some(chunk) = sending.next_chunk() {
            text.extend(chunk.expect("bytes cannot fail"));
        }
        assert_eq!(content_type, "multipart/form-data; boundary=XX");
        assert_eq!(payload.length(), text.len() as u64);
        assert_eq!(
            String::from_utf8(text).expect("text"),
            "--XX\r\nContent-Disposition: form-data; name=\"a%22b\"; filename=\"f.txt\"\r\nContent-Type: text/plain\r\n\r\nhello\r\n--XX--\r\n"
        );
    }
}
