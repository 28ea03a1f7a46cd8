//! The connection: greeting, and what the thread and the app share.

use std::collections::{BTreeMap, VecDeque};
use std::ffi::CString;
use std::io::{BufReader, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use concord_desktop::audio::{Device, StreamEvent};
use nix::sys::eventfd::{EfdFlags, EventFd};
use pulseaudio::protocol::{
    AuthParams, AuthReply, Command, CommandReply, MAX_VERSION, Prop, Props, ProtocolError, ServerInfo,
    SetClientNameReply, SinkInfo, SourceInfo, SubscriptionMask, read_ack_message, read_reply_message,
    write_command_message, write_memblock,
};

use super::stream::Playing;
use super::{Watcher, devices, thread};

/// How long the greeting may take.
const PATIENCE: Duration = Duration::from_secs(1);

/// What an answer is for.
pub enum Expected {
    /// Nothing, unless it is an error.
    Done,
    /// A stream that is being made.
    Stream(Arc<Playing>),
    /// Where a stream is.
    Latency(Arc<Playing>, u64),
    /// A stream has played what it had.
    Drained(Arc<Playing>, u64),
    /// The first, second and third part of what devices there are.
    Server,
    /// See above.
    Sinks,
    /// See above.
    Sources,
}

/// What is to be written, and what answers are to come.
#[derive(Default)]
pub struct Outgoing {
    pub bytes: VecDeque<u8>,
    pub expected: BTreeMap<u32, Expected>,
    sequence: u32,
}

/// A connection.
pub struct Link {
    pub socket: UnixStream,
    pub version: u16,
    pub wake: EventFd,
    pub outgoing: Mutex<Outgoing>,
    pub streams: Mutex<BTreeMap<u32, Arc<Playing>>>,
    pub devices: Mutex<Vec<Device>>,
    pub watcher: Watcher,
    dead: AtomicBool,
    opened: AtomicU32,
}

/// Locks; a thread that panicked leaves nothing half done that matters more than sound.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Greeting {
    socket: BufReader<UnixStream>,
    version: u16,
    sequence: u32,
}

impl Greeting {
    fn send(&mut self, command: &Command) -> Result<(), ProtocolError> {
        self.sequence += 1;
        write_command_message(self.socket.get_mut(), self.sequence, command, self.version)
    }

    fn ask<T: CommandReply>(&mut self, command: &Command) -> Result<T, ProtocolError> {
        self.send(command)?;
        let (sequence, answer) = read_reply_message(&mut self.socket, self.version)?;
        if sequence == self.sequence { Ok(answer) } else { Err(ProtocolError::Invalid("out of order".to_owned())) }
    }
}

impl Link {
    /// Connects, says who we are, and starts the thread.
    pub fn connect(
        socket: Option<PathBuf>,
        name: &CString,
        id: &CString,
        watcher: Watcher,
    ) -> Result<Arc<Self>, String> {
        let path = socket.or_else(pulseaudio::socket_path_from_env).ok_or("there is no PulseAudio socket")?;
        let socket = UnixStream::connect(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let limits = socket.set_read_timeout(Some(PATIENCE)).and_then(|()| socket.set_write_timeout(Some(PATIENCE)));
        limits.map_err(|error| error.to_string())?;
        let link = Self::greet(socket, name, id, watcher).map_err(|error| format!("{}: {error}", path.display()))?;
        let link = Arc::new(link);
        let own = Arc::clone(&link);
        std::thread::Builder::new()
            .name("concord-sound".to_owned())
            .spawn(move || thread::run(&own))
            .map_err(|error| error.to_string())?;
        Ok(link)
    }

    fn greet(socket: UnixStream, name: &CString, id: &CString, watcher: Watcher) -> Result<Self, ProtocolError> {
        let mut greeting = Greeting { socket: BufReader::new(socket), version: MAX_VERSION, sequence: 0 };
        let cookie = pulseaudio::cookie_path_from_env().and_then(|path| std::fs::read(path).ok()).unwrap_or_default();
        let auth = AuthParams { version: MAX_VERSION, supports_shm: false, supports_memfd: false, cookie };
        let answer: AuthReply = greeting.ask(&Command::Auth(auth))?;
        greeting.version = MAX_VERSION.min(answer.version);
        let mut props = Props::new();
        props.set(Prop::ApplicationName, name);
        props.set(Prop::ApplicationId, id);
        props.set(Prop::ApplicationIconName, id);
        props.set(Prop::ApplicationProcessId, super::c_string(&std::process::id().to_string()));
        let _: SetClientNameReply = greeting.ask(&Command::SetClientName(props))?;
        let wanted = SubscriptionMask::SINK | SubscriptionMask::SOURCE | SubscriptionMask::SERVER;
        greeting.send(&Command::Subscribe(wanted))?;
        read_ack_message(&mut greeting.socket)?;
        let server: ServerInfo = greeting.ask(&Command::GetServerInfo)?;
        let sinks: Vec<SinkInfo> = greeting.ask(&Command::GetSinkInfoList)?;
        let sources: Vec<SourceInfo> = greeting.ask(&Command::GetSourceInfoList)?;
        let found = devices::all(&server, &sinks, &sources);
        // Nothing is under way now but news about devices, which would be asked for anyway.
        let socket = greeting.socket.into_inner();
        socket.set_nonblocking(true)?;
        let wake = EventFd::from_value_and_flags(0, EfdFlags::EFD_CLOEXEC | EfdFlags::EFD_NONBLOCK)
            .map_err(std::io::Error::from)?;
        Ok(Self {
            socket,
            version: greeting.version,
            wake,
            outgoing: Mutex::new(Outgoing { sequence: greeting.sequence, ..Outgoing::default() }),
            streams: Mutex::default(),
            devices: Mutex::new(found),
            watcher,
            dead: AtomicBool::new(false),
            opened: AtomicU32::new(0),
        })
    }

    /// Whether it can be used.
    pub fn is_alive(&self) -> bool {
        !self.dead.load(Ordering::Acquire)
    }

    /// A number that no other stream of the connection has.
    pub fn next_stream(&self) -> u32 {
        self.opened.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// Ends the thread.
    pub fn close(&self) {
        self.dead.store(true, Ordering::Release);
        self.wake();
    }

    /// The connection is of no use any more; every stream hears of it.
    pub fn die(&self, reason: &str) {
        self.dead.store(true, Ordering::Release);
        let streams = std::mem::take(&mut *lock(&self.streams));
        let unfinished = std::mem::take(&mut lock(&self.outgoing).expected);
        let opening = unfinished.into_values().filter_map(|expected| match expected {
            Expected::Stream(stream) => Some(stream),
            _ => None,
        });
        for stream in streams.into_values().chain(opening) {
            stream.tell(StreamEvent::Lost(reason.to_owned()));
        }
    }

    /// The devices, as last heard of.
    pub fn devices(&self) -> Vec<Device> {
        lock(&self.devices).clone()
    }

    /// Makes the thread look around.
    pub fn wake(&self) {
        // The counter can only overflow when it is readable, which is all that is wanted.
        let _ = self.wake.write(1);
    }

    /// Writes a command, after everything that was written before.
    pub fn command(&self, command: &Command, expected: Expected) {
        let mut outgoing = lock(&self.outgoing);
        outgoing.sequence = outgoing.sequence.wrapping_add(1) & 0x7fff_ffff;
        let sequence = outgoing.sequence;
        let mut bytes = Vec::new();
        match write_command_message(&mut bytes, sequence, command, self.version) {
            Ok(()) => {
                outgoing.bytes.extend(bytes);
                outgoing.expected.insert(sequence, expected);
            }
            Err(error) => tracing::warn!("a command to the mixer cannot be written: {error}"),
        }
        drop(outgoing);
        self.wake();
    }

    /// Writes samples, after everything that was written before.
    pub fn samples(&self, channel: u32, samples: &[u8]) {
        let mut bytes = Vec::with_capacity(samples.len() + 20);
        if write_memblock(&mut bytes, channel, samples, 0).is_ok() {
            lock(&self.outgoing).bytes.extend(bytes);
        }
    }

    /// Asks what devices there are.
    pub fn ask_devices(&self) {
        self.command(&Command::GetServerInfo, Expected::Server);
        self.command(&Command::GetSinkInfoList, Expected::Sinks);
        self.command(&Command::GetSourceInfoList, Expected::Sources);
    }

    /// Gives the socket what it takes; whether something is left.
    pub fn write_out(&self) -> std::io::Result<bool> {
        let mut outgoing = lock(&self.outgoing);
        while !outgoing.bytes.is_empty() {
            match (&self.socket).write(outgoing.bytes.as_slices().0) {
                Ok(0) => return Err(std::io::ErrorKind::WriteZero.into()),
                Ok(written) => drop(outgoing.bytes.drain(..written)),
                Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => return Ok(true),
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(false)
    }

    /// Appends what has come in; false when the server has closed the connection.
    pub fn read_in(&self, incoming: &mut Vec<u8>) -> std::io::Result<bool> {
        let mut buffer = [0; 16 * 1024];
        loop {
            match (&self.socket).read(&mut buffer) {
                Ok(0) => return Ok(false),
                Ok(read) => incoming.extend_from_slice(buffer.get(..read).unwrap_or_default()),
                Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => return Ok(true),
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}
