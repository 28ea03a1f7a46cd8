//! The descriptors that the app holds, by number. They are real numbers, so they mean the same to native code and to all threads of the
//! app; what is not in this table (our own files, the log, the watcher's pipe) is out of the app's reach.

use std::fs::File;
use std::os::fd::AsRawFd;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use concord_engine::Context;
use rustc_hash::FxHashMap;

<<<<<<< HEAD
/// The table of the process.
pub struct OpenFiles(Mutex<Option<FxHashMap<i32, Arc<File>>>>);

static TABLE: OpenFiles = OpenFiles(Mutex::new(None));

impl OpenFiles {
    /// The table of the process that `context` belongs to.
    pub fn of(_context: &Context) -> &'static Self {
        &TABLE
    }

    fn table(&self) -> MutexGuard<'_, Option<FxHashMap<i32, Arc<File>>>> {
=======
use crate::state::AppState;

/// The table of a process; its threads hand the numbers to each other.
#[derive(Default)]
pub struct OpenFiles(Mutex<FxHashMap<i32, Arc<File>>>);

impl OpenFiles {
    /// The table of the process of `context`; one of its own where there is none.
    pub fn of(context: &Context) -> Arc<Self> {
        if let Some(state) = AppState::of(context) {
            return Arc::clone(&state.seed.files);
        }
        let own = context.host_data::<Arc<Self>>().unwrap_or_else(|| {
            let files: std::rc::Rc<Arc<Self>> = std::rc::Rc::default();
            context.set_host_data(std::rc::Rc::clone(&files));
            files
        });
        Arc::clone(&own)
    }

    fn lock(&self) -> MutexGuard<'_, FxHashMap<i32, Arc<File>>> {
>>>>>>> 6bbad1d (Let values and concurrent functions travel between threads, and give threads the app's files and an orderly end)
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Gives a file to the app; the number is what the app sees.
    pub fn add(&self, file: File) -> i32 {
        let descriptor = file.as_raw_fd();
<<<<<<< HEAD
        self.table().get_or_insert_default().insert(descriptor, Arc::new(file));
=======
        self.lock().insert(descriptor, Arc::new(file));
>>>>>>> 6bbad1d (Let values and concurrent functions travel between threads, and give threads the app's files and an orderly end)
        descriptor
    }

    /// The file of a number.
    pub fn get(&self, descriptor: i32) -> Option<Arc<File>> {
<<<<<<< HEAD
        self.table().as_ref()?.get(&descriptor).cloned()
=======
        self.lock().get(&descriptor).cloned()
>>>>>>> 6bbad1d (Let values and concurrent functions travel between threads, and give threads the app's files and an orderly end)
    }

    /// Takes a file from the app; it is closed when nobody else holds it.
    pub fn remove(&self, descriptor: i32) -> Option<Arc<File>> {
<<<<<<< HEAD
        self.table().as_mut()?.remove(&descriptor)
=======
        self.lock().remove(&descriptor)
>>>>>>> 6bbad1d (Let values and concurrent functions travel between threads, and give threads the app's files and an orderly end)
    }
}
