//! Strings that share memory with the guest: critical scopes and external strings. The engine shares none, so copies are made.

use crate::args::{AUTO_LENGTH, Chars, Handle, In, Out};
use crate::env::Env;
use crate::loop_side::{LoopSide, Word};
use crate::status::{Outcome, Status};
use crate::table::functions;
use concord_engine::Local;
use std::cell::{Cell, RefCell};
use std::ffi::c_void;
use std::rc::Rc;

/// `napi_finalize_callback`: data and hint.
type FinalizeCallback = unsafe extern "C" fn(data: *mut c_void, hint: *mut c_void);

/// Longest text, in characters, as on the platform.
const MAX_LENGTH: usize = i32::MAX as usize;

/// Open critical scopes and the texts that guests look at in them.
#[derive(Default)]
struct Critical {
    open: Cell<usize>,
    texts: RefCell<Vec<Box<[u16]>>>,
}

impl Critical {
    fn of(env: &Env) -> Rc<Critical> {
        env.context().host_data().unwrap_or_else(|| {
            let critical = Rc::new(Critical::default());
            env.context().set_host_data(Rc::clone(&critical));
            critical
        })
    }
}

/// Lengths that the platform takes.
fn check_length(length: usize) -> Outcome {
    if length > MAX_LENGTH && length != AUTO_LENGTH { Err(Status::InvalidArg) } else { Ok(()) }
}

/// Tells the guest, in a later turn, that its text is no longer needed: it has been copied.
fn finalize_later(env: &Env, finalize: Option<FinalizeCallback>, data: *const c_void, hint: *mut c_void) {
    let (Some(finalize), Some(side)) = (finalize, LoopSide::of(env.context())) else { return };
    let name = crate::loop_side::EnvName::of(env);
    let (data, hint) = (Word(data as usize), Word(hint as usize));
    side.post(move |_, _| {
        if let Ok(env) = name.hold() {
            // SAFETY: a C function with these arguments.
            unsafe { env.call_guest(finalize as *const c_void, [data.0, hint.0, 0, 0], |_| ()) };
        }
        Ok(())
    });
}

functions! {
    plain fn napi_open_critical_scope(env, scope: Out<usize>) {
        let scope = scope.check()?;
        let critical = Critical::of(env);
        critical.open.set(critical.open.get() + 1);
        scope.set(critical.open.get());
        Ok(())
    }

    plain fn napi_close_critical_scope(env, scope: usize) {
        let critical = Critical::of(env);
        if scope == 0 || critical.open.get() == 0 {
            return Err(Status::InvalidArg);
        }
        critical.open.set(critical.open.get() - 1);
        if critical.open.get() == 0 {
            critical.texts.borrow_mut().clear();
        }
        Ok(())
    }

    /// The text stays in place until the critical scope is closed.
    plain fn napi_get_buffer_string_utf16_in_critical_scope(env, value: Handle, buffer: Out<*const u16>, length: Out<usize>) {
        let value = value.get(env)?;
        let (buffer, length) = (buffer.check()?, length.check()?);
        let critical = Critical::of(env);
        if critical.open.get() == 0 {
            return Err(Status::GenericFailure);
        }
        if !env.locals().is_string(value) {
            return Err(Status::StringExpected);
        }
        let text = env.locals().to_text(value).map_err(|_| Status::GenericFailure)?;
        let copy: Box<[u16]> = text.utf16().into();
        length.set(copy.len());
        // An empty box has no address of its own, but it must not be null.
        buffer.set(copy.as_ptr());
        critical.texts.borrow_mut().push(copy);
        Ok(())
    }

    guarded fn napi_create_external_string_utf16(env, text: In<u16>, length: usize, finalize: Option<FinalizeCallback>, hint: *mut c_void, result: Out<Handle>) {
        let result = result.check()?;
        check_length(length)?;
        let units = if length == AUTO_LENGTH { text.until_zero()? } else { text.slice(length)? };
        let string: Local<'_> = env.locals().string_utf16(units);
        finalize_later(env, finalize, units.as_ptr().cast(), hint);
        result.give(env, string);
        Ok(())
    }

    guarded fn napi_create_external_string_ascii(env, text: Chars, length: usize, finalize: Option<FinalizeCallback>, hint: *mut c_void, result: Out<Handle>) {
        let result = result.check()?;
        check_length(length)?;
        let bytes = text.bytes(length)?;
        // What is not ASCII is taken for Latin-1.
        let string: Local<'_> = env.locals().string(&bytes.iter().map(|byte| char::from(*byte)).collect::<String>());
        finalize_later(env, finalize, bytes.as_ptr().cast(), hint);
        result.give(env, string);
        Ok(())
    }
}
