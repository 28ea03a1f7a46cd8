//! Work on files: now, on the thread of the engine, or later, on another one.
//!
//! A leaf *prepares*: it looks at its arguments and gives [`Work`], which knows nothing of the engine. [`now`] does it at once, for
//! the `Sync` forms; [`later`] has a thread of the pool do it, and gives a promise.

use std::fs::Metadata;
use std::io;
use std::os::unix::fs::MetadataExt;

use concord_ability::event_loop::EventLoop;
use concord_ability::state::business_error;
use concord_engine::{Call, Context, Exception, JsResult};
use concord_runtime::face::uint8_array;
use nix::errno::Errno;

use crate::os_error::exception;
use crate::pool;

/// What is to be done, on any thread.
pub(crate) type Work = Box<dyn FnOnce() -> Result<Finish, Failure> + Send>;
/// Makes the value for the guest, on the thread of the engine.
pub(crate) type Finish = Box<dyn FnOnce(&Context) -> JsResult + Send>;
/// Reads the arguments.
pub(crate) type Prepare = fn(&Call<'_>) -> JsResult<Work>;

/// Why work failed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The kernel says no; the guest gets the code of the file APIs for it.
    #[error("{0}")]
    Os(Errno),
    /// Files (source, target) that are in the way, as virtual names. They are the error's `data`.
    #[error("File exists")]
    Conflicts(Vec<(String, String)>),
    /// Another code of the platform.
    #[error("{text} ({code})")]
    Coded { code: i64, text: String },
}

impl From<Errno> for Failure {
    fn from(errno: Errno) -> Failure {
        Failure::Os(errno)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        let kind = match error.kind() {
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => Errno::EINVAL,
            _ => Errno::EIO,
        };
        Failure::Os(error.raw_os_error().map_or(kind, Errno::from_raw))
    }
}

impl Failure {
    /// An error with a code of its own.
    pub(crate) fn coded(code: i64, text: impl Into<String>) -> Failure {
        Failure::Coded { code, text: text.into() }
    }

    /// The error that the guest gets.
    pub(crate) fn exception(self, context: &Context) -> Exception {
        match self {
            Failure::Os(errno) => exception(context, errno),
            Failure::Coded { code, text } => business_error(context, code, &text),
            Failure::Conflicts(files) => {
                let error = exception(context, Errno::EEXIST);
                match conflict_list(context, &files) {
                    Ok(list) => error.0.set("data", &list).map_or_else(|failed| failed, |()| error),
                    Err(failed) => failed,
                }
            }
        }
    }
}

fn conflict_list(context: &Context, files: &[(String, String)]) -> JsResult {
    let rows = files.iter().map(|(source, target)| {
        let row = context.object();
        row.set("srcFile", &context.string(source))?;
        row.set("destFile", &context.string(target))?;
        Ok(row)
    });
    Ok(context.array(&rows.collect::<JsResult<Vec<_>>>()?))
}

/// What work can result in.
pub(crate) trait Answer: Send + 'static {
    /// As a value of the guest.
    fn value(self, context: &Context) -> JsResult;
}

impl Answer for () {
    fn value(self, context: &Context) -> JsResult {
        Ok(context.undefined())
    }
}

impl Answer for bool {
    fn value(self, context: &Context) -> JsResult {
        Ok(context.boolean(self))
    }
}

impl Answer for f64 {
    fn value(self, context: &Context) -> JsResult {
        Ok(context.number(self))
    }
}

impl Answer for String {
    fn value(self, context: &Context) -> JsResult {
        Ok(context.string(&self))
    }
}

impl Answer for Vec<u8> {
    fn value(self, context: &Context) -> JsResult {
        Ok(uint8_array(context, self))
    }
}

impl Answer for Vec<String> {
    fn value(self, context: &Context) -> JsResult {
        let items: Vec<_> = self.iter().map(|item| context.string(item)).collect();
        Ok(context.array(&items))
    }
}

impl Answer for serde_json::Value {
    fn value(self, context: &Context) -> JsResult {
        context.json_parse(&self.to_string())
    }
}

impl Answer for Metadata {
    fn value(self, context: &Context) -> JsResult {
        let object = context.object();
        let nanoseconds =
            |seconds: i64, rest: i64| context.bigint(seconds.saturating_mul(1_000_000_000).saturating_add(rest));
        let numbers = [
            ("mode", f64::from(self.mode())),
            ("uid", f64::from(self.uid())),
            ("gid", f64::from(self.gid())),
            ("size", self.len() as f64),
            ("atime", self.atime() as f64),
            ("mtime", self.mtime() as f64),
            ("ctime", self.ctime() as f64),
        ];
        for (name, value) in numbers {
            object.set(name, &context.number(value))?;
        }
        object.set("ino", &context.bigint(self.ino() as i64))?;
        object.set("atimeNs", &nanoseconds(self.atime(), self.atime_nsec()))?;
        object.set("mtimeNs", &nanoseconds(self.mtime(), self.mtime_nsec()))?;
        object.set("ctimeNs", &nanoseconds(self.ctime(), self.ctime_nsec()))?;
        Ok(object)
    }
}

/// Work out of a function.
pub(crate) fn work<A: Answer>(function: impl FnOnce() -> Result<A, Failure> + Send + 'static) -> JsResult<Work> {
    Ok(Box::new(move || {
        let answer = function()?;
        Ok(Box::new(move |context: &Context| answer.value(context)))
    }))
}

/// Does the work at once.
pub(crate) fn now(call: &Call<'_>, prepare: Prepare) -> JsResult {
    let finish = prepare(call)?().map_err(|failure| failure.exception(call.context))?;
    finish(call.context)
}

/// Has the pool do it; a promise of the result.
pub(crate) fn later(call: &Call<'_>, prepare: Prepare) -> JsResult {
    promise(call, prepare(call)?, pool::run)
}

/// Has a thread of its own do it, for work that may wait for ever; a promise of the result.
pub(crate) fn apart(call: &Call<'_>, prepare: Prepare) -> JsResult {
    promise(call, prepare(call)?, pool::run_apart)
}

fn promise(call: &Call<'_>, work: Work, run: fn(pool::Task)) -> JsResult {
    let Some(event_loop) = EventLoop::of(call.context) else {
        // Without a loop nothing could ever be delivered.
        return work().map_err(|failure| failure.exception(call.context))?(call.context);
    };
    let (promise, resolver) = call.context.promise();
    let deliver = event_loop.expect(move |context, outcome: Result<Finish, Failure>| {
        let value = outcome.map_err(|failure| failure.exception(context)).and_then(|finish| finish(context));
        match value {
            Ok(value) => resolver.resolve(&value),
            Err(exception) => resolver.reject(&exception.0),
        }
        Ok(())
    });
    run(Box::new(move || deliver(work())));
    Ok(promise)
}

/// Rows of a table of natives: each leaf under its name, and its asynchronous form under `<name>Later`.
macro_rules! leaves {
    ($($name:literal => $prepare:expr),* $(,)?) => {
        &[$(
            ($name, |call| $crate::job::now(call, $prepare)),
            (concat!($name, "Later"), |call| $crate::job::later(call, $prepare)),
        )*]
    };
}
pub(crate) use leaves;
