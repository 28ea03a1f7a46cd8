//! What the face cannot show: windows, lanes, damage, a full disk, two connections.

use std::sync::{Arc, Mutex};

use super::{
    Conflict, Database, Event, Interest, Kind, Operator, Place, Predicates, RdbError, Store, StoreConfig, Value,
    delete, open,
};

const CONFIG: StoreConfig = StoreConfig { security_level: 1, read_only: false, allow_rebuild: false };

fn fields(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn store(folder: &tempfile::TempDir) -> Store {
    let store = open(Place::File(folder.path().join("t.db")), CONFIG).unwrap();
    store
        .with(|db| db.execute_only("CREATE TABLE IF NOT EXISTS t (a INTEGER PRIMARY KEY, b TEXT UNIQUE)", &[]))
        .unwrap();
    store
}

fn insert(db: &mut Database, text: &str) -> Result<i64, RdbError> {
    db.insert("t", &fields(&["b"]), &[Value::Text(text.into())], Conflict::None)
}

#[test]
fn predicates_become_sql() {
    let mut p = Predicates::new("t");
    p.compare(Operator::Equal, "a", Value::Integer(1));
    p.begin_wrap();
    p.compare(Operator::Like, "b", Value::Text("x%".into()));
    p.or();
    p.null("b", true);
    p.end_wrap();
    p.one_of("a", vec![Value::Integer(1), Value::Integer(2)], true);
    p.compare(Operator::Greater, "b", Value::Text(String::new())); // adds nothing
    p.having("count(a) > ?", vec![Value::Integer(9)]);
    p.group_by(&fields(&["a", "b"]));
    p.order_by("a", false);
    p.order_by("b", true);
    p.offset(3);
    assert_eq!(
        p.query(&fields(&["a", "b"])),
        "SELECT a, b  FROM t WHERE a = ?  AND  ( b LIKE ?  OR b IS NOT NULL  )  AND a NOT IN (?,?) GROUP BY a,b HAVING count(a) > ? \
         ORDER BY a ASC ,b DESC  LIMIT -1 OFFSET 3"
    );
    assert_eq!(p.values().count(), 5);
}

#[test]
fn numbers_become_texts_and_back() {
    let numbers = [
        (0.0, "0.0"),
        (30.0, "30.0"),
        (-0.125, "-0.125"),
        (1e14, "100000000000000.0"),
        (1e15, "1.0e+15"),
        (1e-4, "0.0001"),
        (1.5e-7, "1.5e-07"),
        (1e300, "1.0e+300"),
        (0.1 + 0.2, "0.3"),
    ];
    for (number, text) in numbers {
        assert_eq!(Value::Real(number).to_text().unwrap(), text, "{number}");
    }
    assert_eq!(Value::Text("12abc".into()).to_integer().unwrap(), 12);
    assert_eq!(Value::Text("-1.5e2x".into()).to_real().unwrap(), -150.0);
}

#[test]
fn rows_outside_the_window_are_fetched_again() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder);
    let long = "x".repeat(100_000);
    store
        .with(|db| {
            db.begin()?;
            for row in 0..200 {
                insert(db, &format!("{row} {long}"))?;
            }
            db.commit()?;
            let mut cursor = db.query("SELECT b FROM t ORDER BY a".into(), vec![], true)?;
            assert_eq!(cursor.count(), Some(200));
            assert!(!cursor.holds(199), "the window does not hold 20 MB");
            for row in [199, 0, 120] {
                db.fetch(&mut cursor, row)?;
                assert!(cursor.value(row, 0)?.to_text()?.starts_with(&format!("{row} ")));
            }
            db.fetch(&mut cursor, 200)?;
            assert_eq!(cursor.row(200), Err(RdbError::RowOutOfRange));
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_batch_is_inserted_whole_or_not() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder);
    let texts = |texts: &[&str]| texts.iter().map(|text| Value::Text((*text).into())).collect::<Vec<_>>();
    let count = |store: &Store| store.with(|db| db.query("SELECT a FROM t".into(), vec![], true)).unwrap().count();
    let batch =
        |values: &[&str], conflict| store.with(|db| db.insert_many("t", &fields(&["b"]), &texts(values), conflict));
    assert_eq!(batch(&["x", "y", "x"], Conflict::None).unwrap_err().code(), 14_800_032);
    assert_eq!(count(&store), Some(0));
    assert_eq!(batch(&["x", "y", "x"], Conflict::Fail).unwrap_err().code(), 14_800_032);
    assert_eq!(count(&store), Some(2));
    assert_eq!(batch(&["x", "z"], Conflict::Ignore), Ok(1));
    store.with(Database::begin).unwrap();
    assert_eq!(batch(&["q", "x"], Conflict::Rollback).unwrap_err().code(), 14_800_032);
    assert_eq!(store.with(Database::roll_back), Err(RdbError::Inner("No transaction is open.".into())));
    assert_eq!(count(&store), Some(3));
}

#[test]
fn changes_are_told_when_they_are_committed() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder);
    let heard = Arc::new(Mutex::new(Vec::new()));
    let ears = Arc::clone(&heard);
    let id = store.listen(
        Interest::Changes,
        Arc::new(move |event| {
            if let Event::Changed(changes) = event {
                ears.lock().unwrap().extend(changes.clone());
            }
        }),
    );
    store.with(Database::begin).unwrap();
    store.with(|db| insert(db, "a")).unwrap();
    assert!(heard.lock().unwrap().is_empty());
    store.with(Database::roll_back).unwrap();
    assert!(heard.lock().unwrap().is_empty());
    store.with(Database::begin).unwrap();
    store.with(|db| insert(db, "a")).unwrap();
    store.with(Database::commit).unwrap();
    store.with(|db| db.delete(&Predicates::new("t"))).unwrap();
    let changes = std::mem::take(&mut *heard.lock().unwrap());
    assert_eq!((changes[0].inserted.as_slice(), changes[1].deleted.as_slice()), ([1].as_slice(), [1].as_slice()));
    store.ignore(id);
    store.with(|db| insert(db, "b")).unwrap();
    assert!(heard.lock().unwrap().is_empty());
}

#[test]
fn transactions_have_connections_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder);
    let transaction = store.transaction(Kind::Immediate).unwrap();
    transaction.lane().run(|db| insert(db.as_mut().unwrap(), "in")).unwrap();
    let seen = store.with(|db| db.query("SELECT a FROM t".into(), vec![], true)).unwrap();
    assert_eq!(seen.count(), Some(0), "not committed");
    // The second writer waits for the first one, in vain.
    assert_eq!(store.with(|db| insert(db, "out")).unwrap_err().code(), 14_800_024);
    transaction.lane().run(|db| super::Transaction::end(db, true)).unwrap();
    assert_eq!(transaction.lane().run(|db| super::Transaction::end(db, true)), Err(RdbError::Closed));
    store.with(|db| insert(db, "out")).unwrap();
    let open: Vec<_> = (0..4).map(|_| store.transaction(Kind::Deferred).unwrap()).collect();
    assert_eq!(store.transaction(Kind::Deferred).err().unwrap().code(), 14_800_015);
    drop(open);
    store.transaction(Kind::Deferred).unwrap();
}

#[test]
fn a_damaged_file_is_reported_or_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.db");
    std::fs::write(&path, "this is no database, whatever its name says".repeat(100)).unwrap();
    assert_eq!(open(Place::File(path.clone()), CONFIG).err().unwrap().code(), 14_800_011);
    let store = open(Place::File(path.clone()), StoreConfig { allow_rebuild: true, ..CONFIG }).unwrap();
    assert!(store.rebuilt());
    assert_eq!(open(Place::File(path.clone()), CONFIG).err().unwrap().code(), 14_800_017);
    delete(&Place::File(path.clone())).unwrap();
    assert!(!path.exists());
    assert_eq!(store.with(Database::version), Err(RdbError::Closed));
}

#[test]
fn a_full_database_says_so_and_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder);
    store.with(|db| insert(db, "kept")).unwrap();
    store.with(|db| db.execute("PRAGMA max_page_count = 8", &[])).unwrap();
    let error = store.with(|db| insert(db, &"x".repeat(1 << 20))).unwrap_err();
    assert_eq!(error.code(), 14_800_029);
    let cursor = store.with(|db| db.query("SELECT b FROM t".into(), vec![], true)).unwrap();
    assert_eq!((cursor.count(), cursor.value(0, 0).unwrap()), (Some(1), &Value::Text("kept".into())));
}

#[test]
fn sql_cannot_open_other_files() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder);
    let other = folder.path().join("other.db");
    let attach = format!("ATTACH DATABASE '{}' AS o", other.display());
    assert!(store.with(|db| db.execute_only(&attach, &[])).is_err());
    assert!(store.with(|db| db.execute_only(&format!("VACUUM INTO '{}'", other.display()), &[])).is_err());
    assert!(!other.exists());
    store.with(|db| db.execute_only("VACUUM", &[])).unwrap();
    assert_eq!(store.with(|db| db.attach(&other, "o")), Ok(1));
    assert_eq!(store.with(|db| db.attach(&other, "O")), Err(RdbError::AliasExists));
    assert_eq!(store.with(|db| db.detach("o")), Ok(0));
}

#[test]
fn stores_in_memory_are_shared_by_name() {
    let place = Place::Memory("tests/shared".into());
    let (one, other) = (open(place.clone(), CONFIG).unwrap(), open(place.clone(), CONFIG).unwrap());
    one.with(|db| db.execute_only("CREATE TABLE m (a)", &[])).unwrap();
    other.with(|db| db.insert("m", &fields(&["a"]), &[Value::Integer(1)], Conflict::None)).unwrap();
    let transaction = one.transaction(Kind::Deferred).unwrap();
    let seen = transaction.lane().run(|db| db.as_mut().unwrap().query("SELECT a FROM m".into(), vec![], true)).unwrap();
    assert_eq!(seen.count(), Some(1));
    drop(transaction);
    delete(&place).unwrap();
    let again = open(place, CONFIG).unwrap();
    assert_eq!(again.with(|db| db.insert("m", &[], &[], Conflict::None)).unwrap_err().code(), 14_800_021);
}

#[test]
fn what_is_run_waits_for_what_was_posted() {
    let lane = super::Lane::new("test", Vec::new());
    for number in 0..100 {
        lane.post(move |list: &mut Vec<u32>| list.push(number)).unwrap();
    }
    assert_eq!(lane.run(|list| list.len()), 100);
    lane.post(|_| panic!("on purpose")).unwrap();
    assert_eq!(lane.run(|list| list.len()), 100, "a panic does not stop the lane");
    lane.post(|list| list.clear()).unwrap();
    assert_eq!(lane.run(|list| list.len()), 0);
}

#[test]
fn only_the_first_statement_counts() {
    use super::statement::first_statement;
    for (sql, first) in [
        ("SELECT 1", "SELECT 1"),
        ("SELECT ';' ; SELECT 2", "SELECT ';' ;"),
        ("SELECT \"a;\", `;`, [;] -- ;\n /* ; */; x", "SELECT \"a;\", `;`, [;] -- ;\n /* ; */;"),
        ("CREATE TABLE a(b); CREATE TABLE c(d)", "CREATE TABLE a(b);"),
        (
            "CREATE TEMP TRIGGER r AFTER INSERT ON t BEGIN SELECT 1; SELECT 2; END; SELECT 3",
            "CREATE TEMP TRIGGER r AFTER INSERT ON t BEGIN SELECT 1; SELECT 2; END;",
        ),
        ("SELECT 'open", "SELECT 'open"),
    ] {
        assert_eq!(first_statement(sql), first);
    }
    let folder = tempfile::tempdir().unwrap();
    let store = store(&folder);
    store.with(|db| db.execute_only(&"INSERT INTO t(b) VALUES (NULL);".repeat(100_000), &[])).unwrap();
    assert_eq!(store.with(|db| db.query("SELECT a FROM t".into(), vec![], true)).unwrap().count(), Some(1));
}
