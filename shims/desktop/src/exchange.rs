//! What programs hand to each other: what was copied, what is selected, what is dragged.

use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// UTF-8 text. A display knows its other names and offers them too.
pub const TEXT: &str = "text/plain";
/// HTML, as UTF-8.
pub const HTML: &str = "text/html";
/// Addresses of files and others: one to a line, lines end with CR and LF (RFC 2483).
pub const URIS: &str = "text/uri-list";
/// A picture.
pub const PNG: &str = "image/png";

/// The most that is taken from another program, in bytes.
pub const MOST: usize = 64 << 20;
/// How much is read at once.
const PART: usize = 64 << 10;

/// A way by which things go from one program to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Channel {
    /// What was copied last.
    Clipboard,
    /// What was selected last: the middle button of a mouse inserts it.
    Primary,
    /// What is being dragged.
    Drag,
}

/// One form of what is offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    /// Its MIME type.
    pub mime: String,
    /// What another program gets.
    pub bytes: Arc<[u8]>,
}

/// Something in all the forms that it can be had in, the best first. Without forms it is nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Offer {
    /// The forms.
    pub forms: Vec<Form>,
}

impl Offer {
    /// Text and nothing else.
    pub fn text(text: &str) -> Offer {
        Offer { forms: vec![Form { mime: TEXT.to_owned(), bytes: Arc::from(text.as_bytes()) }] }
    }

    /// The form with a type.
    pub fn form(&self, mime: &str) -> Option<&Form> {
        self.forms.iter().find(|form| form.mime == mime)
    }
}

/// What becomes of something that is dragged to another program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DragAction {
    /// Both have it then.
    Copy,
    /// Who had it has to let it go.
    Move,
}

/// What is dragged over a window. Positions are in its content.
#[derive(Debug, Clone, PartialEq)]
pub enum Dragging {
    /// It comes, and can be had as these types ([`Channel::Drag`] until it leaves or [`finish_drag`](crate::display::Display::finish_drag)).
    Enter {
        /// Where.
        at: (f64, f64),
        /// MIME types.
        types: Vec<String>,
        /// It is what this program drags itself.
        own: bool,
    },
    /// It moves.
    Move {
        /// Where.
        at: (f64, f64),
    },
    /// It leaves.
    Leave,
    /// It is let go here.
    Drop,
}

/// Something on its way to us.
#[derive(Debug)]
pub enum Delivery {
    /// It is our own.
    Here(Arc<[u8]>),
    /// Another program writes it into a pipe, of which this is the end that does not block.
    Pipe(OwnedFd),
}

/// How far a delivery has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival {
    /// There is more to come.
    More,
    /// That was all.
    Whole,
    /// It broke, or is longer than [`MOST`].
    Broken,
}

impl Delivery {
    /// Waits for all of it; none when it does not come in time.
    pub fn wait(self, patience: Duration) -> Option<Vec<u8>> {
        let pipe = match self {
            Delivery::Here(bytes) => return Some(bytes.to_vec()),
            Delivery::Pipe(pipe) => File::from(pipe),
        };
        let until = Instant::now() + patience;
        let mut bytes = Vec::new();
        loop {
            match read_some(&pipe, &mut bytes) {
                Arrival::Whole => return Some(bytes),
                Arrival::Broken => return None,
                Arrival::More => {}
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() || !readable(pipe.as_fd(), left) {
                return None;
            }
        }
    }
}

fn readable(pipe: BorrowedFd<'_>, patience: Duration) -> bool {
    let timeout = PollTimeout::try_from(patience).unwrap_or(PollTimeout::ZERO);
    matches!(poll(&mut [PollFd::new(pipe, PollFlags::POLLIN)], timeout), Ok(1..))
}

/// Reads what there is in a pipe that does not block.
pub fn read_some(mut pipe: &File, bytes: &mut Vec<u8>) -> Arrival {
    let mut part = vec![0; PART];
    loop {
        match pipe.read(&mut part) {
            Ok(0) => return Arrival::Whole,
            Ok(count) if bytes.len() + count <= MOST => bytes.extend_from_slice(part.get(..count).unwrap_or_default()),
            Ok(_) => return Arrival::Broken,
            Err(error) if error.kind() == ErrorKind::WouldBlock => return Arrival::More,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(_) => return Arrival::Broken,
        }
    }
}

/// The addresses in a `text/uri-list`.
pub fn uris(list: &str) -> impl Iterator<Item = &str> {
    list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use nix::fcntl::OFlag;
    use nix::unistd::pipe2;
    use std::io::Write;

    #[test]
    fn a_pipe_is_read_to_its_end_and_no_longer_than_one_is_patient() {
        let pipe = || pipe2(OFlag::O_CLOEXEC | OFlag::O_NONBLOCK).expect("a pipe");
        let (read, write) = pipe();
        let mut write = File::from(write);
        write.write_all(b"half").expect("room");
        let writer = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(10));
            write.write_all(b" and half").expect("room");
        });
        assert_eq!(Delivery::Pipe(read).wait(Duration::from_secs(10)).as_deref(), Some(&b"half and half"[..]));
        writer.join().expect("a writer");
        let (read, _silent) = pipe();
        assert_eq!(Delivery::Pipe(read).wait(Duration::from_millis(1)), None);
    }

    #[test]
    fn comments_of_a_list_are_no_addresses() {
        let list = "# from a file manager\r\nfile:///a%20b\r\n\r\nhttps://example.org/\r\n";
        assert_eq!(uris(list).collect::<Vec<_>>(), ["file:///a%20b", "https://example.org/"]);
    }
}
