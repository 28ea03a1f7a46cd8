//! `libohresmgr.so`: resources of the app's modules.

use crate::boundary::{allocated, guarded, put, text};
use crate::library::{Export, exports};
use crate::resource_manager::{Code, Key, NativeResourceManager};
use concord_abi::hap::resources::ResourceType;
use concord_ability::resources::base64_text;
use concord_elf::{VaList, variadic};
use std::ffi::{c_char, c_int, c_void};

/// The functions.
pub(crate) static EXPORTS: &[Export] = exports![
    OH_ResourceManager_GetMediaBase64 = OH_ResourceManager_GetMediaBase64Data,
    OH_ResourceManager_GetMediaBase64Data,
    OH_ResourceManager_GetMediaBase64ByName = OH_ResourceManager_GetMediaBase64DataByName,
    OH_ResourceManager_GetMediaBase64DataByName,
    OH_ResourceManager_GetMedia = OH_ResourceManager_GetMediaData,
    OH_ResourceManager_GetMediaData,
    OH_ResourceManager_GetMediaByName = OH_ResourceManager_GetMediaDataByName,
    OH_ResourceManager_GetMediaDataByName,
    OH_ResourceManager_GetSymbol,
    OH_ResourceManager_GetSymbolByName,
    OH_ResourceManager_GetLocales = OH_ResourceManager_GetLocalesData: "of the system: English and Chinese",
    OH_ResourceManager_GetLocalesData: "of the system: English and Chinese",
    OH_ResourceManager_GetConfiguration,
    OH_ResourceManager_GetResourceConfiguration = OH_ResourceManager_GetConfiguration,
    OH_ResourceManager_ReleaseConfiguration,
    OH_ResourceManager_GetString,
    OH_ResourceManager_GetStringByName,
    OH_ResourceManager_GetStringArray,
    OH_ResourceManager_GetStringArrayByName,
    OH_ResourceManager_ReleaseStringArray,
    OH_ResourceManager_GetPluralString,
    OH_ResourceManager_GetPluralStringByName,
    OH_ResourceManager_GetIntPluralString,
    OH_ResourceManager_GetIntPluralStringByName,
    OH_ResourceManager_GetDoublePluralString,
    OH_ResourceManager_GetDoublePluralStringByName,
    OH_ResourceManager_GetColor,
    OH_ResourceManager_GetColorByName,
    OH_ResourceManager_GetInt,
    OH_ResourceManager_GetIntByName,
    OH_ResourceManager_GetFloat,
    OH_ResourceManager_GetFloatByName,
    OH_ResourceManager_GetBool,
    OH_ResourceManager_GetBoolByName,
    OH_ResourceManager_AddResource: "resources cannot be added: every path is refused",
    OH_ResourceManager_RemoveResource = OH_ResourceManager_AddResource: "resources cannot be added: every path is refused",
];

/// Runs a look-up for a guest: checks its arguments and turns the result into a code.
///
/// # Safety
/// The manager is null or alive.
unsafe fn look_up(
    function: &'static str,
    manager: *const NativeResourceManager,
    key: Option<Key<'_>>,
    find: impl FnOnce(&NativeResourceManager, Key<'_>) -> Result<(), Code>,
) -> c_int {
    guarded(function, Code::OutOfMemory as c_int, || {
        // SAFETY: by the contract of the function.
        let manager = unsafe { manager.as_ref() };
        let (Some(manager), Some(key)) = (manager, key) else { return Code::InvalidParameter as c_int };
        find(manager, key).err().unwrap_or(Code::Success) as c_int
    })
}

/// Writes a result, which the guest must want.
///
/// # Safety
/// `out` is null or may be written.
unsafe fn give<T>(out: *mut T, value: T) -> Result<(), Code> {
    // SAFETY: by the contract of the function.
    if unsafe { put(out, value) } { Ok(()) } else { Err(Code::InvalidParameter) }
}

/// # Safety
/// `out` is null or may be written.
unsafe fn give_text(out: *mut *mut c_char, value: &[u8]) -> Result<(), Code> {
    if out.is_null() {
        return Err(Code::InvalidParameter);
    }
    let copy = allocated(value);
    if copy.is_null() {
        return Err(Code::OutOfMemory);
    }
    // SAFETY: by the contract of the function.
    unsafe { give(out, copy) }
}

/// Makes the two functions of a look-up, by id and by name.
macro_rules! look_ups {
    ($(($by_id:ident, $by_name:ident)($($argument:ident: $type:ty),*) = |$manager:ident, $key:ident| $body:expr;)*) => { $(
        /// # Safety
        /// As in C: the manager is alive, what is pointed to may be written.
        unsafe extern "C" fn $by_id(manager: *const NativeResourceManager, id: u32, $($argument: $type),*) -> c_int {
            // SAFETY: by the contract of the function.
            unsafe { look_up(stringify!($by_id), manager, Some(Key::Id(id)), |$manager, $key| $body) }
        }

        /// # Safety
        /// As in C: the manager is alive, the name ends with zero, what is pointed to may be written.
        unsafe extern "C" fn $by_name(
            manager: *const NativeResourceManager, name: *const c_char, $($argument: $type),*
        ) -> c_int {
            // SAFETY: by the contract of the function.
            unsafe { look_up(stringify!($by_name), manager, text(name).map(Key::Name), |$manager, $key| $body) }
        }
    )* };
}

look_ups! {
    (OH_ResourceManager_GetColor, OH_ResourceManager_GetColorByName)(out: *mut u32) = |manager, key| {
        let value = manager.value(key, ResourceType::Color)?;
        give(out, color(&value).ok_or(key.unmatched())?)
    };
    (OH_ResourceManager_GetInt, OH_ResourceManager_GetIntByName)(out: *mut c_int) = |manager, key| {
        let value = manager.value(key, ResourceType::Integer)?;
        give(out, value.trim().parse().map_err(|_| key.unmatched())?)
    };
    (OH_ResourceManager_GetFloat, OH_ResourceManager_GetFloatByName)(out: *mut f32) = |manager, key| {
        let value = manager.value(key, ResourceType::Float)?;
        give(out, float(&value, manager).ok_or(key.unmatched())?)
    };
    (OH_ResourceManager_GetBool, OH_ResourceManager_GetBoolByName)(out: *mut bool) = |manager, key| {
        give(out, &*manager.value(key, ResourceType::Boolean)? == "true")
    };
    (OH_ResourceManager_GetSymbol, OH_ResourceManager_GetSymbolByName)(out: *mut u32) = |manager, key| {
        let value = manager.value(key, ResourceType::Symbol)?;
        let digits = value.trim();
        let code = digits.strip_prefix("0x").map_or_else(|| digits.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok());
        give(out, code.ok_or(key.unmatched())?)
    };
    (OH_ResourceManager_GetMediaData, OH_ResourceManager_GetMediaDataByName)(
        out: *mut *mut u8, length: *mut u64, density: u32
    ) = |manager, key| {
        let (bytes, _) = manager.media(key, density)?;
        give(length, bytes.len() as u64)?;
        give_text(out.cast(), &bytes)
    };
    (OH_ResourceManager_GetMediaBase64Data, OH_ResourceManager_GetMediaBase64DataByName)(
        out: *mut *mut c_char, length: *mut u64, density: u32
    ) = |manager, key| {
        let (bytes, path) = manager.media(key, density)?;
        let address = format!("data:image/{};base64,{}", media_type(&path), base64_text(&bytes));
        give(length, address.len() as u64)?;
        give_text(out, address.as_bytes())
    };
    (OH_ResourceManager_GetStringArray, OH_ResourceManager_GetStringArrayByName)(
        out: *mut *mut *mut c_char, length: *mut u32
    ) = |manager, key| {
        give_texts(out, length, &manager.list(key, ResourceType::StringArray)?)
    };
    (OH_ResourceManager_GetPluralString, OH_ResourceManager_GetPluralStringByName)(
        quantity: u32, out: *mut *mut c_char
    ) = |manager, key| {
        let pattern = manager.plural(key, f64::from(quantity))?;
        // The quantity is the argument of every placeholder.
        let arguments = vec![Argument::Int(quantity.cast_signed()); placeholders(&pattern).len()];
        give_text(out, filled(&pattern, &arguments).as_bytes())
    };
    (vGetString, vGetStringByName)(out: *mut *mut c_char, list: *mut VaList) = |manager, key| {
        let pattern = manager.value(key, ResourceType::String)?;
        give_text(out, filled(&pattern, &arguments(&pattern, list)).as_bytes())
    };
    (vGetIntPluralString, vGetIntPluralStringByName)(
        quantity: u32, out: *mut *mut c_char, list: *mut VaList
    ) = |manager, key| {
        let pattern = manager.plural(key, f64::from(quantity))?;
        give_text(out, filled(&pattern, &arguments(&pattern, list)).as_bytes())
    };
    // The quantity is the first argument in an SSE register, so it is the first `double` of the list.
    (vGetDoublePluralString, vGetDoublePluralStringByName)(out: *mut *mut c_char, list: *mut VaList) = |manager, key| {
        let quantity = list.as_mut().ok_or(Code::InvalidParameter)?.arg_f64();
        let pattern = manager.plural(key, quantity)?;
        give_text(out, filled(&pattern, &arguments(&pattern, list)).as_bytes())
    };
}

variadic! {
    /// `(manager, id, out, …)`
    OH_ResourceManager_GetString(3) => vGetString;
    /// `(manager, name, out, …)`
    OH_ResourceManager_GetStringByName(3) => vGetStringByName;
    /// `(manager, id, quantity, out, …)`
    OH_ResourceManager_GetIntPluralString(4) => vGetIntPluralString;
    /// `(manager, name, quantity, out, …)`
    OH_ResourceManager_GetIntPluralStringByName(4) => vGetIntPluralStringByName;
    /// `(manager, id, double quantity, out, …)`
    OH_ResourceManager_GetDoublePluralString(3) => vGetDoublePluralString;
    /// `(manager, name, double quantity, out, …)`
    OH_ResourceManager_GetDoublePluralStringByName(3) => vGetDoublePluralStringByName;
}

/// `#rgb`, `#argb`, `#rrggbb`, `#aarrggbb` as 0xaarrggbb.
fn color(text: &str) -> Option<u32> {
    let digits = text.strip_prefix('#')?;
    let number = u32::from_str_radix(digits, 16).ok()?;
    // Every digit stands for two.
    let doubled = |number: u32| (0..4).fold(0, |all, at| all | ((number >> (4 * at) & 0xf) * 0x11) << (8 * at));
    Some(match digits.len() {
        3 => 0xff00_0000 | doubled(number),
        4 => doubled(number),
        6 => 0xff00_0000 | number,
        8 => number,
        _ => return None,
    })
}

/// A number, in pixels when it has a unit.
fn float(text: &str, manager: &NativeResourceManager) -> Option<f32> {
    let text = text.trim();
    let number = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let factor = match text.get(number.len()..)? {
        "" | "px" | "lpx" => 1.0,
        "vp" => manager.density,
        "fp" => manager.density * manager.font_scale,
        _ => return None,
    };
    Some((number.trim().parse::<f64>().ok()? * factor) as f32)
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "jpg" | "jpeg" => "jpeg",
        "gif" => "gif",
        "svg" => "svg+xml",
        "webp" => "webp",
        "bmp" => "bmp",
        "ico" => "x-icon",
        _ => "png",
    }
}

/// An argument of a text.
#[derive(Clone, Debug, PartialEq)]
enum Argument {
    Int(c_int),
    Float(f32),
    Text(String),
}

/// What a text has a place for: where it is, which argument it shows (from 0), and of what kind (`d`, `s`, `f`).
fn placeholders(pattern: &str) -> Vec<(std::ops::Range<usize>, Option<usize>, u8)> {
    let bytes = pattern.as_bytes();
    let mut found = Vec::new();
    let (mut at, mut next) = (0, 0);
    while let Some(start) = bytes.get(at..).and_then(|rest| rest.iter().position(|byte| *byte == b'%')).map(|o| at + o)
    {
        let after = bytes.get(start + 1..).unwrap_or_default();
        if after.first() == Some(&b'%') {
            found.push((start..start + 2, None, b'%'));
            at = start + 2;
            continue;
        }
        let digits = after.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let position = pattern.get(start + 1..start + 1 + digits).and_then(|digits| digits.parse::<usize>().ok());
        let (index, kind_at) = match position {
            Some(position) if after.get(digits) == Some(&b'$') => (position.checked_sub(1), digits + 1),
            _ => (None, 0),
        };
        at = start + 1;
        if let Some(kind @ (b'd' | b's' | b'f')) = after.get(kind_at).copied() {
            let index = index.unwrap_or_else(|| {
                next += 1;
                next - 1
            });
            at = start + 1 + kind_at + 1;
            found.push((start..at, Some(index), kind));
        }
    }
    found
}

/// Takes the arguments that a text has places for.
///
/// # Safety
/// The caller of the C function passed them.
unsafe fn arguments(pattern: &str, list: *mut VaList) -> Vec<Argument> {
    /// More are not in any text, and a number of a place may be anything.
    const MOST: usize = 64;
    let places = placeholders(pattern);
    let count = places.iter().filter_map(|(_, index, _)| *index).max().map_or(0, |last| (last + 1).min(MOST));
    // SAFETY: by the contract of the function.
    let Some(list) = (unsafe { list.as_mut() }) else { return Vec::new() };
    let kind_of = |wanted: usize| places.iter().find(|(_, index, _)| *index == Some(wanted)).map(|(_, _, kind)| *kind);
    (0..count)
        .map(|index| {
            // SAFETY: by the contract of the function; an argument without a place is taken for an integer.
            unsafe {
                match kind_of(index) {
                    Some(b'f') => Argument::Float(list.arg_f64() as f32),
                    Some(b's') => Argument::Text(text(list.arg_ptr::<c_char>()).unwrap_or_default().to_owned()),
                    _ => Argument::Int(list.arg_int() as c_int),
                }
            }
        })
        .collect()
}

/// The text with its arguments; a place without an argument stays.
fn filled(pattern: &str, arguments: &[Argument]) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut end = 0;
    for (range, index, kind) in placeholders(pattern) {
        out.push_str(pattern.get(end..range.start).unwrap_or_default());
        end = range.end;
        match index.and_then(|index| arguments.get(index)) {
            _ if kind == b'%' => out.push('%'),
            Some(Argument::Int(number)) => out.push_str(&number.to_string()),
            Some(Argument::Float(number)) => out.push_str(&number.to_string()),
            Some(Argument::Text(text)) => out.push_str(text),
            None => out.push_str(pattern.get(range).unwrap_or_default()),
        }
    }
    out.push_str(pattern.get(end..).unwrap_or_default());
    out
}

/// Gives an array of texts, all of which the guest frees.
///
/// # Safety
/// `out` and `length` are null or may be written.
unsafe fn give_texts(out: *mut *mut *mut c_char, length: *mut u32, texts: &[impl AsRef<str>]) -> Result<(), Code> {
    if out.is_null() || length.is_null() {
        return Err(Code::InvalidParameter);
    }
    // SAFETY: calloc takes any size.
    let array = unsafe { libc::calloc(texts.len().max(1), size_of::<*mut c_char>()) }.cast::<*mut c_char>();
    if array.is_null() {
        return Err(Code::OutOfMemory);
    }
    for (at, text) in texts.iter().enumerate() {
        // SAFETY: the array has room for all texts.
        unsafe { array.add(at).write(allocated(text.as_ref().as_bytes())) };
    }
    // SAFETY: by the contract of the function.
    unsafe {
        give(length, u32::try_from(texts.len()).unwrap_or(u32::MAX))?;
        give(out, array)
    }
}

/// # Safety
/// As in C: the array came from a function above and is not used again.
unsafe extern "C" fn OH_ResourceManager_ReleaseStringArray(array: *mut *mut *mut c_char, length: u32) -> c_int {
    if array.is_null() {
        return Code::InvalidParameter as c_int;
    }
    // SAFETY: by the contract of the function.
    unsafe {
        let texts = array.read();
        if texts.is_null() {
            return Code::InvalidParameter as c_int;
        }
        for at in 0..length as usize {
            libc::free(texts.add(at).read().cast::<c_void>());
        }
        libc::free(texts.cast::<c_void>());
        array.write(std::ptr::null_mut());
    }
    Code::Success as c_int
}

/// # Safety
/// As in C: the manager is alive, what is pointed to may be written.
unsafe extern "C" fn OH_ResourceManager_GetLocalesData(
    manager: *const NativeResourceManager,
    out: *mut *mut *mut c_char,
    length: *mut u32,
    system: bool,
) -> c_int {
    // SAFETY: by the contract of the function. The key is not used.
    unsafe {
        look_up("OH_ResourceManager_GetLocalesData", manager, Some(Key::Id(0)), |manager, _| {
            let mut locales = manager.locales();
            for locale in ["en-US", "zh-CN"] {
                if system && !locales.iter().any(|known| known == locale) {
                    locales.push(locale.to_owned());
                }
            }
            give_texts(out, length, &locales)
        })
    }
}

/// `ResourceManager_Configuration`.
#[repr(C)]
struct NativeConfiguration {
    direction: c_int,
    locale: *mut c_char,
    device_type: c_int,
    density: c_int,
    color_mode: c_int,
    mcc: u32,
    mnc: u32,
    reserved: [u32; 20],
}

/// # Safety
/// As in C: the manager is alive, the configuration may be written.
unsafe extern "C" fn OH_ResourceManager_GetConfiguration(
    manager: *const NativeResourceManager,
    out: *mut NativeConfiguration,
) -> c_int {
    // SAFETY: by the contract of the function. The key is not used.
    unsafe {
        look_up("OH_ResourceManager_GetConfiguration", manager, Some(Key::Id(0)), |manager, _| {
            let from = &manager.configuration;
            if out.is_null() {
                return Err(Code::InvalidParameter);
            }
            let locale = allocated(from.locale.as_bytes());
            if locale.is_null() {
                return Err(Code::OutOfMemory);
            }
            give(
                out,
                NativeConfiguration {
                    direction: from.direction as c_int,
                    locale,
                    device_type: from.device_type as c_int,
                    density: from.density as c_int,
                    color_mode: from.color_mode as c_int,
                    mcc: from.mcc as u32,
                    mnc: from.mnc as u32,
                    reserved: [0; 20],
                },
            )
        })
    }
}

/// # Safety
/// As in C: the configuration came from the function above.
unsafe extern "C" fn OH_ResourceManager_ReleaseConfiguration(configuration: *mut NativeConfiguration) -> c_int {
    // SAFETY: by the contract of the function.
    let Some(configuration) = (unsafe { configuration.as_mut() }) else { return Code::InvalidParameter as c_int };
    // SAFETY: it came from `malloc`, or is null.
    unsafe { libc::free(configuration.locale.cast::<c_void>()) };
    configuration.locale = std::ptr::null_mut();
    Code::Success as c_int
}

/// # Safety
/// As in C: the path ends with zero.
unsafe extern "C" fn OH_ResourceManager_AddResource(
    manager: *const NativeResourceManager,
    path: *const c_char,
) -> c_int {
    // SAFETY: by the contract of the function.
    let path = unsafe { text(path) };
    if manager.is_null() || path.is_none() {
        return Code::InvalidParameter as c_int;
    }
    Code::OverlayPath as c_int
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_filled_with_arguments() {
        use Argument::{Float, Int, Text};
        let text = |text: &str| Text(text.to_owned());
        assert_eq!(filled("100%% of %d", &[Int(7)]), "100% of 7");
        assert_eq!(filled("%2$s %1$d", &[Int(1), text("one")]), "one 1");
        assert_eq!(filled("%f and %s", &[Float(2.5)]), "2.5 and %s");
        assert_eq!(filled("50% done", &[]), "50% done");
        assert_eq!(filled("%99999999999999999999$d", &[Int(1)]), "%99999999999999999999$d");
        assert_eq!(filled("价格：%s 元", &[text("五")]), "价格：五 元");
    }

    #[test]
    fn colors_have_three_to_eight_digits() {
        assert_eq!(color("#fff"), Some(0xffff_ffff));
        assert_eq!(color("#8123"), Some(0x8811_2233));
        assert_eq!(color("#0a59f7"), Some(0xff0a_59f7));
        assert_eq!(color("#800a59f7"), Some(0x800a_59f7));
        assert_eq!(color("#12345"), None);
        assert_eq!(color("red"), None);
    }

    #[test]
    fn arguments_are_read_in_the_order_of_their_numbers() {
        let words = [3usize, c"three".as_ptr() as usize];
        let mut list = VaList::of_words(&words);
        // SAFETY: the list holds an integer and a text.
        let taken = unsafe { arguments("%2$s is %1$d", &mut list) };
        assert_eq!(taken, [Argument::Int(3), Argument::Text("three".to_owned())]);
    }
}
