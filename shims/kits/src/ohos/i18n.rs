//! `@concord:i18n.icu`: what the engine's own library of locales knows beyond `Intl`. A leaf gives `undefined` where there is no such library.

use concord_engine::icu::{self, Break, Calendar};
use concord_engine::{Call, Context, JsResult, Value};
use concord_runtime::FaceModule;
use concord_runtime::face::{text_arg, type_error, utf16_arg};

pub(crate) static MODULES: [FaceModule; 1] = [FaceModule {
    request: "@concord:i18n.icu",
    source: include_str!("i18n/icu.js"),
    natives: &[
        ("transliterations", transliterations),
        ("transliterate", transliterate),
        ("lineBreaks", line_breaks),
        ("indexLetters", index_letters),
        ("formatDate", format_date),
        ("bestPattern", best_pattern),
        ("formatNumber", format_number),
        ("threeLetterLanguage", three_letter_language),
        ("threeLetterRegion", three_letter_region),
        ("regions", regions),
        ("calendar", calendar),
        ("calendarCall", calendar_call),
        ("zones", zones),
    ],
    apis: &[],
}];

/// Where the tz database keeps a place for each zone.
const PLACES: &str = "/usr/share/zoneinfo/zone1970.tab";

fn optional(context: &Context, value: Option<Value>) -> JsResult {
    Ok(value.unwrap_or_else(|| context.undefined()))
}

fn text(context: &Context, text: Option<String>) -> JsResult {
    optional(context, text.map(|text| context.string(&text)))
}

fn texts(context: &Context, list: Option<Vec<String>>) -> JsResult {
    optional(
        context,
        list.map(|list| {
            let items: Vec<_> = list.iter().map(|item| context.string(item)).collect();
            context.array(&items)
        }),
    )
}

fn number_arg(call: &Call<'_>, index: usize) -> f64 {
    call.arg(index).as_f64().unwrap_or(0.0)
}

fn int_arg(call: &Call<'_>, index: usize) -> i32 {
    // Saturates, as the fields of a calendar are clamped anyway.
    number_arg(call, index) as i32
}

/// transliterations() → names
fn transliterations(call: &Call<'_>) -> JsResult {
    texts(call.context, icu::transliterations())
}

/// transliterate(name, text) → text; undefined when there is none of the name
fn transliterate(call: &Call<'_>) -> JsResult {
    let found = icu::transliterate(&text_arg(call, 0)?, &utf16_arg(call, 1));
    optional(call.context, found.map(|units| call.context.string_utf16(&units)))
}

/// lineBreaks(locale, text) → places
fn line_breaks(call: &Call<'_>) -> JsResult {
    let places = icu::breaks(Break::Line, &text_arg(call, 0)?, &utf16_arg(call, 1));
    optional(
        call.context,
        places.map(|places| {
            let places: Vec<_> = places.iter().map(|place| call.context.number(f64::from(*place))).collect();
            call.context.array(&places)
        }),
    )
}

/// indexLetters(locale) → letters
fn index_letters(call: &Call<'_>) -> JsResult {
    texts(call.context, icu::index_letters(&text_arg(call, 0)?))
}

/// formatDate(locale, zone, pattern, milliseconds) → text
fn format_date(call: &Call<'_>) -> JsResult {
    let (locale, zone, pattern) = (text_arg(call, 0)?, text_arg(call, 1)?, text_arg(call, 2)?);
    let zone = (!zone.is_empty()).then_some(zone.as_str());
    text(call.context, icu::format_date(&locale, zone, &pattern, number_arg(call, 3)))
}

/// bestPattern(locale, skeleton) → pattern
fn best_pattern(call: &Call<'_>) -> JsResult {
    text(call.context, icu::best_pattern(&text_arg(call, 0)?, &text_arg(call, 1)?))
}

/// formatNumber(locale, skeleton, number) → text; undefined when the skeleton is wrong
fn format_number(call: &Call<'_>) -> JsResult {
    text(call.context, icu::format_number(&text_arg(call, 0)?, &text_arg(call, 1)?, number_arg(call, 2)))
}

/// threeLetterLanguage(locale) → letters
fn three_letter_language(call: &Call<'_>) -> JsResult {
    text(call.context, icu::three_letter_language(&text_arg(call, 0)?))
}

/// threeLetterRegion(locale) → letters
fn three_letter_region(call: &Call<'_>) -> JsResult {
    text(call.context, icu::three_letter_region(&text_arg(call, 0)?))
}

/// regions() → letters of all
fn regions(call: &Call<'_>) -> JsResult {
    texts(call.context, icu::regions())
}

/// calendar(locale, zone) → calendar
fn calendar(call: &Call<'_>) -> JsResult {
    let calendar = Calendar::new(&text_arg(call, 0)?, &text_arg(call, 1)?);
    optional(call.context, calendar.map(|calendar| call.context.native_object(Box::new(calendar), None)))
}

/// calendarCall(calendar, what, numbers or text) → number or boolean; undefined when it fails
fn calendar_call(call: &Call<'_>) -> JsResult {
    let value = call.arg(0);
    let Some(calendar) = value.native::<Calendar>() else { return type_error(call.context, "not a calendar") };
    let context = call.context;
    let done = |result: Option<()>| result.map(|()| context.boolean(true));
    let int = |result: Option<i32>| result.map(|number| context.number(f64::from(number)));
    let float = |result: Option<f64>| result.map(|number| context.number(number));
    let result = match text_arg(call, 1)?.as_str() {
        "time" => float(calendar.time()),
        "setTime" => done(calendar.set_time(number_arg(call, 2))),
        "get" => int(calendar.get(int_arg(call, 2))),
        "set" => done(calendar.set(int_arg(call, 2), int_arg(call, 3))),
        "add" => done(calendar.add(int_arg(call, 2), int_arg(call, 3))),
        "setZone" => done(calendar.set_zone(&text_arg(call, 2)?)),
        "firstDay" => int(calendar.first_day()),
        "setFirstDay" => done(calendar.set_first_day(int_arg(call, 2))),
        "minimalDays" => int(calendar.minimal_days()),
        "setMinimalDays" => done(calendar.set_minimal_days(int_arg(call, 2))),
        "isWeekend" => calendar.is_weekend(number_arg(call, 2)).map(|is| context.boolean(is)),
        "nextTransition" => float(calendar.next_transition()),
        _ => None,
    };
    optional(context, result)
}

/// zones() → [[zone, latitude, longitude], …] in degrees, one place for each zone; empty where the host has no list of them
fn zones(call: &Call<'_>) -> JsResult {
    let context = call.context;
    let list = std::fs::read_to_string(PLACES).unwrap_or_default();
    let rows = list.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut columns = line.split('\t');
        let (_, place, zone) = (columns.next()?, columns.next()?, columns.next()?);
        let (latitude, longitude) = place_of(place)?;
        Some(context.array(&[context.string(zone), context.number(latitude), context.number(longitude)]))
    });
    Ok(context.array(&rows.collect::<Vec<_>>()))
}

/// `+3114+12128` or `+404251-0740023` (ISO 6709) → latitude and longitude in degrees.
fn place_of(text: &str) -> Option<(f64, f64)> {
    let second = text.get(1..)?.find(['+', '-'])?.checked_add(1)?;
    let degrees = |part: &str, digits: usize| {
        let number = |from: usize, to: usize| part.get(from..to)?.parse::<f64>().ok();
        let whole = number(1, 1 + digits)? + number(1 + digits, 3 + digits)? / 60.0;
        let seconds = number(3 + digits, 5 + digits).unwrap_or(0.0);
        let value = whole + seconds / 3600.0;
        Some(if part.starts_with('-') { -value } else { value })
    };
    Some((degrees(text.get(..second)?, 2)?, degrees(text.get(second..)?, 3)?))
}

#[cfg(test)]
mod tests {
    use super::place_of;

    #[test]
    fn places_of_the_tz_database_are_degrees() {
        let close = |found: Option<(f64, f64)>, latitude: f64, longitude: f64| {
            found.is_some_and(|(a, b)| (a - latitude).abs() < 0.01 && (b - longitude).abs() < 0.01)
        };
        assert!(close(place_of("+3114+12128"), 31.23, 121.47));
        assert!(close(place_of("+404251-0740023"), 40.71, -74.01));
        assert_eq!(place_of("nonsense"), None);
        assert_eq!(place_of("+é"), None);
    }
}
