//! What an app was told is kept is there after its process was killed, after another process wrote at the same time, and after the disk
//! was full. The writers are this program again, in another process ([`writer`]).

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use concord_data::preferences::{self, Kind};
use concord_data::rdb::{self, Conflict, Place, RdbError, Store, StoreConfig, Value};

const MODE: &str = "CONCORD_TEST_WRITER";
const PLACE: &str = "CONCORD_TEST_PLACE";
/// Kills of each kind of writer.
const KILLS: u64 = 67;

/// Not a test of its own: what the other processes do.
#[test]
fn writer() {
    let Ok(mode) = std::env::var(MODE) else { return };
    let place = PathBuf::from(std::env::var_os(PLACE).unwrap());
    match mode.as_str() {
        "xml" => write_preferences(&place, Kind::Xml),
        "gskv" => write_preferences(&place, Kind::Gskv),
        "rdb" => write_rows(&place),
        "share" => share(&place),
        _ => fill_the_disk(&place),
    }
}

/// Tells the test what is kept.
fn kept(number: u64) {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    writeln!(out, "\nkept {number}").unwrap();
    out.flush().unwrap();
}

fn write_preferences(place: &Path, kind: Kind) {
    let store = preferences::open(place, kind).unwrap();
    let mut number = preference(&store);
    loop {
        number += 1;
        // Large enough that a write is no single page.
        store.set("padding", Some(format!("{number} {}", "x".repeat(20_000)))).unwrap();
        store.set("number", Some(number.to_string())).unwrap();
        store.flush().unwrap();
        kept(number);
    }
}

fn preference(store: &preferences::Preferences) -> u64 {
    store.get("number").unwrap().map_or(0, |number| number.parse().unwrap())
}

fn database(place: &Path) -> Store {
    let config = StoreConfig { security_level: 1, read_only: false, allow_rebuild: false };
    let store = rdb::open(Place::File(place.to_owned()), config).unwrap();
    store.with(|db| db.execute_only("CREATE TABLE IF NOT EXISTS t (a INTEGER, b TEXT)", &[])).unwrap();
    store
}

/// The largest number of the table, and how many rows there are.
fn rows(store: &Store) -> (u64, usize) {
    let cursor = store.with(|db| db.query("SELECT a FROM t ORDER BY a DESC".into(), vec![], true)).unwrap();
    let count = cursor.count().unwrap();
    let largest = if count == 0 { 0 } else { cursor.value(0, 0).unwrap().to_integer().unwrap() };
    (u64::try_from(largest).unwrap(), count)
}

fn insert(store: &Store, number: u64) -> Result<i64, RdbError> {
    let values = [Value::Integer(i64::try_from(number).unwrap()), Value::Text("x".repeat(3000))];
    store.with(|db| db.insert("t", &["a".into(), "b".into()], &values, Conflict::None))
}

/// Two rows in each transaction.
fn write_rows(place: &Path) {
    let store = database(place);
    let (mut number, _) = rows(&store);
    loop {
        number += 1;
        store.with(rdb::Database::begin).unwrap();
        insert(&store, number).unwrap();
        insert(&store, number).unwrap();
        store.with(rdb::Database::commit).unwrap();
        kept(number);
    }
}

/// Fifty rows, and fifty keys of its own, beside another process that does the same.
fn share(place: &Path) {
    let store = database(place);
    let ours = preferences::open(&place.with_extension("preferences"), Kind::Xml).unwrap();
    for number in 0..50 {
        insert(&store, number).unwrap();
        ours.set(&format!("{} {number}", std::process::id()), Some("s".into())).unwrap();
        ours.flush().unwrap();
    }
}

/// Runs where files cannot become large.
fn fill_the_disk(place: &Path) {
    let store = database(place);
    insert(&store, 1).unwrap();
    let preferences = preferences::open(&place.with_extension("preferences"), Kind::Xml).unwrap();
    preferences.set("number", Some("1".into())).unwrap();
    preferences.flush().unwrap();
    kept(1);
    let refused = (2..1000).find_map(|number| insert(&store, number).err()).unwrap();
    assert!([14_800_028, 14_800_029].contains(&refused.code()), "{refused}");
    preferences.set("padding", Some("x".repeat(2 << 20))).unwrap();
    assert!(preferences.flush().is_err());
    kept(2);
}

fn spawn(mode: &str, place: &Path, limited: bool) -> Child {
    let program = std::env::current_exe().unwrap();
    let mut command = if limited {
        // 400 blocks of 512 bytes or 1 KiB; what would kill a writer becomes an error.
        let mut shell = Command::new("sh");
        shell.args(["-c", "trap '' XFSZ; ulimit -f 400; exec \"$0\" \"$@\""]).arg(program);
        shell
    } else {
        Command::new(program)
    };
    command.args(["--exact", "writer", "--nocapture"]).env(MODE, mode).env(PLACE, place);
    command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
}

/// A number that differs from run to run: the moments of the kills.
fn seed() -> u64 {
    u64::from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().subsec_nanos())
}

/// Kills a writer again and again; `check(kept)` looks at what is there.
fn kill_again_and_again(mode: &str, place: &Path, check: impl Fn(u64)) {
    let mut random = seed();
    let mut last = 0;
    for _ in 0..KILLS {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let mut child = spawn(mode, place, false);
        let out = BufReader::new(child.stdout.take().unwrap());
        let mut lines = out.lines().map_while(Result::ok).filter_map(|line| line.strip_prefix("kept ")?.parse().ok());
        // At least one write, then some random time.
        last = lines.next().expect("the writer writes");
        std::thread::sleep(Duration::from_micros(random >> 50));
        child.kill().unwrap();
        child.wait().unwrap();
        last = lines.last().unwrap_or(last);
        check(last);
    }
    assert!(last >= KILLS, "every writer went on where the one before was killed");
}

#[test]
fn preferences_survive_kills() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("p");
    kill_again_and_again("xml", &place, |kept| {
        preferences::forget(&place);
        let store = preferences::open(&place, Kind::Xml).unwrap();
        let number = preference(&store);
        assert!((kept..=kept + 1).contains(&number), "{number} instead of {kept}");
        assert!(store.get("padding").unwrap().unwrap().starts_with(&format!("{number} ")), "one state, not two");
        preferences::forget(&place);
    });
}

#[test]
fn preferences_of_the_other_kind_survive_kills() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("p");
    kill_again_and_again("gskv", &place, |kept| {
        let store = preferences::open(&place, Kind::Gskv).unwrap();
        let number = preference(&store);
        assert!((kept..=kept + 1).contains(&number), "{number} instead of {kept}");
        preferences::forget(&place);
    });
}

#[test]
fn committed_rows_survive_kills() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("t.db");
    kill_again_and_again("rdb", &place, |kept| {
        let store = database(&place);
        let (number, count) = rows(&store);
        assert!((kept..=kept + 1).contains(&number), "{number} instead of {kept}");
        assert_eq!(count as u64, 2 * number, "whole transactions");
        assert_eq!(store.with(|db| db.execute("PRAGMA integrity_check", &[])), Ok(Value::Text("ok".into())));
        drop(store);
    });
}

#[test]
fn two_processes_share_a_store() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("t.db");
    let children = [spawn("share", &place, false), spawn("share", &place, false)];
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let store = database(&place);
    assert_eq!(rows(&store), (49, 100));
    assert_eq!(store.with(|db| db.execute("PRAGMA integrity_check", &[])), Ok(Value::Text("ok".into())));
    let preferences = preferences::open(&place.with_extension("preferences"), Kind::Xml).unwrap();
    assert_eq!(preferences.all().unwrap().len(), 100);
}

#[test]
fn a_full_disk_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("t.db");
    let child = spawn("full", &place, true);
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    let store = database(&place);
    let (largest, count) = rows(&store);
    assert!(largest >= 1 && count as u64 == largest, "{count} rows up to {largest}");
    assert_eq!(store.with(|db| db.execute("PRAGMA integrity_check", &[])), Ok(Value::Text("ok".into())));
    let preferences = preferences::open(&place.with_extension("preferences"), Kind::Xml).unwrap();
    assert_eq!(preference(&preferences), 1);
    assert_eq!(preferences.get("padding").unwrap(), None);
}
