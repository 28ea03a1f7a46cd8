//! The device's log: shown as it comes, and kept for `hilog -x`.

use concord_ability::log::{Level, LogRecord, LogSink, StderrLog, device_line};
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

/// Lines kept.
const LINES: usize = 10_000;

/// Shows records of at least one level on standard error and keeps all of them.
pub struct LogRing {
    shown: StderrLog,
    kept: Mutex<VecDeque<String>>,
}

impl LogRing {
    /// Shows records of at least `minimum`, or none.
    pub fn new(minimum: Option<Level>) -> LogRing {
        let shown = minimum.map_or_else(StderrLog::silent, StderrLog::new);
        LogRing { shown, kept: Mutex::new(VecDeque::new()) }
    }

    /// Kept lines, oldest first.
    pub fn lines(&self) -> Vec<String> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    /// Forgets all lines.
    pub fn clear(&self) {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

impl LogSink for LogRing {
    fn write(&self, record: &LogRecord<'_>) {
        self.shown.write(record);
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        for line in device_line(record, SystemTime::now()).lines() {
            if kept.len() == LINES {
                kept.pop_front();
            }
            kept.push_back(line.to_owned());
        }
    }

    fn enabled(&self, _level: Level, _domain: u32, _tag: &str) -> bool {
        true
    }
}
