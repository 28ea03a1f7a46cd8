//! The thread of a connection: reads what the server says, pulls what it requests, asks where streams are.

use std::io::Cursor;
use std::os::fd::AsFd;
use std::sync::Arc;
use std::time::{Duration, Instant};

use concord_desktop::audio::StreamEvent;
use nix::errno::Errno;
use nix::poll::{PollFd, PollFlags, PollTimeout, poll};
use pulseaudio::protocol::{
    Command, CreatePlaybackStreamReply, DESCRIPTOR_SIZE, PlaybackLatency, ServerInfo, SinkInfo, SourceInfo,
    TagStructReader, read_descriptor,
};

use super::devices;
use super::link::{Expected, Link, lock};

/// Time between two questions where a playing stream is.
const PERIOD: Duration = Duration::from_millis(100);
/// Messages that are longer are no messages. Lists of devices have some thousand bytes.
const LONGEST: usize = 16 << 20;

/// Parts of the answer about devices that have come.
#[derive(Default)]
struct Found {
    server: Option<ServerInfo>,
    sinks: Vec<SinkInfo>,
}

/// Runs until the connection ends.
pub fn run(link: &Arc<Link>) {
    let reason = match serve(link) {
        Ok(()) => "the mixer has closed the connection".to_owned(),
        Err(error) => format!("the connection to the mixer is broken: {error}"),
    };
    tracing::debug!("{reason}");
    link.die(&reason);
}

fn serve(link: &Arc<Link>) -> std::io::Result<()> {
    let mut incoming = Vec::new();
    let mut found = Found::default();
    let mut asked = Instant::now();
    while link.is_alive() {
        let more = link.write_out()?;
        let streams: Vec<_> = lock(&link.streams).values().cloned().collect();
        let playing = streams.iter().any(|stream| stream.is_running());
        let timeout = if playing { PERIOD.saturating_sub(asked.elapsed()) } else { Duration::MAX };
        let timeout = streams.iter().filter_map(|stream| stream.check_end()).fold(timeout, Duration::min);
        wait(link, more, timeout)?;
        if !link.read_in(&mut incoming)? {
            return Ok(());
        }
        take_messages(link, &mut incoming, &mut found)?;
        let streams: Vec<_> = lock(&link.streams).values().cloned().collect();
        for stream in &streams {
            stream.pump(link);
        }
        if asked.elapsed() >= PERIOD {
            asked = Instant::now();
            for stream in streams.iter().filter(|stream| stream.is_running()) {
                stream.ask_position(link);
            }
        }
    }
    // What was asked for last is to happen: a stream that was dropped falls silent.
    let _ = link.write_out()?;
    Ok(())
}

fn wait(link: &Link, writing: bool, timeout: Duration) -> std::io::Result<()> {
    let interest = if writing { PollFlags::POLLIN | PollFlags::POLLOUT } else { PollFlags::POLLIN };
    let mut fds = [PollFd::new(link.socket.as_fd(), interest), PollFd::new(link.wake.as_fd(), PollFlags::POLLIN)];
    let timeout = if timeout == Duration::MAX {
        PollTimeout::NONE
    } else {
        PollTimeout::try_from(timeout.as_micros().div_ceil(1000)).unwrap_or(PollTimeout::MAX)
    };
    match poll(&mut fds, timeout) {
        Ok(_) | Err(Errno::EINTR) => {}
        Err(error) => return Err(error.into()),
    }
    let _ = link.wake.read();
    Ok(())
}

fn take_messages(link: &Link, incoming: &mut Vec<u8>, found: &mut Found) -> std::io::Result<()> {
    let mut start = 0;
    while let Some(header) = incoming.get(start..start + DESCRIPTOR_SIZE) {
        let descriptor = read_descriptor(&mut Cursor::new(header)).map_err(std::io::Error::other)?;
        let length = descriptor.length as usize;
        if length > LONGEST {
            return Err(std::io::Error::other("a message of the mixer is too long"));
        }
        let body = start + DESCRIPTOR_SIZE;
        let Some(message) = incoming.get(body..body + length) else { break };
        if descriptor.channel == u32::MAX {
            take(link, message, found);
        }
        start = body + length;
    }
    incoming.drain(..start);
    Ok(())
}

fn take(link: &Link, message: &[u8], found: &mut Found) {
    let mut cursor = Cursor::new(message);
    let (sequence, command) = match Command::read_tag_prefixed(&mut cursor, link.version) {
        Ok(read) => read,
        // Newer servers say more; none of it is needed.
        Err(error) => return tracing::debug!("not understood: {error}"),
    };
    let stream = |channel: u32| lock(&link.streams).get(&channel).cloned();
    match command {
        Command::Reply | Command::Error(_) => {
            let Some(expected) = lock(&link.outgoing).expected.remove(&sequence) else { return };
            match command {
                Command::Error(error) => refused(expected, &format!("{error:?}")),
                _ => answer(link, expected, &mut cursor, found),
            }
        }
        Command::Request(request) => {
            if let Some(stream) = stream(request.channel) {
                stream.requested(request.length as usize);
            }
        }
        Command::Underflow(underflow) => {
            if let Some(stream) = stream(underflow.channel) {
                stream.underflow();
            }
        }
        Command::PlaybackStreamKilled(channel) => {
            if let Some(stream) = lock(&link.streams).remove(&channel) {
                stream.tell(StreamEvent::Lost("the mixer has ended the stream".to_owned()));
            }
        }
        // What the protocol calls the index of a stream in these two is its channel.
        Command::PlaybackStreamMoved(moved) => {
            if let Some(stream) = stream(moved.stream_index) {
                stream.tell(StreamEvent::Moved);
            }
        }
        Command::PlaybackStreamEvent(event) => {
            let held = match event.event_name.to_bytes() {
                b"request-cork" => true,
                b"request-uncork" => false,
                _ => return,
            };
            if let Some(stream) = stream(event.stream_index) {
                stream.tell(StreamEvent::HeldBack(held));
            }
        }
        Command::SubscribeEvent(_) => {
            let asked = lock(&link.outgoing).expected.values().any(|expected| matches!(expected, Expected::Server));
            if !asked {
                link.ask_devices();
            }
        }
        _ => {}
    }
}

fn refused(expected: Expected, error: &str) {
    match expected {
        Expected::Stream(stream) => stream.tell(StreamEvent::Lost(format!("the mixer refused the stream: {error}"))),
        Expected::Drained(stream, flushes) => stream.drained(flushes),
        _ => tracing::debug!("the mixer refused: {error}"),
    }
}

fn answer(link: &Link, expected: Expected, cursor: &mut Cursor<&[u8]>, found: &mut Found) {
    let mut reader = TagStructReader::new(cursor, link.version);
    match expected {
        Expected::Done => {}
        Expected::Stream(stream) => match reader.read::<CreatePlaybackStreamReply>() {
            Ok(reply) => {
                lock(&link.streams).insert(reply.channel, Arc::clone(&stream));
                if !stream.opened(link, &reply) {
                    lock(&link.streams).remove(&reply.channel);
                }
            }
            Err(error) => stream.tell(StreamEvent::Lost(error.to_string())),
        },
        Expected::Latency(stream, flushes) => {
            if let Ok(latency) = reader.read::<PlaybackLatency>() {
                stream.located(&latency, flushes);
            }
        }
        Expected::Drained(stream, flushes) => stream.drained(flushes),
        Expected::Server => found.server = reader.read().ok(),
        Expected::Sinks => found.sinks = reader.read().unwrap_or_default(),
        Expected::Sources => {
            let sources: Vec<SourceInfo> = reader.read().unwrap_or_default();
            let Some(server) = found.server.take() else { return };
            let devices = devices::all(&server, &found.sinks, &sources);
            let changed = std::mem::replace(&mut *lock(&link.devices), devices.clone()) != devices;
            if let Some(listener) = lock(&link.watcher).as_ref().filter(|_| changed) {
                listener(devices);
            }
        }
    }
}
