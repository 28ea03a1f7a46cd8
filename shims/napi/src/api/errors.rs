//! Errors, and the end of everything.

use crate::args::{Chars, Handle, Out};
use crate::env::{Env, ExtendedErrorInfo, OrPend};
use crate::status::{Outcome, Status};
use crate::table::functions;
use concord_engine::{ErrorKind, Local};

fn throw(env: &Env, kind: ErrorKind, code: Chars, message: Chars) -> Outcome {
    let locals = env.locals();
    let error = locals.error(kind, &message.text()?);
    if !code.is_null() {
        locals.set(error, locals.key("code"), locals.string(&code.text()?)).or_pend(env)?;
    }
    env.pend(error);
    Ok(())
}

fn create(env: &Env, kind: ErrorKind, code: Handle, message: Handle, result: Out<Handle>) -> Outcome {
    let message = message.get(env)?;
    let result = result.check()?;
    let locals = env.locals();
    if !locals.is_string(message) {
        return Err(Status::StringExpected);
    }
    let error = locals.error_of(kind, message);
    if let Some(code) = code.optional(env).filter(|code| *code != Local::UNDEFINED) {
        // The platform takes numbers, too.
        if !locals.is_string(code) && code.as_f64().is_none() {
            return Err(Status::StringExpected);
        }
        locals.set(error, locals.key("code"), code).or_pend(env)?;
    }
    result.give(env, error);
    Ok(())
}

functions! {
    quiet fn napi_get_last_error_info(env, result: Out<*const ExtendedErrorInfo>) {
        result.check()?.set(env.last_error_info());
        Ok(())
    }

    guarded fn napi_throw(env, error: Handle) {
        env.pend(error.get(env)?);
        Ok(())
    }

    guarded fn napi_throw_error(env, code: Chars, message: Chars) {
        throw(env, ErrorKind::Error, code, message)
    }

    guarded fn napi_throw_type_error(env, code: Chars, message: Chars) {
        throw(env, ErrorKind::TypeError, code, message)
    }

    guarded fn napi_throw_range_error(env, code: Chars, message: Chars) {
        throw(env, ErrorKind::RangeError, code, message)
    }

    /// An Error whose `code` is a number, as the platform's own functions throw.
    guarded fn napi_throw_business_error(env, code: i32, message: Chars) {
        let locals = env.locals();
        let error = locals.error(ErrorKind::Error, &message.text()?);
        locals.set(error, locals.key("code"), Local::int32(code)).or_pend(env)?;
        env.pend(error);
        Ok(())
    }

    plain fn napi_is_error(env, value: Handle, result: Out<bool>) {
        let value = value.get(env)?;
        result.check()?.set(env.locals().is_error(value));
        Ok(())
    }

    plain fn napi_create_error(env, code: Handle, message: Handle, result: Out<Handle>) {
        create(env, ErrorKind::Error, code, message, result)
    }

    plain fn napi_create_type_error(env, code: Handle, message: Handle, result: Out<Handle>) {
        create(env, ErrorKind::TypeError, code, message, result)
    }

    plain fn napi_create_range_error(env, code: Handle, message: Handle, result: Out<Handle>) {
        create(env, ErrorKind::RangeError, code, message, result)
    }

    plain fn napi_is_exception_pending(env, result: Out<bool>) {
        result.check()?.set(env.is_exception_pending());
        Ok(())
    }

    plain fn napi_get_and_clear_last_exception(env, result: Out<Handle>) {
        let result = result.check()?;
        match env.take_pending() {
            Some(error) => result.give(env, env.locals().local(&error)),
            None => result.give(env, Local::UNDEFINED),
        }
        Ok(())
    }

    /// Hands an error to the app's handler of uncaught errors.
    guarded fn napi_fatal_exception(env, error: Handle) {
        let error = error.get(env)?;
        env.report_uncaught(env.locals().value(error));
        Ok(())
    }
}

/// Ends the process, saying why.
pub(crate) extern "C" fn napi_fatal_error(
    location: Chars,
    location_length: usize,
    message: Chars,
    message_length: usize,
) -> ! {
    let text = |chars: Chars, length| chars.bytes(length).map_or_else(|_| "?".into(), String::from_utf8_lossy);
    let (location, message) = (text(location, location_length), text(message, message_length));
    tracing::error!("FATAL ERROR: {location} {message}");
    std::process::abort()
}
