//! The list of classes that the table of `concord apis` is made from is what the library has.

mod common;

use std::path::Path;

/// A line for each class of the library that apps know: its name, and what it and its objects have.
const SCRIPT: &str = r"
const { COMPONENTS, CLASSES, ENUMS } = require('@concord:arkui/names');
const nodes = require('@concord:arkui/nodes');
const rows = new Map(nodes.components().map(([name, , methods]) => [name, new Set(methods)]));
const WORDS = new Set(['length', 'name', 'prototype', 'arguments', 'caller', 'constructor']);
const usable = (name) => /^[A-Za-z]\w*$/.test(name) && !name.endsWith('_') && !WORDS.has(name);

function membersOf(Class) {
  const names = new Set(Object.getOwnPropertyNames(Class));
  for (let at = Class.prototype; at && at !== Object.prototype; at = Object.getPrototypeOf(at)) {
    Object.getOwnPropertyNames(at).forEach((name) => names.add(name));
  }
  try {
    Object.keys(new Class()).forEach((name) => names.add(name));
  } catch {
    // It is not to be made without arguments.
  }
  return [...names].filter(usable);
}

const lines = new Map();
// The prototype of a class cannot be replaced; that of a stand-in, which accepts everything, can.
const isClass = (value) => typeof value === 'function' && Object.getOwnPropertyDescriptor(value, 'prototype')?.writable === false;
function add(name, value) {
  const members = isClass(value) ? membersOf(value)
    : typeof value === 'object' && value !== null ? Object.keys(value).filter(usable) : undefined;
  if (members && !ENUMS.has(name)) {
    lines.set(name, members);
  }
}

// What the language has by itself, and what compiled pages alone call.
const OTHERS = new Set(('AggregateError Array ArrayBuffer Atomics BigInt BigInt64Array BigUint64Array Boolean DataView Date Error ' +
  'EvalError FinalizationRegistry Float16Array Float32Array Float64Array Function Int16Array Int32Array Int8Array Intl Iterator JSON Map Math Number ' +
  'Object Promise Proxy RangeError ReferenceError Reflect RegExp Set SharedArrayBuffer String Symbol SyntaxError TypeError ' +
  'URIError Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef WeakSet WebAssembly Context ObservedObject ' +
  'ViewStackProcessor ViewPU ViewV2 PUV2ViewBase SubscriberManager').split(' '));

for (const name of [...CLASSES, ...Object.getOwnPropertyNames(globalThis)]) {
  if (usable(name) && /^[A-Z]/.test(name) && !rows.has(name) && !OTHERS.has(name)) {
    add(name, globalThis[name]);
  }
}
// What every component has is listed by the table itself.
const everywhere = new Set(Object.getOwnPropertyNames(globalThis.Column));
for (const name of COMPONENTS.filter((one) => rows.has(one))) {
  const more = Object.getOwnPropertyNames(globalThis[name])
    .filter((member) => usable(member) && !rows.get(name).has(member) && !everywhere.has(member) && !/^(create|pop$)/.test(member));
  if (more.length > 0) {
    lines.set(`${name}Attribute`, more);
  }
}
for (const request of ['@concord:arkui/drag', '@concord:arkui/gestures', '@ohos:arkui.node', '@ohos:arkui.modifier']) {
  for (const [name, value] of Object.entries(require(request))) {
    if (/^[A-Z]/.test(name) && isClass(value) && !/Modifier$/.test(name)) {
      add(name, value);
    }
  }
}
return [...lines].map(([name, members]) => [name, ...[...new Set(members)].sort()].join(' ')).sort().join('\n') + '\n';
";

#[test]
fn the_list_of_classes_is_that_of_the_library() {
    let home = tempfile::tempdir().unwrap();
    let Some(now) = common::real_script_in("ui/gallery/entry.hap", home.path(), SCRIPT) else { return };
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/components/coverage/classes.txt");
    if std::env::var_os("CONCORD_BLESS").is_some() {
        std::fs::write(&file, &now).unwrap();
    }
    let listed = std::fs::read_to_string(&file).unwrap();
    assert!(listed == now, "{} is out of date: CONCORD_BLESS=1 writes it anew", file.display());
}
