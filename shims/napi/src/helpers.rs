//! Small JavaScript helpers of an environment.

use crate::env::{Env, OrPend};
use crate::status::{Outcome, Status};
use concord_engine::{JsResult, Local, Value};
use concord_runtime::Runtime;
use std::rc::Rc;

/// The functions of `helpers.js`.
pub(crate) struct Helpers(Value);

impl Helpers {
    /// A function of `helpers.js`.
    pub(crate) fn own(&self, name: &str) -> JsResult {
        self.0.get(name)
    }
}

impl Env {
    /// The helpers, evaluated when they are wanted first.
    pub(crate) fn helpers(&self) -> Outcome<Rc<Helpers>> {
        let context = self.context();
        if let Some(helpers) = context.host_data::<Helpers>() {
            return Ok(helpers);
        }
        let prelude = Runtime::of(context).map(|runtime| runtime.prelude().clone());
        let arguments: Vec<Value> = prelude.into_iter().collect();
        let own = context.eval(include_str!("helpers.js"), "concord:napi/helpers");
        let own = own.and_then(|helpers| helpers.call(&context.undefined(), &arguments));
        let helpers = Rc::new(Helpers(own.map_err(|_| Status::GenericFailure)?));
        context.set_host_data(Rc::clone(&helpers));
        Ok(helpers)
    }

    /// Calls a helper.
    pub(crate) fn help<'s>(&'s self, name: &str, args: &[Local<'s>]) -> Outcome<Local<'s>> {
        let helpers = self.helpers()?;
        let locals = self.locals();
        let function = locals.get(locals.local(&helpers.0), locals.key(name)).or_pend(self)?;
        locals.call(function, Local::UNDEFINED, args).or_pend(self)
    }

    /// Whether a helper says yes.
    pub(crate) fn asks<'s>(&'s self, name: &str, value: Local<'s>) -> Outcome<bool> {
        Ok(self.help(name, &[value])?.as_bool() == Some(true))
    }
}
