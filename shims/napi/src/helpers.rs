//! Small JavaScript helpers of an environment.

use crate::env::{Env, OrPend};
use crate::status::{Outcome, Status};
use concord_engine::{JsResult, Local, Value};
use concord_runtime::Runtime;
use std::rc::Rc;

/// The functions of `helpers.js` and `clone.js`.
pub(crate) struct Helpers {
    own: Value,
    clone: Value,
}

/// Which file a helper is in.
#[derive(Clone, Copy)]
pub(crate) enum From {
    /// `helpers.js`.
    Own,
    /// `clone.js`.
    Clone,
}

impl Helpers {
    /// A function of `helpers.js`.
    pub(crate) fn own(&self, name: &str) -> JsResult {
        self.own.get(name)
    }
}

impl Env {
    /// The helpers, evaluated when they are wanted first.
    pub(crate) fn helpers(&self) -> Outcome<Rc<Helpers>> {
        let context = self.context();
        if let Some(helpers) = context.host_data::<Helpers>() {
            return Ok(helpers);
        }
        let evaluate = |source: &str, name: &str, argument: Option<Value>| {
            let arguments: Vec<Value> = argument.into_iter().collect();
            context.eval(source, name)?.call(&context.undefined(), &arguments)
        };
        let prelude = Runtime::of(context).map(|runtime| runtime.prelude().clone());
        let own = evaluate(include_str!("helpers.js"), "concord:napi/helpers", prelude);
        let clone = evaluate(include_str!("clone.js"), "concord:napi/clone", None);
        let (Ok(own), Ok(clone)) = (own, clone) else { return Err(Status::GenericFailure) };
        let helpers = Rc::new(Helpers { own, clone });
        context.set_host_data(Rc::clone(&helpers));
        Ok(helpers)
    }

    /// Calls a helper.
    pub(crate) fn help<'s>(&'s self, file: From, name: &str, args: &[Local<'s>]) -> Outcome<Local<'s>> {
        let helpers = self.helpers()?;
        let locals = self.locals();
        let file = match file {
            From::Own => &helpers.own,
            From::Clone => &helpers.clone,
        };
        let function = locals.get(locals.local(file), locals.key(name)).or_pend(self)?;
        locals.call(function, Local::UNDEFINED, args).or_pend(self)
    }

    /// Whether a helper says yes.
    pub(crate) fn asks<'s>(&'s self, name: &str, value: Local<'s>) -> Outcome<bool> {
        Ok(self.help(From::Own, name, &[value])?.as_bool() == Some(true))
    }
}
