//! The desktop's services, as faces use them: `of(context).opener.open(target, reply(call, 1, …))`.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use concord_desktop::audio::{Clock, Mixer, SilentMixer};
use concord_desktop::{Host, Listener, Reply, ServiceError};
use concord_engine::{Call, Context, JsResult, Value};
use concord_runtime::Runtime;

use crate::event_loop::EventLoop;
use crate::state::AppState;

/// The services of the process that `context` belongs to; none of them where there is no process.
pub fn of(context: &Context) -> Host {
    AppState::of(context).map(|state| state.hosts.desktop.clone()).unwrap_or_default()
}

/// A reply that calls `done` in a turn of the main loop, which is not idle until then. Dropped where there is no loop.
pub fn reply<T: Send + 'static>(
    context: &Context,
    done: impl FnOnce(&Context, Result<T, ServiceError>) -> JsResult<()> + 'static,
) -> Option<Reply<T>> {
    Some(Reply::new(EventLoop::of(context)?.expect(done)))
}

/// A reply that calls the function at `index` of the arguments with `(undefined, value)`, or with `(text of the error)`.
pub fn reply_to<T: Send + 'static>(
    call: &Call<'_>,
    index: usize,
    convert: impl FnOnce(&Context, T) -> JsResult<Value> + 'static,
) -> Option<Reply<T>> {
    let callback = call.arg(index);
    reply(call.context, move |context, answer| {
        let args = match answer {
            Ok(value) => vec![context.undefined(), convert(context, value)?],
            Err(error) => vec![context.string(&error.to_string())],
        };
        callback.call(&context.undefined(), &args).map(drop)
    })
}

/// A listener that calls `method` of the module `request` (`@concord:…`) with what `convert` makes of the news, in a turn of the
/// main loop.
pub fn listener<T: Send + 'static>(
    context: &Context,
    request: &'static str,
    method: &'static str,
    convert: fn(&Context, T) -> JsResult<Value>,
) -> Option<Listener<T>> {
    let remote = EventLoop::of(context)?.remote();
    Some(Box::new(move |news| {
        remote.post(move |context, _| {
            let Some(runtime) = Runtime::of(context) else { return Ok(()) };
            let news = convert(context, news)?;
            runtime.require(request)?.call_method(method, &[news]).map(drop)
        });
    }))
}

/// A mixer that plays on the clock of this context, unheard; none where there is no loop.
pub fn silent_mixer(context: &Context) -> Option<Rc<dyn Mixer>> {
    let event_loop = EventLoop::of(context)?;
    Some(Rc::new(SilentMixer::new(Rc::new(LoopClock(event_loop)))))
}

struct LoopClock(EventLoop);

impl Clock for LoopClock {
    fn now(&self) -> Duration {
        self.0.now()
    }

    fn every(&self, period: Duration, tick: Box<dyn Fn() -> bool>) {
        let id = Rc::new(Cell::new(None));
        let own = Rc::clone(&id);
        id.set(Some(self.0.every(period, move |context| {
            if !tick()
                && let (Some(event_loop), Some(id)) = (EventLoop::of(context), own.get())
            {
                event_loop.clear_timer(id);
            }
            Ok(())
        })));
    }
}
