//! Values between two engines.

use crate::transfer::{Copied, Message, Moved, Shared, Sharing, add_sharing};
use concord_engine::{Context, JsResult, Value};
use std::rc::Rc;
use std::sync::Arc;

/// Takes what `script` makes, gives it in another engine as `got`, and evaluates `check` there.
fn carried(script: &str, check: &str) -> String {
    let (here, there) = (Context::new().unwrap(), Context::new().unwrap());
    let value = here.eval(script, "test").unwrap_or_else(|error| panic!("{}", error.describe()));
    let message = match Message::take(&value, Moved::None, Copied::None) {
        Ok(message) => message,
        Err(error) => return error.headline(),
    };
    let got = message.give(&there).unwrap_or_else(|error| panic!("{}", error.describe()));
    there.global().set("got", &got).unwrap();
    let checked = there.eval(check, "check").unwrap_or_else(|error| panic!("{}", error.describe()));
    checked.to_js_string().unwrap()
}

#[test]
fn primitives_arrive() {
    for primitive in
        ["-0", "NaN", "1.5", "'a\\ud800\\u00e9'", "''", "undefined", "null", "true", "123456789012345678901n"]
    {
        assert_eq!(carried(primitive, &format!("Object.is(got, {primitive})")), "true", "{primitive}");
    }
}

#[test]
fn containers_arrive() {
    let json = "JSON.stringify(got)";
    assert_eq!(
        carried("({ a: [1, 2, , 'x', [3]], b: { c: null }, '': 1 })", json),
        r#"{"a":[1,2,null,"x",[3]],"b":{"c":null},"":1}"#
    );
    assert_eq!(carried("[1, , 2]", "1 in got"), "false");
    assert_eq!(carried("const a = []; a[4e9] = 'far'; a", "got.length + got[4e9]"), "4000000001far");
    assert_eq!(
        carried(
            "JSON.parse('{\"__proto__\": 1, \"toString\": 2}')",
            "Object.keys(got).join() + (got instanceof Object)"
        ),
        "__proto__,toStringtrue"
    );
    assert_eq!(
        carried("new Map([[{ k: 1 }, new Set([1, 'b'])]])", "[...got].map(([k, v]) => k.k + [...v].join())[0]"),
        "11,b"
    );
    assert_eq!(carried("const o = {}; o.self = o; o.list = [o]; o", "got.self === got && got.list[0] === got"), "true");
    assert_eq!(
        carried(
            "class Point { x = 1; get y() { return 2; } m() {} } new Point",
            "JSON.stringify(got) + got.constructor.name"
        ),
        r#"{"x":1}Object"#
    );
    assert_eq!(
        carried(
            "let o = {}; for (let i = 0; i < 200000; i++) o = { o }; o",
            "let n = 0; while (got.o) { got = got.o; n++ } n"
        ),
        "200000"
    );
}

#[test]
fn built_in_objects_arrive() {
    assert_eq!(carried("new Date(5)", "got instanceof Date && got.getTime()"), "5");
    assert_eq!(carried("/a+/gi", "`${got}` + got.test('xAA')"), "/a+/gitrue");
    assert_eq!(carried("Object('s')", "typeof got + got"), "objects");
    assert_eq!(
        carried(
            "Object.assign(new RangeError('far'), { code: 401 })",
            "[got instanceof RangeError, got.message, got.code, typeof got.stack].join()"
        ),
        "true,far,401,string"
    );
    assert_eq!(
        carried("Object.assign(new Error('m'), { name: 'BusinessError' })", "got.name + Object.keys(got).length"),
        "BusinessError1"
    );
    let views = "const b = new ArrayBuffer(16); const v = new Uint16Array(b, 2, 3); v[0] = 513; ({ b, v, d: new DataView(b, 2) })";
    assert_eq!(
        carried(
            views,
            "[got.v.buffer === got.b, got.v.byteOffset, got.v.length, got.d.getUint8(1), got.b.byteLength].join()"
        ),
        "true,2,3,2,16"
    );
}

#[test]
fn what_cannot_be_copied_is_refused() {
    for refused in ["() => 1", "Symbol()", "Promise.resolve()", "new WeakMap", "({ f() {} })"] {
        let script = format!("({{ inside: {refused} }})");
        assert!(carried(&script, "").contains("cannot be serialized"), "{refused}");
    }
    assert!(carried("({ get a() { throw new Error('from a getter') } })", "").contains("from a getter"));
}

#[test]
fn buffers_are_moved_when_they_are_listed() {
    let (here, there) = (Context::new().unwrap(), Context::new().unwrap());
    let value = here.eval("[new Uint8Array([1, 2]).buffer, new Uint8Array([3]).buffer]", "test").unwrap();
    let listed = here.array(&[value.get_index(0).unwrap()]);
    let lengths = || [0, 1].map(|index| value.get_index(index).unwrap().get("byteLength").unwrap().as_f64().unwrap());
    let message = Message::take(&value, Moved::Listed(&listed), Copied::None).unwrap();
    assert_eq!(lengths(), [0.0, 1.0]);
    assert_eq!(message.give(&there).unwrap().get_index(0).unwrap().bytes().unwrap(), [1, 2]);
    let other = value.get_index(1).unwrap();
    let kept = here.array(std::slice::from_ref(&other));
    Message::take(&other, Moved::All, Copied::Listed(&kept)).unwrap();
    assert_eq!(lengths(), [0.0, 1.0]);
    Message::take(&other, Moved::All, Copied::None).unwrap();
    assert_eq!(lengths(), [0.0, 0.0]);
    assert!(Message::take(&value, Moved::None, Copied::None).is_err(), "a detached buffer cannot go anywhere");
}

/// Shares objects that have a property `shared`, as its number.
struct Numbers;

impl Sharing for Numbers {
    fn share(&self, object: &Value, copy: bool) -> JsResult<Option<Shared>> {
        let number = object.get("shared")?.as_f64().unwrap_or_default();
        Ok((number >= 0.0).then(|| Arc::new(if copy { number + 0.5 } else { number }) as Shared))
    }

    fn adopt(&self, context: &Context, shared: &Shared) -> JsResult<Option<Value>> {
        Ok(shared.downcast_ref::<f64>().map(|number| context.number(*number)))
    }
}

#[test]
fn shared_objects_are_not_copied() {
    let (here, there) = (Context::new().unwrap(), Context::new().unwrap());
    for context in [&here, &there] {
        let predicate = context.eval("value => 'shared' in value", "test").unwrap();
        add_sharing(context, &predicate, Rc::new(Numbers)).unwrap();
    }
    let value = here.eval("const a = { shared: 1 }; [a, { shared: 2 }, a, { shared: -1 }]", "test").unwrap();
    let copied = here.array(&[value.get_index(1).unwrap()]);
    let message = Message::take(&value, Moved::None, Copied::Listed(&copied)).unwrap();
    assert_eq!(message.give(&there).unwrap().to_json().unwrap().unwrap(), r#"[1,2.5,1,{"shared":-1}]"#);
}
