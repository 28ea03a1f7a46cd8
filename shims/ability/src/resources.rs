//! Resource managers: leaves of `@concord:resources`, which are look-ups in the resource tables of packages, media and raw files.

use std::cell::RefCell;
use std::fs::File;
use std::io::{Seek, Write};
use std::rc::Rc;

use concord_abi::hap::resources::{
    ColorMode, DeviceType, Locale, LookupError, Orientation, Qualifiers, ResourceTable, ResourceType,
};
use concord_engine::{ArrayKind, Call, Context, JsResult, Value};
use concord_package::{Bytes, Package};
use concord_runtime::FaceModule;
use nix::sys::memfd::{MFdFlags, memfd_create};
use rustc_hash::FxHashMap;

use crate::log::Level;
use crate::open_files::OpenFiles;
use crate::state::{AppState, business_error};
use crate::system_resources::{self, SystemResource};

pub(crate) static MODULE: FaceModule = FaceModule {
    request: "@concord:resources",
    source: include_str!("core/resources.js"),
    natives: &[
        ("lookup", lookup),
        ("system", system),
        ("systemNamed", system_named),
        ("locales", locales),
        ("readMedia", read_media),
        ("readRaw", read_raw),
        ("listRaw", list_raw),
        ("openRaw", open_raw),
        ("closeRaw", close_raw),
        ("base64", base64),
    ],
    apis: &[],
};

/// Codes that lookup reports; the face turns them into those for names.
const INVALID_ID: i32 = 9_001_001;
const NO_MATCH: i32 = 9_001_002;
const CYCLIC: i32 = 9_001_006;

/// Tables that were read so far, and raw files that are open.
#[derive(Default)]
pub(crate) struct ResourceStore {
    tables: RefCell<FxHashMap<String, Option<Rc<ResourceTable<Bytes>>>>>,
    /// Descriptors of raw files by module and path; the files are in [`OpenFiles`].
    open: RefCell<FxHashMap<(String, String), i32>>,
}

impl ResourceStore {
    fn table(&self, state: &AppState, module: &str) -> Option<Rc<ResourceTable<Bytes>>> {
        if let Some(known) = self.tables.borrow().get(module) {
            return known.clone();
        }
        let table = state.packages().module(module).and_then(|package| match read_table(package) {
            Ok(table) => table,
            Err(error) => {
                state.log(Level::Error, &error);
                None
            }
        });
        let table = table.map(Rc::new);
        self.tables.borrow_mut().insert(module.to_owned(), table.clone());
        table
    }
}

fn read_table(package: &Package) -> Result<Option<ResourceTable<Bytes>>, String> {
    let Some(bytes) = package.read("resources.index").map_err(|error| error.to_string())? else { return Ok(None) };
    let table = ResourceTable::parse(bytes);
    table.map(Some).map_err(|error| format!("{}: resources.index: {error}", package.path().display()))
}

fn text(call: &Call<'_>, index: usize) -> String {
    call.arg(index).as_string().unwrap_or_default()
}

/// (module, kinds, id or name, locale, colour mode, density, direction, device type, mcc, mnc) →
/// {kind, value: text or list of texts}, or an error code for an id.
fn lookup(call: &Call<'_>) -> JsResult {
    let state = AppState::of_call(call)?;
    let context = call.context;
    let code = |code: i32| Ok(context.number(f64::from(code)));
    let Some(table) = state.resources.table(&state, &text(call, 0)) else { return code(INVALID_ID) };
    let kinds = kinds(&call.arg(1))?;
    let key = call.arg(2);
    let device = qualifiers(call);
    let found = match key.as_string() {
        Some(name) => kinds.iter().find_map(|kind| table.find(*kind, &name)).and_then(|id| table.get(id)),
        None => {
            let id = key.as_i64().and_then(|id| u32::try_from(id).ok());
            id.and_then(|id| table.get(id)).filter(|found| kinds.contains(&found.kind))
        }
    };
    let Some(found) = found else { return code(INVALID_ID) };
    let value = if found.kind.is_list() {
        table.list(found.id, &device).map(|list| {
            let texts: Vec<Value> = list.iter().map(|text| context.string(text)).collect();
            context.array(&texts)
        })
    } else {
        table.text(found.id, &device).map(|text| context.string(&text))
    };
    match value {
        Ok(value) => {
            let object = context.object();
            object.set("kind", &context.string(found.kind.name()))?;
            object.set("value", &value)?;
            Ok(object)
        }
        Err(LookupError::TooManyReferences(_)) => code(CYCLIC),
        Err(error) => {
            tracing::debug!("resource {}: {error}", found.name);
            code(NO_MATCH)
        }
    }
}

fn kinds(list: &Value) -> JsResult<Vec<ResourceType>> {
    let mut kinds = Vec::new();
    for index in 0..list.array_len()? {
        kinds.extend(list.get_index(index)?.as_string().and_then(|name| ResourceType::from_name(&name)));
    }
    Ok(kinds)
}

/// What a device is to a resource manager: numbers as in `resourceManager.Configuration`, where less than 0 says nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Configuration {
    /// Language tag with underscores.
    pub locale: String,
    /// 0 dark, 1 light.
    pub color_mode: i64,
    /// Class of density, 120 … 640.
    pub density: i64,
    /// 0 vertical, 1 horizontal.
    pub direction: i64,
    /// `DeviceType`.
    pub device_type: i64,
    /// Mobile country code; 0 for none.
    pub mcc: i64,
    /// Mobile network code; 0 for none.
    pub mnc: i64,
}

impl Configuration {
    /// The same for look-ups.
    pub fn qualifiers(&self) -> Qualifiers {
        let network = |code: i64| u32::try_from(code).ok().filter(|value| *value != 0);
        Qualifiers {
            locale: Locale::parse(&self.locale),
            color_mode: Some(if self.color_mode == 0 { ColorMode::Dark } else { ColorMode::Light }),
            density: u32::try_from(self.density).ok(),
            orientation: Some(if self.direction == 1 { Orientation::Horizontal } else { Orientation::Vertical }),
            device: match self.device_type {
                0 => Some(DeviceType::Phone),
                1 => Some(DeviceType::Tablet),
                2 => Some(DeviceType::Car),
                3 | 7 => Some(DeviceType::TwoInOne),
                4 => Some(DeviceType::Tv),
                6 => Some(DeviceType::Wearable),
                _ => None,
            },
            mcc: network(self.mcc),
            mnc: network(self.mnc),
            ..Qualifiers::default()
        }
    }
}

/// The configuration that look-ups of the face pass on.
fn qualifiers(call: &Call<'_>) -> Qualifiers {
    let number = |index: usize| call.arg(index).as_i64().unwrap_or(-1);
    let configuration = Configuration {
        locale: text(call, 3),
        color_mode: number(4),
        density: number(5),
        direction: number(6),
        device_type: number(7),
        mcc: number(8),
        mnc: number(9),
    };
    configuration.qualifiers()
}

fn locales(call: &Call<'_>) -> JsResult {
    let state = AppState::of_call(call)?;
    let table = state.resources.table(&state, &text(call, 0));
    let names = table.map(|table| table.locales()).unwrap_or_default();
    let names: Vec<Value> = names.iter().map(|name| call.context.string(name)).collect();
    Ok(call.context.array(&names))
}

fn bytes_value(context: &Context, bytes: Option<Bytes>) -> Value {
    bytes.map_or_else(|| context.undefined(), |bytes| context.typed_array(ArrayKind::Uint8, bytes.to_vec()))
}

/// (module, `entry/resources/base/media/icon.png`) → Uint8Array, undefined when there is no such entry.
fn read_media(call: &Call<'_>) -> JsResult {
    let state = AppState::of_call(call)?;
    let path = text(call, 1);
    // The value begins with the module's name, the entry does not.
    let entry = path.split_once('/').map_or("", |(_, rest)| rest);
    let bytes = state.packages().module(&text(call, 0)).and_then(|package| package.read(entry).ok().flatten());
    Ok(bytes_value(call.context, bytes))
}

fn raw(state: &AppState, module: &str, path: &str) -> Option<Bytes> {
    state.packages().module(module)?.raw_file(path).ok().flatten()
}

fn read_raw(call: &Call<'_>) -> JsResult {
    let state = AppState::of_call(call)?;
    Ok(bytes_value(call.context, raw(&state, &text(call, 0), &text(call, 1))))
}

fn list_raw(call: &Call<'_>) -> JsResult {
    let state = AppState::of_call(call)?;
    let path = text(call, 1);
    let folder = path.trim_end_matches('/');
    let names = state.packages().module(&text(call, 0)).map(|package| package.raw_files(folder)).unwrap_or_default();
    let names: Vec<Value> = names.iter().map(|name| call.context.string(name)).collect();
    Ok(call.context.array(&names))
}

/// A descriptor of a raw file. Entries may be compressed, so it is one of a copy in memory; it stays open until closed.
fn open_raw(call: &Call<'_>) -> JsResult {
    let state = AppState::of_call(call)?;
    let (module, path) = (text(call, 0), text(call, 1));
    let key = (module.clone(), path.clone());
    let files = OpenFiles::of(call.context);
    let known = state.resources.open.borrow().get(&key).copied().filter(|fd| files.get(*fd).is_some());
    if let Some(descriptor) = known {
        return Ok(call.context.number(f64::from(descriptor)));
    }
    let bytes =
        raw(&state, &module, &path).ok_or_else(|| business_error(call.context, 9_001_005, "Invalid relative path."))?;
    let opened = (|| -> std::io::Result<File> {
        let mut file = File::from(memfd_create(c"concord-rawfile", MFdFlags::MFD_CLOEXEC)?);
        file.write_all(&bytes)?;
        file.rewind()?;
        Ok(file)
    })();
    let file = opened
        .map_err(|error| business_error(call.context, 9_001_005, &format!("Invalid relative path. {path}: {error}")))?;
    let descriptor = files.add(file);
    state.resources.open.borrow_mut().insert(key, descriptor);
    Ok(call.context.number(f64::from(descriptor)))
}

fn close_raw(call: &Call<'_>) -> JsResult {
    let state = AppState::of_call(call)?;
    let descriptor = state.resources.open.borrow_mut().remove(&(text(call, 0), text(call, 1)));
    if let Some(descriptor) = descriptor {
        OpenFiles::of(call.context).remove(descriptor);
    }
    Ok(call.context.boolean(descriptor.is_some()))
}

fn base64(call: &Call<'_>) -> JsResult {
    Ok(call.context.string(&base64_text(&call.arg(0).bytes().unwrap_or_default())))
}

/// Base64 with padding.
pub fn base64_text(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let value = chunk.iter().enumerate().fold(0_u32, |value, (at, byte)| value | u32::from(*byte) << (16 - 8 * at));
        for digit in 0..4 {
            let index = (value >> (18 - 6 * digit) & 63) as usize;
            let shown = if digit > chunk.len() { '=' } else { char::from(DIGITS.get(index).copied().unwrap_or(b'=')) };
            out.push(shown);
        }
    }
    out
}

/// What the face gets of a resource of the system: {kind, value}.
fn describe_system(context: &Context, found: Option<SystemResource>, dark: bool) -> JsResult {
    let Some(found) = found else { return Ok(context.undefined()) };
    let object = context.object();
    object.set("kind", &context.string(found.kind))?;
    object.set("value", &context.string(found.value(dark)))?;
    Ok(object)
}

/// (id, dark) → {kind, value}, undefined when the system has no such colour or size.
fn system(call: &Call<'_>) -> JsResult {
    let found = call.arg(0).as_i64().and_then(|id| u32::try_from(id).ok()).and_then(system_resources::by_id);
    describe_system(call.context, found, call.arg(1).to_boolean())
}

/// (kind, name, dark) → {kind, value}, undefined when the system has no such colour or size.
fn system_named(call: &Call<'_>) -> JsResult {
    let found = system_resources::by_name(&text(call, 0), &text(call, 1));
    describe_system(call.context, found, call.arg(2).to_boolean())
}
