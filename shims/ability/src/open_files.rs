//! The descriptors that the app holds, by number. They are real numbers, so they mean the same to native code; what is not
//! in this table (our own files, the log, the watcher's pipe) is out of the app's reach.

use std::cell::RefCell;
use std::fs::File;
use std::os::fd::AsRawFd;
use std::rc::Rc;

use concord_engine::Context;
use rustc_hash::FxHashMap;

/// The table of a context.
#[derive(Default)]
pub struct OpenFiles(RefCell<FxHashMap<i32, Rc<File>>>);

impl OpenFiles {
    /// The table of `context`, made when it is first asked for.
    pub fn of(context: &Context) -> Rc<Self> {
        context.host_data::<Self>().unwrap_or_else(|| {
            let files = Rc::new(Self::default());
            context.set_host_data(Rc::clone(&files));
            files
        })
    }

    /// Gives a file to the app; the number is what the app sees.
    pub fn add(&self, file: File) -> i32 {
        let descriptor = file.as_raw_fd();
        self.0.borrow_mut().insert(descriptor, Rc::new(file));
        descriptor
    }

    /// The file of a number.
    pub fn get(&self, descriptor: i32) -> Option<Rc<File>> {
        self.0.borrow().get(&descriptor).cloned()
    }

    /// Takes a file from the app; it is closed when nobody else holds it.
    pub fn remove(&self, descriptor: i32) -> Option<Rc<File>> {
        self.0.borrow_mut().remove(&descriptor)
    }
}
