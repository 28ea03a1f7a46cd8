//! Apps in windows: what standing still costs, how many pictures a second scrolling gives, how long input takes.
//!
//! `WAYLAND_DEBUG` makes the app's own Wayland library write down when it handed over which message, so nothing has to be
//! measured inside the app.

use crate::Error;
use concord_ability::options::DeviceProfile;
use concord_tests::compositor::{Compositor, Pointer};
use concord_tests::drive::Drive;
use serde::Serialize;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The size that an animated page has to manage 60 pictures a second at.
const SIZE: (u32, u32) = (1080, 720);
const IDLE: Duration = Duration::from_secs(10);
const SCROLLING: Duration = Duration::from_secs(5);
/// Events of a touchpad come about so often.
const SCROLL_EVENT: Duration = Duration::from_millis(8);
/// So many of them down, then so many up, which stays within the list.
const SCROLL_EVENTS: usize = 60;
const SCROLL_STEP: f64 = 12.0;
const CLICKS: usize = 30;
/// A picture that comes later than this after an event has another reason.
const UNRELATED_MS: f64 = 100.0;

/// What windows cost.
#[derive(Debug, Clone, Serialize)]
pub struct WindowCosts {
    /// Of the window, in px.
    pub size: (u32, u32),
    /// Processor time while nothing changes, in percent of a processor.
    pub idle_percent: f64,
    /// Pictures per second while a list scrolls.
    pub frames_per_second: f64,
    /// Processor time meanwhile, in percent of a processor.
    pub scrolling_percent: f64,
    /// From the event of a touchpad to the picture, median.
    pub scroll_latency_ms: f64,
    /// From a mouse button going down or up to the picture, median.
    pub click_latency_ms: f64,
    /// The ninth of ten of these.
    pub slow_click_latency_ms: f64,
}

/// Measures where a compositor can be started, else says why not.
pub fn measure(fixtures: &Path, concord: &Path) -> Result<Option<WindowCosts>, Error> {
    let [counter, gallery] = ["counter", "gallery"].map(|name| fixtures.join("ui").join(name).join("entry.hap"));
    let (true, true) = (counter.exists(), gallery.exists()) else {
        eprintln!("window: skipped, the packages counter and gallery are not in {}", fixtures.display());
        return Ok(None);
    };
    let Some(compositor) = Compositor::start_with(SIZE) else { return Ok(None) };
    let mut pointer = compositor.pointer();
    let clicks = clicks(&compositor, &mut pointer, concord, &counter)?;
    let (scrolling, scrolling_percent) = scroll(&compositor, &mut pointer, concord, &gallery)?;
    let idle_percent = {
        pointer.leave();
        let app = App::start(&compositor, concord, &counter)?;
        app.processor_percent(|| std::thread::sleep(IDLE))
    };
    eprintln!("window: done");
    Ok(Some(WindowCosts {
        size: SIZE,
        idle_percent,
        frames_per_second: scrolling.frames_per_second(),
        scrolling_percent,
        scroll_latency_ms: quantile(scrolling.latencies(".axis,"), 0.5),
        click_latency_ms: quantile(clicks.latencies(".button,"), 0.5),
        slow_click_latency_ms: quantile(clicks.latencies(".button,"), 0.9),
    }))
}

/// Clicks a button that counts.
fn clicks(compositor: &Compositor, pointer: &mut Pointer, concord: &Path, package: &Path) -> Result<Log, Error> {
    let (x, y) = place(package, "plus")?;
    let app = App::start(compositor, concord, package)?;
    for _ in 0..CLICKS {
        pointer.click(x, y);
        std::thread::sleep(Duration::from_millis(150));
    }
    Ok(app.log())
}

/// Scrolls a list, there and back. Also gives the processor time, in percent.
fn scroll(compositor: &Compositor, pointer: &mut Pointer, concord: &Path, package: &Path) -> Result<(Log, f64), Error> {
    let app = App::start(compositor, concord, package)?;
    pointer.move_to(SIZE.0 / 2, SIZE.1 / 2);
    let percent = app.processor_percent(|| {
        let started = Instant::now();
        for event in 0.. {
            if started.elapsed() > SCROLLING {
                break;
            }
            let down = (event / SCROLL_EVENTS).is_multiple_of(2);
            pointer.scroll(if down { SCROLL_STEP } else { -SCROLL_STEP });
            std::thread::sleep(SCROLL_EVENT);
        }
    });
    Ok((app.log(), percent))
}

/// Where a component is in a window of [`SIZE`].
fn place(package: &Path, id: &str) -> Result<(u32, u32), Error> {
    let home = tempfile::tempdir()?;
    let drive = Drive {
        packages: vec![package.to_owned()],
        parameters: Vec::new(),
        device: DeviceProfile { width: SIZE.0, height: SIZE.1, density: 1.0, ..DeviceProfile::default() },
        fonts: None,
        log: false,
        desktop: None,
    };
    let script = format!("await rest(); const at = await place('{id}'); await shot(`${{at.x}},${{at.y}}`);");
    let shots = drive.run(home.path(), &script).map_err(|failed| Error::failed("counter", failed.reason))?;
    let name = shots.first().map(|shot| shot.name.as_str()).unwrap_or_default();
    let position = name.split_once(',').and_then(|(x, y)| Some((x.parse().ok()?, y.parse().ok()?)));
    position.ok_or_else(|| Error::failed(format!("counter: the component {id}"), "was not found"))
}

/// An app in a window; it ends with this value.
struct App {
    child: Child,
    lines: Arc<Mutex<Vec<String>>>,
    _home: tempfile::TempDir,
}

impl App {
    /// Starts it and waits for its first picture and for what follows it.
    fn start(compositor: &Compositor, concord: &Path, package: &Path) -> Result<App, Error> {
        let home = tempfile::tempdir()?;
        let mut command = Command::new("taskset");
        command.args(["-c", "0"]).arg(concord).arg("run").arg(package);
        command.env("HOME", home.path()).env("WAYLAND_DEBUG", "1").env_remove("XDG_CACHE_HOME");
        compositor.show(&mut command);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child =
            command.spawn().map_err(|error| Error::failed("taskset, which keeps the app on one processor", error))?;
        let lines = Arc::new(Mutex::new(Vec::new()));
        if let Some(stderr) = child.stderr.take() {
            let lines = Arc::clone(&lines);
            std::thread::spawn(move || {
                for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                    lines.lock().unwrap_or_else(PoisonError::into_inner).push(line);
                }
            });
        }
        let app = App { child, lines, _home: home };
        if !compositor.happens(|_| app.log().frames().next().is_some()) {
            return Err(Error::failed(package.display().to_string(), "shows no window"));
        }
        std::thread::sleep(Duration::from_secs(2));
        Ok(app)
    }

    fn log(&self) -> Log {
        let lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        Log { messages: lines.iter().filter_map(|line| Message::read(line)).collect() }
    }

    /// Processor time of the app and of what watches it while something is done, in percent of a processor.
    fn processor_percent(&self, doing: impl FnOnce()) -> f64 {
        let processes = with_children(self.child.id());
        let used = || processes.iter().map(|process| processor_time(*process)).sum::<f64>();
        let (started, before) = (Instant::now(), used());
        doing();
        (used() - before) / started.elapsed().as_secs_f64() * 100.0
    }
}

impl Drop for App {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A process and all that it has started.
fn with_children(process: u32) -> Vec<u32> {
    let listed = std::fs::read_to_string(format!("/proc/{process}/task/{process}/children")).unwrap_or_default();
    let children = listed.split_whitespace().filter_map(|child| child.parse().ok());
    std::iter::once(process).chain(children.flat_map(with_children)).collect()
}

/// Processor time of a process so far, in seconds.
fn processor_time(process: u32) -> f64 {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // The name, in parentheses, may hold anything; the times are the 14th and 15th field (proc(5)).
    let after_name = stat.rsplit_once(") ").map_or("", |(_, rest)| rest);
    let ticks: u64 = after_name.split(' ').skip(11).take(2).filter_map(|field| field.parse::<u64>().ok()).sum();
    let per_second = nix::unistd::sysconf(nix::unistd::SysconfVar::CLK_TCK).ok().flatten().unwrap_or(100);
    ticks as f64 / per_second as f64
}

/// The messages of a connection, in their order.
struct Log {
    messages: Vec<Message>,
}

/// One message, for instance `[ 602579.571][rs] -> wl_surface@15.attach(wl_buffer@20, 0, 0)`.
struct Message {
    /// When, in ms.
    at: f64,
    /// The rest of the line behind the arrow.
    text: String,
    sent: bool,
}

impl Message {
    fn read(line: &str) -> Option<Message> {
        let (time, rest) = line.strip_prefix('[')?.split_once("][rs] ")?;
        let (arrow, text) = rest.split_once(' ')?;
        Some(Message { at: time.trim().parse().ok()?, text: text.to_owned(), sent: arrow == "->" })
    }
}

impl Log {
    /// When pictures were handed over.
    fn frames(&self) -> impl Iterator<Item = f64> {
        let frames = self.messages.iter().filter(|message| {
            message.sent && message.text.starts_with("wl_surface@") && message.text.contains(".attach(wl_buffer@")
        });
        frames.map(|message| message.at)
    }

    /// For each event of the pointer the time to the next picture, in ms. What comes after [`UNRELATED_MS`] answers another event.
    fn latencies(&self, event: &str) -> Vec<f64> {
        let frames: Vec<f64> = self.frames().collect();
        let events = self
            .messages
            .iter()
            .filter(|message| message.text.starts_with("wl_pointer@") && message.text.contains(event));
        let latency = |at: f64| Some(frames.iter().find(|frame| **frame >= at)? - at);
        events.filter_map(|message| latency(message.at)).filter(|latency| *latency < UNRELATED_MS).collect()
    }

    /// Pictures per second since the first event of scrolling.
    fn frames_per_second(&self) -> f64 {
        let first = self.messages.iter().find(|message| message.text.contains(".axis,")).map(|message| message.at);
        let frames: Vec<f64> = self.frames().filter(|at| Some(*at) >= first).collect();
        match (frames.first(), frames.last()) {
            (Some(first), Some(last)) if last > first => (frames.len() - 1) as f64 / (last - first) * 1e3,
            _ => 0.0,
        }
    }
}

fn quantile(mut values: Vec<f64>, part: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let index = (values.len() as f64 * part) as usize;
    values.get(index.min(values.len().saturating_sub(1))).copied().unwrap_or(f64::NAN)
}
