//! hilog: records, levels and where they go. `@ohos:hilog`, `console` and the process itself all write here.

use std::io::Write;
use std::time::{SystemTime, UNIX_EPOCH};

/// Levels of hilog, with the numbers that `hilog.LogLevel` has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Level {
    Debug = 3,
    Info = 4,
    Warn = 5,
    Error = 6,
    Fatal = 7,
}

impl Level {
    /// The level with the platform's number.
    pub fn from_number(number: i64) -> Option<Self> {
        Some(match number {
            3 => Self::Debug,
            4 => Self::Info,
            5 => Self::Warn,
            6 => Self::Error,
            7 => Self::Fatal,
            _ => return None,
        })
    }

    /// The letter in a printed line.
    pub fn letter(self) -> char {
        match self {
            Self::Debug => 'D',
            Self::Info => 'I',
            Self::Warn => 'W',
            Self::Error => 'E',
            Self::Fatal => 'F',
        }
    }
}

/// Domain of `console` lines.
pub const CONSOLE_DOMAIN: u32 = 0x3d00;
/// Tag of `console` lines.
pub const CONSOLE_TAG: &str = "JSAPP";

/// One line of the log.
#[derive(Debug, Clone)]
pub struct LogRecord<'a> {
    /// Level.
    pub level: Level,
    /// Domain, 0 … 0xffff.
    pub domain: u32,
    /// Tag.
    pub tag: &'a str,
    /// The formatted message; private parts are already replaced.
    pub message: &'a str,
}

/// Where log lines go. Shared by all threads of a process.
pub trait LogSink: Send + Sync {
    /// Takes one record.
    fn write(&self, record: &LogRecord<'_>);
    /// Whether a record of this kind would be kept, which `hilog.isLoggable` tells the app.
    fn enabled(&self, level: Level, domain: u32, tag: &str) -> bool;
}

/// Writes lines as a device prints them, to standard error:
/// `11-20 09:00:11.123  4242  4242 I A00001/fxLog: text`. Times are UTC.
pub struct StderrLog {
    minimum: Option<Level>,
}

impl StderrLog {
    /// Keeps records of at least this level.
    pub fn new(minimum: Level) -> Self {
        Self { minimum: Some(minimum) }
    }

    /// Keeps nothing.
    pub fn silent() -> Self {
        Self { minimum: None }
    }
}

impl LogSink for StderrLog {
    fn write(&self, record: &LogRecord<'_>) {
        if self.enabled(record.level, record.domain, record.tag) {
            let _ = std::io::stderr().lock().write_all(device_line(record, SystemTime::now()).as_bytes());
        }
    }

    fn enabled(&self, level: Level, _domain: u32, _tag: &str) -> bool {
        self.minimum.is_some_and(|minimum| level >= minimum)
    }
}

/// The record as a device prints it, with line feed. A message of several lines gets the prefix on every line.
pub fn device_line(record: &LogRecord<'_>, time: SystemTime) -> String {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    let (month, day) = month_and_day(since.as_secs() / 86_400);
    let second = since.as_secs() % 86_400;
    let (pid, tid) = (std::process::id(), nix::unistd::gettid());
    let prefix = format!(
        "{month:02}-{day:02} {:02}:{:02}:{:02}.{:03} {pid:5} {tid:5} {} A{:05x}/{}: ",
        second / 3600,
        second / 60 % 60,
        second % 60,
        since.subsec_millis(),
        record.level.letter(),
        record.domain & 0xf_ffff,
        record.tag,
    );
    let mut text = String::with_capacity(prefix.len() + record.message.len() + 1);
    for line in record.message.split('\n') {
        text.push_str(&prefix);
        text.push_str(line);
        text.push('\n');
    }
    text
}

/// Month (1 … 12) and day (1 … 31) of a day since 1970-01-01, in the Gregorian calendar.
fn month_and_day(days: u64) -> (u64, u64) {
    // Counted in years that begin with March, so that the leap day is the last one.
    let shifted = days + 719_468;
    let day_of_era = shifted % 146_097;
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    (if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 }, day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn line_looks_like_a_device() {
        let record = LogRecord { level: Level::Warn, domain: 1, tag: "t", message: "a\nb" };
        let time = UNIX_EPOCH + Duration::from_millis(1_709_208_000_005); // 2024-02-29 12:00:00.005
        let line = device_line(&record, time);
        let lines: Vec<_> = line.lines().collect();
        assert_eq!(lines.len(), 2);
        assert!(lines[0].starts_with("02-29 12:00:00.005 "), "{line}");
        assert!(lines[0].ends_with(" W A00001/t: a"), "{line}");
        assert!(lines[1].ends_with(" W A00001/t: b"), "{line}");
    }
}
