//! What developers use: scripts of input, starting again with every package, the inspector.
#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use concord_ability::options::DeviceProfile;
use concord_package::{Options, Package};
use concord_tests::drive::Drive;
use concord_tests::heard::Heard;
use concord_tests::http::ask;
use concord_tests::{Concord, PATIENCE, fixtures};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

const HEADER: &str =
    r#"{"format":"concord-input","version":1,"bundle":"dev.concord.counter","size":[360,780],"scale":3.0}"#;

fn app(name: &str) -> Option<PathBuf> {
    fixtures("ui").map(|folder| folder.join(name).join("entry.hap"))
}

fn concord() -> Concord {
    Concord::new(env!("CARGO_BIN_EXE_concord"))
}

/// Runs a script over the counter, and gives the exit code, what was said, and the picture at the end.
fn replay(steps: &str, options: &[&str]) -> Option<(i32, String, Vec<u8>)> {
    let package = app("counter")?;
    let concord = concord();
    let (script, picture) = (concord.home().join("script.jsonl"), concord.home().join("picture.png"));
    fs::write(&script, format!("{HEADER}\n{steps}")).unwrap();
    let mut args: Vec<&std::ffi::OsStr> = vec!["run".as_ref(), "--headless".as_ref(), package.as_os_str()];
    args.extend(["--replay".as_ref(), script.as_os_str(), "--screenshot".as_ref(), picture.as_os_str()]);
    args.extend(options.iter().map(std::ffi::OsStr::new));
    let ran = concord.run_within(&args, PATIENCE);
    Some((ran.code, ran.stderr, fs::read(&picture).map(|png| pixels(&png)).unwrap_or_default()))
}

/// What the counter looks like after its buttons were tapped, in a window of this size.
fn tapped(size: (u32, u32), density: f64, taps: &[&str]) -> Vec<u8> {
    let home = tempfile::tempdir().unwrap();
    let drive = Drive {
        packages: vec![app("counter").unwrap()],
        parameters: Vec::new(),
        device: DeviceProfile { width: size.0, height: size.1, density, ..DeviceProfile::default() },
        fonts: None,
        desktop: None,
        log: false,
    };
    let taps: String = taps.iter().map(|id| format!("await tap('{id}'); ")).collect();
    let shots = drive.run(home.path(), &format!("{taps} await shot('end');")).map_err(|failed| failed.reason).unwrap();
    pixels(&shots[0].png)
}

/// Rows of pixels.
fn pixels(png: &[u8]) -> Vec<u8> {
    let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
    let mut data = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut data).unwrap();
    data.truncate(info.buffer_size());
    data
}

const STEPS: &str = r##"
# Twice by mouse, once by finger.
{"at":100,"do":"click","on":{"id":"plus"},"held":80}
{"at":400,"do":"click","on":{"text":"+","type":"Button"},"inside":[0.2,0.3],"held":80}
{"at":700,"do":"leave"}
{"at":900,"do":"tap","on":{"id":"minus"},"held":80}
"##;

#[test]
fn a_script_does_what_a_person_did_in_windows_of_any_size() {
    let Some((code, said, picture)) = replay(STEPS, &[]) else { return };
    assert_eq!((code, picture == tapped((1080, 2340), 3.0, &["plus", "plus", "minus"])), (0, true), "{said}");
    let (code, said, picture) = replay(STEPS, &["--size", "900x1200", "--density", "2"]).unwrap();
    assert_eq!((code, picture == tapped((900, 1200), 2.0, &["plus", "plus", "minus"])), (0, true), "{said}");
    // As one of the many runs that end when nothing is left to do.
    let (code, said, _) = replay(STEPS, &["--exit-after", "idle"]).unwrap();
    assert_eq!(code, 0, "{said}");
}

#[test]
fn a_step_that_cannot_be_done_is_named() {
    let Some((code, said, _)) = replay(&STEPS.replace("minus", "minas"), &[]) else { return };
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("script.jsonl: line 7: no component with the id «minas» is shown"), "{said}");
    let outside = r#"{"at":0,"do":"click","position":[500,10]}"#;
    let (code, said, _) = replay(outside, &[]).unwrap();
    assert!(code == 1 && said.contains("line 2: ") && said.contains("outside of the window"), "{code} {said}");
    // The time is over before the last step.
    let (code, said, _) = replay(STEPS, &["--exit-after", "500"]).unwrap();
    assert!(code == 1 && said.contains("the run ended before"), "{code} {said}");
    let (code, said, _) = replay(r#"{"at":0,"do":"fly"}"#, &[]).unwrap();
    assert!(code == 2 && said.contains("line 2: "), "{code} {said}");
}

#[test]
fn closing_and_resizing_are_steps_too() {
    let steps = r#"{"at":100,"do":"resize","size":[500,400]}
{"at":500,"do":"click","on":{"id":"plus"}}
{"at":900,"do":"leave"}"#;
    let Some((code, said, picture)) = replay(steps, &[]) else { return };
    assert_eq!((code, picture == tapped((1500, 1200), 3.0, &["plus"])), (0, true), "{said}");
    let package = app("counter").unwrap();
    let concord = concord();
    let script = concord.home().join("close.jsonl");
    fs::write(&script, format!("{HEADER}\n{{\"at\":100,\"do\":\"close\"}}\n")).unwrap();
    let args = ["run".as_ref(), "--headless".as_ref(), package.as_os_str(), "--replay".as_ref(), script.as_os_str()];
    let ran = concord.run_within(&args, PATIENCE);
    assert_eq!(ran.code, 0, "{ran:?}");
}

#[test]
fn recording_needs_a_window_and_a_picture_needs_a_time() {
    let Some(package) = app("counter") else { return };
    let run = |options: &[&str]| {
        let mut args: Vec<&std::ffi::OsStr> = vec!["run".as_ref(), "--headless".as_ref(), package.as_os_str()];
        args.extend(options.iter().map(std::ffi::OsStr::new));
        concord().run_within(&args, PATIENCE)
    };
    for options in [&["--record", "x.jsonl"][..], &["--screenshot", "x.png"], &["--replay", "/no/such/script"]] {
        let ran = run(options);
        assert!(ran.code == 2 && ran.stderr.contains(options[0].trim_start_matches("--replay")), "{ran:?}");
    }
}

#[test]
fn an_app_is_started_again_with_every_valid_package() {
    let (Some(counter), Some(hello)) = (app("counter"), app("hello")) else { return };
    let concord = concord();
    let build = concord.home().join("build");
    let package = build.join("app.hap");
    fs::create_dir(&build).unwrap();
    fs::copy(&counter, &package).unwrap();
    let mut run = Heard::start(concord.command(&[
        "run".as_ref(),
        "--headless".as_ref(),
        "--watch".as_ref(),
        package.as_os_str(),
    ]));
    run.hears("counter content loaded");
    // Half a package, written in place.
    let whole = fs::read(&hello).unwrap();
    fs::write(&package, &whole[..whole.len() / 2]).unwrap();
    let said = run.hears("is not valid");
    assert!(said.contains("app.hap") && said.contains("goes on as it was"), "{said}");
    // Replaced at once, as careful tools do.
    fs::write(build.join("new"), &whole).unwrap();
    fs::rename(build.join("new"), &package).unwrap();
    run.hears("started again");
    run.hears("hello: content loaded");
    // Built from nothing.
    fs::remove_dir_all(&build).unwrap();
    fs::create_dir(&build).unwrap();
    fs::copy(&counter, &package).unwrap();
    // The app before had the time to end properly.
    run.hears("hello: onDestroy");
    run.hears("counter content loaded");
    assert_eq!(run.interrupt(), Some(128 + 15));
}

#[test]
fn an_unpacked_package_is_watched_and_an_app_that_ends_is_waited_for() {
    let (Some(counter), Some(special)) = (app("counter"), fixtures("ability/special")) else { return };
    let concord = concord();
    let folder = concord.home().join("unpacked");
    let unpack = |package: &Path| {
        let package = Package::open(package, &Options::default()).unwrap();
        for entry in package.entries() {
            let file = folder.join(entry);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, &*package.read(entry).unwrap().unwrap()).unwrap();
        }
    };
    unpack(&special.join("exit-code/hap/entry.hap"));
    let mut run =
        Heard::start(concord.command(&["run".as_ref(), "--headless".as_ref(), "--watch".as_ref(), folder.as_os_str()]));
    run.hears("the app has ended with code 7; waiting for another package");
    fs::remove_dir_all(&folder).unwrap();
    unpack(&counter);
    run.hears("counter content loaded");
    assert_eq!(run.interrupt(), Some(128 + 15));
}

fn json(url: &str, path: &str) -> Value {
    let (status, body) = ask("GET", url, path, None);
    assert_eq!(status, 200, "{path}: {}", String::from_utf8_lossy(&body));
    serde_json::from_slice(&body).unwrap()
}

fn find<'a>(node: &'a Value, is: &dyn Fn(&Value) -> bool) -> Option<&'a Value> {
    let below = node.as_array().or_else(|| node["k"].as_array());
    is(node).then_some(node).or_else(|| below.into_iter().flatten().find_map(|child| find(child, is)))
}

#[test]
fn the_inspector_tells_what_windows_are_made_of() {
    let Some(package) = app("counter") else { return };
    let concord = concord();
    let runtime = concord.home().join("run");
    fs::create_dir(&runtime).unwrap();
    let with_runtime = |mut command: Command| {
        command.env("XDG_RUNTIME_DIR", &runtime);
        command
    };
    let mut run = Heard::start(with_runtime(concord.command(&[
        "run".as_ref(),
        "--headless".as_ref(),
        "--inspect".as_ref(),
        package.as_os_str(),
    ])));
    let url = run.hears("concord: inspector: ").replace("concord: inspector: ", "");
    run.hears("content loaded");
    // Everything that was set before the page was opened is set once more, in a frame.
    let started = std::time::Instant::now();
    let (tree, plus) = loop {
        let tree = json(&url, "tree");
        if let Some(plus) = find(&tree["windows"], &|node| node["i"] == "plus") {
            let number = plus["n"].as_u64().unwrap();
            let facts = json(&url, &format!("node/{number}"));
            if facts["set"]["width"] == "80" && facts["bounds"][2].as_f64() > Some(0.0) {
                break (tree, facts);
            }
        }
        assert!(started.elapsed() < PATIENCE, "the button does not come: {tree}");
        std::thread::sleep(Duration::from_millis(50));
    };
    assert_eq!(plus["type"], "Button");
    assert_eq!(plus["bounds"][2], 240.0);
    assert!(plus["events"].as_array().unwrap().contains(&"onClick".into()), "{plus}");
    let page = find(&tree["windows"], &|node| node["c"] == "Index").expect("the page's component");
    let state = json(&url, &format!("node/{}", page["n"]))["state"].clone();
    assert_eq!(state["component"], "Index");
    let count = state["variables"].as_array().unwrap().iter().find(|variable| variable["name"] == "count").unwrap();
    assert_eq!((&count["kind"], &count["value"]), (&"@State".into(), &0.into()));
    assert!(find(&tree["windows"], &|node| node["x"] == "no history").is_some());

    let (status, picture) = ask("GET", &url, "picture/0", None);
    assert_eq!((status, pixels(&picture).len()), (200, 1080 * 2340 * 4));
    assert_eq!(ask("POST", &url, &format!("highlight/{}", plus["node"]), None).0, 200);
    assert_eq!(ask("POST", &url, "highlight/0", None).0, 200);
    assert!(json(&url, "news?since=0")["frames"].as_array().is_some_and(|frames| !frames.is_empty()));
    let (status, html) = ask("GET", &url, "", None);
    assert!(status == 200 && String::from_utf8(html).unwrap().contains("<title>Inspector</title>"));

    // Nobody else is told anything.
    assert_eq!(ask("GET", &url, "tree", Some("evil.example")).0, 404);
    let guessed = url.replace(|sign: char| sign.is_ascii_lowercase() && sign != 'h' && sign != 't' && sign != 'p', "0");
    assert_eq!(ask("GET", &guessed, "tree", None).0, 404);
    assert_eq!(ask("GET", &url, "node/999999999", None).0, 404);
    assert_eq!(ask("GET", &url, "node/x", None).0, 404);

    let inspect = |args: &[&str]| {
        let output = with_runtime(concord.command(&[&["inspect", "--no-open"], args].concat())).output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    for args in [&[][..], &["dev.concord.counter"]] {
        assert_eq!(inspect(args), (Some(0), format!("{url}\n"), String::new()));
    }
    let (code, _, said) = inspect(&["dev.concord.other"]);
    assert!(code == Some(2) && said.contains("dev.concord.counter"), "{said}");
    run.interrupt();
    let (code, _, said) = inspect(&[]);
    assert!(code == Some(2) && said.contains("no app runs"), "{said}");
}
