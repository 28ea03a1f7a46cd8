//! How leaves run: at once for the forms with `Sync`, on a thread of their own for the others, so that a long computation does not hold
//! up the app's loop.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use concord_ability::event_loop::EventLoop;
use concord_ability::state::business_error;
use concord_engine::{Call, Context, Exception, JsResult, Value};
use concord_runtime::face::{bytes_arg, uint8_array};

use crate::core::error::{Error, Result};
use crate::core::key::{PrivateKey, PublicKey};

/// The codes of a module for the kinds of errors.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Codes {
    pub(crate) memory: i64,
    pub(crate) operation: i64,
}

impl Codes {
    /// The error that the guest gets.
    pub(crate) fn exception(self, context: &Context, error: &Error) -> Exception {
        let code = match error {
            Error::Invalid(_) => 401,
            Error::Unsupported(_) => 801,
            Error::Operation(_) => self.operation,
            Error::Memory => self.memory,
        };
        business_error(context, code, &error.to_string())
    }
}

/// What a leaf gives.
pub(crate) enum Answer {
    Bytes(Vec<u8>),
    Text(String),
    Truth(bool),
    Public(Arc<PublicKey>),
    /// `{ pub, pri }`, either may be missing.
    Pair(Option<Arc<PublicKey>>, Option<Arc<PrivateKey>>),
}

impl Answer {
    /// Both halves of a private key.
    pub(crate) fn pair(key: PrivateKey) -> Result<Answer> {
        Ok(Answer::Pair(Some(Arc::new(key.public()?)), Some(Arc::new(key))))
    }

    fn value(self, context: &Context) -> JsResult {
        let native = |key: Option<Value>| key.unwrap_or_else(|| context.undefined());
        Ok(match self {
            Answer::Bytes(bytes) => uint8_array(context, bytes),
            Answer::Text(text) => context.string(&text),
            Answer::Truth(truth) => context.boolean(truth),
            Answer::Public(key) => context.native_object(Box::new(key), None),
            Answer::Pair(public, private) => {
                let pair = context.object();
                pair.set("pub", &native(public.map(|key| context.native_object(Box::new(key), None))))?;
                pair.set("pri", &native(private.map(|key| context.native_object(Box::new(key), None))))?;
                pair
            }
        })
    }
}

/// Does the work of a leaf. The first argument is undefined: now, and the result is returned or thrown. It is a function: elsewhere,
/// and it is called with `(undefined, result)` or `(error)`.
pub(crate) fn run(call: &Call<'_>, codes: Codes, work: impl FnOnce() -> Result<Answer> + Send + 'static) -> JsResult {
    // The arithmetic of the crates panics on some numbers that mean nothing; those come from guests.
    let work = move || {
        catch_unwind(AssertUnwindSafe(work))
            .unwrap_or_else(|_| Err(Error::Operation("the numbers do not make sense".into())))
    };
    let done = call.arg(0);
    if !done.is_function() {
        return match work() {
            Ok(answer) => answer.value(call.context),
            Err(error) => Err(codes.exception(call.context, &error)),
        };
    }
    let tell = move |context: &Context, result: Result<Answer>| {
        let args = match result {
            Ok(answer) => vec![context.undefined(), answer.value(context)?],
            Err(error) => vec![codes.exception(context, &error).0],
        };
        done.call(&context.undefined(), &args).map(drop)
    };
    let Some(event_loop) = EventLoop::of(call.context) else {
        tell(call.context, work())?;
        return Ok(call.context.undefined());
    };
    match event_loop.offload(work, tell) {
        Ok(()) => Ok(call.context.undefined()),
        Err(error) => {
            tracing::warn!("no thread for cryptography: {error}");
            Err(codes.exception(call.context, &Error::Memory))
        }
    }
}

/// A private key argument.
pub(crate) fn private_arg(call: &Call<'_>, index: usize) -> Result<Arc<PrivateKey>> {
    let value = call.arg(index);
    value.native::<Arc<PrivateKey>>().cloned().ok_or_else(|| Error::Operation("the private key is cleared".into()))
}

/// A public key argument.
pub(crate) fn public_arg(call: &Call<'_>, index: usize) -> Result<Arc<PublicKey>> {
    let value = call.arg(index);
    value.native::<Arc<PublicKey>>().cloned().ok_or_else(|| Error::Operation("the public key is missing".into()))
}

/// Bytes, or nothing where there is no value.
pub(crate) fn optional_bytes(call: &Call<'_>, index: usize) -> JsResult<Option<Vec<u8>>> {
    if call.arg(index).is_nullish() { Ok(None) } else { bytes_arg(call, index).map(Some) }
}
