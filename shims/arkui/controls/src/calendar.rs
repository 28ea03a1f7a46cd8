//! Days of the Gregorian calendar, as pickers of dates count them. On the app's side they are `{ year, month, day }` with months
//! from 0.

use concord_ui::value::Value;

/// A day; months are 1 to 12. In the order of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Day {
    pub(super) year: i32,
    pub(super) month: u32,
    pub(super) day: u32,
}

/// Years outside of these are cut off.
const YEARS: (f64, f64) = (1.0, 9999.0);

/// How many days a month has.
pub(super) fn days_in(year: i32, month: u32) -> u32 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl Day {
    /// A day within its month.
    pub(super) const fn new(year: i32, month: u32, day: u32) -> Day {
        Day { year, month, day }
    }

    /// From `{ year, month, day }`.
    pub(super) fn from_value(value: &Value) -> Option<Day> {
        let part = |name: &str| value.get(name).as_f64();
        let year = part("year")?.clamp(YEARS.0, YEARS.1) as i32;
        let month = part("month")?.clamp(0.0, 11.0) as u32 + 1;
        let day = (part("day")?.max(1.0) as u32).min(days_in(year, month));
        Some(Day { year, month, day })
    }

    /// As `{ year, month, day }`.
    pub(super) fn value(self) -> Value {
        let number = |number: u32| Value::Number(f64::from(number));
        let year = Value::Number(f64::from(self.year));
        Value::object([("year", year), ("month", number(self.month - 1)), ("day", number(self.day))])
    }

    /// Days since 1970-01-01.
    pub(super) fn ordinal(self) -> i64 {
        // Years begin in March, so that the leap day is the last.
        let year = i64::from(self.year) - i64::from(self.month <= 2);
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let month = (i64::from(self.month) + 9) % 12;
        let of_year = (153 * month + 2) / 5 + i64::from(self.day) - 1;
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
    }

    /// The day that is some days after 1970-01-01.
    pub(super) fn from_ordinal(days: i64) -> Day {
        let days = days + 719_468;
        let era = days.div_euclid(146_097);
        let of_era = days.rem_euclid(146_097);
        let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        let year = era * 400 + year + i64::from(month <= 2);
        Day { year: year as i32, month: month as u32, day: day as u32 }
    }

    /// The day of the week; 0 is Sunday.
    pub(super) fn weekday(self) -> u32 {
        (self.ordinal() + 4).rem_euclid(7) as u32
    }

    /// The first of its month.
    pub(super) fn first_of_month(self) -> Day {
        Day { day: 1, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_and_found_again() {
        assert_eq!(Day::new(1970, 1, 1).ordinal(), 0);
        assert_eq!(Day::new(2024, 2, 29).ordinal(), 19_782);
        for ordinal in (-700_000..1_500_000).step_by(997) {
            assert_eq!(Day::from_ordinal(ordinal).ordinal(), ordinal);
        }
        assert_eq!(Day::new(2024, 2, 29).weekday(), 4, "a Thursday");
    }
}
