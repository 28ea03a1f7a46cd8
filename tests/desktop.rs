//! Windows in a real compositor.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use concord_ability::options::DeviceProfile;
use concord_tests::compositor::{Compositor, OUTPUT};
use concord_tests::drive::Drive;
use concord_tests::heard::Heard;
use concord_tests::http::ask;
use concord_tests::wayland::clipboard::{self, Which};
use concord_tests::wayland::input_method::InputMethod;
use concord_tests::wayland::partner::Partner;
use concord_tests::{Concord, fixtures};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

#[path = "desktop/pointer.rs"]
mod pointer;
#[path = "desktop/popups.rs"]
mod popups;
#[path = "desktop/pretended.rs"]
mod pretended;
#[path = "desktop/windows.rs"]
mod windows;

/// What channels of two rasters may differ by: windows are drawn by the machine's fastest one.
const TOLERANCE: u8 = 3;

/// Pixels of the pointer that are seen when it is in the corner.
const TIP: usize = 12;

fn app(name: &str) -> Option<PathBuf> {
    fixtures("ui").map(|folder| folder.join(name).join("entry.hap"))
}

/// An app in a window.
struct App {
    child: Child,
    _concord: Concord,
}

impl App {
    fn start(compositor: &Compositor, package: &Path) -> App {
        let concord = Concord::new(env!("CARGO_BIN_EXE_concord"));
        let mut command = concord.command(&["run".as_ref(), package.as_os_str()]);
        compositor.show(&mut command);
        let child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        App { child, _concord: concord }
    }

    /// The exit code and what was said on standard error.
    fn end(mut self) -> (Option<i32>, String) {
        let started = Instant::now();
        while self.child.try_wait().unwrap().is_none() {
            assert!(started.elapsed() < Duration::from_secs(60), "the app does not end");
            std::thread::sleep(Duration::from_millis(20));
        }
        let mut said = String::new();
        std::io::Read::read_to_string(&mut self.child.stderr.take().unwrap(), &mut said).unwrap();
        (self.child.wait().unwrap().code(), said)
    }
}

impl Drop for App {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Pictures of the same app in a window of the same size that nobody sees, as the script takes them.
fn expected(package: &Path, size: (u32, u32), script: &str) -> Vec<(String, Vec<u8>)> {
    let home = tempfile::tempdir().unwrap();
    let drive = Drive {
        packages: vec![package.to_owned()],
        parameters: Vec::new(),
        device: DeviceProfile { width: size.0, height: size.1, density: 1.0, ..DeviceProfile::default() },
        fonts: None,
        log: false,
        desktop: None,
    };
    let shots = drive.run(home.path(), script).map_err(|failed| failed.reason).unwrap();
    shots.into_iter().map(|shot| (shot.name, pixels(&shot.png))).collect()
}

/// Rows of RGB.
fn pixels(png: &[u8]) -> Vec<u8> {
    let mut decoder = png::Decoder::new(std::io::Cursor::new(png));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().unwrap();
    let mut data = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut data).unwrap();
    data.truncate(info.buffer_size());
    let channels = info.color_type.samples();
    data.chunks_exact(channels).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect()
}

fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && differing(a, b) <= TIP
}

/// Pixels that differ.
fn differing(a: &[u8], b: &[u8]) -> usize {
    let differ = |(a, b): (&[u8], &[u8])| a.iter().zip(b).any(|(a, b)| a.abs_diff(*b) > TOLERANCE);
    a.chunks(3).zip(b.chunks(3)).filter(|pair| differ(*pair)).count()
}

/// Waits until the screen shows a picture.
#[track_caller]
fn shows(compositor: &Compositor, what: &str, expected: &[u8]) {
    part_shows(compositor, what, expected, <[u8]>::to_vec);
}

/// Waits until a part of the screen shows a picture.
#[track_caller]
fn part_shows(compositor: &Compositor, what: &str, expected: &[u8], part: impl Fn(&[u8]) -> Vec<u8>) {
    let mut last = Vec::new();
    let shown = compositor.happens(|compositor| {
        last = compositor.picture();
        same(&part(&pixels(&last)), expected)
    });
    if !shown {
        let file = std::env::temp_dir().join(format!("concord-desktop-{}.png", what.replace(' ', "-")));
        let wrong = differing(&part(&pixels(&last)), expected);
        std::fs::write(&file, last).unwrap();
        panic!("{what} does not come: {wrong} pixels differ; see {}", file.display());
    }
}

/// The left half of a picture of the screen.
fn left(picture: &[u8]) -> Vec<u8> {
    let row = OUTPUT.0 as usize * 3;
    picture.chunks_exact(row).flat_map(|whole| whole[..row / 2].to_vec()).collect()
}

fn position(shots: &[(String, Vec<u8>)], index: usize) -> (u32, u32) {
    let (x, y) = shots[index].0.split_once(',').unwrap();
    (x.parse().unwrap(), y.parse().unwrap())
}

#[test]
fn a_window_shows_the_page_and_takes_clicks() {
    let (Some(package), Some(compositor)) = (app("counter"), Compositor::start()) else { return };
    let expected = expected(
        &package,
        OUTPUT,
        "await rest(); const at = await place('plus'); now(`${at.x},${at.y}`); await tap('plus'); await shot('clicked');",
    );
    // Before the app, which else has to hear of it first.
    let mut pointer = compositor.pointer();
    let app = App::start(&compositor, &package);
    shows(&compositor, "the first page", &expected[0].1);
    assert_eq!(compositor.windows(), [("Counter".to_owned(), "dev.concord.counter".to_owned())]);
    let (x, y) = position(&expected, 0);
    pointer.click(x, y);
    // Off the button, which shows that the pointer is over it.
    pointer.leave();
    shows(&compositor, "the counted page", &expected[1].1);
    compositor.tell("kill");
    assert_eq!(app.end().0, Some(0));
}

#[test]
fn a_resized_window_is_laid_out_again() {
    let (Some(package), Some(compositor)) = (app("counter"), Compositor::start()) else { return };
    let half = (OUTPUT.0 / 2, OUTPUT.1);
    let page = |size| expected(&package, size, "await shot('page');").remove(0).1;
    let (first, second) = (App::start(&compositor, &package), page(half));
    shows(&compositor, "the first page", &page(OUTPUT));
    // A second app takes half of the screen.
    let other = App::start(&compositor, &package);
    part_shows(&compositor, "two windows side by side", &second, left);
    assert_eq!(compositor.windows().len(), 2);
    compositor.tell("kill");
    compositor.wait_until("one window", |compositor| compositor.windows().len() == 1);
    compositor.tell("kill");
    assert_eq!((first.end().0, other.end().0), (Some(0), Some(0)));
}

#[test]
fn an_app_whose_compositor_is_gone_ends_and_says_so() {
    let (Some(package), Some(mut compositor)) = (app("counter"), Compositor::start()) else { return };
    let app = App::start(&compositor, &package);
    compositor.wait_until("a window", |compositor| !compositor.windows().is_empty());
    compositor.kill();
    let (code, said) = app.end();
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("Wayland compositor"), "{said}");
}

#[test]
fn no_display_is_said_before_anything_starts() {
    let Some(package) = app("counter") else { return };
    let concord = Concord::new(env!("CARGO_BIN_EXE_concord"));
    let ran = concord.run(&["run".as_ref(), package.as_os_str()]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("--headless"), "{}", ran.stderr);
}

#[test]
fn text_is_typed_copied_and_pasted() {
    let (Some(package), Some(compositor)) = (app("todo"), Compositor::start()) else { return };
    let expected = expected(
        &package,
        OUTPUT,
        "await rest(); const at = await place('draft'); now(`${at.x},${at.y}`);
         await type('draft', 'Milk 牛奶Milk 牛奶'); await key(2054); await shot('added');",
    );
    let mut pointer = compositor.pointer();
    let app = App::start(&compositor, &package);
    shows(&compositor, "the first page", &expected[0].1);
    let (x, y) = position(&expected, 0);
    pointer.click(x, y);
    pointer.leave();
    compositor.type_in(&["Milk 牛奶"]);
    // All of it, copied, and pasted twice.
    for letter in ["a", "c", "v", "v"] {
        compositor.type_in(&["-M", "ctrl", letter, "-m", "ctrl"]);
    }
    compositor.type_in(&["-k", "Return"]);
    shows(&compositor, "the new item", &expected[1].1);
    compositor.tell("kill");
    assert_eq!(app.end().0, Some(0));
}

const UTF8: &str = "text/plain;charset=utf-8";

fn other_program_has(compositor: &Compositor, which: Which, text: &str) {
    compositor.wait_until(&format!("{text} as {which:?}"), |compositor| {
        clipboard::paste(&compositor.socket(), which, UTF8).as_deref() == Some(text.as_bytes())
    });
}

#[test]
fn what_is_copied_or_selected_goes_to_other_programs_and_comes_from_them() {
    let (Some(package), Some(compositor)) = (app("todo"), Compositor::start()) else { return };
    let expected = expected(
        &package,
        OUTPUT,
        "await rest(); const at = await place('draft'); now(`${at.x},${at.y}`);
         await type('draft', 'Tea 茶'); await key(2054); await shot('pasted');
         await type('draft', 'Rice'); await key(2054); await shot('inserted');",
    );
    let mut pointer = compositor.pointer();
    let app = App::start(&compositor, &package);
    shows(&compositor, "the first page", &expected[0].1);
    let (x, y) = position(&expected, 0);
    pointer.click(x, y);
    pointer.leave();
    compositor.type_in(&["Milk 牛奶"]);
    for letter in ["a", "c"] {
        compositor.type_in(&["-M", "ctrl", letter, "-m", "ctrl"]);
    }
    for which in [Which::Clipboard, Which::Primary] {
        other_program_has(&compositor, which, "Milk 牛奶");
    }
    // The other way round; what is selected is replaced.
    clipboard::copy(&compositor.socket(), Which::Clipboard, &[(UTF8, "Tea 茶".as_bytes())]);
    compositor.type_in(&["-M", "ctrl", "v", "-m", "ctrl", "-k", "Return"]);
    shows(&compositor, "the pasted item", &expected[1].1);
    clipboard::copy(&compositor.socket(), Which::Primary, &[(UTF8, b"Rice")]);
    pointer.middle_click(x, y);
    pointer.leave();
    compositor.type_in(&["-k", "Return"]);
    shows(&compositor, "the inserted item", &expected[2].1);
    compositor.tell("kill");
    assert_eq!(app.end().0, Some(0));
}

#[test]
fn an_input_method_composes_writes_and_takes_away() {
    let (Some(package), Some(compositor)) = (app("todo"), Compositor::start()) else { return };
    let expected = expected(
        &package,
        OUTPUT,
        "await rest(); const at = await place('draft'); now(`${at.x},${at.y}`);
         await tap('draft'); require('@concord:arkui/input').compose('ni', 2); await shot('composing');
         await type('draft', '你'); await key(2054); await shot('written');",
    );
    let mut pointer = compositor.pointer();
    let mut method = InputMethod::start(&compositor.socket());
    let app = App::start(&compositor, &package);
    shows(&compositor, "the first page", &expected[0].1);
    let (x, y) = position(&expected, 0);
    pointer.click(x, y);
    pointer.leave();
    method.wait_until("a field that takes text", |heard| heard.active);
    method.compose("ni");
    shows(&compositor, "what is composed", &expected[1].1);
    method.write("你好");
    method.wait_until("the text around the caret", |heard| heard.surrounding == Some(("你好".to_owned(), 6)));
    method.delete(3);
    method.wait_until("less text", |heard| heard.surrounding == Some(("你".to_owned(), 3)));
    compositor.type_in(&["-k", "Return"]);
    shows(&compositor, "the written item", &expected[2].1);
    method.wait_until("no field any more", |heard| !heard.active);
    compositor.tell("kill");
    assert_eq!(app.end().0, Some(0));
}

/// A run in a window that says how far it is.
fn heard(compositor: &Compositor, concord: &Concord, args: &[&std::ffi::OsStr]) -> Heard {
    let mut command = concord.command(args);
    compositor.show(&mut command);
    // Nobody wants a browser to open.
    command.env("BROWSER", "true");
    Heard::start(command)
}

#[test]
fn what_is_done_in_a_window_is_done_again_without_one() {
    let (Some(package), Some(compositor)) = (app("todo"), Compositor::start()) else { return };
    let typed = "await rest(); const at = await place('draft'); now(`${at.x},${at.y}`);
         await type('draft', 'Milk 牛奶'); await key(2054); await shot('added');";
    let expected_here = expected(&package, OUTPUT, typed);
    let concord = Concord::new(env!("CARGO_BIN_EXE_concord"));
    let script = concord.home().join("script.jsonl");
    let mut pointer = compositor.pointer();
    let run =
        heard(&compositor, &concord, &["run".as_ref(), package.as_os_str(), "--record".as_ref(), script.as_os_str()]);
    shows(&compositor, "the first page", &expected_here[0].1);
    let (x, y) = position(&expected_here, 0);
    pointer.click(x, y);
    pointer.leave();
    compositor.type_in(&["Milk 牛奶"]);
    compositor.type_in(&["-k", "Return"]);
    shows(&compositor, "the new item", &expected_here[1].1);
    compositor.tell("kill");
    assert_eq!(run.end().0, Some(0));

    let text = std::fs::read_to_string(&script).unwrap();
    assert!(text.contains(r#""do":"click","on":{"id":"draft""#), "{text}");
    assert!(text.trim_end().ends_with(r#""do":"close"}"#), "{text}");
    let replay = |text: &str, options: &[&str]| {
        std::fs::write(&script, text).unwrap();
        let mut args: Vec<&std::ffi::OsStr> = vec!["run".as_ref(), "--headless".as_ref(), package.as_os_str()];
        args.extend(["--replay".as_ref(), script.as_os_str()]);
        args.extend(options.iter().map(std::ffi::OsStr::new));
        // The items that were added are stored, and the next run shall begin without them.
        let home = tempfile::tempdir().unwrap();
        let output = concord.command(&args).env("CONCORD_HOME", home.path()).output().unwrap();
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (code, said) = replay(&text, &[]);
    assert_eq!(code, Some(0), "{said}\n{text}");
    // All but the end of it, to see what it has led to; also in another size.
    let open: String =
        text.lines().filter(|line| !line.contains(r#""do":"close""#)).map(|line| format!("{line}\n")).collect();
    let picture = concord.home().join("picture.png");
    for size in [OUTPUT, (600, 900)] {
        let options =
            ["--screenshot", picture.to_str().unwrap(), "--density", "1", "--size", &format!("{}x{}", size.0, size.1)];
        let (code, said) = replay(&open, &options);
        assert_eq!(code, Some(0), "{said}\n{text}");
        let wanted = &expected(&package, size, typed)[1].1;
        let got = pixels(&std::fs::read(&picture).unwrap());
        assert!(same(&got, wanted), "{} pixels differ at {size:?}\n{text}", differing(&got, wanted));
    }
}

#[test]
fn f12_opens_the_inspector_which_marks_what_it_points_at() {
    let (Some(package), Some(compositor)) = (app("counter"), Compositor::start()) else { return };
    let page = expected(&package, OUTPUT, "await shot('page');").remove(0).1;
    let _pointer = compositor.pointer();
    let concord = Concord::new(env!("CARGO_BIN_EXE_concord"));
    let mut run = heard(&compositor, &concord, &["run".as_ref(), package.as_os_str()]);
    shows(&compositor, "the page", &page);
    compositor.type_in(&["-k", "F12"]);
    let url = run.hears("concord: inspector: ").replace("concord: inspector: ", "");
    let (_, tree) = ask("GET", &url, "tree", None);
    let tree: serde_json::Value = serde_json::from_slice(&tree).unwrap();
    fn number(node: &serde_json::Value) -> Option<u64> {
        if node["i"] == "plus" { node["n"].as_u64() } else { node["k"].as_array()?.iter().find_map(number) }
    }
    let plus = tree["windows"][0].as_array().unwrap().iter().find_map(number).unwrap();
    assert_eq!(ask("POST", &url, &format!("highlight/{plus}"), None).0, 200);
    // A button of 80 by 40 vp.
    compositor
        .wait_until("the mark", |compositor| (2500..=3400).contains(&differing(&pixels(&compositor.picture()), &page)));
    ask("POST", &url, "highlight/0", None);
    shows(&compositor, "the page without a mark", &page);
    compositor.tell("kill");
    assert_eq!(run.end().0, Some(0));
}

#[test]
fn a_window_shows_the_next_package_until_a_person_closes_it() {
    let (Some(counter), Some(hello), Some(compositor)) = (app("counter"), app("hello"), Compositor::start()) else {
        return;
    };
    let concord = Concord::new(env!("CARGO_BIN_EXE_concord"));
    let package = concord.home().join("app.hap");
    std::fs::copy(counter, &package).unwrap();
    let mut run = heard(&compositor, &concord, &["run".as_ref(), "--watch".as_ref(), package.as_os_str()]);
    compositor.wait_until("the first window", |compositor| {
        compositor.windows().iter().any(|(_, app)| app == "dev.concord.counter")
    });
    std::fs::copy(hello, &package).unwrap();
    run.hears("started again");
    compositor.wait_until("the second window alone", |compositor| {
        compositor.windows().iter().map(|(_, app)| app.as_str()).eq(["dev.concord.hello"])
    });
    run.hears("content loaded");
    compositor.tell("kill");
    assert_eq!(run.end().0, Some(0));
}

#[test]
fn text_is_dragged_from_and_to_other_programs() {
    let (Some(package), Some(compositor)) = (app("todo"), Compositor::start()) else { return };
    let half = (OUTPUT.0 / 2, OUTPUT.1);
    let expected = expected(
        &package,
        half,
        "await rest(); const { left, top, bottom } = await (await find('draft')).getBounds();
         now(`${left + 24},${Math.round((top + bottom) / 2)}`);
         await type('draft', 'Tea'); await key(2054); await shot('dropped');",
    );
    let shows = |what: &str, index: usize| part_shows(&compositor, what, &expected[index].1, left);
    let mut pointer = compositor.pointer();
    // Which the other program looks for at its start.
    pointer.leave();
    let app = App::start(&compositor, &package);
    compositor.wait_until("a window", |compositor| !compositor.windows().is_empty());
    let partner = Partner::start(&compositor.socket(), &[(UTF8, b"Tea")]);
    shows("two windows side by side", 0);
    let field = position(&expected, 0);
    let middle = (OUTPUT.0 * 3 / 4, OUTPUT.1 / 2);
    pointer.drag(middle, field);
    pointer.leave();
    compositor.wait_until("an end of the drag", |_| partner.is_finished());
    compositor.tell("[app_id=dev.concord.todo] focus");
    compositor.type_in(&["-k", "Return"]);
    shows("the dropped item", 1);
    pointer.click(field.0, field.1);
    compositor.type_in(&["Milk"]);
    compositor.type_in(&["-M", "ctrl", "a", "-m", "ctrl"]);
    pointer.drag(field, middle);
    compositor.wait_until("a drop", |_| partner.dropped() == ["Milk"]);
    compositor.tell("[app_id=dev.concord.todo] kill");
    assert_eq!(app.end().0, Some(0));
}
