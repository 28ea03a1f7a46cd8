//! What is installed: versions, several installers at once, and every kind of misfortune.

use crate::surroundings::*;
use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

const TODO: &str = "dev.concord.todo";

#[test]
fn what_was_installed_runs_and_goes_away_again() {
    let Some(hap) = package("todo") else { return };
    let concord = concord();
    let before = tree(concord.home());
    assert_eq!(succeed(&concord, &["install", text(&hap)]).stdout, "installed dev.concord.todo 1.0.0 (1000000)\n");
    assert_eq!(succeed(&concord, &["list"]).stdout, "dev.concord.todo  1.0.0 (1000000)  EntryAbility\n");
    for name in [TODO, "dev.concord.todo/EntryAbility"] {
        succeed(&concord, &["run", name, "--headless", "--exit-after", "idle"]);
    }
    assert!(data_home(&concord).join("concord/data/100").join(TODO).exists(), "the app has files of its own");
    assert!(!tree(&concord.home().join(".cache/concord/ark")).is_empty(), "its bytecode was translated");
    assert_eq!(succeed(&concord, &["uninstall", TODO]).stdout, "uninstalled dev.concord.todo\n");
    let left: Vec<_> = tree(concord.home()).difference(&before).cloned().collect();
    let files: Vec<_> = left.iter().filter(|path| !concord.home().join(path).is_dir()).collect();
    assert!(files.is_empty(), "{files:?}");
    assert!(!left.iter().any(|path| path.to_string_lossy().contains("todo")), "{left:?}");
    assert_eq!(succeed(&concord, &["list"]).stdout, "");
    assert!(refused(&concord, &["uninstall", TODO]).contains("dev.concord.todo is not installed"));
    assert!(refused(&concord, &["run", TODO]).contains("is not installed"));
}

#[test]
fn half_of_an_app_can_be_removed() {
    let Some(hap) = package("todo") else { return };
    let concord = concord();
    let store = data_home(&concord).join("concord/bundles").join(TODO);
    let damages: [&dyn Fn(); 4] = [
        &|| fs::remove_dir_all(&store).expect("it was installed"),
        &|| fs::remove_file(store.join("current")).expect("it was installed"),
        &|| fs::remove_dir_all(data_home(&concord).join("applications")).expect("it was installed"),
        &|| fs::write(store.join("current/installed.json"), "{").expect("it was installed"),
    ];
    for damage in damages {
        succeed(&concord, &["install", text(&hap)]);
        damage();
        succeed(&concord, &["uninstall", TODO]);
        assert_eq!(tree(&data_home(&concord)), Default::default());
    }
    // An app that is damaged can be installed again, too.
    succeed(&concord, &["install", text(&hap)]);
    fs::write(store.join("current/entry.hap"), "no package").expect("it was installed");
    succeed(&concord, &["install", text(&hap)]);
    succeed(&concord, &["run", TODO, "--headless", "--exit-after", "idle"]);
}

#[test]
fn the_apps_files_stay_when_wanted() {
    let Some(hap) = package("todo") else { return };
    let concord = concord();
    let file = data_home(&concord).join("concord/data/100/dev.concord.todo/el2/base/files/kept.txt");
    fs::create_dir_all(file.parent().expect("a folder")).expect("it can be made");
    fs::write(&file, "kept").expect("it can be written");
    succeed(&concord, &["install", text(&hap)]);
    let newer = version(&hap, &concord.home().join("newer"), 2_000_000);
    let said = succeed(&concord, &["install", text(&newer)]).stdout;
    assert_eq!(said, "installed dev.concord.todo v2000000 (2000000), before that 1.0.0 (1000000)\n");
    succeed(&concord, &["uninstall", TODO, "--keep-data"]);
    assert_eq!(fs::read_to_string(&file).expect("it is still there"), "kept");
    succeed(&concord, &["uninstall", TODO]);
    assert!(!file.exists());
}

#[test]
fn older_versions_replace_newer_ones_only_when_told() {
    let Some(hap) = package("todo") else { return };
    let concord = concord();
    let newer = version(&hap, &concord.home().join("newer"), 2_000_000);
    succeed(&concord, &["install", text(&newer)]);
    let said = refused(&concord, &["install", text(&hap)]);
    assert!(said.contains("--allow-downgrade"), "{said}");
    assert_eq!(installed_version(&concord), Some(2_000_000));
    succeed(&concord, &["install", text(&newer)]);
    succeed(&concord, &["install", "--allow-downgrade", text(&hap)]);
    assert_eq!(installed_version(&concord), Some(1_000_000));
    let generations =
        fs::read_dir(data_home(&concord).join("concord/bundles").join(TODO)).expect("it is installed").count();
    assert_eq!(generations, 2, "one generation and the link to it");
}

#[test]
fn packages_have_to_be_a_whole_app() {
    let Some(folder) = concord_tests::fixtures("ability/ability/hap") else { return };
    let concord = concord();
    let file = |name: &str| folder.join(name).display().to_string();
    let said = refused(&concord, &["install", &file("feature.hap"), &file("library.hsp")]);
    assert!(said.contains("no entry module"), "{said}");
    let said = refused(&concord, &["install", &file("entry.hap")]);
    assert!(said.contains("depends on `library`"), "{said}");
    succeed(&concord, &["install", &file("entry.hap"), &file("library.hsp")]);
    // A further module of the version that is installed.
    succeed(&concord, &["install", &file("feature.hap")]);
    let list = succeed(&concord, &["list"]).stdout;
    assert!(list.contains("FeatureAbility") && list.contains("MultiAbility"), "{list}");
    let other = version(&folder.join("feature.hap"), &concord.home().join("other"), 3_000_000);
    let said = refused(&concord, &["install", text(&other)]);
    assert!(said.contains("have no entry module"), "{said}");
    let said = refused(&concord, &["install", &file("entry.hap"), text(&package("todo").expect("fixtures are there"))]);
    assert!(said.contains("belongs to bundle"), "{said}");
}

#[test]
fn names_that_lead_elsewhere_are_refused() {
    let Some(hap) = package("todo") else { return };
    let concord = concord();
    for (index, name) in ["../../evil", "/tmp/evil", "a b", "..", ".hidden.app"].iter().enumerate() {
        let folder = concord.home().join(index.to_string());
        let evil = variant(&hap, &folder, |tree| tree["app"]["bundleName"] = (*name).into());
        let said = refused(&concord, &["install", text(&evil)]);
        assert!(said.contains("cannot be the name of a bundle"), "{name}: {said}");
    }
    let evil = variant(&hap, &concord.home().join("module"), |tree| tree["module"]["name"] = "../x".into());
    refused(&concord, &["install", text(&evil)]);
    assert_eq!(
        tree(&data_home(&concord)).iter().filter(|path| path.to_string_lossy().contains("applications")).count(),
        0
    );
}

#[test]
fn what_is_no_package_leaves_the_old_version() {
    let Some(hap) = package("todo") else { return };
    let concord = concord();
    succeed(&concord, &["install", text(&hap)]);
    let before = tree(&data_home(&concord));
    let whole = fs::read(&hap).expect("the fixture can be read");
    let broken = concord.home().join("broken.hap");
    for size in [0, 10, whole.len() / 2, whole.len() - 10] {
        fs::write(&broken, &whole[..size]).expect("it can be written");
        refused(&concord, &["install", text(&broken)]);
    }
    assert_eq!(tree(&data_home(&concord)), before);
    succeed(&concord, &["run", TODO, "--headless", "--exit-after", "idle"]);
}

/// Two versions of an app, large enough for writing them to take a while.
fn two_versions(concord: &concord_tests::Concord) -> Option<[std::path::PathBuf; 2]> {
    let hap = package("todo")?;
    Some([1, 2].map(|code| {
        let folder = version(&hap, &concord.home().join(code.to_string()), 1_000_000);
        for index in 0..40 {
            let file = folder.join(format!("resources/rawfile/{index}.bin"));
            fs::create_dir_all(file.parent().expect("a folder")).expect("it can be made");
            // What tells the versions apart.
            fs::write(file, vec![code; 20_000]).expect("it can be written");
        }
        folder
    }))
}

/// The byte that all files of the installed version consist of; a mixture fails.
fn installed_byte(concord: &concord_tests::Concord) -> Option<u8> {
    let current = data_home(concord).join("concord/bundles").join(TODO).join("current");
    let raw = current.join("entry/resources/rawfile");
    let mut bytes = fs::read_dir(&raw).ok()?.map(|entry| {
        let content = fs::read(entry.expect("an entry").path()).expect("it can be read");
        assert_eq!(content.len(), 20_000, "a file is not whole");
        content[0]
    });
    let first = bytes.next()?;
    assert_eq!(bytes.by_ref().filter(|byte| *byte != first).count(), 0, "a mixture of versions");
    assert_eq!(fs::read_dir(&raw).expect("it is there").count(), 40);
    Some(first)
}

#[test]
fn a_killed_installer_leaves_the_old_version_or_the_new_one() {
    let concord = concord();
    let Some(versions) = two_versions(&concord) else { return };
    succeed(&concord, &["install", text(&versions[0])]);
    let mut interrupted = 0;
    for round in 0..24_u64 {
        let mut child = concord.command(&["install", text(&versions[round as usize % 2])]);
        let mut child = child.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
        std::thread::sleep(Duration::from_millis(round * 6));
        // A process that has ended already cannot be killed, which is fine.
        let _ = child.kill();
        interrupted += usize::from(!child.wait().expect("it ends").success());
        assert!(matches!(installed_byte(&concord), Some(1 | 2)));
        assert_eq!(succeed(&concord, &["list"]).stdout.lines().count(), 1);
    }
    assert!(interrupted > 0, "nothing was interrupted");
    succeed(&concord, &["install", text(&versions[1])]);
    assert_eq!(installed_byte(&concord), Some(2));
    let left = fs::read_dir(data_home(&concord).join("concord/bundles").join(TODO)).expect("it is installed").count();
    assert_eq!(left, 2, "what was left has been swept away");
    succeed(&concord, &["run", TODO, "--headless", "--exit-after", "idle"]);
}

#[test]
fn what_a_killed_installer_has_not_put_in_place_comes_with_the_next() {
    let (Some(todo), Some(hello)) = (package("todo"), package("hello")) else { return };
    let concord = concord();
    succeed(&concord, &["install", text(&todo)]);
    let data = data_home(&concord);
    let entry = data.join("applications/dev.concord.todo.desktop");
    let icon = data.join("icons/hicolor/48x48/apps/dev.concord.todo.png");
    let stale = data.join("applications/dev.concord.todo-Old.desktop");
    // As if it had been killed after the new version was there and before the menu was told.
    fs::rename(&entry, &stale).expect("it is in the menu");
    fs::remove_file(&icon).expect("it has an icon");
    fs::write(data.join("concord/bundles/dev.concord.todo/pending"), "").expect("it is installed");
    succeed(&concord, &["install", text(&hello)]);
    assert!(entry.exists() && icon.exists() && !stale.exists());
    assert!(!data.join("concord/bundles/dev.concord.todo/pending").exists());
    succeed(&concord, &["uninstall", TODO]);
    succeed(&concord, &["uninstall", "dev.concord.hello"]);
    assert_eq!(tree(&data), Default::default());
}

#[test]
fn two_installers_at_once() {
    let concord = concord();
    let Some(versions) = two_versions(&concord) else { return };
    for _ in 0..4 {
        let children = versions.each_ref().map(|version| {
            let mut command = concord.command(&["install", text(version)]);
            command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("it starts")
        });
        for child in children {
            let output = child.wait_with_output().expect("it ends");
            assert!(output.status.success(), "{output:?}");
        }
        assert!(matches!(installed_byte(&concord), Some(1 | 2)));
    }
    // One that installs and one that removes.
    let install = concord.command(&["install", text(&versions[0])]).stdout(Stdio::null()).spawn();
    let remove = concord.command(&["uninstall", TODO]).stdout(Stdio::null()).spawn();
    assert!(install.expect("it starts").wait().expect("it ends").success());
    assert!(remove.expect("it starts").wait().expect("it ends").success());
    assert!(matches!(installed_byte(&concord), None | Some(1)));
}

#[test]
fn a_full_disk_leaves_the_old_version() {
    let Some(hap) = package("todo") else { return };
    let concord = concord();
    succeed(&concord, &["install", text(&hap)]);
    let newer = version(&hap, &concord.home().join("newer"), 2_000_000);
    let before = tree(&data_home(&concord));
    // No file may be larger than 8 KiB, which the bytecode is.
    let command = concord.command(&["install", text(&newer)]);
    let mut limited = Command::new("sh");
    limited
        .args(["-c", "ulimit -f 16; exec \"$@\"", "sh"])
        .arg(command.get_program())
        .args(command.get_args())
        .env_clear();
    limited.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let output = limited.output().expect("it starts");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("modules.abc") && said.contains("make room"), "{said}");
    assert_eq!(tree(&data_home(&concord)), before);
    assert_eq!(installed_version(&concord), Some(1_000_000));
}

#[test]
fn without_a_place_for_apps() {
    let Some(hap) = package("todo") else { return };
    let concord = concord();
    let install = |name: &str, value: &str| {
        let output = concord.command(&["install", text(&hap)]).env_remove("HOME").env(name, value).output();
        let output = output.expect("it starts");
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (code, said) = install("CONCORD_HOME", "/proc/none");
    assert!(code == Some(2) && said.contains("/proc/none") && said.contains("set CONCORD_HOME"), "{said}");
    let (code, said) = install("LANG", "C");
    assert!(code == Some(2) && said.contains("CONCORD_HOME"), "{said}");
    // A desktop that cannot be written to is no hindrance.
    let home = concord.home().join("own");
    let output = concord
        .command(&["install", text(&hap)])
        .env("CONCORD_HOME", &home)
        .env("XDG_DATA_HOME", "/proc/none")
        .output()
        .expect("it starts");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("menu"), "{output:?}");
}

#[test]
fn a_running_app_keeps_its_version() {
    let Some(hap) = package("todo") else { return };
    let concord = concord();
    succeed(&concord, &["install", text(&hap)]);
    let bundle = data_home(&concord).join("concord/bundles").join(TODO);
    let old = fs::canonicalize(bundle.join("current")).expect("it is installed");
    let held = fs::File::open(old.join("installed.json")).expect("it is there");
    let held = nix::fcntl::Flock::lock(held, nix::fcntl::FlockArg::LockShared).expect("nobody holds it");
    let newer = version(&hap, &concord.home().join("newer"), 2_000_000);
    succeed(&concord, &["install", text(&newer)]);
    assert!(old.join("entry.hap").exists(), "it is in use");
    assert_eq!(installed_version(&concord), Some(2_000_000));
    drop(held);
    succeed(&concord, &["install", text(&newer)]);
    assert!(!old.exists());
}
