//! A context with its loop, for what goes on after a call has returned.

use crate::args::{Handle, Out};
use crate::env::{Env, EnvPointer};
use crate::status::Status;
use concord_ability::event_loop::{Clock, Ended, EventLoop, RunLimits};
use concord_engine::{Context, Value};
use std::rc::Rc;

/// A context with its loop.
pub(super) struct World {
    pub(super) context: Context,
    pub(super) event_loop: EventLoop,
    pub(super) env: Rc<Env>,
}

impl World {
    /// `None`, and a line that says so, where there is no engine.
    pub(super) fn new() -> Option<World> {
        let context = match Context::new() {
            Ok(context) => context,
            Err(error) => {
                eprintln!("skipped: {error}");
                return None;
            }
        };
        let event_loop = EventLoop::new(&context, Clock::Real).unwrap();
        let env = Env::of(&context);
        Some(World { context, event_loop, env })
    }

    pub(super) fn pointer(&self) -> EnvPointer {
        self.env.pointer()
    }

    pub(super) fn eval(&self, source: &str) -> Value {
        self.context.eval(source, "test.js").unwrap()
    }

    /// The text of what `source` gives.
    pub(super) fn text(&self, source: &str) -> String {
        self.eval(source).to_js_string().unwrap()
    }

    /// Runs the loop until nothing is left to do.
    pub(super) fn run(&self) {
        let limits = RunLimits { until_idle: true, deadline: None };
        assert_eq!(self.event_loop.run(&self.context, limits).unwrap(), Ended::Idle);
    }

    /// A handle; `value` keeps it alive.
    pub(super) fn handle(&self, value: &Value) -> Handle {
        Handle::of(self.env.locals().local(value))
    }

    /// Calls a function that gives a handle, and puts the value into a global variable.
    pub(super) fn global(&self, name: &str, make: impl FnOnce(Out<Handle>) -> Status) {
        self.env.with_scope(|| {
            let mut handle = Handle::NULL;
            assert_eq!(make(Out::to(&mut handle)), Status::Ok, "{name}");
            let value = handle.get(&self.env).unwrap().to_value(&self.context);
            self.context.global().set(name, &value).unwrap();
        });
    }
}

impl Drop for World {
    fn drop(&mut self) {
        crate::tear_down(&self.context);
        self.event_loop.close();
        self.context.dispose();
    }
}
