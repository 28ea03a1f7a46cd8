//! One process for each app: the first takes a socket, later ones hand their request to it.
//!
//! The socket lies in `$XDG_RUNTIME_DIR/concord`, a folder of this user alone. A lock beside it says who is first; it goes away
//! with the process, so a socket that a killed process has left is known to be dead.

use super::files::is_at;
use crate::protocol::Order;
use nix::fcntl::{Flock, FlockArg};
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::unix::fs::DirBuilderExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long the other side may take for one step.
const LIMIT: Duration = Duration::from_secs(3);
/// Longest request.
const LONGEST: u64 = 1 << 20;
/// What an accepted request is answered with.
const ACCEPTED: &str = "ok";

/// Who runs an app.
pub enum Claim {
    /// This process: it is the first.
    First(Instance),
    /// Another process, which takes requests.
    Running(Running),
    /// Nobody can know: there is no folder for sockets, or the other process does not answer.
    Unknown,
}

/// The right to run an app, and the socket for requests of others.
pub struct Instance {
    listener: UnixListener,
    place: Place,
}

/// A process that runs the app.
pub struct Running(UnixStream);

/// Requests are taken until it is dropped.
pub struct Serving(#[expect(dead_code, reason = "held, not used")] Place);

struct Place {
    socket: PathBuf,
    lock_file: PathBuf,
    _lock: Flock<File>,
}

impl Drop for Place {
    fn drop(&mut self) {
        // While it is locked: whoever comes next makes both again.
        let _ = fs::remove_file(&self.socket);
        let _ = fs::remove_file(&self.lock_file);
    }
}

/// Finds out who runs a bundle of a home, and becomes the one when nobody does. `runtime` is `$XDG_RUNTIME_DIR`.
pub fn claim(runtime: Option<&Path>, home: &Path, bundle: &str) -> Claim {
    let Some(folder) = runtime.map(|runtime| runtime.join("concord")) else { return Claim::Unknown };
    try_claim(&folder, &name(home, bundle)).unwrap_or_else(|error| {
        tracing::debug!("{bundle} runs beside others of its kind: {error}");
        Claim::Unknown
    })
}

/// Names of sockets are short: the kernel allows about a hundred bytes for the whole path.
fn name(home: &Path, bundle: &str) -> String {
    let digest = Sha256::new()
        .chain_update(home.as_os_str().as_encoded_bytes())
        .chain_update([0])
        .chain_update(bundle)
        .finalize();
    digest.iter().take(12).map(|byte| format!("{byte:02x}")).collect()
}

fn try_claim(folder: &Path, name: &str) -> io::Result<Claim> {
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    let (socket, lock_file) = (folder.join(format!("{name}.sock")), folder.join(format!("{name}.lock")));
    let until = Instant::now() + LIMIT;
    loop {
        let file = File::options().create(true).truncate(false).write(true).open(&lock_file)?;
        if let Ok(lock) = Flock::lock(file, FlockArg::LockExclusiveNonblock) {
            if !is_at(&lock, &lock_file) {
                // The one before has just removed it.
                continue;
            }
            let place = Place { socket, lock_file, _lock: lock };
            let _ = fs::remove_file(&place.socket);
            let listener = UnixListener::bind(&place.socket)?;
            return Ok(Claim::First(Instance { listener, place }));
        }
        if let Ok(stream) = UnixStream::connect(&socket) {
            return Ok(Claim::Running(Running(stream)));
        }
        // It is about to listen, or about to end.
        if Instant::now() >= until {
            return Ok(Claim::Unknown);
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

impl Instance {
    /// Takes requests on a thread of its own. `deliver` gets them one after the other; what it answers is what the sender hears.
    ///
    /// # Errors
    /// When there can be no further thread.
    pub fn serve(self, deliver: impl Fn(Order) -> io::Result<()> + Send + 'static) -> io::Result<Serving> {
        let Instance { listener, place } = self;
        std::thread::Builder::new().name("requests".to_owned()).spawn(move || {
            for stream in listener.incoming() {
                let served = stream.and_then(|stream| serve_one(&stream, &deliver));
                if let Err(error) = served {
                    tracing::debug!("a request was not understood: {error}");
                }
            }
        })?;
        Ok(Serving(place))
    }
}

fn serve_one(stream: &UnixStream, deliver: &impl Fn(Order) -> io::Result<()>) -> io::Result<()> {
    stream.set_read_timeout(Some(LIMIT))?;
    stream.set_write_timeout(Some(LIMIT))?;
    for line in BufReader::new(stream.take(LONGEST)).lines() {
        let answer = match Order::from_line(&line?).map(deliver) {
            Some(Ok(())) => ACCEPTED.to_owned(),
            Some(Err(error)) => error.to_string().replace('\n', " "),
            None => "not a request".to_owned(),
        };
        let mut to = stream;
        to.write_all(format!("{answer}\n").as_bytes())?;
    }
    Ok(())
}

impl Running {
    /// Hands a request over; waits until it is accepted.
    ///
    /// # Errors
    /// When the other process does not accept it.
    pub fn send(&mut self, order: &Order) -> io::Result<()> {
        self.0.set_read_timeout(Some(LIMIT))?;
        self.0.set_write_timeout(Some(LIMIT))?;
        self.0.write_all(format!("{}\n", order.to_line()).as_bytes())?;
        let mut answer = String::new();
        BufReader::new((&self.0).take(LONGEST)).read_line(&mut answer)?;
        match answer.trim_end() {
            ACCEPTED => Ok(()),
            "" => Err(io::ErrorKind::ConnectionReset.into()),
            refused => Err(io::Error::other(refused.to_owned())),
        }
    }

    /// Waits until the process has closed its end, some seconds at most.
    pub fn wait_for_end(self) {
        let until = Instant::now() + LIMIT;
        let mut rest = [0; 64];
        let mut stream = self.0;
        while Instant::now() < until {
            match stream.read(&mut rest) {
                Ok(0) => return,
                Err(error) if error.kind() == io::ErrorKind::ConnectionReset => return,
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::StartOrder;
    use std::sync::mpsc;

    #[test]
    fn the_second_hands_over() {
        let runtime = tempfile::tempdir().unwrap();
        let claim = |bundle: &str| claim(Some(runtime.path()), Path::new("/home"), bundle);
        let Claim::First(first) = claim("a.b") else { panic!("nobody is there") };
        let (sender, heard) = mpsc::channel();
        let serving = first
            .serve(move |order| match order {
                Order::Quit => Err(io::Error::other("not now")),
                order => sender.send(order).map_err(io::Error::other),
            })
            .unwrap();
        let Claim::Running(mut second) = claim("a.b") else { panic!("the first is there") };
        let order = Order::from(StartOrder::default());
        second.send(&order).unwrap();
        assert_eq!(heard.recv().unwrap(), order);
        assert!(second.send(&Order::Quit).unwrap_err().to_string().contains("not now"));
        assert!(matches!(claim("c.d"), Claim::First(_)), "other apps have sockets of their own");
        drop(serving);
        assert!(matches!(claim("a.b"), Claim::First(_)));
    }

    #[test]
    fn what_a_killed_process_leaves_is_no_hindrance() {
        let runtime = tempfile::tempdir().unwrap();
        let folder = runtime.path().join("concord");
        fs::create_dir_all(&folder).unwrap();
        let name = name(Path::new("/home"), "a.b");
        drop(UnixListener::bind(folder.join(format!("{name}.sock"))).unwrap());
        fs::write(folder.join(format!("{name}.lock")), "").unwrap();
        assert!(matches!(claim(Some(runtime.path()), Path::new("/home"), "a.b"), Claim::First(_)));
        assert!(matches!(claim(None, Path::new("/home"), "a.b"), Claim::Unknown));
    }
}
