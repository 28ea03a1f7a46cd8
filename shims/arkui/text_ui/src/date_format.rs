//! Dates and times as the patterns of `TextClock` and `TextTimer` say.

const DAY: i64 = 86_400;
/// Patterns are cut here; real ones have a few letters.
const LONGEST: usize = 256;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS: [&str; 7] = ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"];

/// Splits a pattern into runs of one letter.
fn runs(pattern: &str) -> impl Iterator<Item = (char, usize)> + '_ {
    let mut rest = pattern.chars().take(LONGEST).peekable();
    std::iter::from_fn(move || {
        let letter = rest.next()?;
        let mut count = 1;
        while rest.next_if_eq(&letter).is_some() {
            count += 1;
        }
        Some((letter, count))
    })
}

fn padded(number: i64, digits: usize) -> String {
    format!("{number:0digits$}", digits = digits.min(9))
}

fn name(names: &[&str], index: i64, letters: usize) -> String {
    let name = usize::try_from(index).ok().and_then(|index| names.get(index)).copied().unwrap_or_default();
    if letters >= 4 { name.to_owned() } else { name.chars().take(3).collect() }
}

/// Year, month (1 to 12) and day of so many days after 1970-01-01, in the Gregorian calendar.
fn civil(days: i64) -> (i64, i64, i64) {
    // Eras of 400 years, of years that begin in March.
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

/// A point in time in a pattern of `TextClock` (`yyyy/MM/dd`, `aa hh:mm:ss`, `EEEE`): ms of local time since 1970.
pub(super) fn clock(ms: i64, pattern: &str) -> String {
    let seconds = ms.div_euclid(1000);
    let (days, of_day) = (seconds.div_euclid(DAY), seconds.rem_euclid(DAY));
    let (year, month, day) = civil(days);
    let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
    runs(pattern)
        .map(|(letter, count)| match letter {
            'y' if count == 2 => padded(year.rem_euclid(100), 2),
            'y' => padded(year, count),
            'M' if count >= 3 => name(&MONTHS, month - 1, count),
            'M' => padded(month, count),
            'd' => padded(day, count),
            'E' => name(&DAYS, days.rem_euclid(7), count),
            'H' => padded(hour, count),
            'h' => padded((hour + 11) % 12 + 1, count),
            'm' => padded(minute, count),
            's' => padded(second, count),
            'S' => padded(ms.rem_euclid(1000) / 10_i64.pow(3 - count.min(3) as u32), count.min(3)),
            'a' => (if hour < 12 { "AM" } else { "PM" }).to_owned(),
            other => other.to_string().repeat(count),
        })
        .collect()
}

/// A span of time in ms in a pattern of `TextTimer` (`HH:mm:ss.SS`). The first unit takes what is above it.
pub(super) fn timer(ms: i64, pattern: &str) -> String {
    let mut largest = true;
    runs(pattern)
        .map(|(letter, count)| {
            let unit = match letter {
                'H' | 'h' => Some((3_600_000, i64::MAX)),
                'm' => Some((60_000, 60)),
                's' => Some((1000, 60)),
                'S' => Some((10_i64.pow(3 - count.min(3) as u32), 10_i64.pow(count.min(3) as u32))),
                _ => None,
            };
            let Some((size, modulus)) = unit else { return letter.to_string().repeat(count) };
            let whole = ms.max(0) / size;
            let first = std::mem::take(&mut largest);
            padded(if first { whole } else { whole % modulus }, count.min(9))
        })
        .collect()
}

/// The smallest unit of a pattern in ms.
pub(super) fn smallest_unit(pattern: &str) -> i64 {
    let unit = runs(pattern).filter_map(|(letter, count)| match letter {
        'S' => Some(10_i64.pow(3 - count.min(3) as u32)),
        's' => Some(1000),
        'm' => Some(60_000),
        'H' | 'h' => Some(3_600_000),
        'a' | 'd' | 'E' | 'M' | 'y' => Some(DAY * 1000 / 2),
        _ => None,
    });
    unit.min().unwrap_or(DAY * 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_know_the_calendar() {
        // 2024-02-29 13:05:09.678, a Thursday.
        let ms = 1_709_211_909_678;
        assert_eq!(clock(ms, "yyyy/MM/dd HH:mm:ss.SS"), "2024/02/29 13:05:09.67");
        assert_eq!(clock(ms, "aa hh:mm"), "PM 01:05");
        assert_eq!(clock(ms, "EEEE, MMM d, yy"), "Thursday, Feb 29, 24");
        assert_eq!(clock(-1, "yyyy-MM-dd H"), "1969-12-31 23");
        assert_eq!(clock(0, "hh"), "12");
    }

    #[test]
    fn timers_count_on_in_their_largest_unit() {
        assert_eq!(timer(3_661_230, "HH:mm:ss.SS"), "01:01:01.23");
        assert_eq!(timer(3_661_230, "mm:ss"), "61:01");
        assert_eq!(timer(61_999, "s"), "61");
        assert_eq!((smallest_unit("HH:mm:ss.SS"), smallest_unit("mm:ss"), smallest_unit("?")), (10, 1000, 86_400_000));
    }
}
