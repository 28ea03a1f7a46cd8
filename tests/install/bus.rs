//! Installed apps that run: files and addresses, one process for each app, and the session bus.

use crate::reader::reader;
use crate::surroundings::*;
use concord_tests::Concord;
use concord_tests::bus::Bus;
use std::collections::HashMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};

const READER: &str = "dev.concord.reader";

/// An installed reader, and a folder for sockets.
fn installed() -> Concord {
    let concord = concord();
    let package = reader(&concord.home().join("reader"));
    succeed(&concord, &["install", text(&package)]);
    fs::create_dir(runtime(&concord)).expect("it can be made");
    concord
}

fn runtime(concord: &Concord) -> std::path::PathBuf {
    concord.home().join("run")
}

fn command(concord: &Concord, args: &[&str]) -> Command {
    let mut command = concord.command(&[&["run", "--timeout", "60"], args].concat());
    command.env("XDG_RUNTIME_DIR", runtime(concord)).env("CONCORD_DISPLAY", "headless");
    command
}

/// The app while it runs; it ends with this value.
struct Running {
    child: Child,
    log: BufReader<ChildStderr>,
}

impl Running {
    fn start(mut command: Command) -> Running {
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("it starts");
        let log = BufReader::new(child.stderr.take().expect("a pipe"));
        Running { child, log }
    }

    /// What stands behind `word` in the next line of the log that has it.
    fn says(&mut self, word: &str) -> String {
        let mut seen = String::new();
        loop {
            let mut line = String::new();
            let size = self.log.read_line(&mut line).expect("text");
            assert_ne!(size, 0, "it ended without saying {word}:\n{seen}");
            if let Some((_, rest)) = line.split_once(word) {
                return rest.trim().to_owned();
            }
            seen.push_str(&line);
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn files_and_addresses_are_opened() {
    let concord = installed();
    let note = concord.home().join("my note.cnote");
    fs::write(&note, "what is in it").expect("it can be written");
    let run = |args: &[&str]| {
        let output = command(&concord, &[args, &["--exit-after", "idle"]].concat()).output().expect("it starts");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (code, said) = run(&[READER, text(&note)]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("reader-create Reader file://docs/storage/Users/currentUser/"), "{said}");
    assert!(said.contains("/my%20note.cnote"), "{said}");
    assert!(said.contains("reader-text dev.concord.note what is in it"), "{said}");
    assert!(!said.contains(text(concord.home())), "the app does not learn where files are: {said}");
    let uri = format!("file://{}", note.display()).replace(' ', "%20");
    assert!(run(&[READER, &uri]).1.contains("reader-text dev.concord.note what is in it"));
    assert!(
        run(&[READER, "concord-reader://open/x?y=1"]).1.contains("reader-create Reader concord-reader://open/x?y=1")
    );
    assert!(run(&["dev.concord.reader/Second"]).1.contains("reader-create Second"));
    assert!(run(&[READER, "--shortcut", "new-note"]).1.contains("reader-create Second"));
    for (wrong, said) in [
        ("concord-reader://close", "no ability that opens"),
        ("/no/such.txt", "no such file"),
        (text(&concord.home().join("reader")), "no ability that opens"),
    ] {
        let (code, text) = run(&[READER, wrong]);
        assert!(code == Some(2) && text.contains(said), "{wrong}: {text}");
    }
    let (code, said) = run(&["dev.concord.reader/Third"]);
    assert!(code == Some(2) && said.contains("no ability `Third`"), "{said}");
}

#[test]
fn a_running_app_gets_what_is_opened_later() {
    let concord = installed();
    let mut app = Running::start(command(&concord, &[READER]));
    assert_eq!(app.says("reader-create"), "Reader");
    let text_file = concord.home().join("a.txt");
    fs::write(&text_file, "hello").expect("it can be written");
    for (args, event, said) in [
        (vec![READER], "reader-new", "Reader"),
        (vec![READER, text(&text_file)], "reader-text", "text/plain hello"),
        (vec!["dev.concord.reader/Second"], "reader-create", "Second"),
        (vec![READER, "concord-reader://open/now"], "reader-new", "Reader concord-reader://open/now"),
    ] {
        let output = command(&concord, &args).output().expect("it starts");
        assert_eq!(output.status.code(), Some(0), "{args:?}: {output:?}");
        assert_eq!(app.says(event), said, "{args:?}");
    }
    // Runs of their own are asked for by options that only they can fulfil.
    let output = command(&concord, &[READER, "--exit-after", "idle"]).output().expect("it starts");
    assert!(String::from_utf8_lossy(&output.stderr).contains("reader-create"), "{output:?}");
    let output = concord.command(&["uninstall", READER]).env("XDG_RUNTIME_DIR", runtime(&concord)).output();
    assert_eq!(output.expect("it starts").status.code(), Some(0));
    assert_eq!(app.child.wait().expect("it ends").code(), Some(0), "the app ends before it is removed");
    assert_eq!(
        tree(&runtime(&concord)).iter().filter(|path| path.extension().is_some()).count(),
        0,
        "no socket is left"
    );
}

#[test]
fn a_killed_app_makes_room() {
    let concord = installed();
    let mut app = Running::start(command(&concord, &[READER]));
    app.says("reader-create");
    app.child.kill().expect("it runs");
    app.child.wait().expect("it ends");
    let mut next = Running::start(command(&concord, &[READER]));
    assert_eq!(next.says("reader-create"), "Reader");
}

/// What menus send along: nothing.
type PlatformData = HashMap<String, zbus::OwnedVariant>;

/// Calls a method of `org.freedesktop.Application`, as a menu does.
fn call(bus: &Bus, method: &str, arguments: &(impl serde::Serialize + zbus::DynamicType)) {
    let path = format!("/{}", READER.replace('.', "/"));
    let called = zbus::block_on(async {
        let connection = zbus::connection::Builder::address(bus.address()).build().await?;
        connection
            .call_method(Some(READER), path.as_str(), Some("org.freedesktop.Application"), method, arguments)
            .await
    });
    if let Err(error) = called {
        panic!("{method}: {error}");
    }
}

/// Waits until the log of what the bus has started has a text.
fn wait_for(log: &Path, text: &str) {
    for _ in 0..600 {
        if fs::read_to_string(log).is_ok_and(|log| log.contains(text)) {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("{text} does not appear in:\n{}", fs::read_to_string(log).unwrap_or_default());
}

#[test]
fn the_session_bus_starts_apps() {
    let concord = installed();
    let log = concord.home().join("log");
    let services = data_home(&concord).join("dbus-1/services");
    let file = fs::File::create(&log).expect("it can be made");
    let Some(bus) = Bus::with_services(&services, &command(&concord, &[]), file) else { return };
    let file = concord.home().join("b.txt");
    fs::write(&file, "through the bus").expect("it can be written");
    // The first call starts it, later ones reach the same process.
    call(&bus, "Open", &(vec![format!("file://{}", file.display())], PlatformData::new()));
    wait_for(&log, "reader-text text/plain through the bus");
    call(&bus, "Activate", &PlatformData::new());
    wait_for(&log, "reader-new Reader");
    let log_text = fs::read_to_string(&log).expect("a log");
    assert_eq!(log_text.matches("reader-create").count(), 1, "{log_text}");
    // So does the command line.
    let output = command(&concord, &[READER, "concord-reader://open/both"]).output().expect("it starts");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    wait_for(&log, "reader-new Reader concord-reader://open/both");
    let output = concord.command(&["uninstall", READER]).env("XDG_RUNTIME_DIR", runtime(&concord)).output();
    assert_eq!(output.expect("it starts").status.code(), Some(0));
}

#[test]
fn an_app_that_was_started_by_hand_is_on_the_bus() {
    let concord = installed();
    // A bus that starts nothing.
    let Some(bus) = Bus::start() else { return };
    let mut by_hand = command(&concord, &[READER]);
    by_hand.env("DBUS_SESSION_BUS_ADDRESS", bus.address());
    let mut app = Running::start(by_hand);
    app.says("reader-create");
    // Its name may take a moment to appear.
    let there = || {
        zbus::block_on(async {
            let connection = zbus::connection::Builder::address(bus.address()).build().await?;
            zbus::fdo::DBusProxy::new(&connection)
                .await?
                .name_has_owner(READER.try_into()?)
                .await
                .map_err(zbus::Error::from)
        })
    };
    for _ in 0..600 {
        if there().expect("the bus answers") {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    call(&bus, "ActivateAction", &("new-note", Vec::<zbus::OwnedVariant>::new(), PlatformData::new()));
    assert_eq!(app.says("reader-create"), "Second");
}
