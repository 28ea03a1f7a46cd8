//! The descriptors that the app holds, by number. They are real numbers, so they mean the same to native code and to all threads of the
//! app; what is not in this table (our own files, the log, the watcher's pipe) is out of the app's reach.

use std::fs::File;
use std::os::fd::AsRawFd;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use concord_engine::Context;
use rustc_hash::FxHashMap;

/// The table of the process.
pub struct OpenFiles(Mutex<Option<FxHashMap<i32, Arc<File>>>>);

static TABLE: OpenFiles = OpenFiles(Mutex::new(None));

impl OpenFiles {
    /// The table of the process that `context` belongs to.
    pub fn of(_context: &Context) -> &'static Self {
        &TABLE
    }

    fn table(&self) -> MutexGuard<'_, Option<FxHashMap<i32, Arc<File>>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Gives a file to the app; the number is what the app sees.
    pub fn add(&self, file: File) -> i32 {
        let descriptor = file.as_raw_fd();
        self.table().get_or_insert_default().insert(descriptor, Arc::new(file));
        descriptor
    }

    /// The file of a number.
    pub fn get(&self, descriptor: i32) -> Option<Arc<File>> {
        self.table().as_ref()?.get(&descriptor).cloned()
    }

    /// Takes a file from the app; it is closed when nobody else holds it.
    pub fn remove(&self, descriptor: i32) -> Option<Arc<File>> {
        self.table().as_mut()?.remove(&descriptor)
    }
}
