//! Copies that say how far they are, and that can be ended.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use concord_ability::desktop;
use concord_engine::{Call, Context, JsResult};
use concord_runtime::face::index_arg;
use nix::errno::Errno;
use rustc_hash::FxHashMap;

use super::trees::create;
use super::{Use, path_arg};
use crate::job::{Failure, Work, work};

/// The face that hears of progress.
const EVENTS: &str = "@concord:file.events";
/// Between two reports.
const REPORT: Duration = Duration::from_millis(50);
/// Bytes between two looks at whether to go on.
const PIECE: u64 = 1 << 20;
/// Deepest folder that is looked into.
const DEEPEST: usize = 512;

/// Those under way, by the number that the face gave.
static COPIES: Mutex<Option<FxHashMap<usize, Arc<AtomicBool>>>> = Mutex::new(None);

fn copies() -> MutexGuard<'static, Option<FxHashMap<usize, Arc<AtomicBool>>>> {
    COPIES.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How far a copy is.
struct Progress {
    copy: usize,
    processed: u64,
    total: u64,
}

fn report(context: &Context, progress: Progress) -> JsResult {
    let numbers = [progress.copy as f64, progress.processed as f64, progress.total as f64];
    Ok(context.array(&numbers.map(|number| context.number(number))))
}

/// A copy under way.
struct Copy {
    number: usize,
    ended: Arc<AtomicBool>,
    listener: Option<concord_desktop::Listener<Progress>>,
    processed: u64,
    total: u64,
    told: Instant,
}

impl Drop for Copy {
    fn drop(&mut self) {
        if let Some(copies) = copies().as_mut() {
            copies.remove(&self.number);
        }
    }
}

impl Copy {
    fn tell(&mut self) {
        self.told = Instant::now();
        if let Some(listener) = &mut self.listener {
            listener(Progress { copy: self.number, processed: self.processed, total: self.total });
        }
    }

    fn file(&mut self, from: &Path, to: &Path) -> Result<(), Failure> {
        let mut source = File::open(from)?;
        let mut target = create(to)?;
        loop {
            if self.ended.load(Ordering::Acquire) {
                // Half a file is of no use to anybody.
                drop(target);
                let _ = fs::remove_file(to);
                return Err(Errno::EINTR.into());
            }
            let count = std::io::copy(&mut source.by_ref().take(PIECE), &mut target)?;
            self.processed = self.processed.saturating_add(count);
            if count == 0 {
                return Ok(());
            }
            if self.told.elapsed() >= REPORT {
                self.tell();
            }
        }
    }
}

/// Files of a tree and where they go, folders before what is in them, and the bytes of all.
fn plan(from: &Path, to: &Path, depth: usize, rows: &mut Vec<(PathBuf, PathBuf, bool)>) -> Result<u64, Failure> {
    if depth > DEEPEST {
        return Err(Errno::ENAMETOOLONG.into());
    }
    let data = fs::metadata(from)?;
    rows.push((from.to_owned(), to.to_owned(), data.is_dir()));
    if !data.is_dir() {
        return Ok(data.len());
    }
    let mut total: u64 = 0;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        total = total.saturating_add(plan(&entry.path(), &to.join(entry.file_name()), depth + 1, rows)?);
    }
    Ok(total)
}

/// copy(source, target, number of this copy, whether somebody wants to know how far it is). A folder goes into the target, which must be one.
pub(super) fn copy(call: &Call<'_>) -> JsResult<Work> {
    let (from, into) = (path_arg(call, 0, Use::Read)?, path_arg(call, 1, Use::Write)?);
    let number = index_arg(call, 2);
    let listener = call.arg(3).to_boolean().then(|| desktop::listener(call.context, EVENTS, "progress", report));
    let ended = Arc::new(AtomicBool::new(false));
    copies().get_or_insert_default().insert(number, Arc::clone(&ended));
    let mut copy = Copy { number, ended, listener: listener.flatten(), processed: 0, total: 0, told: Instant::now() };
    work(move || {
        let folder = fs::metadata(&from)?.is_dir();
        if folder != into.is_dir() && (folder || into.exists()) || folder && into.starts_with(&from) {
            return Err(Errno::EINVAL.into());
        }
        let to = if folder { into.join(from.file_name().unwrap_or_default()) } else { into };
        if fs::canonicalize(&from).ok() == fs::canonicalize(&to).ok() {
            return Err(Errno::EINVAL.into());
        }
        let mut rows = Vec::new();
        copy.total = plan(&from, &to, 0, &mut rows)?;
        for (from, to, folder) in rows {
            match folder {
                true if to.is_dir() => {}
                true => fs::create_dir(&to)?,
                false => copy.file(&from, &to)?,
            }
        }
        copy.tell();
        Ok(())
    })
}

/// cancelCopy(number) → whether there was one to end
pub(super) fn cancel(call: &Call<'_>) -> JsResult {
    let number = index_arg(call, 0);
    let known = copies().as_ref().and_then(|copies| copies.get(&number).cloned());
    if let Some(ended) = &known {
        ended.store(true, Ordering::Release);
    }
    Ok(call.context.boolean(known.is_some()))
}
