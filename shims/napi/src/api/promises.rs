//! Promises.

use crate::args::{Handle, Out};
use crate::env::Env;
use crate::status::Outcome;
use crate::table::functions;
use crate::tables::Table;
use concord_engine::Resolver;

fn settle(
    env: &Env,
    deferred: usize,
    value: Handle,
    settle: impl FnOnce(&Resolver, &concord_engine::Value),
) -> Outcome {
    let value = value.get(env)?.to_value(env.context());
    let resolver = Table::<Resolver>::of(env).take(deferred)?;
    settle(&resolver, &value);
    Ok(())
}

functions! {
    guarded fn napi_create_promise(env, deferred: Out<usize>, promise: Out<Handle>) {
        let (deferred, result) = (deferred.check()?, promise.check()?);
        let (promise, resolver) = env.context().promise();
        deferred.set(Table::of(env).add(resolver));
        result.give(env, env.locals().local(&promise));
        Ok(())
    }

    guarded fn napi_resolve_deferred(env, deferred: usize, resolution: Handle) {
        settle(env, deferred, resolution, Resolver::resolve)
    }

    guarded fn napi_reject_deferred(env, deferred: usize, rejection: Handle) {
        settle(env, deferred, rejection, Resolver::reject)
    }

    plain fn napi_is_promise(env, value: Handle, result: Out<bool>) {
        let value = value.get(env)?;
        result.check()?.set(env.locals().is_promise(value));
        Ok(())
    }
}
