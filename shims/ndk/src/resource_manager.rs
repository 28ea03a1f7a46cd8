//! Resource managers of native code: what `libohresmgr.so` and `librawfile.z.so` look things up with.
//!
//! A manager is made from one of ArkTS and may be used on any thread, so it keeps what it needs of it: the module, and the device
//! as it was then.

use crate::process::process;
use crate::script;
use concord_abi::hap::resources::{LookupError, ResourceTable, ResourceType};
use concord_ability::resources::Configuration;
use concord_ability::system_resources;
use concord_engine::Value;
use concord_package::{Bytes, Package};
use concord_runtime::Runtime;
use std::borrow::Cow;

/// `NativeResourceManager`.
pub(crate) struct NativeResourceManager {
    /// Module whose resources it has.
    pub(crate) module: String,
    /// What values are chosen for.
    pub(crate) configuration: Configuration,
    /// Pixels per vp.
    pub(crate) density: f64,
    /// fp per vp.
    pub(crate) font_scale: f64,
}

/// Ids of resources of the system.
const SYSTEM: std::ops::Range<u32> = 0x0700_0000..0x0800_0000;

/// `ResourceManager_ErrorCode`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i32)]
pub(crate) enum Code {
    Success = 0,
    InvalidParameter = 401,
    IdNotFound = 9_001_001,
    NotFoundById = 9_001_002,
    NameNotFound = 9_001_003,
    NotFoundByName = 9_001_004,
    TooManyReferences = 9_001_006,
    OverlayPath = 9_001_010,
    OutOfMemory = 9_001_100,
}

/// What a resource is asked for by.
#[derive(Clone, Copy)]
pub(crate) enum Key<'a> {
    Id(u32),
    Name(&'a str),
}

impl Key<'_> {
    /// There is no such resource.
    pub(crate) fn unknown(self) -> Code {
        match self {
            Key::Id(_) => Code::IdNotFound,
            Key::Name(_) => Code::NameNotFound,
        }
    }

    /// There is one, but without a value of the kind.
    pub(crate) fn unmatched(self) -> Code {
        match self {
            Key::Id(_) => Code::NotFoundById,
            Key::Name(_) => Code::NotFoundByName,
        }
    }

    fn code(self, error: &LookupError) -> Code {
        match error {
            LookupError::TooManyReferences(_) => Code::TooManyReferences,
            _ => self.unmatched(),
        }
    }
}

impl NativeResourceManager {
    /// What a manager of ArkTS is; `None` when the value is something else.
    fn of(manager: &Value) -> Option<NativeResourceManager> {
        let runtime = Runtime::of(manager.context())?;
        let class = runtime.require("@concord:resources").ok()?.get("ResourceManager").ok()?;
        let description = class.call_method("describe", std::slice::from_ref(manager)).ok()?;
        let number = |name: &str| description.get(name).ok().and_then(|value| value.as_f64());
        let integer = |name: &str| description.get(name).ok().and_then(|value| value.as_i64()).unwrap_or(-1);
        let text = |name: &str| description.get(name).ok().and_then(|value| value.as_string());
        Some(NativeResourceManager {
            module: text("module")?,
            configuration: Configuration {
                locale: text("locale")?,
                color_mode: integer("colorMode"),
                density: integer("screenDensity"),
                direction: integer("direction"),
                device_type: integer("deviceType"),
                mcc: integer("mcc"),
                mnc: integer("mnc"),
            },
            density: number("density")?,
            font_scale: number("fontScale")?,
        })
    }

    /// The module's package.
    pub(crate) fn package(&self) -> Option<&'static Package> {
        process()?.packages.module(&self.module)
    }

    fn table(&self) -> Option<&'static ResourceTable<Bytes>> {
        self.package()?.resources().ok().flatten()
    }

    fn find(&self, key: Key<'_>, kind: ResourceType) -> Result<(&'static ResourceTable<Bytes>, u32), Code> {
        let table = self.table().ok_or(key.unknown())?;
        let id = match key {
            Key::Id(id) => table.get(id).filter(|found| found.kind == kind).map(|found| found.id),
            Key::Name(name) => table.find(kind, name),
        };
        Ok((table, id.ok_or(key.unknown())?))
    }

    /// The value of a resource of one kind that is not a list.
    pub(crate) fn value(&self, key: Key<'_>, kind: ResourceType) -> Result<Cow<'static, str>, Code> {
        if let Key::Id(id) = key
            && SYSTEM.contains(&id)
        {
            let found = system_resources::by_id(id).filter(|found| found.kind == kind.name()).ok_or(key.unknown())?;
            return Ok(found.value(self.configuration.color_mode == 0).to_owned().into());
        }
        let (table, id) = self.find(key, kind)?;
        table.text(id, &self.configuration.qualifiers()).map_err(|error| key.code(&error))
    }

    /// The value of a list.
    pub(crate) fn list(&self, key: Key<'_>, kind: ResourceType) -> Result<Vec<Cow<'static, str>>, Code> {
        let (table, id) = self.find(key, kind)?;
        table.list(id, &self.configuration.qualifiers()).map_err(|error| key.code(&error))
    }

    /// The text of a plural for a quantity.
    pub(crate) fn plural(&self, key: Key<'_>, quantity: f64) -> Result<Cow<'static, str>, Code> {
        let (table, id) = self.find(key, ResourceType::Plural)?;
        let category = plural_category(&self.configuration.locale, quantity);
        table.plural(id, category, &self.configuration.qualifiers()).map_err(|error| key.code(&error))
    }

    /// The file of a media resource and its path in the package. `density` 0 is the device's.
    pub(crate) fn media(&self, key: Key<'_>, density: u32) -> Result<(Bytes, String), Code> {
        let (table, id) = self.find(key, ResourceType::Media)?;
        let mut qualifiers = self.configuration.qualifiers();
        if density != 0 {
            qualifiers.density = Some(density);
        }
        let value = table.text(id, &qualifiers).map_err(|error| key.code(&error))?;
        let package = self.package().ok_or(key.unknown())?;
        let entry = package.resource_entry(&value).to_owned();
        let bytes = package.read(&entry).ok().flatten().ok_or(key.unmatched())?;
        Ok((bytes, entry))
    }

    /// Locales that the module has resources for, with hyphens.
    pub(crate) fn locales(&self) -> Vec<String> {
        let locales = self.table().map(ResourceTable::locales).unwrap_or_default();
        locales.into_iter().map(|locale| locale.replace('_', "-")).collect()
    }
}

/// The category that CLDR gives to a quantity in a language, for the languages that apps are commonly translated to; others
/// are counted as English is.
fn plural_category(locale: &str, quantity: f64) -> &'static str {
    let language = locale.split(['_', '-']).next().unwrap_or_default();
    let whole = quantity.trunc().abs();
    let is_whole = quantity.fract() == 0.0;
    let (ones, tens) = (whole % 10.0, whole % 100.0);
    let within = |value: f64, from: f64, to: f64| (from..=to).contains(&value);
    match language {
        "zh" | "ja" | "ko" | "vi" | "th" | "id" | "in" | "ms" | "lo" | "my" | "km" | "bo" | "ug" => "other",
        "fr" | "pt" | "hi" | "bn" | "fa" | "am" | "zu" | "gu" | "kn"
            if whole < 2.0 && (language != "hi" || is_whole) =>
        {
            "one"
        }
        "ru" | "uk" | "be" | "sr" | "hr" | "bs" if is_whole => match () {
            () if ones == 1.0 && tens != 11.0 => "one",
            () if within(ones, 2.0, 4.0) && !within(tens, 12.0, 14.0) => "few",
            () if matches!(language, "sr" | "hr" | "bs") => "other",
            () => "many",
        },
        "pl" if is_whole => match () {
            () if whole == 1.0 => "one",
            () if within(ones, 2.0, 4.0) && !within(tens, 12.0, 14.0) => "few",
            () => "many",
        },
        "cs" | "sk" => match () {
            () if !is_whole => "many",
            () if whole == 1.0 => "one",
            () if within(whole, 2.0, 4.0) => "few",
            () => "other",
        },
        "ar" if is_whole => match () {
            () if whole == 0.0 => "zero",
            () if whole == 1.0 => "one",
            () if whole == 2.0 => "two",
            () if within(tens, 3.0, 10.0) => "few",
            () if tens >= 11.0 => "many",
            () => "other",
        },
        "ro" => match () {
            () if is_whole && whole == 1.0 => "one",
            () if !is_whole || whole == 0.0 || within(tens, 1.0, 19.0) => "few",
            () => "other",
        },
        "lt" if is_whole => match () {
            () if within(tens, 11.0, 19.0) || ones == 0.0 => "other",
            () if ones == 1.0 => "one",
            () => "few",
        },
        _ if is_whole && whole == 1.0 => "one",
        _ => "other",
    }
}

/// `OH_ResourceManager_InitNativeResourceManager(env, manager of ArkTS)`.
///
/// # Safety
/// As in C: the environment is the one of this thread, the value is one of its.
pub(crate) unsafe extern "C" fn init(env: script::EnvPointer, manager: script::Handle) -> *mut NativeResourceManager {
    crate::boundary::guarded("OH_ResourceManager_InitNativeResourceManager", std::ptr::null_mut(), || {
        let manager = script::value(env, manager);
        let native = manager.as_ref().and_then(NativeResourceManager::of);
        native.map_or(std::ptr::null_mut(), |native| Box::into_raw(Box::new(native)))
    })
}

/// `OH_ResourceManager_ReleaseNativeResourceManager`.
///
/// # Safety
/// As in C: the manager is alive, and not used again.
pub(crate) unsafe extern "C" fn release(manager: *mut NativeResourceManager) {
    if !manager.is_null() {
        // SAFETY: by the contract of the function; it came from a box.
        drop(unsafe { Box::from_raw(manager) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_have_the_categories_of_cldr() {
        for (locale, quantity, category) in [
            ("en_US", 1.0, "one"),
            ("en_US", 0.0, "other"),
            ("en_US", 1.5, "other"),
            ("zh_Hans_CN", 1.0, "other"),
            ("fr", 0.0, "one"),
            ("fr", 1.5, "one"),
            ("fr", 2.0, "other"),
            ("ru", 21.0, "one"),
            ("ru", 12.0, "many"),
            ("ru", 3.0, "few"),
            ("pl", 22.0, "few"),
            ("pl", 21.0, "many"),
            ("cs", 3.0, "few"),
            ("cs", 0.5, "many"),
            ("ar", 0.0, "zero"),
            ("ar", 103.0, "few"),
            ("ar", 100.0, "other"),
            ("ro", 0.0, "few"),
            ("ro", 20.0, "other"),
        ] {
            assert_eq!(plural_category(locale, quantity), category, "{quantity} in {locale}");
        }
    }
}
