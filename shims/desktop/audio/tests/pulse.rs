//! A real PulseAudio server with a sink that nobody hears.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use concord_audio::PulseMixer;
use concord_desktop::audio::{
    AudioError, Format, Mixer, Pulled, Role, SampleFormat, Source, Stream, StreamEvent, StreamRequest,
};

/// How long something may take that takes a moment.
const PATIENCE: Duration = Duration::from_secs(20);

struct Server {
    process: Child,
    _home: tempfile::TempDir,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn skip(reason: &str) {
    #[expect(clippy::print_stderr, reason = "a skipped test says so")]
    {
        eprintln!("skipped: {reason}");
    }
}

impl Server {
    fn start(folder: &Path) -> Option<Child> {
        let mut command = Command::new("pulseaudio");
        let socket = format!("module-native-protocol-unix auth-anonymous=1 socket={}", folder.join("native").display());
        command.args(["-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1", "--disable-shm=yes"]);
        command.args(["-L", "module-null-sink sink_name=nobody rate=48000 channels=2", "-L", &socket]);
        command.env("XDG_RUNTIME_DIR", folder).env("HOME", folder).stdout(Stdio::null()).stderr(Stdio::null());
        // It does not run as root unless it serves the whole machine.
        if nix::unistd::geteuid().is_root() {
            std::os::unix::fs::chown(folder, Some(65_534), Some(65_534)).ok()?;
            command.uid(65_534).gid(65_534);
        }
        command.spawn().ok()
    }

    fn new() -> Option<Self> {
        let home = tempfile::Builder::new().prefix("concord-pulse").tempdir().unwrap();
        let Some(mut process) = Self::start(home.path()) else {
            skip("pulseaudio is not installed; scripts/setup --tests installs it");
            return None;
        };
        let socket = home.path().join("native");
        let begun = Instant::now();
        while std::os::unix::net::UnixStream::connect(&socket).is_err() {
            if begun.elapsed() > PATIENCE || process.try_wait().is_ok_and(|ended| ended.is_some()) {
                let _ = process.kill();
                let _ = process.wait();
                skip("pulseaudio does not start here");
                return None;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Some(Self { process, _home: home })
    }

    fn socket(&self) -> std::path::PathBuf {
        self._home.path().join("native")
    }
}

/// So many frames, then the end.
struct Tone(u64);

impl Source for Tone {
    fn pull(&mut self, pcm: &mut [u8]) -> Pulled {
        let bytes = pcm.len().min(usize::try_from(self.0 * 4).unwrap());
        self.0 -= bytes as u64 / 4;
        if bytes == 0 { Pulled::End } else { Pulled::Bytes(bytes) }
    }
}

fn open(mixer: &PulseMixer, frames: u64) -> (Box<dyn Stream>, Receiver<StreamEvent>) {
    let request = StreamRequest {
        format: Format { sample: SampleFormat::S16, channels: 2, rate: 44_100 },
        role: Role::Music,
        name: "a test".to_owned(),
        buffer: Duration::from_millis(100),
    };
    let (sender, receiver) = channel();
    let sender = std::sync::Mutex::new(sender);
    let listener = Box::new(move |event| drop(sender.lock().unwrap().send(event)));
    (mixer.open(&request, Box::new(Tone(frames)), listener).unwrap(), receiver)
}

fn wait_for(what: &str, mut done: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !done() {
        assert!(begun.elapsed() < PATIENCE, "{what} does not happen");
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn plays_pauses_flushes_ends_and_notices_that_the_server_is_gone() {
    let Some(mut server) = Server::new() else { return };
    let mixer = PulseMixer::at(server.socket(), "Tests", "com.example.tests");
    let devices = mixer.devices();
    let [sink] = &devices[..] else { panic!("{devices:?}") };
    assert_eq!((sink.name.as_str(), sink.input, sink.default, sink.rate), ("nobody", false, true, 48_000));

    let (stream, events) = open(&mixer, 22_050);
    wait_for("pulling ahead", || stream.position().pulled > 0);
    assert_eq!(stream.position().heard, 0, "nothing is heard before the start");
    stream.start();
    assert_eq!(events.recv_timeout(PATIENCE), Ok(StreamEvent::Ended));
    assert_eq!(stream.position().heard, 22_050);

    let (stream, events) = open(&mixer, 44_100 * 60);
    stream.start();
    wait_for("playing", || stream.position().heard > 4410);
    stream.pause();
    std::thread::sleep(Duration::from_millis(200));
    let heard = stream.position().heard;
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(stream.position().heard, heard, "a paused stream stands still");
    let mut moved = false;
    stream.flush(&mut || moved = true);
    assert!(moved);
    assert_eq!(stream.position().heard, 0);
    stream.start();
    wait_for("playing again", || stream.position().heard > 4410);
    let position = stream.position();
    assert!(position.pulled >= position.heard && position.pulled < 44_100 * 50, "{position:?}");

    let _ = server.process.kill();
    let _ = server.process.wait();
    let lost = events.iter().find(|event| matches!(event, StreamEvent::Lost(_)));
    assert!(lost.is_some());
}

#[test]
fn changes_of_devices_are_told() {
    let Some(server) = Server::new() else { return };
    let mixer = PulseMixer::at(server.socket(), "Tests", "com.example.tests");
    let (sender, receiver) = channel();
    let sender = std::sync::Mutex::new(sender);
    mixer.watch(Box::new(move |devices| drop(sender.lock().unwrap().send(devices))));
    let address = format!("unix:{}", server.socket().display());
    let set = Command::new("pactl")
        .args(["-s", &address, "set-sink-volume", "nobody", "50%"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    if !set.is_ok_and(|status| status.success()) {
        return skip("pactl is not installed; it comes with pulseaudio-utils");
    }
    let devices = receiver.recv_timeout(PATIENCE).expect("the change is told");
    assert!((devices[0].volume - 0.5).abs() < 0.01, "{devices:?}");
}

#[test]
fn without_a_server_it_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let mixer = PulseMixer::at(folder.path().join("nothing"), "Tests", "com.example.tests");
    assert!(mixer.devices().is_empty());
    let request = StreamRequest {
        format: Format { sample: SampleFormat::S16, channels: 2, rate: 44_100 },
        role: Role::Music,
        name: String::new(),
        buffer: Duration::from_millis(100),
    };
    let opened = mixer.open(&request, Box::new(Tone(1)), Box::new(|_| {}));
    assert!(matches!(opened, Err(AudioError::Unavailable(_))));
}
