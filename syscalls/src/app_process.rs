//! The process that an app runs in, seen from the one that watches over it.
//!
//! An app gets a process of its own, so that whatever its code does (crash, endless loop, all memory) ends that process and
//! is reported by the other. They talk through a socket that is the app process's standard input: configuration and requests
//! one way, events the other, one line each. Its standard output goes to standard error, so that native code cannot write into
//! results.

use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use nix::sys::signal::{SigSet, Signal};
use nix::sys::signalfd::{SfdFlags, SignalFd};
use nix::sys::socket::{MsgFlags, recv};
use std::ffi::OsString;
use std::io::{self, BufRead, Read, Write};
use std::os::fd::{AsFd, AsRawFd, BorrowedFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What to watch for.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// When the process is ended whatever it does.
    pub deadline: Option<Instant>,
    /// Resident memory in bytes at which it is ended.
    pub memory: Option<u64>,
}

/// What happened next.
#[derive(Debug)]
pub enum Happening {
    /// One line from the app process, without the line end.
    Line(String),
    /// The process ended.
    Ended(Ending),
    /// The deadline passed; the process was ended.
    DeadlinePassed,
    /// The memory limit was passed; the process was ended.
    MemoryExceeded,
    /// Ctrl-C or a request to terminate arrived; the process was ended.
    Interrupted(i32),
    /// The other descriptor of [`AppProcess::wait_also`] is readable; the process goes on.
    Other,
    /// The time of [`AppProcess::wait_also`] has come; the process goes on.
    Due,
}

/// How a process ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// By itself, with a code.
    Exit(i32),
    /// By a signal.
    Signal(i32),
}

impl std::fmt::Display for Ending {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Ending::Exit(code) => write!(f, "exit code {code}"),
            Ending::Signal(number) => match Signal::try_from(*number) {
                Ok(signal) => write!(f, "signal {number} ({signal})"),
                Err(_) => write!(f, "signal {number}"),
            },
        }
    }
}

/// A running app process.
pub struct AppProcess {
    child: Child,
    socket: UnixStream,
    signals: SignalFd,
    buffer: Vec<u8>,
    /// Start of the unread part of `buffer`.
    read: usize,
    closed: bool,
    limits: Limits,
    /// Until when it may say where it is, once its deadline has passed.
    asked: Option<Instant>,
}

/// How long a process whose time is over may take to say where it is.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// How often memory is looked at.
const MEMORY_INTERVAL: Duration = Duration::from_millis(50);
/// Longest line accepted; a process that sends more is not one of ours.
const LONGEST_LINE: usize = 64 << 20;

/// How long a request may wait for room in the socket of an app process that does not read.
const SEND_LIMIT: Duration = Duration::from_secs(2);

/// Sends requests to an app process, from any thread. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Mailbox(Arc<Mutex<Option<UnixStream>>>);

impl Mailbox {
    /// Sends one line, which must not contain a line end.
    ///
    /// # Errors
    /// When the process is gone, or has not read for so long that there is no room.
    pub fn send(&self, line: &str) -> io::Result<()> {
        debug_assert!(!line.contains('\n'), "a line holds one request");
        let mut socket = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(stream) = socket.as_mut() else { return Err(io::ErrorKind::BrokenPipe.into()) };
        let sent = stream.write_all(format!("{line}\n").as_bytes());
        if sent.is_err() {
            // Half a line may be on its way: whatever came behind it would be read as part of it.
            *socket = None;
        }
        sent
    }
}

/// Blocks the signals that ask this process to end, for the calling thread and those that it starts from now on: they reach
/// the process through [`AppProcess::wait`].
///
/// # Errors
/// When the kernel refuses.
pub fn block_signals() -> io::Result<()> {
    Ok(end_signals().thread_block()?)
}

fn end_signals() -> SigSet {
    let mut mask = SigSet::empty();
    for signal in [Signal::SIGINT, Signal::SIGTERM, Signal::SIGHUP] {
        mask.add(signal);
    }
    mask
}

/// The signals that ask this process to end, from now on readable instead.
fn interrupts() -> io::Result<SignalFd> {
    let mask = end_signals();
    mask.thread_block()?;
    Ok(SignalFd::with_flags(&mask, SfdFlags::SFD_CLOEXEC | SfdFlags::SFD_NONBLOCK)?)
}

/// As [`AppProcess::wait_also`], while there is no process.
pub fn wait_without(other: BorrowedFd<'_>, until: Option<Instant>) -> io::Result<Happening> {
    let signals = interrupts()?;
    loop {
        let left = until.map(|until| until.saturating_duration_since(Instant::now()));
        if left == Some(Duration::ZERO) {
            return Ok(Happening::Due);
        }
        let timeout = left.map_or(PollTimeout::NONE, |left| {
            PollTimeout::try_from(left + Duration::from_millis(1)).unwrap_or(PollTimeout::MAX)
        });
        let mut fds = [PollFd::new(other, PollFlags::POLLIN), PollFd::new(signals.as_fd(), PollFlags::POLLIN)];
        match poll(&mut fds, timeout) {
            Ok(_) | Err(nix::errno::Errno::EINTR) => {}
            Err(error) => return Err(error.into()),
        }
        let readable = fds[0].any().unwrap_or(false);
        if let Some(info) = signals.read_signal()? {
            return Ok(Happening::Interrupted(info.ssi_signo.try_into().unwrap_or(0)));
        }
        if readable {
            return Ok(Happening::Other);
        }
    }
}

impl AppProcess {
    /// Starts this very program with `args` as an app process and sends it `configuration`.
    ///
    /// The process is in a group of its own, so that Ctrl-C reaches the watcher alone.
    pub fn spawn(args: &[OsString], configuration: &str, limits: Limits) -> io::Result<AppProcess> {
        let signals = interrupts()?;
        let (socket, theirs) = UnixStream::pair()?;
        let child = Command::new(this_program())
            .args(args)
            .stdin(Stdio::from(OwnedFd::from(theirs)))
            .stdout(Stdio::from(io::stderr().as_fd().try_clone_to_owned()?))
            .process_group(0)
            .spawn()?;
        let mut process =
            AppProcess { child, socket, signals, buffer: Vec::new(), read: 0, closed: false, limits, asked: None };
        // A process that died at once closes the socket; its end is reported by `wait`.
        let _ = process.socket.write_all(configuration.as_bytes()).and_then(|()| process.socket.write_all(b"\n"));
        Ok(process)
    }

    /// Id of the process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Sends requests to the process while another thread waits.
    ///
    /// # Errors
    /// When there is no descriptor left for it.
    pub fn mailbox(&self) -> io::Result<Mailbox> {
        let socket = self.socket.try_clone()?;
        socket.set_write_timeout(Some(SEND_LIMIT))?;
        Ok(Mailbox(Arc::new(Mutex::new(Some(socket)))))
    }

    /// Waits for what happens next. After anything but a line the process is gone.
    pub fn wait(&mut self) -> io::Result<Happening> {
        self.wait_also(None, None)
    }

    /// As [`AppProcess::wait`], but no longer than until another descriptor is readable or a time has come.
    pub fn wait_also(&mut self, other: Option<BorrowedFd<'_>>, until: Option<Instant>) -> io::Result<Happening> {
        loop {
            if let Some(line) = self.take_line() {
                return Ok(Happening::Line(line));
            }
            if self.closed {
                return self.wait_for_end();
            }
            if let Some(over) = self.check_limits()? {
                return Ok(over);
            }
            if until.is_some_and(|until| Instant::now() >= until) {
                return Ok(Happening::Due);
            }
            let timeout = self.poll_timeout(until);
            let mut fds = vec![
                PollFd::new(self.socket.as_fd(), PollFlags::POLLIN),
                PollFd::new(self.signals.as_fd(), PollFlags::POLLIN),
            ];
            fds.extend(other.map(|other| PollFd::new(other, PollFlags::POLLIN)));
            match poll(&mut fds, timeout) {
                Ok(_) | Err(nix::errno::Errno::EINTR) => {}
                Err(error) => return Err(error.into()),
            }
            let is_ready = |index: usize| fds.get(index).and_then(PollFd::any).unwrap_or(false);
            let (readable, other) = (is_ready(0), is_ready(2));
            if let Some(info) = self.signals.read_signal()? {
                self.kill();
                return Ok(Happening::Interrupted(info.ssi_signo.try_into().unwrap_or(0)));
            }
            if readable {
                self.fill()?;
            } else if other {
                return Ok(Happening::Other);
            }
        }
    }

    /// Has the process say where it is, in the lines that a crash sends; false when that cannot be.
    fn ask_where(&self) -> bool {
        let process = nix::unistd::Pid::from_raw(self.child.id().try_into().unwrap_or(0));
        process.as_raw() > 0 && nix::sys::signal::kill(process, crate::crash::WHERE_ARE_YOU).is_ok()
    }

    /// Ends a process that has been asked where it is and has said all.
    pub fn has_answered(&mut self) {
        if self.asked.is_some() {
            self.asked = Some(Instant::now());
        }
    }

    /// Ends the process and everything in its group.
    pub fn kill(&mut self) {
        let group = nix::unistd::Pid::from_raw(self.child.id().try_into().unwrap_or(0));
        if group.as_raw() > 0 {
            let _ = nix::sys::signal::killpg(group, Signal::SIGKILL);
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    fn poll_timeout(&self, until: Option<Instant>) -> PollTimeout {
        let next = [self.asked.or(self.limits.deadline), until].into_iter().flatten().min();
        let next = next.map(|next| next.saturating_duration_since(Instant::now()));
        let wait = match (self.limits.memory, next) {
            (None, None) => return PollTimeout::NONE,
            (None, Some(wait)) => wait,
            (Some(_), None) => MEMORY_INTERVAL,
            (Some(_), Some(wait)) => wait.min(MEMORY_INTERVAL),
        };
        // Rounded up: a poll that ends before the deadline would spin.
        PollTimeout::try_from(wait + Duration::from_millis(1)).unwrap_or(PollTimeout::MAX)
    }

    fn check_limits(&mut self) -> io::Result<Option<Happening>> {
        if self.asked.or(self.limits.deadline).is_some_and(|deadline| Instant::now() >= deadline) {
            if self.asked.is_none() && !self.closed && self.ask_where() {
                self.asked = Some(Instant::now() + LAST_WORDS);
                return Ok(None);
            }
            self.kill();
            return Ok(Some(Happening::DeadlinePassed));
        }
        if let Some(limit) = self.limits.memory
            && resident_bytes(self.child.id()).is_some_and(|bytes| bytes > limit)
        {
            self.kill();
            return Ok(Some(Happening::MemoryExceeded));
        }
        Ok(None)
    }

    fn fill(&mut self) -> io::Result<()> {
        let mut chunk = [0; 16 << 10];
        match self.socket.read(&mut chunk) {
            Ok(0) => self.closed = true,
            Ok(n) => self.buffer.extend_from_slice(&chunk[..n]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) if error.kind() == io::ErrorKind::ConnectionReset => self.closed = true,
            Err(error) => return Err(error),
        }
        if self.buffer.len() > LONGEST_LINE {
            self.kill();
            return Err(io::Error::other("the app process sent a line that is too long"));
        }
        Ok(())
    }

    fn take_line(&mut self) -> Option<String> {
        let rest = self.buffer.get(self.read..)?;
        let Some(end) = rest.iter().position(|&byte| byte == b'\n') else {
            self.buffer.drain(..self.read);
            self.read = 0;
            return None;
        };
        let line = String::from_utf8_lossy(&rest[..end]).into_owned();
        self.read += end + 1;
        Some(line)
    }

    /// The socket is closed: the process is ending, unless it closed its standard input and hangs on.
    fn wait_for_end(&mut self) -> io::Result<Happening> {
        loop {
            if let Some(status) = self.child.try_wait()? {
                let ending = match (status.code(), status.signal()) {
                    (Some(code), _) => Ending::Exit(code),
                    (None, Some(signal)) => Ending::Signal(signal),
                    (None, None) => Ending::Exit(-1),
                };
                return Ok(if self.asked.is_some() { Happening::DeadlinePassed } else { Happening::Ended(ending) });
            }
            if let Some(over) = self.check_limits()? {
                return Ok(over);
            }
            if let Some(info) = self.signals.read_signal()? {
                self.kill();
                return Ok(Happening::Interrupted(info.ssi_signo.try_into().unwrap_or(0)));
            }
            std::thread::sleep(Duration::from_millis(1));
        }
    }
}

impl Drop for AppProcess {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            self.kill();
        }
    }
}

/// This very program. Its file may have been replaced since it was started, then only the kernel still has it; otherwise its own name is
/// better, which tools that run programs in their own way (valgrind) understand.
fn this_program() -> PathBuf {
    std::env::current_exe().ok().filter(|file| file.is_file()).unwrap_or_else(|| PathBuf::from("/proc/self/exe"))
}

/// Resident set of a process, from `/proc/<id>/statm`.
fn resident_bytes(id: u32) -> Option<u64> {
    let statm = std::fs::read_to_string(format!("/proc/{id}/statm")).ok()?;
    let pages: u64 = statm.split(' ').nth(1)?.parse().ok()?;
    let page = nix::unistd::sysconf(nix::unistd::SysconfVar::PAGE_SIZE).ok()??;
    Some(pages * u64::try_from(page).ok()?)
}

/// The other end of the socket, in the app process.
pub struct Watcher {
    socket: UnixStream,
    /// What came behind the configuration.
    ahead: Vec<u8>,
}

/// Requests of the watcher, in the app process.
pub struct Inbox {
    socket: UnixStream,
    buffer: Vec<u8>,
}

impl Inbox {
    /// A descriptor that becomes readable when requests have come.
    ///
    /// # Errors
    /// When there is no descriptor left for it.
    pub fn descriptor(&self) -> io::Result<OwnedFd> {
        self.socket.as_fd().try_clone_to_owned()
    }

    /// The requests that have come, without waiting for more; none when the watcher is gone.
    pub fn take(&mut self) -> Option<Vec<String>> {
        let mut chunk = [0; 16 << 10];
        loop {
            // The socket stays a blocking one: events are written through the same.
            match recv(self.socket.as_raw_fd(), &mut chunk, MsgFlags::MSG_DONTWAIT) {
                Ok(0) => return None,
                Ok(count) => self.buffer.extend_from_slice(&chunk[..count]),
                Err(nix::errno::Errno::EAGAIN) => break,
                Err(nix::errno::Errno::EINTR) => {}
                Err(_) => return None,
            }
            if self.buffer.len() > LONGEST_LINE {
                return None;
            }
        }
        let end = self.buffer.iter().rposition(|byte| *byte == b'\n').map_or(0, |last| last + 1);
        let whole: Vec<u8> = self.buffer.drain(..end).collect();
        Some(String::from_utf8_lossy(&whole).lines().map(str::to_owned).collect())
    }
}

impl Watcher {
    /// Takes the socket over from standard input, which becomes empty, and reads the configuration.
    ///
    /// From here on the process ends with its watcher, and signals blocked there are let through again.
    pub fn connect() -> io::Result<(Watcher, String)> {
        nix::sys::prctl::set_pdeathsig(Signal::SIGKILL)?;
        SigSet::all().thread_unblock()?;
        let mut socket = UnixStream::from(io::stdin().as_fd().try_clone_to_owned()?);
        let nothing = std::fs::File::open("/dev/null")?;
        nix::unistd::dup2_stdin(&nothing)?;
        let mut text = String::new();
        let mut reader = io::BufReader::new(&mut socket);
        reader.read_line(&mut text)?;
        let ahead = reader.buffer().to_vec();
        Ok((Watcher { socket, ahead }, text))
    }

    /// The requests that come after the configuration. Only the first call gets what has come already.
    ///
    /// # Errors
    /// When there is no descriptor left for it.
    pub fn inbox(&mut self) -> io::Result<Inbox> {
        Ok(Inbox { socket: self.socket.try_clone()?, buffer: std::mem::take(&mut self.ahead) })
    }

    /// A descriptor of the socket, for lines that cannot be sent with [`Watcher::send`].
    pub(crate) fn descriptor(&self) -> io::Result<OwnedFd> {
        self.socket.as_fd().try_clone_to_owned()
    }

    /// Sends one line, which must not contain a line end.
    pub fn send(&self, line: &str) -> io::Result<()> {
        send_line(&self.socket, line)
    }

    /// The way to the watcher for other threads.
    ///
    /// # Errors
    /// When there is no descriptor left for it.
    pub fn sender(&self) -> io::Result<Sender> {
        Ok(Sender(self.socket.try_clone()?))
    }
}

/// Sends lines to the watcher from any thread.
#[derive(Debug)]
pub struct Sender(UnixStream);

impl Sender {
    /// Sends one line, which must not contain a line end.
    pub fn send(&self, line: &str) -> io::Result<()> {
        send_line(&self.0, line)
    }
}

fn send_line(mut socket: &UnixStream, line: &str) -> io::Result<()> {
    debug_assert!(!line.contains('\n'), "a line holds one event");
    let mut text = String::with_capacity(line.len() + 1);
    text.push_str(line);
    text.push('\n');
    socket.write_all(text.as_bytes())
}
