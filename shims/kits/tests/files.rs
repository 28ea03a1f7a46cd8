//! `@ohos:file.fs` over the virtual names of an app process, in the engine.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use std::cell::RefCell;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use concord_ability::app::AppProcess;
use concord_ability::event_loop::{EventLoop, RunLimits};
use concord_ability::hosts::Hosts;
use concord_ability::options::{AppOptions, Launch};
use concord_ability::want::Want;
use concord_engine::{Context, Value};
use concord_package::PackageSet;
use concord_runtime::{FaceModule, Registry, SystemModule};

fn package() -> Option<PathBuf> {
    let root = std::env::var_os("CONCORD_FIXTURES")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures"), PathBuf::from);
    let package = root.join("kits/hap/entry.hap");
    if package.exists() {
        return Some(package);
    }
    #[expect(clippy::print_stderr, reason = "a skipped test says so")]
    {
        eprintln!("skipped: there is no {}", package.display());
    }
    None
}

/// A process of an app whose storage lies in `home`.
fn process(home: &Path) -> Option<AppProcess> {
    process_with(home, &[])
}

/// The same with some modules replaced.
fn process_with(home: &Path, modules: &[&'static dyn SystemModule]) -> Option<AppProcess> {
    let packages = Arc::new(PackageSet::open(&[package()?], &concord_package::Options::default()).unwrap());
    let options = AppOptions::new(packages, Launch::Ability(Want::default()), home);
    let mut registry = Registry::new();
    registry.extend(&concord_kits::registry());
    registry.extend(modules);
    Some(AppProcess::new(options, registry, Hosts::default()).unwrap())
}

fn module(process: &AppProcess, request: &str) -> Value {
    process.runtime().require(request).unwrap_or_else(|error| panic!("{}", error.describe()))
}

fn script(context: &Context, source: &str, name: &str) -> Value {
    context.eval(source, name).unwrap_or_else(|error| panic!("{}", error.describe()))
}

#[test]
fn an_app_keeps_files() {
    let home = tempfile::tempdir().unwrap();
    let Some(process) = process(home.path()) else { return };
    let fs = module(&process, "@ohos:file.fs");
    let context = fs.context().clone();
    let test = script(&context, include_str!("app/files.js"), "files.js");
    let result = test.call(&context.undefined(), &[fs]).unwrap_or_else(|error| panic!("{}", error.describe()));
    assert_eq!(result.as_string().as_deref(), Some("done"));
    let found = walk(home.path());
    assert!(found.iter().any(|path| path.ends_with("el2/base/files/t/kept.txt")), "{found:#?}");
    assert!(!home.path().parent().unwrap().join("outside.txt").exists());
}

#[test]
fn files_keep_their_promises() {
    let home = tempfile::tempdir().unwrap();
    let Some(process) = process(home.path()) else { return };
    let (fs, zlib) = (module(&process, "@ohos:file.fs"), module(&process, "@ohos:zlib"));
    let context = fs.context().clone();
    complete(&context, include_str!("app/files_later.js"), &[fs, zlib]);
}

/// Runs a script that calls its last argument when it is done, with a text when it failed.
fn complete(context: &Context, source: &str, modules: &[Value]) {
    let outcome = Rc::new(RefCell::new(None));
    let told = Rc::clone(&outcome);
    let done = context.function("done", 1, move |call| {
        *told.borrow_mut() = Some(call.arg(0).as_string());
        Ok(call.context.undefined())
    });
    let arguments: Vec<Value> = modules.iter().cloned().chain([done]).collect();
    let test = script(context, source, "test.js");
    test.call(&context.undefined(), &arguments).unwrap_or_else(|error| panic!("{}", error.describe()));
    let event_loop = EventLoop::of(context).unwrap();
    // A watcher alone does not keep the loop going; the test does.
    let hold = event_loop.remote().hold();
    let limits = RunLimits { until_idle: false, deadline: Some(Duration::from_millis(10)) };
    while outcome.borrow().is_none() {
        event_loop.run(context, limits).unwrap();
    }
    drop(hold);
    assert_eq!(outcome.take(), Some(None));
}

/// The home of a person, for a process that has no other.
const GALLERY: &str = "CONCORD_GALLERY_HOME";

/// Stands for a person who grants everything.
static GRANTING: FaceModule = FaceModule {
    request: "@ohos:abilityAccessCtrl",
    source: "(function () { return { createAtManager: () => ({ checkAccessTokenSync: () => 0 }) }; })",
    natives: &[],
    apis: &[],
};

/// Not a test by itself: sees the photos of a home that the test below has made.
#[test]
#[ignore = "run by photos_are_those_of_the_persons_folders"]
fn sees_photos() {
    let Some(home) = std::env::var_os(GALLERY) else { return };
    let Some(process) = process_with(&Path::new(&home).join("app"), &[&GRANTING]) else { return };
    let modules = ["@ohos:file.photoAccessHelper", "@ohos:data.dataSharePredicates", "@ohos:file.fs"];
    let modules = modules.map(|request| module(&process, request));
    let context = process.runtime().context().clone();
    complete(&context, include_str!("app/gallery.js"), &modules);
}

#[test]
fn photos_are_those_of_the_persons_folders() {
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(home.path().join("Pictures/Trip")).unwrap();
    std::fs::create_dir_all(home.path().join("Videos")).unwrap();
    for (name, length) in
        [("Pictures/a.png", 100), ("Pictures/Trip/b.jpg", 200), ("Videos/c.mp4", 300), ("Pictures/d.txt", 9)]
    {
        std::fs::write(home.path().join(name), vec![0; length]).unwrap();
    }
    let ran = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "sees_photos"])
        .env(GALLERY, home.path())
        .env("HOME", home.path())
        .env_remove("XDG_CONFIG_HOME")
        .output()
        .unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stdout));
}

/// Where the writer below keeps its storage; set by the test that kills it.
const WRITER: &str = "CONCORD_WRITER_HOME";
const FILE: &str = "el2/base/files/atom";
const LENGTH: usize = 200_000;

/// Not a test by itself: replaces an atomic file by a longer and longer series of contents, until it is killed.
#[test]
#[ignore = "run by atomic_files_survive_being_killed"]
fn writes_until_it_is_killed() {
    let Some(process) = std::env::var_os(WRITER).and_then(|home| process(Path::new(&home))) else { return };
    let fs = module(&process, "@ohos:file.fs");
    let context = fs.context().clone();
    let source = format!(
        "(function (fs) {{
            if (!fs.accessSync('/data/storage/el2/base/files')) fs.mkdirSync('/data/storage/el2/base/files', true);
            const file = new fs.AtomicFile('/data/storage/el2/base/files/atom');
            for (let round = 0; ; round++) {{
                const writer = file.startWrite();
                const letter = String.fromCharCode(97 + round % 26);
                for (let part = 0; part < 4; part++) writer.write(letter.repeat({LENGTH} / 4));
                file.finishWrite();
            }}
        }})"
    );
    let result = script(&context, &source, "writer.js").call(&context.undefined(), &[fs]);
    panic!("the writer has ended: {result:?}");
}

#[test]
fn atomic_files_survive_being_killed() {
    let home = tempfile::tempdir().unwrap();
    if package().is_none() {
        return;
    }
    for round in 0..20_u64 {
        let mut writer = Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", "writes_until_it_is_killed"])
            .env(WRITER, home.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let seen = |path: &PathBuf| path.ends_with(FILE);
        let before = walk(home.path()).into_iter().find(seen).map(|path| std::fs::metadata(path).unwrap().ino());
        let file = loop {
            assert_eq!(writer.try_wait().unwrap(), None, "the writer runs until it is killed");
            let found = walk(home.path()).into_iter().find(seen);
            // Every finished write is another file.
            if let Some(path) =
                found.filter(|path| std::fs::metadata(path).is_ok_and(|data| Some(data.ino()) != before))
            {
                break path;
            }
            std::thread::sleep(Duration::from_millis(1));
        };
        // At any moment of a write, which takes some milliseconds.
        std::thread::sleep(Duration::from_micros(round.wrapping_mul(7919) % 9000));
        writer.kill().unwrap();
        writer.wait().unwrap();
        let content = std::fs::read(&file).unwrap();
        let first = content.first().copied().unwrap_or_default();
        assert_eq!(content.len(), LENGTH, "round {round}");
        assert!(content.iter().all(|byte| *byte == first), "round {round}: two contents in one file");
    }
}

fn walk(folder: &std::path::Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(walk(&path));
        } else {
            found.push(path);
        }
    }
    found
}
