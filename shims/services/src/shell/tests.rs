use super::*;
use serde_json::json;
use std::cell::RefCell;

#[derive(Default)]
struct Fake {
    root: Option<tempfile::TempDir>,
    started: RefCell<Vec<StartRequest>>,
}

impl Device for Fake {
    fn host_path(&self, path: &str) -> Option<PathBuf> {
        let inside = path.strip_prefix("/data")?.trim_start_matches('/');
        Some(self.root.as_ref()?.path().join(inside))
    }
    fn start_ability(&self, request: &StartRequest) -> Result<(), CommandError> {
        if request.ability.as_deref() == Some("None") {
            return Err(CommandError { code: 10103001, message: "The specified ability does not exist.".into() });
        }
        self.started.borrow_mut().push(request.clone());
        Ok(())
    }
    fn force_stop(&self, _bundle: &str) -> Result<(), CommandError> {
        Ok(())
    }
    fn bundles(&self) -> Vec<String> {
        vec!["com.x".into()]
    }
    fn bundle_info(&self, bundle: &str) -> Option<serde_json::Value> {
        (bundle == "com.x").then(|| json!({ "name": bundle }))
    }
    fn abilities(&self) -> Vec<[String; 4]> {
        vec![]
    }
    fn log(&self) -> Vec<String> {
        vec!["11-20 10:00:00.000 1 1 I A00000/tag: one".into(), "11-20 10:00:00.000 1 1 E A00000/tag: Two".into()]
    }
    fn clear_log(&self) {}
    fn parameter(&self, key: &str) -> Option<String> {
        (key == "const.product.model").then(|| "concord".into())
    }
    fn parameters(&self) -> Vec<(String, String)> {
        vec![]
    }
    fn set_parameter(&self, _key: &str, _value: &str) -> Result<(), String> {
        Ok(())
    }
    fn processes(&self) -> Vec<(u32, String)> {
        vec![(7, "com.x".into())]
    }
}

#[test]
fn abilities_are_started_with_their_parameters() {
    let fake = Fake::default();
    let output = run("aa start -d 0 -a Main -b com.x --ps k 'v w' --pi n 3 --pb f true", &fake);
    assert_eq!(output, Output::ok("start ability successfully.\n"));
    let started = fake.started.borrow();
    assert_eq!(started[0].ability.as_deref(), Some("Main"));
    assert_eq!(json!(started[0].parameters), json!({"k": "v w", "n": 3, "f": true}));
    let refused = run("aa start -a None -b com.x", &fake);
    assert_eq!(refused.code, 1);
    assert!(refused.text.starts_with("error: failed to start ability.\n"), "{}", refused.text);
    assert_eq!(run("aa start -a", &fake).text, "error: option [-a] requires a value.\n");
}

#[test]
fn files_stay_inside() {
    let fake = Fake { root: Some(tempfile::tempdir().unwrap()), ..Fake::default() };
    let output = run("mkdir -p /data/a/b && echo hi > /data/a/b/c && cat /data/a/b/c | wc -l", &fake);
    assert_eq!(output, Output::ok("1\n"));
    assert_eq!(run("cp -r /data/a /data/d; find /data/d -type f", &fake).text, "/data/d/b/c\n");
    assert_eq!(run("cp -r /data/a /data/a/b", &fake).code, 0);
    assert_eq!(run("cat /etc/passwd", &fake).text, "cat: /etc/passwd: Permission denied\n");
    assert_eq!(run("rm -r /data/a && ls /data", &fake).text, "d\n");
    assert_eq!(run("md5sum /data/d/b/c", &fake).text, "764efa883dda1e11db47671c4a3bbd9e  /data/d/b/c\n");
    assert_eq!(run("rm /data/none", &fake).code, 1);
}

#[test]
fn logs_are_filtered() {
    let fake = Fake::default();
    assert_eq!(run("hilog -x | grep -i 'two'", &fake).text.lines().count(), 1);
    assert_eq!(run("hilog -x -L E", &fake).text.lines().count(), 1);
    assert_eq!(run("hilog -x | grep nothing", &fake).code, 1);
}

#[test]
fn unknown_commands_and_bad_lines() {
    let fake = Fake::default();
    assert_eq!(run("reboot", &fake).code, 127);
    assert_eq!(run("echo 'x", &fake), Output { text: "sh: no closing quote\n".into(), code: 2 });
    assert_eq!(run("false || echo no; true && echo yes", &fake).text, "no\nyes\n");
}
