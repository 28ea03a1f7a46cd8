//! The tables of Unicode and of locales that the engine uses: the ICU library of the host, which JavaScriptCore has opened.
//!
//! `Intl` of the engine shows only a part of it. What this module offers besides is absent (`None`) where the library, or one of its
//! functions, is not found; callers say what they do then. ICU puts its major version into the names of its functions, so it is read
//! from the name of the file. All functions are pure but for [`Calendar`], which belongs to one thread.

use std::ffi::{CStr, CString, c_char, c_int, c_void};
use std::sync::OnceLock;

type Status = c_int;
type Chars = *const u16;
type Pointer = *mut c_void;

/// Longest text that ICU is asked to work on, in UTF-16 units.
const LONGEST: usize = 1 << 24;
/// Longest name of a locale or zone.
const NAME: usize = 256;

/// `UDAT_PATTERN`: a format is made of a pattern.
const PATTERN: c_int = -2;
/// `ULOCDATA_ES_INDEX`: the letters of an index.
const INDEX_LETTERS: c_int = 2;
/// `UCAL_TZ_TRANSITION_NEXT`.
const NEXT_TRANSITION: c_int = 0;

macro_rules! functions {
    ($($name:ident: fn($($arg:ty),*) $(-> $result:ty)?,)*) => {
        /// The functions used, as ICU's headers declare them.
        #[derive(Clone, Copy)]
        #[expect(non_snake_case, reason = "the functions' own names")]
        struct Functions {
            $($name: unsafe extern "C" fn($($arg),*) $(-> $result)?,)*
        }

        impl Functions {
            /// Looks all of them up; `find` gets a name without version.
            fn find(find: impl Fn(&str) -> Option<*mut c_void>) -> Option<Functions> {
                Some(Functions {
                    // SAFETY: an address that ICU exports under this name, whose type its C interface keeps for ever.
                    $($name: unsafe {
                        std::mem::transmute::<*mut c_void, unsafe extern "C" fn($($arg),*) $(-> $result)?>(find(stringify!($name))?)
                    },)*
                })
            }
        }
    };
}

functions! {
    utrans_openU: fn(Chars, i32, c_int, Chars, i32, Pointer, *mut Status) -> Pointer,
    utrans_transUChars: fn(Pointer, *mut u16, *mut i32, i32, i32, *mut i32, *mut Status),
    utrans_close: fn(Pointer),
    utrans_openIDs: fn(*mut Status) -> Pointer,
    uenum_unext: fn(Pointer, *mut i32, *mut Status) -> Chars,
    uenum_close: fn(Pointer),
    ubrk_open: fn(c_int, *const c_char, Chars, i32, *mut Status) -> Pointer,
    ubrk_next: fn(Pointer) -> i32,
    ubrk_close: fn(Pointer),
    ucal_open: fn(Chars, i32, *const c_char, c_int, *mut Status) -> Pointer,
    ucal_close: fn(Pointer),
    ucal_getMillis: fn(Pointer, *mut Status) -> f64,
    ucal_setMillis: fn(Pointer, f64, *mut Status),
    ucal_get: fn(Pointer, c_int, *mut Status) -> i32,
    ucal_set: fn(Pointer, c_int, i32),
    ucal_add: fn(Pointer, c_int, i32, *mut Status),
    ucal_setTimeZone: fn(Pointer, Chars, i32, *mut Status),
    ucal_getAttribute: fn(Pointer, c_int) -> i32,
    ucal_setAttribute: fn(Pointer, c_int, i32),
    ucal_isWeekend: fn(Pointer, f64, *mut Status) -> i8,
    ucal_getTimeZoneTransitionDate: fn(Pointer, c_int, *mut f64, *mut Status) -> i8,
    udat_open: fn(c_int, c_int, *const c_char, Chars, i32, Chars, i32, *mut Status) -> Pointer,
    udat_format: fn(Pointer, f64, *mut u16, i32, Pointer, *mut Status) -> i32,
    udat_close: fn(Pointer),
    udatpg_open: fn(*const c_char, *mut Status) -> Pointer,
    udatpg_getBestPattern: fn(Pointer, Chars, i32, *mut u16, i32, *mut Status) -> i32,
    udatpg_close: fn(Pointer),
    unumf_openForSkeletonAndLocale: fn(Chars, i32, *const c_char, *mut Status) -> Pointer,
    unumf_openResult: fn(*mut Status) -> Pointer,
    unumf_formatDouble: fn(Pointer, f64, Pointer, *mut Status),
    unumf_resultToString: fn(Pointer, *mut u16, i32, *mut Status) -> i32,
    unumf_closeResult: fn(Pointer),
    unumf_close: fn(Pointer),
    ulocdata_open: fn(*const c_char, *mut Status) -> Pointer,
    ulocdata_getExemplarSet: fn(Pointer, Pointer, u32, c_int, *mut Status) -> Pointer,
    ulocdata_close: fn(Pointer),
    uset_getItemCount: fn(Pointer) -> i32,
    uset_getItem: fn(Pointer, i32, *mut i32, *mut i32, *mut u16, i32, *mut Status) -> i32,
    uset_close: fn(Pointer),
    uloc_getISO3Language: fn(*const c_char) -> *const c_char,
    uloc_getISO3Country: fn(*const c_char) -> *const c_char,
    uloc_getISOCountries: fn() -> *const *const c_char,
}

/// The functions, looked up once; the engine has to be loaded before.
fn functions() -> Option<&'static Functions> {
    static FUNCTIONS: OnceLock<Option<Functions>> = OnceLock::new();
    FUNCTIONS
        .get_or_init(|| {
            crate::Engine::load().ok()?;
            let found = find();
            if found.is_none() {
                tracing::debug!("the library of locales (ICU) that the engine uses was not found");
            }
            found
        })
        .as_ref()
}

/// Looks into the libraries that this process has opened.
fn find() -> Option<Functions> {
    let maps = std::fs::read_to_string("/proc/self/maps").ok()?;
    let path = |name: &str| {
        maps.lines().filter_map(|line| line.find('/').and_then(|at| line.get(at..))).find(|path| path.contains(name))
    };
    let (international, common) = (path("/libicui18n.so")?, path("/libicuuc.so")?);
    // libicui18n.so.72.1 → 72
    let version = international.rsplit_once(".so.")?.1.split('.').next()?.to_owned();
    // SAFETY: the library is open already: opening it again runs none of its code.
    let open = |path: &str| unsafe { libloading::Library::new(path) }.ok();
    let libraries = [open(international)?, open(common)?];
    let found = Functions::find(|name| {
        let versioned = format!("{name}_{version}");
        // Some distributions build it without versions in the names.
        [versioned.as_str(), name].iter().find_map(|name| {
            libraries.iter().find_map(|library| {
                // SAFETY: only the address is taken here, of libraries that stay open.
                let address = unsafe { library.get::<*mut c_void>(name.as_bytes()).ok()?.try_as_raw_ptr() }?;
                (!address.is_null()).then_some(address)
            })
        })
    });
    // Its functions are used until the process ends.
    std::mem::forget(libraries);
    found
}

/// A name for ICU: short, and without NUL.
fn name(text: &str) -> Option<CString> {
    if text.len() > NAME { None } else { CString::new(text).ok() }
}

fn units(text: &str) -> Vec<u16> {
    text.encode_utf16().take(LONGEST).collect()
}

/// Length for ICU; texts are never longer than [`LONGEST`].
fn length(text: &[u16]) -> i32 {
    text.len().min(LONGEST) as i32
}

fn good(status: Status) -> bool {
    status <= 0
}

/// Something of ICU's that has to be closed.
struct Open {
    pointer: Pointer,
    close: unsafe extern "C" fn(Pointer),
}

impl Open {
    fn new(pointer: Pointer, status: Status, close: unsafe extern "C" fn(Pointer)) -> Option<Open> {
        // What was opened with an error is closed, too.
        let open = (!pointer.is_null()).then_some(Open { pointer, close })?;
        good(status).then_some(open)
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        // SAFETY: `pointer` is what the opening function gave, `close` the function of that type; this is its owner.
        unsafe { (self.close)(self.pointer) }
    }
}

/// Calls a function that writes a text into a buffer and says how long it is, once more when the buffer was too short.
fn text_of(mut write: impl FnMut(*mut u16, i32, *mut Status) -> i32) -> Option<String> {
    let mut buffer = vec![0_u16; 256];
    for _ in 0..2 {
        let mut status = 0;
        let length = usize::try_from(write(buffer.as_mut_ptr(), buffer.len() as i32, &raw mut status)).ok()?;
        if good(status) && length <= buffer.len() {
            return Some(String::from_utf16_lossy(buffer.get(..length)?));
        }
        if length > LONGEST {
            return None;
        }
        buffer = vec![0; length.saturating_add(1)];
    }
    None
}

/// Names of the transliterations that there are.
pub fn transliterations() -> Option<Vec<String>> {
    let icu = functions()?;
    let mut status = 0;
    // SAFETY: the status outlives the call.
    let pointer = unsafe { (icu.utrans_openIDs)(&raw mut status) };
    let names = Open::new(pointer, status, icu.uenum_close)?;
    let mut found = Vec::new();
    loop {
        let mut length = 0;
        // SAFETY: the enumeration is open, and owns the text until the next call.
        let text = unsafe { (icu.uenum_unext)(names.pointer, &raw mut length, &raw mut status) };
        let (false, Ok(length)) = (text.is_null() || !good(status), usize::try_from(length)) else {
            return Some(found);
        };
        // SAFETY: `length` units lie at `text`, as the function says.
        found.push(String::from_utf16_lossy(unsafe { std::slice::from_raw_parts(text, length) }));
    }
}

/// A text in another script, by the name of the transliteration; none when there is no such transliteration.
pub fn transliterate(id: &str, text: &[u16]) -> Option<Vec<u16>> {
    let icu = functions()?;
    let (id, mut status) = (units(id), 0);
    // SAFETY: the name lives during the call; no rules and no place for their errors are given.
    let pointer = unsafe {
        (icu.utrans_openU)(id.as_ptr(), length(&id), 0, std::ptr::null(), 0, std::ptr::null_mut(), &raw mut status)
    };
    let rules = Open::new(pointer, status, icu.utrans_close)?;
    let text = text.get(..text.len().min(LONGEST))?;
    let mut capacity = text.len().saturating_mul(4).saturating_add(64);
    loop {
        let mut buffer = text.to_vec();
        buffer.resize(capacity, 0);
        let (mut count, mut limit, mut status) = (length(text), length(text), 0);
        // SAFETY: the buffer has `capacity` units; the numbers outlive the call.
        unsafe {
            (icu.utrans_transUChars)(
                rules.pointer,
                buffer.as_mut_ptr(),
                &raw mut count,
                capacity.min(i32::MAX as usize) as i32,
                0,
                &raw mut limit,
                &raw mut status,
            );
        }
        let count = usize::try_from(count).ok()?;
        if good(status) && count <= buffer.len() {
            buffer.truncate(count);
            return Some(buffer);
        }
        if count <= capacity || count > LONGEST.saturating_mul(8) {
            return None;
        }
        capacity = count;
    }
}

/// Where a text may be broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Break {
    /// Between what people take for characters.
    Character = 0,
    /// Between words.
    Word = 1,
    /// At the end of a line.
    Line = 2,
    /// Between sentences.
    Sentence = 3,
}

/// The places, in UTF-16 units, behind which a text may be broken, its end included and its beginning not.
pub fn breaks(kind: Break, locale: &str, text: &[u16]) -> Option<Vec<u32>> {
    let icu = functions()?;
    let (locale, text) = (name(locale)?, text.get(..text.len().min(LONGEST))?);
    let mut status = 0;
    // SAFETY: locale and text live longer than the iterator.
    let pointer =
        unsafe { (icu.ubrk_open)(kind as c_int, locale.as_ptr(), text.as_ptr(), length(text), &raw mut status) };
    let iterator = Open::new(pointer, status, icu.ubrk_close)?;
    let mut places = Vec::new();
    loop {
        // SAFETY: the iterator is open.
        let place = unsafe { (icu.ubrk_next)(iterator.pointer) };
        match u32::try_from(place) {
            Ok(place) => places.push(place),
            Err(_) => return Some(places),
        }
    }
}

/// The letters and letter groups of an index in a language, in no order.
pub fn index_letters(locale: &str) -> Option<Vec<String>> {
    let icu = functions()?;
    let (locale, mut status) = (name(locale)?, 0);
    // SAFETY: the name lives during the call.
    let pointer = unsafe { (icu.ulocdata_open)(locale.as_ptr(), &raw mut status) };
    let data = Open::new(pointer, status, icu.ulocdata_close)?;
    // SAFETY: the data is open; a set of its own is made, which the caller closes.
    let pointer =
        unsafe { (icu.ulocdata_getExemplarSet)(data.pointer, std::ptr::null_mut(), 0, INDEX_LETTERS, &raw mut status) };
    let set = Open::new(pointer, status, icu.uset_close)?;
    let mut letters = Vec::new();
    // SAFETY: the set is open.
    for index in 0..unsafe { (icu.uset_getItemCount)(set.pointer) } {
        let (mut first, mut last, mut status) = (0, 0, 0);
        let mut text = [0_u16; 32];
        // SAFETY: the set is open and has this item; the buffer is as long as is said.
        let count = unsafe {
            (icu.uset_getItem)(
                set.pointer,
                index,
                &raw mut first,
                &raw mut last,
                text.as_mut_ptr(),
                text.len() as i32,
                &raw mut status,
            )
        };
        match usize::try_from(count) {
            // A range of characters.
            Ok(0) => letters
                .extend((first..=last).filter_map(|code| Some(char::from_u32(u32::try_from(code).ok()?)?.to_string()))),
            Ok(count) if good(status) => letters.push(String::from_utf16_lossy(text.get(..count)?)),
            _ => {}
        }
    }
    Some(letters)
}

/// A moment, in milliseconds since 1970, as a pattern of dates (`yyyy-MM-dd`) says. Without a zone that of the machine.
pub fn format_date(locale: &str, zone: Option<&str>, pattern: &str, time: f64) -> Option<String> {
    let icu = functions()?;
    let (locale, pattern, zone) = (name(locale)?, units(pattern), zone.map(units));
    let (zone, zone_length) = zone.as_ref().map_or((std::ptr::null(), 0), |zone| (zone.as_ptr(), length(zone)));
    let mut status = 0;
    // SAFETY: all texts live during the call.
    let pointer = unsafe {
        (icu.udat_open)(
            PATTERN,
            PATTERN,
            locale.as_ptr(),
            zone,
            zone_length,
            pattern.as_ptr(),
            length(&pattern),
            &raw mut status,
        )
    };
    let format = Open::new(pointer, status, icu.udat_close)?;
    text_of(|buffer, room, status| {
        // SAFETY: the format is open, the buffer has this room; nobody asks for the place of a field.
        unsafe { (icu.udat_format)(format.pointer, time, buffer, room, std::ptr::null_mut(), status) }
    })
}

/// The pattern that says in a language what a skeleton (`yMMMd`) asks for.
pub fn best_pattern(locale: &str, skeleton: &str) -> Option<String> {
    let icu = functions()?;
    let (locale, skeleton, mut status) = (name(locale)?, units(skeleton), 0);
    // SAFETY: the name lives during the call.
    let pointer = unsafe { (icu.udatpg_open)(locale.as_ptr(), &raw mut status) };
    let generator = Open::new(pointer, status, icu.udatpg_close)?;
    text_of(|buffer, room, status| {
        // SAFETY: the generator is open, the buffer has this room.
        unsafe {
            (icu.udatpg_getBestPattern)(generator.pointer, skeleton.as_ptr(), length(&skeleton), buffer, room, status)
        }
    })
}

/// A number as a number skeleton (`unit/kilometer .00`) says; none when the skeleton is wrong.
pub fn format_number(locale: &str, skeleton: &str, number: f64) -> Option<String> {
    let icu = functions()?;
    let (locale, skeleton, mut status) = (name(locale)?, units(skeleton), 0);
    // SAFETY: both texts live during the call.
    let pointer = unsafe {
        (icu.unumf_openForSkeletonAndLocale)(skeleton.as_ptr(), length(&skeleton), locale.as_ptr(), &raw mut status)
    };
    let format = Open::new(pointer, status, icu.unumf_close)?;
    // SAFETY: the status outlives the call.
    let pointer = unsafe { (icu.unumf_openResult)(&raw mut status) };
    let result = Open::new(pointer, status, icu.unumf_closeResult)?;
    // SAFETY: both are open.
    unsafe { (icu.unumf_formatDouble)(format.pointer, number, result.pointer, &raw mut status) };
    if !good(status) {
        return None;
    }
    text_of(|buffer, room, status| {
        // SAFETY: the result is open, the buffer has this room.
        unsafe { (icu.unumf_resultToString)(result.pointer, buffer, room, status) }
    })
}

fn constant(text: *const c_char) -> Option<String> {
    // SAFETY: a text of ICU's tables that ends with NUL, or NULL.
    (!text.is_null())
        .then(|| unsafe { CStr::from_ptr(text) }.to_string_lossy().into_owned())
        .filter(|text| !text.is_empty())
}

/// The language of a locale in three letters (ISO 639-2).
pub fn three_letter_language(locale: &str) -> Option<String> {
    let (icu, locale) = (functions()?, name(locale)?);
    // SAFETY: the name lives during the call; the result is a constant.
    constant(unsafe { (icu.uloc_getISO3Language)(locale.as_ptr()) })
}

/// The region of a locale in three letters (ISO 3166-1).
pub fn three_letter_region(locale: &str) -> Option<String> {
    let (icu, locale) = (functions()?, name(locale)?);
    // SAFETY: the name lives during the call; the result is a constant.
    constant(unsafe { (icu.uloc_getISO3Country)(locale.as_ptr()) })
}

/// All regions, in two letters (ISO 3166-1).
pub fn regions() -> Option<Vec<String>> {
    let icu = functions()?;
    // SAFETY: a table of constants that ends with NULL.
    let mut entry = unsafe { (icu.uloc_getISOCountries)() };
    let mut found = Vec::new();
    // SAFETY: `entry` points at an entry of the table; the last one is NULL.
    while let Some(region) = (!entry.is_null()).then(|| unsafe { *entry }).and_then(constant) {
        found.push(region);
        // SAFETY: the entry was not the last one.
        entry = unsafe { entry.add(1) };
    }
    Some(found)
}

/// A calendar of any kind, with a time. Fields are numbered as in `UCalendarDateFields`.
pub struct Calendar(Open);

impl Calendar {
    /// The calendar of a locale (`zh-Hans@calendar=chinese`) in a zone (empty for that of the machine), at the present time.
    pub fn new(locale: &str, zone: &str) -> Option<Calendar> {
        let icu = functions()?;
        let (locale, zone, mut status) = (name(locale)?, units(zone), 0);
        let pointer = if zone.is_empty() { std::ptr::null() } else { zone.as_ptr() };
        // SAFETY: both texts live during the call.
        let pointer = unsafe { (icu.ucal_open)(pointer, length(&zone), locale.as_ptr(), 0, &raw mut status) };
        Some(Calendar(Open::new(pointer, status, icu.ucal_close)?))
    }

    /// Calls a function that has a status; none when it fails.
    fn call<R>(&self, call: impl FnOnce(&Functions, Pointer, *mut Status) -> R) -> Option<R> {
        let mut status = 0;
        let result = call(functions()?, self.0.pointer, &raw mut status);
        good(status).then_some(result)
    }

    /// Milliseconds since 1970.
    pub fn time(&self) -> Option<f64> {
        // SAFETY: the calendar is open, here and below.
        self.call(|icu, calendar, status| unsafe { (icu.ucal_getMillis)(calendar, status) })
    }

    /// Sets the time; milliseconds since 1970.
    pub fn set_time(&self, time: f64) -> Option<()> {
        // SAFETY: as above.
        self.call(|icu, calendar, status| unsafe { (icu.ucal_setMillis)(calendar, time, status) })
    }

    /// A field of the time.
    pub fn get(&self, field: i32) -> Option<i32> {
        if !(0..FIELDS).contains(&field) {
            return None;
        }
        // SAFETY: as above; the field is one.
        self.call(|icu, calendar, status| unsafe { (icu.ucal_get)(calendar, field, status) })
    }

    /// Sets a field; the others follow when they are asked for.
    pub fn set(&self, field: i32, value: i32) -> Option<()> {
        if !(0..FIELDS).contains(&field) {
            return None;
        }
        // SAFETY: as above.
        self.call(|icu, calendar, _| unsafe { (icu.ucal_set)(calendar, field, value) })
    }

    /// Adds to a field, and carries.
    pub fn add(&self, field: i32, amount: i32) -> Option<()> {
        if !(0..FIELDS).contains(&field) {
            return None;
        }
        // SAFETY: as above.
        self.call(|icu, calendar, status| unsafe { (icu.ucal_add)(calendar, field, amount, status) })
    }

    /// Sets the zone; one that is not known is taken for UTC.
    pub fn set_zone(&self, zone: &str) -> Option<()> {
        let zone = units(zone);
        // SAFETY: as above; the text lives during the call.
        self.call(|icu, calendar, status| unsafe {
            (icu.ucal_setTimeZone)(calendar, zone.as_ptr(), length(&zone), status)
        })
    }

    /// Number of the first day of a week, 1 for Sunday.
    pub fn first_day(&self) -> Option<i32> {
        // SAFETY: as above; 1 is this attribute.
        self.call(|icu, calendar, _| unsafe { (icu.ucal_getAttribute)(calendar, 1) })
    }

    /// Sets the first day of a week, 1 for Sunday.
    pub fn set_first_day(&self, day: i32) -> Option<()> {
        let day = day.clamp(1, 7);
        // SAFETY: as above.
        self.call(|icu, calendar, _| unsafe { (icu.ucal_setAttribute)(calendar, 1, day) })
    }

    /// How many days the first week of a year has at least.
    pub fn minimal_days(&self) -> Option<i32> {
        // SAFETY: as above; 2 is this attribute.
        self.call(|icu, calendar, _| unsafe { (icu.ucal_getAttribute)(calendar, 2) })
    }

    /// Sets how many days the first week of a year has at least.
    pub fn set_minimal_days(&self, days: i32) -> Option<()> {
        let days = days.clamp(1, 7);
        // SAFETY: as above.
        self.call(|icu, calendar, _| unsafe { (icu.ucal_setAttribute)(calendar, 2, days) })
    }

    /// Whether a moment is in a weekend.
    pub fn is_weekend(&self, time: f64) -> Option<bool> {
        // SAFETY: as above.
        self.call(|icu, calendar, status| unsafe { (icu.ucal_isWeekend)(calendar, time, status) != 0 })
    }

    /// The next moment at which the zone's offset or rules change; none when there is none.
    pub fn next_transition(&self) -> Option<f64> {
        let mut time = 0.0;
        // SAFETY: as above; the number outlives the call.
        let found = self.call(|icu, calendar, status| unsafe {
            (icu.ucal_getTimeZoneTransitionDate)(calendar, NEXT_TRANSITION, &raw mut time, status)
        })?;
        (found != 0).then_some(time)
    }
}

/// Number of the fields of a calendar.
const FIELDS: i32 = 23;

#[cfg(test)]
mod tests {
    use super::*;

    /// Where the host has no ICU that is found, there is nothing to test.
    fn skipped() -> bool {
        functions().is_none()
    }

    #[test]
    fn scripts_are_changed() {
        if skipped() {
            return;
        }
        let text: Vec<u16> = "上海".encode_utf16().collect();
        let found = transliterate("Any-Latn", &text).expect("a text");
        assert_eq!(String::from_utf16_lossy(&found), "shàng hǎi");
        assert_eq!(transliterate("Any-Nonsense", &text), None);
        assert!(transliterations().is_some_and(|names| names.iter().any(|name| name == "Any-Latin")));
    }

    #[test]
    fn lines_are_broken_between_words() {
        if skipped() {
            return;
        }
        let text: Vec<u16> = "Bread is old.".encode_utf16().collect();
        assert_eq!(breaks(Break::Line, "en-GB", &text), Some(vec![6, 9, 13]));
        assert_eq!(breaks(Break::Line, "en", &[]), Some(Vec::new()));
    }

    #[test]
    fn dates_and_numbers_follow_patterns() {
        if skipped() {
            return;
        }
        assert_eq!(format_date("en", Some("UTC"), "yyyy-MM-dd HH:mm", 0.0).as_deref(), Some("1970-01-01 00:00"));
        assert_eq!(best_pattern("de", "yMMMd").as_deref(), Some("d. MMM y"));
        assert_eq!(
            format_number("en", "unit/kilometer unit-width-full-name .##", 8.0467).as_deref(),
            Some("8.05 kilometers")
        );
        assert_eq!(format_number("en", "no/skeleton", 1.0), None);
    }

    #[test]
    fn calendars_of_other_kinds_count_their_own_years() {
        if skipped() {
            return;
        }
        let calendar = Calendar::new("th@calendar=buddhist", "UTC").expect("a calendar");
        calendar.set_time(0.0).expect("a time");
        assert_eq!((calendar.get(1), calendar.get(2), calendar.get(5)), (Some(2513), Some(0), Some(1)));
        calendar.add(2, 1).expect("a month more");
        assert_eq!(calendar.time(), Some(31.0 * 86_400_000.0));
        assert_eq!(calendar.get(99), None);
        let zone = Calendar::new("en", "Europe/Berlin").expect("a calendar");
        zone.set_time(1_700_000_000_000.0).expect("a time");
        assert_eq!(zone.next_transition(), Some(1_711_846_800_000.0));
    }

    #[test]
    fn regions_have_letters() {
        if skipped() {
            return;
        }
        assert_eq!(three_letter_language("zh-CN").as_deref(), Some("zho"));
        assert_eq!(three_letter_region("zh-CN").as_deref(), Some("CHN"));
        assert!(regions().is_some_and(|regions| regions.iter().any(|region| region == "FI")));
        assert!(index_letters("en").is_some_and(|letters| letters.contains(&"B".to_owned())));
    }
}
