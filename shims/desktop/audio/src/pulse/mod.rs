//! A mixer that is a PulseAudio server, or PipeWire in its place: both serve the same protocol at the same socket.
//!
//! One connection and one thread for all streams. The server *requests* bytes; the thread pulls them from the source of the
//! stream and writes them. Whoever wants something else of a stream only appends a command to what the thread writes, so
//! nothing here waits for an answer but the greeting when the connection is made.

mod devices;
mod link;
mod stream;
mod thread;

use std::cell::RefCell;
use std::ffi::CString;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use concord_desktop::Listener;
use concord_desktop::audio::{AudioError, Device, Mixer, Source, Stream, StreamEvent, StreamRequest};

use link::Link;
use stream::PulseStream;

/// Time after a failed connection in which no other is tried.
const REST: Duration = Duration::from_secs(5);

/// Who listens to changes of devices; shared with the thread of each connection.
type Watcher = Arc<Mutex<Option<Listener<Vec<Device>>>>>;

/// The mixer of the session. Connects when it is needed first, and again when the server was restarted.
pub struct PulseMixer {
    /// Socket of the server; none for the one that the environment names.
    socket: Option<PathBuf>,
    name: CString,
    id: CString,
    link: RefCell<Option<Arc<Link>>>,
    failed: RefCell<Option<(Instant, AudioError)>>,
    watcher: Watcher,
}

impl PulseMixer {
    /// A mixer for an app; people see `name` in the settings of their desktop, which find the icon by `id`.
    pub fn new(name: &str, id: &str) -> Rc<Self> {
        Rc::new(Self::with_socket(None, name, id))
    }

    /// The same with a server at this socket.
    pub fn at(socket: PathBuf, name: &str, id: &str) -> Rc<Self> {
        Rc::new(Self::with_socket(Some(socket), name, id))
    }

    fn with_socket(socket: Option<PathBuf>, name: &str, id: &str) -> Self {
        Self {
            socket,
            name: c_string(name),
            id: c_string(id),
            link: RefCell::default(),
            failed: RefCell::default(),
            watcher: Watcher::default(),
        }
    }

    fn link(&self) -> Result<Arc<Link>, AudioError> {
        if let Some(link) = self.link.borrow().as_ref().filter(|link| link.is_alive()) {
            return Ok(Arc::clone(link));
        }
        if let Some((_, error)) = self.failed.borrow().as_ref().filter(|(when, _)| when.elapsed() < REST) {
            return Err(error.clone());
        }
        match Link::connect(self.socket.clone(), &self.name, &self.id, Arc::clone(&self.watcher)) {
            Ok(link) => {
                *self.link.borrow_mut() = Some(Arc::clone(&link));
                Ok(link)
            }
            Err(reason) => {
                tracing::info!("no sound: {reason}");
                let error = AudioError::Unavailable(reason);
                *self.failed.borrow_mut() = Some((Instant::now(), error.clone()));
                Err(error)
            }
        }
    }
}

impl Mixer for PulseMixer {
    fn open(
        &self,
        request: &StreamRequest,
        source: Box<dyn Source>,
        listener: Listener<StreamEvent>,
    ) -> Result<Box<dyn Stream>, AudioError> {
        Ok(Box::new(PulseStream::open(self.link()?, request, source, listener)?))
    }

    fn devices(&self) -> Vec<Device> {
        self.link().map(|link| link.devices()).unwrap_or_default()
    }

    fn watch(&self, listener: Listener<Vec<Device>>) {
        *self.watcher.lock().unwrap_or_else(PoisonError::into_inner) = Some(listener);
        // Nothing is heard of devices without a connection.
        let _ = self.link();
    }
}

impl Drop for PulseMixer {
    fn drop(&mut self) {
        if let Some(link) = self.link.take() {
            link.close();
        }
    }
}

/// Text for the server, up to the first zero.
fn c_string(text: &str) -> CString {
    let bytes = text.split('\0').next().unwrap_or_default();
    CString::new(bytes).unwrap_or_default()
}
