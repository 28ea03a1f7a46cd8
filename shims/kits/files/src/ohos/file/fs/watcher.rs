//! Watchers of files and folders, over inotify.

use std::cell::RefCell;
use std::mem::MaybeUninit;
use std::os::fd::OwnedFd;
use std::rc::Rc;

use concord_ability::event_loop::EventLoop;
use concord_engine::{Call, Context, JsResult};
use concord_runtime::Runtime;
use concord_runtime::face::{index_arg, text_arg};
use nix::errno::Errno;
use nix::poll::PollFlags;
use rustix::fs::inotify::{self, CreateFlags, Event, Reader, WatchFlags};

use super::{Use, path_arg};
use crate::os_error::exception;

/// The face that has the listeners.
const EVENTS: &str = "@concord:file.events";
/// The bits that say what has happened (IN_ALL_EVENTS); others describe the report.
const HAPPENINGS: u32 = 0xfff;

/// A started watcher.
struct Watcher {
    number: usize,
    descriptor: i32,
    /// The name as the guest gave it.
    name: String,
    mask: u32,
}

/// The watchers of a context. They share one inotify instance, of which a person has few.
struct Watchers {
    inotify: OwnedFd,
    started: RefCell<Vec<Watcher>>,
}

impl Watchers {
    fn of(context: &Context) -> Result<Rc<Watchers>, Errno> {
        if let Some(watchers) = context.host_data::<Watchers>() {
            return Ok(watchers);
        }
        let inotify = inotify::init(CreateFlags::CLOEXEC | CreateFlags::NONBLOCK).map_err(errno)?;
        let readable = inotify.try_clone().map_err(|_| Errno::EMFILE)?;
        let watchers = Rc::new(Watchers { inotify, started: RefCell::default() });
        context.set_host_data(Rc::clone(&watchers));
        let event_loop = EventLoop::of(context).ok_or(Errno::ENOSYS)?;
        // A watcher does not keep the app alive.
        event_loop.watch(readable, PollFlags::POLLIN, true, |context, _| {
            if let Some(watchers) = context.host_data::<Watchers>() {
                watchers.deliver(context)?;
            }
            Ok(true)
        });
        Ok(watchers)
    }

    fn deliver(&self, context: &Context) -> JsResult<()> {
        let Some(runtime) = Runtime::of(context) else { return Ok(()) };
        let face = runtime.require(EVENTS)?;
        // Listeners may start and stop watchers; what was read before stays.
        let mut buffer = [MaybeUninit::uninit(); 16 * 1024];
        let mut reader = Reader::new(&self.inotify, &mut buffer);
        loop {
            let heard = match reader.next() {
                Ok(event) => self.hears(&event),
                Err(rustix::io::Errno::INTR) => continue,
                Err(rustix::io::Errno::AGAIN) => return Ok(()),
                Err(error) => {
                    tracing::warn!("changes of files cannot be read: {error}");
                    return Ok(());
                }
            };
            for (number, name, happened, cookie) in heard {
                let args = [
                    context.number(number as f64),
                    context.string(&name),
                    context.number(f64::from(happened)),
                    context.number(f64::from(cookie)),
                ];
                face.call_method("changed", &args)?;
            }
        }
    }

    /// Who hears of an event: number, name of the file, what has happened, cookie.
    fn hears(&self, event: &Event<'_>) -> Vec<(usize, String, u32, u32)> {
        let happened = event.events().bits() & HAPPENINGS;
        let started = self.started.borrow();
        let concerned = started.iter().filter(|watcher| watcher.descriptor == event.wd());
        concerned
            .filter(|watcher| watcher.mask & happened != 0)
            .map(|watcher| {
                let name = match event.file_name() {
                    Some(below) => format!("{}/{}", watcher.name.trim_end_matches('/'), below.to_string_lossy()),
                    None => watcher.name.clone(),
                };
                (watcher.number, name, happened, event.cookie())
            })
            .collect()
    }
}

fn errno(error: rustix::io::Errno) -> Errno {
    Errno::from_raw(error.raw_os_error())
}

/// watch(number, path, events)
pub(super) fn watch(call: &Call<'_>) -> JsResult {
    let fail = |errno| exception(call.context, errno);
    let path = path_arg(call, 1, Use::Read)?;
    let mask = index_arg(call, 2) as u32 & HAPPENINGS;
    let watchers = Watchers::of(call.context).map_err(fail)?;
    // Another watcher of the same file has its own wishes.
    let wishes = WatchFlags::from_bits_truncate(mask) | WatchFlags::MASK_ADD;
    let descriptor = inotify::add_watch(&watchers.inotify, &path, wishes).map_err(|error| fail(errno(error)))?;
    let watcher = Watcher { number: index_arg(call, 0), descriptor, name: text_arg(call, 1)?, mask };
    watchers.started.borrow_mut().push(watcher);
    Ok(call.context.undefined())
}

/// unwatch(number)
pub(super) fn unwatch(call: &Call<'_>) -> JsResult {
    let number = index_arg(call, 0);
    let watchers = Watchers::of(call.context).map_err(|errno| exception(call.context, errno))?;
    let mut started = watchers.started.borrow_mut();
    let ended: Vec<_> = started.extract_if(.., |watcher| watcher.number == number).collect();
    for watcher in ended {
        if started.iter().all(|other| other.descriptor != watcher.descriptor) {
            // It may be gone with its file.
            let _ = inotify::remove_watch(&watchers.inotify, watcher.descriptor);
        }
    }
    Ok(call.context.undefined())
}
