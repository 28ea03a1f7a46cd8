//! How `concord inspect` finds running apps, and asks one for the address of its page.
//!
//! Each app has a socket `PID.sock` and a file `PID.app` with its bundle name, in a folder that only its user can open.

use nix::unistd::geteuid;
use std::fs::{self, DirBuilder};
use std::io::{self, Read, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long an app may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// An app that runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct App {
    /// Its process.
    pub pid: u32,
    /// Its bundle name.
    pub bundle: String,
}

/// An app does not say where its page is.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// It has gone.
    #[error("there is no app with the process id {0}")]
    Gone(u32),
    /// It does nothing but compute.
    #[error("the app does not answer: {0}")]
    Silent(io::Error),
    /// It has no page.
    #[error("the app cannot show its inspector: {0}")]
    Refused(String),
}

/// The folder: in the run-time folder of the session, or in that for temporary files.
fn folder() -> PathBuf {
    match std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|path| path.is_absolute()) {
        Some(runtime) => runtime.join("concord"),
        None => std::env::temp_dir().join(format!("concord-{}", geteuid())),
    }
}

/// Makes the folder. One that belongs to somebody else, or that others can open, is not used.
fn own_folder() -> io::Result<()> {
    let folder = folder();
    match DirBuilder::new().mode(0o700).create(&folder) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(error),
    }
    let facts = fs::symlink_metadata(&folder)?;
    if !facts.is_dir() || facts.uid() != geteuid().as_raw() || facts.mode() & 0o077 != 0 {
        return Err(io::Error::other(format!("{}: belongs to others", folder.display())));
    }
    Ok(())
}

/// The side of the app.
pub(crate) struct Door {
    listener: UnixListener,
}

/// The socket of a process, and the file with the bundle name.
fn files(pid: u32) -> [PathBuf; 2] {
    let folder = folder();
    [folder.join(format!("{pid}.sock")), folder.join(format!("{pid}.app"))]
}

fn remove_files(pid: u32) {
    for file in files(pid) {
        let _ = fs::remove_file(file);
    }
}

/// Closes the door of this process, which is about to end: values that live as long as the app are not dropped then.
pub fn leave() {
    remove_files(std::process::id());
}

impl Door {
    /// Opens the door of this process.
    pub fn open(bundle: &str) -> io::Result<Door> {
        own_folder()?;
        let pid = std::process::id();
        // Of an earlier process with the same number, and of others that were killed.
        remove_files(pid);
        apps();
        let [socket, name] = files(pid);
        let listener = UnixListener::bind(&socket)?;
        listener.set_nonblocking(true)?;
        fs::write(&name, bundle)?;
        Ok(Door { listener })
    }

    /// Readable when somebody knocks.
    pub fn descriptor(&self) -> io::Result<OwnedFd> {
        self.listener.as_fd().try_clone_to_owned()
    }

    /// Tells all who knock what `answer` says.
    pub fn answer(&self, answer: impl Fn() -> Result<String, String>) {
        while let Ok((mut stream, _)) = self.listener.accept() {
            let text = match answer() {
                Ok(url) => format!("ok {url}\n"),
                Err(problem) => format!("no {problem}\n"),
            };
            // A short answer fits into the socket; who does not read it misses it.
            let _ = stream.set_nonblocking(true).and_then(|()| stream.write_all(text.as_bytes()));
        }
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        leave();
    }
}

/// Apps of this user that run, by process id.
pub fn apps() -> Vec<App> {
    let mut found: Vec<App> = fs::read_dir(folder())
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let pid: u32 = name.strip_suffix(".app")?.parse().ok()?;
            if !Path::new(&format!("/proc/{pid}")).exists() {
                // It was killed and could not tidy up.
                remove_files(pid);
                return None;
            }
            Some(App { pid, bundle: fs::read_to_string(entry.path()).ok()? })
        })
        .collect();
    found.sort_by_key(|app| app.pid);
    found
}

/// Asks an app for the address of its page; it begins to serve it then.
///
/// # Errors
/// When it has gone, or does not answer.
pub fn ask(pid: u32) -> Result<String, AskError> {
    let mut stream = UnixStream::connect(folder().join(format!("{pid}.sock"))).map_err(|_| AskError::Gone(pid))?;
    stream.set_read_timeout(Some(PATIENCE)).map_err(AskError::Silent)?;
    let mut text = String::new();
    stream.read_to_string(&mut text).map_err(AskError::Silent)?;
    match text.trim_end().split_once(' ') {
        Some(("ok", url)) => Ok(url.to_owned()),
        Some((_, problem)) => Err(AskError::Refused(problem.to_owned())),
        None => Err(AskError::Gone(pid)),
    }
}
