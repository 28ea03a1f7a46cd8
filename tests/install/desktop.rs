//! What the desktop gets of an app.

use crate::reader::reader;
use crate::surroundings::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

/// A key file: values by group and key.
fn key_file(path: &Path) -> BTreeMap<(String, String), String> {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut group = String::new();
    let mut values = BTreeMap::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            group = name.to_owned();
            continue;
        }
        let (key, value) = line.split_once('=').unwrap_or_else(|| panic!("neither group nor value: {line}"));
        let known = values.insert((group.clone(), key.to_owned()), value.to_owned());
        assert_eq!(known, None, "{key} is there twice");
    }
    values
}

fn get<'a>(file: &'a BTreeMap<(String, String), String>, group: &str, key: &str) -> Option<&'a str> {
    file.get(&(group.to_owned(), key.to_owned())).map(String::as_str)
}

/// Has the desktop's own checker read an entry, where there is one.
fn validate(file: &Path) {
    match Command::new("desktop-file-validate").arg(file).output() {
        Ok(output) => assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout)),
        Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::NotFound),
    }
}

#[test]
fn an_app_stands_in_the_menu() {
    let Some(hap) = package("gallery") else { return };
    let concord = concord();
    succeed(&concord, &["install", text(&hap)]);
    let data = data_home(&concord);
    let path = data.join("applications/dev.concord.gallery.desktop");
    validate(&path);
    let entry = key_file(&path);
    let value = |key: &str| get(&entry, "Desktop Entry", key).unwrap_or_else(|| panic!("no {key}"));
    assert_eq!(value("Type"), "Application");
    assert!(!value("Name").is_empty() && !value("Name").contains('$'), "{}", value("Name"));
    assert_eq!(value("Icon"), "dev.concord.gallery");
    assert_eq!(value("StartupWMClass"), "dev.concord.gallery");
    assert_eq!(value("DBusActivatable"), "true");
    let program = env!("CARGO_BIN_EXE_concord");
    assert_eq!((value("Exec"), value("TryExec")), (format!("{program} run dev.concord.gallery").as_str(), program));
    let service = key_file(&data.join("dbus-1/services/dev.concord.gallery.service"));
    assert_eq!(get(&service, "D-BUS Service", "Name"), Some("dev.concord.gallery"));
    assert_eq!(
        get(&service, "D-BUS Service", "Exec"),
        Some(format!("{program} run --activated dev.concord.gallery").as_str())
    );
}

#[test]
fn names_are_there_in_every_language() {
    let Some(hap) = package("gallery") else { return };
    let concord = concord();
    // A text that the package has in three languages.
    let package = variant(&hap, &concord.home().join("hello"), |tree| {
        tree["module"]["abilities"][0]["label"] = "$string:hello".into();
        tree["module"]["abilities"][0]["labelId"] = 0.into();
    });
    succeed(&concord, &["install", text(&package)]);
    let path = data_home(&concord).join("applications/dev.concord.gallery.desktop");
    validate(&path);
    let entry = key_file(&path);
    for (key, value) in [("Name", "Hello"), ("Name[en_US]", "Hello (US)"), ("Name[zh_CN]", "你好")] {
        assert_eq!(get(&entry, "Desktop Entry", key), Some(value), "{key}");
    }
}

#[test]
fn vectors_stay_vectors() {
    let Some(folder) = concord_tests::fixtures("ability/peer/hap") else { return };
    let concord = concord();
    let package = variant(&folder.join("entry.hap"), &concord.home().join("vector"), |_| {});
    let svg =
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="8" height="4"><path d="M0 0h8v4H0z" fill="#0f0"/></svg>"##;
    fs::write(package.join("resources/base/media/icon.png"), svg).expect("it has an icon");
    succeed(&concord, &["install", text(&package)]);
    let icons = data_home(&concord).join("icons/hicolor");
    let scalable = icons.join("scalable/apps/dev.concord.peer.svg");
    assert_eq!(fs::read_to_string(scalable).expect("the vectors are there"), svg);
    assert!(icons.join("512x512/apps/dev.concord.peer.png").exists());
    // What is no picture is told, and no hindrance.
    fs::write(package.join("resources/base/media/icon.png"), "no picture").expect("it has an icon");
    let ran = succeed(&concord, &["install", text(&package)]);
    assert!(ran.stderr.contains("the icon of PeerAbility cannot be drawn"), "{ran:?}");
    assert!(!icons.exists(), "{:?}", tree(&icons));
}

#[test]
fn icons_have_their_sizes() {
    let Some(hap) = package("todo") else { return };
    let concord = concord();
    succeed(&concord, &["install", text(&hap)]);
    for size in [16, 22, 24, 32, 36, 48, 64, 72, 96, 128, 192, 256, 512] {
        let folder = format!("icons/hicolor/{size}x{size}/apps");
        let file = data_home(&concord).join(folder).join("dev.concord.todo.png");
        let file = fs::File::open(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let mut reader = png::Decoder::new(std::io::BufReader::new(file)).read_info().expect("a PNG file");
        assert_eq!((reader.info().width, reader.info().height), (size, size));
        let mut pixels = vec![0; reader.output_buffer_size().expect("it fits")];
        reader.next_frame(&mut pixels).expect("it is whole");
        let middle = ((size / 2 * size + size / 2) * 4 + 3) as usize;
        assert_eq!((pixels[3], pixels[middle]), (0, 255), "{size}: a layered icon has round corners");
    }
}

#[test]
fn files_addresses_and_shortcuts_are_declared() {
    let concord = concord();
    let package = reader(&concord.home().join("reader"));
    succeed(&concord, &["install", text(&package)]);
    let data = data_home(&concord);
    let path = data.join("applications/dev.concord.reader.desktop");
    validate(&path);
    let main = key_file(&path);
    let types = get(&main, "Desktop Entry", "MimeType").expect("types");
    assert_eq!(types, "text/plain;application/x-concord-note;x-scheme-handler/concord-reader;");
    assert!(get(&main, "Desktop Entry", "Exec").is_some_and(|exec| exec.ends_with(" run dev.concord.reader %U")));
    assert_eq!(get(&main, "Desktop Entry", "Name"), Some("Reader; 100%"));
    assert_eq!(get(&main, "Desktop Entry", "Actions"), Some("new-note;"));
    assert_eq!(get(&main, "Desktop Action new-note", "Name"), Some("New note"));
    let exec = get(&main, "Desktop Action new-note", "Exec").expect("a command");
    assert!(exec.ends_with(" run --shortcut new-note dev.concord.reader"), "{exec}");
    // The second ability is in the menu, too, and has no icon either.
    let second = key_file(&data.join("applications/dev.concord.reader-Second.desktop"));
    assert_eq!(get(&second, "Desktop Entry", "DBusActivatable"), None);
    assert!(get(&second, "Desktop Entry", "Exec").is_some_and(|exec| exec.ends_with(" run dev.concord.reader/Second")));
    let xml = fs::read_to_string(data.join("mime/packages/dev.concord.reader.xml")).expect("types are described");
    for part in
        ["type=\"application/x-concord-note\"", "<comment>A note</comment>", "pattern=\"*.cnote\"", "text/plain"]
    {
        assert!(xml.contains(part), "{part}: {xml}");
    }
    if Command::new("update-mime-database").arg("-v").output().is_ok() {
        let globs = fs::read_to_string(data.join("mime/globs2")).expect("the database was made");
        assert!(globs.contains("application/x-concord-note:*.cnote"), "{globs}");
    }
    succeed(&concord, &["uninstall", "dev.concord.reader"]);
    assert_eq!(tree(&data), Default::default());
}

#[test]
fn an_update_takes_back_what_the_new_version_lacks() {
    let concord = concord();
    let package = reader(&concord.home().join("reader"));
    succeed(&concord, &["install", text(&package)]);
    let plain = variant(&package, &concord.home().join("plain"), |tree| {
        tree["app"]["versionCode"] = 2.into();
        tree["module"]["abilities"].as_array_mut().expect("a list").truncate(1);
        tree["module"]["abilities"][0]["skills"] = serde_json::json!([
            { "entities": ["entity.system.home"], "actions": ["action.system.home"] }]);
    });
    fs::remove_dir_all(plain.join("resources/rawfile")).expect("it has declared types");
    succeed(&concord, &["install", text(&plain)]);
    let data = data_home(&concord);
    assert!(data.join("applications/dev.concord.reader.desktop").exists());
    assert!(!data.join("applications/dev.concord.reader-Second.desktop").exists());
    assert!(!data.join("mime").exists(), "{:?}", tree(&data.join("mime")));
}

#[test]
fn names_of_other_programs_are_left_alone() {
    let Some(hap) = package("todo") else { return };
    let concord = concord();
    let data = data_home(&concord);
    let foreign = data.join("applications/dev.concord.todo.desktop");
    fs::create_dir_all(data.join("applications")).expect("it can be made");
    fs::write(&foreign, "[Desktop Entry]\nType=Application\nName=Mine\nExec=mine\n").expect("it can be written");
    let ran = succeed(&concord, &["install", text(&hap)]);
    assert!(ran.stderr.contains("another program has this name"), "{ran:?}");
    assert!(fs::read_to_string(&foreign).expect("it is there").contains("Name=Mine"));
    succeed(&concord, &["uninstall", "dev.concord.todo"]);
    assert!(foreign.exists());
    // The same for programs of the system.
    let system = concord.home().join("system");
    fs::create_dir_all(system.join("applications")).expect("it can be made");
    fs::rename(&foreign, system.join("applications/dev.concord.todo.desktop")).expect("it can be moved");
    let output = concord.command(&["install", text(&hap)]).env("XDG_DATA_DIRS", &system).output().expect("it starts");
    assert!(String::from_utf8_lossy(&output.stderr).contains("another program has this name"), "{output:?}");
    assert!(!foreign.exists());
}

#[test]
fn packages_cannot_write_lines_of_their_own() {
    let concord = concord();
    let folder = reader(&concord.home().join("reader"));
    let evil = "x\nExec=evil\n[Desktop Action y]\nExec=evil";
    let package = variant(&folder, &concord.home().join("evil"), |tree| {
        let abilities = tree["module"]["abilities"].as_array_mut().expect("a list");
        abilities[0]["label"] = evil.into();
        abilities[0]["description"] = format!(" {evil}\\").into();
        abilities[0]["skills"][1]["uris"][0]["type"] = "text/plain;x\nExec=evil".into();
        abilities[0]["skills"][2]["uris"][0]["scheme"] = "a;b\nExec=evil".into();
        abilities[1]["name"] = format!("{evil}; \"$(evil)\" %f `evil` ../..").into();
        let second = abilities[1].clone();
        abilities.extend((0..300).map(|index| {
            let mut more = second.clone();
            more["name"] = format!("More{index}").into();
            more
        }));
    });
    let shortcuts =
        serde_json::json!({ "shortcuts": [{ "shortcutId": evil, "label": evil, "wants": [{ "abilityName": evil }] }] });
    fs::write(package.join("resources/base/profile/shortcuts.json"), shortcuts.to_string()).expect("it can be written");
    let types = serde_json::json!({ "UniformDataTypeDeclarations": [{ "TypeId": "a.b]]><x>", "FilenameExtensions": [evil, "./../x"],
        "MIMETypes": ["a/b\"><evil/>"], "Description": "\u{1}</comment><evil/>&" }] });
    fs::write(package.join("resources/rawfile/arkdata/utd/utd.json5"), types.to_string()).expect("it can be written");
    succeed(&concord, &["install", text(&package)]);
    let data = data_home(&concord);
    let entries: Vec<_> =
        fs::read_dir(data.join("applications")).expect("a menu").flatten().map(|entry| entry.path()).collect();
    let entries: Vec<_> = entries.iter().filter(|path| path.extension().is_some_and(|end| end == "desktop")).collect();
    assert!((2..=32).contains(&entries.len()), "{}", entries.len());
    for path in entries {
        validate(path);
        for ((group, key), value) in key_file(path) {
            assert!(
                group == "Desktop Entry" || group.starts_with("Desktop Action x-Exec-evil"),
                "[{group}] in {path:?}"
            );
            if key == "Exec" {
                assert!(value.starts_with(&format!("{} run ", env!("CARGO_BIN_EXE_concord"))), "{value}");
            }
        }
    }
    let xml = fs::read_to_string(data.join("mime/packages/dev.concord.reader.xml")).expect("types are described");
    assert!(!xml.contains("<evil") && !xml.contains("<x>"), "{xml}");
    succeed(&concord, &["uninstall", "dev.concord.reader"]);
    assert_eq!(tree(&data), Default::default());
}

#[test]
fn a_desktop_may_be_left_alone() {
    let Some(hap) = package("todo") else { return };
    let concord = concord();
    succeed(&concord, &["install", "--no-desktop", text(&hap)]);
    let data = data_home(&concord);
    let names: Vec<_> = fs::read_dir(&data).expect("it is there").flatten().map(|entry| entry.file_name()).collect();
    assert_eq!(names, ["concord"]);
}
