//! A Wayland compositor without a screen, for tests of windows: sway, with a pointer and a keyboard that tests move.

use nix::unistd::geteuid;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};
use wayland_client::globals::{GlobalListContents, registry_queue_init};
use wayland_client::protocol::wl_pointer::{Axis, AxisSource, ButtonState};
use wayland_client::protocol::wl_registry::{self, WlRegistry};
use wayland_client::{Connection, Dispatch, EventQueue, QueueHandle, delegate_noop};
use wayland_protocols_wlr::virtual_pointer::v1::client::zwlr_virtual_pointer_manager_v1::ZwlrVirtualPointerManagerV1;
use wayland_protocols_wlr::virtual_pointer::v1::client::zwlr_virtual_pointer_v1::ZwlrVirtualPointerV1;

/// The size of its only output, in px, where a test does not choose another.
pub const OUTPUT: (u32, u32) = (800, 600);

/// Programs that are needed.
const PROGRAMS: [&str; 3] = ["sway", "grim", "wtype"];
/// Whom sway runs as when the tests are run by root, whom it refuses.
const NOBODY: &str = "65534";
/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(30);
const BTN_LEFT: u32 = 0x110;
const BTN_MIDDLE: u32 = 0x112;

/// A running compositor; it ends with this value.
pub struct Compositor {
    child: Child,
    runtime: tempfile::TempDir,
    socket: String,
    control: PathBuf,
    output: (u32, u32),
}

impl Compositor {
    /// Starts one. Says why a test is skipped when it cannot be.
    pub fn start() -> Option<Compositor> {
        Compositor::start_with(OUTPUT)
    }

    /// Starts one with an output of a size in px.
    #[expect(clippy::print_stderr, reason = "a skipped test says why")]
    pub fn start_with(output: (u32, u32)) -> Option<Compositor> {
        for program in PROGRAMS {
            if !on_path(program) {
                eprintln!("skipped: {program} is not installed (scripts/setup --tests installs it)");
                return None;
            }
        }
        match Compositor::try_start(output) {
            Ok(compositor) => Some(compositor),
            Err(problem) => {
                eprintln!("skipped: no compositor runs here: {problem}");
                None
            }
        }
    }

    fn try_start(output: (u32, u32)) -> Result<Compositor, String> {
        let runtime = tempfile::Builder::new().prefix("concord-sway").tempdir().map_err(|error| error.to_string())?;
        let configuration = runtime.path().join("config");
        let (width, height) = output;
        let text = format!("output HEADLESS-1 resolution {width}x{height}\ndefault_border none\nxwayland disable\n");
        std::fs::write(&configuration, text).map_err(|error| error.to_string())?;
        let mut command = if geteuid().is_root() {
            std::os::unix::fs::chown(runtime.path(), Some(65534), None).map_err(|error| error.to_string())?;
            let mut command = Command::new("setpriv");
            command.args(["--reuid", NOBODY, "--regid", NOBODY, "--clear-groups", "sway"]);
            command
        } else {
            Command::new("sway")
        };
        command.arg("--config").arg(&configuration).env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("HOME", runtime.path()).env("XDG_RUNTIME_DIR", runtime.path());
        for (name, value) in
            [("WLR_BACKENDS", "headless"), ("WLR_RENDERER", "pixman"), ("WLR_LIBINPUT_NO_DEVICES", "1")]
        {
            command.env(name, value);
        }
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().map_err(|error| format!("sway: {error}"))?;
        let started = Instant::now();
        loop {
            let named = |is: fn(&str) -> bool| {
                let entries = std::fs::read_dir(runtime.path()).ok()?;
                entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).find(|name| is(name))
            };
            let socket = named(|name| name.starts_with("wayland-") && !name.ends_with(".lock"));
            if let (Some(socket), Some(control)) = (socket, named(|name| name.starts_with("sway-ipc"))) {
                let control = runtime.path().join(control);
                return Ok(Compositor { child, runtime, socket, control, output });
            }
            if let Ok(Some(status)) = child.try_wait() {
                return Err(format!("sway ended with {status}"));
            }
            if started.elapsed() > PATIENCE {
                let _ = child.kill();
                let _ = child.wait();
                return Err("sway does not open its socket".to_owned());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Lets a command find the compositor.
    pub fn show(&self, command: &mut Command) {
        command.env("XDG_RUNTIME_DIR", self.runtime.path()).env("WAYLAND_DISPLAY", &self.socket);
    }

    /// Runs a program that talks to the compositor.
    fn run(&self, program: &str, args: &[&str]) -> Output {
        let mut command = Command::new(program);
        self.show(&mut command);
        command.args(args).env("SWAYSOCK", &self.control).output().unwrap_or_else(|error| panic!("{program}: {error}"))
    }

    /// Tells sway what to do, as `swaymsg` does.
    pub fn tell(&self, command: &str) {
        let output = self.run("swaymsg", &[command]);
        assert!(output.status.success(), "swaymsg {command}: {}", String::from_utf8_lossy(&output.stdout));
    }

    /// What is on the screen, as PNG.
    pub fn picture(&self) -> Vec<u8> {
        let output = self.run("grim", &["-"]);
        assert!(output.status.success(), "grim: {}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    }

    /// Title and application of every window.
    pub fn windows(&self) -> Vec<(String, String)> {
        let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
        let mut found: Vec<_> =
            self.views().iter().filter_map(|view| Some((text(&view["name"])?, text(&view["app_id"])?))).collect();
        found.sort();
        found
    }

    /// What sway knows of every window: objects of its tree, in the order in which they came.
    pub fn views(&self) -> Vec<serde_json::Value> {
        let output = self.run("swaymsg", &["-t", "get_tree"]);
        let tree: serde_json::Value = serde_json::from_slice(&output.stdout).expect("sway's tree");
        let mut found = Vec::new();
        let mut open = vec![&tree];
        while let Some(node) = open.pop() {
            if node["app_id"].is_string() {
                found.push(node.clone());
            }
            open.extend(node["nodes"].as_array().into_iter().flatten());
            open.extend(node["floating_nodes"].as_array().into_iter().flatten());
        }
        found.sort_by_key(|view| view["id"].as_i64());
        found
    }

    /// A connection to it, for a program in this process.
    pub fn connect(&self) -> std::os::unix::net::UnixStream {
        std::os::unix::net::UnixStream::connect(self.runtime.path().join(&self.socket))
            .expect("the compositor's socket")
    }

    /// Waits until something is true of the compositor.
    #[track_caller]
    pub fn wait_until(&self, what: &str, is: impl FnMut(&Compositor) -> bool) {
        assert!(self.happens(is), "{what} does not happen");
    }

    /// Whether something becomes true of the compositor in time.
    pub fn happens(&self, mut is: impl FnMut(&Compositor) -> bool) -> bool {
        let started = Instant::now();
        loop {
            if is(self) {
                return true;
            }
            if started.elapsed() > PATIENCE {
                return false;
            }
            std::thread::sleep(Duration::from_millis(30));
        }
    }

    /// Types text, or presses keys: arguments of `wtype`.
    pub fn type_in(&self, args: &[&str]) {
        // The first key is lost when it comes before the window knows of the keyboard.
        let output = self.run("wtype", &[&["-s", "500"], args].concat());
        assert!(output.status.success(), "wtype: {}", String::from_utf8_lossy(&output.stderr));
    }

    /// The socket that programs talk to it through.
    pub fn socket(&self) -> PathBuf {
        self.runtime.path().join(&self.socket)
    }

    /// A pointer.
    pub fn pointer(&self) -> Pointer {
        Pointer::new(&self.socket(), self.output)
    }

    /// Ends at once, as when it crashes.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Compositor {
    fn drop(&mut self) {
        self.kill();
    }
}

fn on_path(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| Path::new(&folder).join(program).is_file())
}

/// A pointer that a test moves.
pub struct Pointer {
    queue: EventQueue<Nothing>,
    device: ZwlrVirtualPointerV1,
    output: (u32, u32),
    time: u32,
}

/// The client hears nothing that it wants to know.
struct Nothing;

impl Pointer {
    fn new(socket: &Path, output: (u32, u32)) -> Pointer {
        let stream = std::os::unix::net::UnixStream::connect(socket).expect("the compositor's socket");
        let connection = Connection::from_socket(stream).expect("a connection");
        let (globals, queue) = registry_queue_init::<Nothing>(&connection).expect("the registry");
        let handle = queue.handle();
        let manager: ZwlrVirtualPointerManagerV1 = globals.bind(&handle, 1..=1, ()).expect("virtual pointers");
        let device = manager.create_virtual_pointer(None, &handle, ());
        let mut pointer = Pointer { queue, device, output, time: 0 };
        // Programs that come later find it, and it is out of their way.
        pointer.leave();
        pointer
    }

    fn done(&mut self) {
        self.device.frame();
        self.queue.roundtrip(&mut Nothing).expect("the compositor");
        self.time += 20;
        std::thread::sleep(Duration::from_millis(20));
    }

    /// Moves to a point of the output.
    pub fn move_to(&mut self, x: u32, y: u32) {
        self.device.motion_absolute(self.time, x, y, self.output.0, self.output.1);
        self.done();
    }

    /// Moves two fingers on a touchpad: the content goes up by so many logical pixels. Does not wait.
    pub fn scroll(&mut self, by: f64) {
        self.device.axis_source(AxisSource::Finger);
        self.device.axis(self.time, Axis::VerticalScroll, by);
        self.device.frame();
        self.queue.roundtrip(&mut Nothing).expect("the compositor");
    }

    /// Moves to the corner at the end of the output, where next to nothing is seen of it.
    pub fn leave(&mut self) {
        self.move_to(self.output.0 - 1, self.output.1 - 1);
    }

    /// The left button goes down or up.
    pub fn button(&mut self, down: bool) {
        let state = if down { ButtonState::Pressed } else { ButtonState::Released };
        self.device.button(self.time, BTN_LEFT, state);
        self.done();
    }

    /// Clicks with the left button.
    pub fn click(&mut self, x: u32, y: u32) {
        self.click_with(BTN_LEFT, x, y);
    }

    /// Clicks with the middle button.
    pub fn middle_click(&mut self, x: u32, y: u32) {
        self.click_with(BTN_MIDDLE, x, y);
    }

    fn click_with(&mut self, button: u32, x: u32, y: u32) {
        self.move_to(x, y);
        for state in [ButtonState::Pressed, ButtonState::Released] {
            self.device.button(self.time, button, state);
            self.done();
        }
    }

    /// Presses the left button at a point, moves to another one in steps, and lets it go there.
    pub fn drag(&mut self, from: (u32, u32), to: (u32, u32)) {
        const STEPS: u32 = 20;
        self.move_to(from.0, from.1);
        self.device.button(self.time, BTN_LEFT, ButtonState::Pressed);
        self.done();
        let between = |from: u32, to: u32, step: u32| (from * (STEPS - step) + to * step) / STEPS;
        for step in 1..=STEPS {
            self.move_to(between(from.0, to.0, step), between(from.1, to.1, step));
        }
        // The programs on both sides have to agree before it is let go.
        std::thread::sleep(Duration::from_millis(500));
        self.device.button(self.time, BTN_LEFT, ButtonState::Released);
        self.done();
    }
}

impl Dispatch<WlRegistry, GlobalListContents> for Nothing {
    fn event(
        _state: &mut Nothing,
        _registry: &WlRegistry,
        _event: wl_registry::Event,
        _data: &GlobalListContents,
        _connection: &Connection,
        _queue: &QueueHandle<Nothing>,
    ) {
    }
}

delegate_noop!(Nothing: ZwlrVirtualPointerManagerV1);
delegate_noop!(Nothing: ZwlrVirtualPointerV1);
