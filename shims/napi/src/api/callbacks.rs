//! Callback scopes and asynchronous contexts. Nobody observes asynchronous resources, neither here nor on the platform; what is left is
//! that scopes must be closed in order.

use crate::args::{Handle, In, Out};
use crate::env::{Env, OrPend};
use crate::status::{Outcome, Status};
use crate::table::functions;
use crate::tables::Table;
use concord_engine::Kind;

/// What `napi_async_init` makes.
struct AsyncContext;

/// An open callback scope; the number of those that were open before.
struct CallbackScope(usize);

/// How many callback scopes are open.
#[derive(Default)]
struct Depth(std::cell::Cell<usize>);

fn depth(env: &Env) -> std::rc::Rc<Depth> {
    env.context().host_data().unwrap_or_else(|| {
        let depth = std::rc::Rc::new(Depth::default());
        env.context().set_host_data(std::rc::Rc::clone(&depth));
        depth
    })
}

fn check_context(env: &Env, context: usize) -> Outcome {
    match context {
        0 => Ok(()),
        _ => Table::<AsyncContext>::of(env).with(context, |_| ()),
    }
}

functions! {
    plain fn napi_async_init(env, _resource: Handle, name: Handle, result: Out<usize>) {
        let name = name.get(env)?;
        let result = result.check()?;
        env.locals().to_string(name).or_pend(env)?;
        result.set(Table::of(env).add(AsyncContext));
        Ok(())
    }

    plain fn napi_async_destroy(env, context: usize) {
        Table::<AsyncContext>::of(env).take(context).map(drop)
    }

    plain fn napi_open_callback_scope(env, _resource: Handle, context: usize, result: Out<usize>) {
        let result = result.check()?;
        check_context(env, context)?;
        let depth = depth(env);
        let before = depth.0.get();
        depth.0.set(before + 1);
        result.set(Table::of(env).add(CallbackScope(before)));
        Ok(())
    }

    /// Only the innermost scope can be closed.
    plain fn napi_close_callback_scope(env, scope: usize) {
        let table = Table::<CallbackScope>::of(env);
        let before = table.with(scope, |scope| scope.0)?;
        let depth = depth(env);
        if depth.0.get() != before + 1 {
            return Err(Status::CallbackScopeMismatch);
        }
        table.take(scope)?;
        depth.0.set(before);
        Ok(())
    }

    guarded fn napi_make_callback(env, context: usize, this: Handle, function: Handle, count: usize, arguments: In<Handle>, result: Out<Handle>) {
        let (this, function) = (this.get(env)?, function.get(env)?);
        let arguments = arguments.locals(env, count)?;
        check_context(env, context)?;
        let locals = env.locals();
        if !locals.is_object(this) {
            return Err(Status::ObjectExpected);
        }
        if locals.kind(function) != Kind::Function {
            return Err(Status::FunctionExpected);
        }
        let value = locals.call(function, this, &arguments).or_pend(env)?;
        if let Some(result) = result.optional() {
            result.give(env, value);
        }
        Ok(())
    }
}
