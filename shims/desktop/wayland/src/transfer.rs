//! Names of types on the wire, and bytes on their way to and from other programs.

use concord_desktop::exchange::{Delivery, Offer, TEXT};
use nix::fcntl::OFlag;
use nix::unistd::pipe2;
use std::fs::File;
use std::io::Write;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::{Arc, Mutex, PoisonError};

/// Names of text in UTF-8, the best first.
const TEXT_NAMES: [&str; 5] = ["text/plain;charset=utf-8", "UTF8_STRING", "text/plain", "TEXT", "STRING"];
/// More types than this are not remembered of an offer, and none that is longer (in bytes).
const MOST_TYPES: usize = 256;
const LONGEST_TYPE: usize = 256;

/// What an offer of another program can be had as.
#[derive(Default)]
pub(crate) struct Types(Mutex<Vec<String>>);

impl Types {
    pub(crate) fn add(&self, name: String) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() < MOST_TYPES && name.len() <= LONGEST_TYPE && !all.contains(&name) {
            all.push(name);
        }
    }

    /// The types as displays name them: text has one name.
    pub(crate) fn known(&self) -> Vec<String> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut known: Vec<String> = Vec::new();
        for name in all.iter() {
            let name = if TEXT_NAMES.contains(&name.as_str()) { TEXT } else { name };
            if !known.iter().any(|known| known == name) {
                known.push(name.to_owned());
            }
        }
        known
    }

    /// The name that a type has in this offer.
    pub(crate) fn name_of(&self, mime: &str) -> Option<String> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if mime == TEXT {
            return TEXT_NAMES
                .iter()
                .find(|name| all.iter().any(|offered| offered == *name))
                .map(|name| (*name).to_owned());
        }
        all.iter().find(|offered| *offered == mime).cloned()
    }
}

/// The names under which something of ours is offered.
pub(crate) fn names(offer: &Offer) -> Vec<String> {
    let mut names = Vec::new();
    for form in &offer.forms {
        match form.mime.as_str() {
            TEXT => names.extend(TEXT_NAMES.map(str::to_owned)),
            other => names.push(other.to_owned()),
        }
    }
    names
}

/// The types of something of ours, as displays name them.
pub(crate) fn types(offer: &Offer) -> Vec<String> {
    offer.forms.iter().map(|form| form.mime.clone()).collect()
}

/// What is sent for a name.
fn bytes_for(offer: &Offer, name: &str) -> Option<Arc<[u8]>> {
    let mime = if TEXT_NAMES.contains(&name) { TEXT } else { name };
    offer.form(mime).map(|form| Arc::clone(&form.bytes))
}

/// Our own form of a type.
pub(crate) fn here(offer: &Offer, mime: &str) -> Option<Delivery> {
    offer.form(mime).map(|form| Delivery::Here(Arc::clone(&form.bytes)))
}

/// A pipe that another program is asked to write into.
pub(crate) fn ask(receive: impl FnOnce(BorrowedFd<'_>)) -> Option<Delivery> {
    let (read, write) = pipe2(OFlag::O_CLOEXEC).ok()?;
    // Only our end does not block: the program that writes may not expect it of its own.
    nix::fcntl::fcntl(&read, nix::fcntl::FcntlArg::F_SETFL(OFlag::O_NONBLOCK)).ok()?;
    receive(write.as_fd());
    Some(Delivery::Pipe(read))
}

/// Writes something of ours for another program, which may read as slowly as it likes.
pub(crate) fn send(pipe: OwnedFd, offer: &Offer, name: &str) {
    let Some(bytes) = bytes_for(offer, name) else { return };
    let started = std::thread::Builder::new().name("concord-offer".into()).spawn(move || {
        if let Err(error) = File::from(pipe).write_all(&bytes) {
            tracing::debug!("what was offered was not taken: {error}");
        }
    });
    if let Err(error) = started {
        tracing::warn!("what is offered cannot be handed over: {error}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_has_one_name_here_and_many_there() {
        let types = Types::default();
        for name in ["STRING", "image/png", "UTF8_STRING"] {
            types.add(name.to_owned());
        }
        assert_eq!(types.known(), [TEXT, "image/png"]);
        assert_eq!(types.name_of(TEXT).as_deref(), Some("UTF8_STRING"));
        assert_eq!(types.name_of("text/html"), None);
        let offer = Offer::text("a");
        assert!(names(&offer).contains(&"text/plain;charset=utf-8".to_owned()));
        assert_eq!(bytes_for(&offer, "STRING").as_deref(), Some(&b"a"[..]));
        assert_eq!(bytes_for(&offer, "image/png"), None);
    }
}
