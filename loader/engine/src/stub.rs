//! The interface agreed for this crate; to be replaced by the real modules.
#![allow(clippy::todo, missing_docs, dead_code, unused_variables)]
use crate::*;
use std::any::Any;
pub(crate) struct Inner;

#[derive(Debug, thiserror::Error)]
#[error("JavaScriptCore was not found")]
pub struct LoadError;

impl Context {
    /// Loads the library (once per process) and makes a context of a new group.
    pub fn new() -> Result<Context, LoadError> {
        todo!()
    }
    pub fn eval(&self, source: &str, url: &str) -> JsResult {
        todo!()
    }
    /// Like `eval` with the line of the first source line.
    pub fn eval_at(&self, source: &str, url: &str, first_line: u32) -> JsResult {
        todo!()
    }
    pub fn check_syntax(&self, source: &str, url: &str) -> JsResult<()> {
        todo!()
    }
    pub fn global(&self) -> Value {
        todo!()
    }
    pub fn undefined(&self) -> Value {
        todo!()
    }
    pub fn null(&self) -> Value {
        todo!()
    }
    pub fn boolean(&self, b: bool) -> Value {
        todo!()
    }
    pub fn number(&self, n: f64) -> Value {
        todo!()
    }
    pub fn bigint(&self, n: i64) -> Value {
        todo!()
    }
    pub fn string(&self, s: &str) -> Value {
        todo!()
    }
    pub fn string_utf16(&self, s: &[u16]) -> Value {
        todo!()
    }
    pub fn symbol(&self, description: &str) -> Value {
        todo!()
    }
    pub fn object(&self) -> Value {
        todo!()
    }
    pub fn array(&self, items: &[Value]) -> Value {
        todo!()
    }
    pub fn json_parse(&self, text: &str) -> JsResult {
        todo!()
    }
    /// Takes ownership of the bytes without copying.
    pub fn array_buffer(&self, bytes: Vec<u8>) -> Value {
        todo!()
    }
    pub fn typed_array(&self, kind: ArrayKind, bytes: Vec<u8>) -> Value {
        todo!()
    }
    pub fn error(&self, kind: ErrorKind, message: &str) -> Value {
        todo!()
    }
    /// A function object; a Rust panic inside becomes a JavaScript Error, never an abort. The closure is dropped when the
    /// function is collected or the context ends.
    pub fn function(&self, name: &str, length: u32, f: impl Fn(&Call<'_>) -> JsResult + 'static) -> Value {
        todo!()
    }
    /// An object that owns a Rust value; dropped by the finalizer (on this thread). `prototype` may be undefined.
    pub fn native_object(&self, data: Box<dyn Any>, prototype: Option<&Value>) -> Value {
        todo!()
    }
    /// A pending promise and its resolving functions.
    pub fn promise(&self) -> (Value, Resolver) {
        todo!()
    }
    /// Called with (promise, reason) for rejections nobody handled.
    pub fn on_unhandled_rejection(&self, f: impl Fn(Value, Value) + 'static) {
        todo!()
    }
    /// Runs pending microtasks (they also run when the outermost call returns).
    pub fn drain_microtasks(&self) {
        todo!()
    }
    pub fn collect_garbage(&self) {
        todo!()
    }
    /// Bytes of the JavaScript heap.
    pub fn heap_size(&self) -> usize {
        todo!()
    }
    /// Per-context slot for host state by type.
    pub fn set_host_data<T: 'static>(&self, data: Rc<T>) {
        todo!()
    }
    pub fn host_data<T: 'static>(&self) -> Option<Rc<T>> {
        todo!()
    }
    /// A handle usable from another thread that makes running script throw an uncatchable termination.
    pub fn terminator(&self) -> Terminator {
        todo!()
    }
}

#[derive(Clone)]
pub struct Resolver {
    pub resolve: Value,
    pub reject: Value,
}
impl Resolver {
    pub fn resolve(&self, value: &Value) {
        todo!()
    }
    pub fn reject(&self, reason: &Value) {
        todo!()
    }
}
#[derive(Clone)]
pub struct Terminator;
impl Terminator {
    pub fn terminate(&self) {
        todo!()
    }
}

impl Value {
    pub fn context(&self) -> &Context {
        &self.context
    }
    pub fn is_undefined(&self) -> bool {
        todo!()
    }
    pub fn is_null(&self) -> bool {
        todo!()
    }
    pub fn is_nullish(&self) -> bool {
        todo!()
    }
    pub fn is_boolean(&self) -> bool {
        todo!()
    }
    pub fn is_number(&self) -> bool {
        todo!()
    }
    pub fn is_string(&self) -> bool {
        todo!()
    }
    pub fn is_symbol(&self) -> bool {
        todo!()
    }
    pub fn is_bigint(&self) -> bool {
        todo!()
    }
    pub fn is_object(&self) -> bool {
        todo!()
    }
    pub fn is_function(&self) -> bool {
        todo!()
    }
    pub fn is_array(&self) -> bool {
        todo!()
    }
    pub fn is_error(&self) -> bool {
        todo!()
    }
    pub fn is_promise(&self) -> bool {
        todo!()
    }
    /// Plain primitives, without conversion.
    pub fn as_bool(&self) -> Option<bool> {
        todo!()
    }
    pub fn as_f64(&self) -> Option<f64> {
        todo!()
    }
    /// Number that is an integer in range.
    pub fn as_i64(&self) -> Option<i64> {
        todo!()
    }
    pub fn as_string(&self) -> Option<String> {
        todo!()
    }
    pub fn as_utf16(&self) -> Option<Vec<u16>> {
        todo!()
    }
    /// ECMAScript conversions.
    pub fn to_boolean(&self) -> bool {
        todo!()
    }
    pub fn to_number(&self) -> JsResult<f64> {
        todo!()
    }
    pub fn to_js_string(&self) -> JsResult<String> {
        todo!()
    }
    pub fn to_json(&self) -> JsResult<Option<String>> {
        todo!()
    }
    pub fn get(&self, key: &str) -> JsResult {
        todo!()
    }
    pub fn get_index(&self, index: u32) -> JsResult {
        todo!()
    }
    pub fn get_key(&self, key: &Value) -> JsResult {
        todo!()
    }
    pub fn set(&self, key: &str, value: &Value) -> JsResult<()> {
        todo!()
    }
    pub fn set_index(&self, index: u32, value: &Value) -> JsResult<()> {
        todo!()
    }
    pub fn set_key(&self, key: &Value, value: &Value) -> JsResult<()> {
        todo!()
    }
    /// Defines a non-enumerable, read-only property.
    pub fn define_hidden(&self, key: &str, value: &Value) -> JsResult<()> {
        todo!()
    }
    pub fn has(&self, key: &str) -> bool {
        todo!()
    }
    pub fn delete(&self, key: &str) -> JsResult<bool> {
        todo!()
    }
    pub fn own_keys(&self) -> JsResult<Vec<String>> {
        todo!()
    }
    pub fn prototype(&self) -> Value {
        todo!()
    }
    pub fn set_prototype(&self, prototype: &Value) {
        todo!()
    }
    pub fn call(&self, this: &Value, args: &[Value]) -> JsResult {
        todo!()
    }
    /// `this[name](...args)`.
    pub fn call_method(&self, name: &str, args: &[Value]) -> JsResult {
        todo!()
    }
    pub fn construct(&self, args: &[Value]) -> JsResult {
        todo!()
    }
    pub fn instance_of(&self, constructor: &Value) -> JsResult<bool> {
        todo!()
    }
    pub fn strict_equals(&self, other: &Value) -> bool {
        todo!()
    }
    /// Borrow of the Rust value of a native object.
    pub fn native<T: 'static>(&self) -> Option<&T> {
        todo!()
    }
    /// Copy of the bytes of an ArrayBuffer, typed array or DataView.
    pub fn bytes(&self) -> Option<Vec<u8>> {
        todo!()
    }
    /// Runs `f` on the bytes in place; no JavaScript may run inside.
    pub fn with_bytes_mut<R>(&self, f: impl FnOnce(&mut [u8]) -> R) -> Option<R> {
        todo!()
    }
    pub fn array_len(&self) -> JsResult<u32> {
        todo!()
    }
}
impl Exception {
    /// `name: message` and the stack as the engine gives it.
    pub fn describe(&self) -> String {
        todo!()
    }
}
