//! Primitive values: numbers, booleans, big integers, symbols, dates, conversions, kinds.

use crate::args::{Buffer, Handle, In, Out};
use crate::env::{Env, OrPend};
use crate::status::{Outcome, Status};
use crate::table::functions;
use concord_engine::{Kind, Local};

/// Most words of a big integer that guests may make: what the engine takes is less.
const MAX_WORDS: usize = 1 << 18;

/// `napi_valuetype`.
mod value_type {
    pub(super) const UNDEFINED: i32 = 0;
    pub(super) const NULL: i32 = 1;
    pub(super) const BOOLEAN: i32 = 2;
    pub(super) const NUMBER: i32 = 3;
    pub(super) const STRING: i32 = 4;
    pub(super) const SYMBOL: i32 = 5;
    pub(super) const OBJECT: i32 = 6;
    pub(super) const FUNCTION: i32 = 7;
    pub(super) const EXTERNAL: i32 = 8;
    pub(super) const BIGINT: i32 = 9;
}

/// ToInt32 of ECMAScript: modulo 2^32, 0 for what is not finite.
fn to_int32(value: Local<'_>) -> i32 {
    value.as_int32().unwrap_or_else(|| {
        let n = value.as_f64().filter(|n| n.is_finite()).unwrap_or(0.0);
        (n % 4_294_967_296.0) as i64 as i32
    })
}

fn bigint(env: &Env, value: Handle) -> Outcome<Local<'_>> {
    let value = value.get(env)?;
    if env.locals().kind(value) == Kind::BigInt { Ok(value) } else { Err(Status::BigintExpected) }
}

/// Sign, lowest word, and whether there are more.
fn low_word(env: &Env, value: Local<'_>) -> Outcome<(bool, u64, bool)> {
    let (negative, words) = env.locals().bigint_words(value).or_pend(env)?;
    Ok((negative, words.first().copied().unwrap_or(0), words.len() > 1))
}

functions! {
    plain fn napi_create_int32(env, value: i32, result: Out<Handle>) {
        result.check()?.give(env, Local::int32(value));
        Ok(())
    }

    plain fn napi_create_uint32(env, value: u32, result: Out<Handle>) {
        result.check()?.give(env, Local::number(f64::from(value)));
        Ok(())
    }

    plain fn napi_create_int64(env, value: i64, result: Out<Handle>) {
        result.check()?.give(env, Local::number(value as f64));
        Ok(())
    }

    plain fn napi_create_double(env, value: f64, result: Out<Handle>) {
        result.check()?.give(env, Local::number(value));
        Ok(())
    }

    plain fn napi_get_boolean(env, value: bool, result: Out<Handle>) {
        result.check()?.give(env, Local::boolean(value));
        Ok(())
    }

    plain fn napi_get_undefined(env, result: Out<Handle>) {
        result.check()?.give(env, Local::UNDEFINED);
        Ok(())
    }

    plain fn napi_get_null(env, result: Out<Handle>) {
        result.check()?.give(env, Local::NULL);
        Ok(())
    }

    plain fn napi_get_global(env, result: Out<Handle>) {
        result.check()?.give(env, env.locals().global());
        Ok(())
    }

    plain fn napi_get_value_int32(env, value: Handle, result: Out<i32>) {
        let value = value.get(env)?;
        let result = result.check()?;
        if value.as_f64().is_none() {
            return Err(Status::NumberExpected);
        }
        result.set(to_int32(value));
        Ok(())
    }

    plain fn napi_get_value_uint32(env, value: Handle, result: Out<u32>) {
        let value = value.get(env)?;
        let result = result.check()?;
        if value.as_f64().is_none() {
            return Err(Status::NumberExpected);
        }
        result.set(to_int32(value).cast_unsigned());
        Ok(())
    }

    /// Values out of range become the nearest there is; what is not finite becomes 0.
    plain fn napi_get_value_int64(env, value: Handle, result: Out<i64>) {
        let value = value.get(env)?;
        let result = result.check()?;
        let n = value.as_f64().ok_or(Status::NumberExpected)?;
        result.set(if n.is_finite() { n as i64 } else { 0 });
        Ok(())
    }

    plain fn napi_get_value_double(env, value: Handle, result: Out<f64>) {
        let value = value.get(env)?;
        let result = result.check()?;
        result.set(value.as_f64().ok_or(Status::NumberExpected)?);
        Ok(())
    }

    plain fn napi_get_value_bool(env, value: Handle, result: Out<bool>) {
        let value = value.get(env)?;
        let result = result.check()?;
        result.set(value.as_bool().ok_or(Status::BooleanExpected)?);
        Ok(())
    }

    plain fn napi_typeof(env, value: Handle, result: Out<i32>) {
        let value = value.get(env)?;
        let result = result.check()?;
        let locals = env.locals();
        result.set(match locals.kind(value) {
            Kind::Undefined => value_type::UNDEFINED,
            Kind::Null => value_type::NULL,
            Kind::Boolean => value_type::BOOLEAN,
            Kind::Number => value_type::NUMBER,
            Kind::String => value_type::STRING,
            Kind::Symbol => value_type::SYMBOL,
            Kind::BigInt => value_type::BIGINT,
            Kind::Function => value_type::FUNCTION,
            Kind::Object if locals.external_data(value).is_some() => value_type::EXTERNAL,
            Kind::Object => value_type::OBJECT,
        });
        Ok(())
    }

    guarded fn napi_coerce_to_bool(env, value: Handle, result: Out<Handle>) {
        let value = value.get(env)?;
        result.check()?.give(env, Local::boolean(env.locals().to_boolean(value)));
        Ok(())
    }

    guarded fn napi_coerce_to_number(env, value: Handle, result: Out<Handle>) {
        let value = value.get(env)?;
        let result = result.check()?;
        result.give(env, Local::number(env.locals().to_number(value).or_pend(env)?));
        Ok(())
    }

    guarded fn napi_coerce_to_string(env, value: Handle, result: Out<Handle>) {
        let value = value.get(env)?;
        let result = result.check()?;
        result.give(env, env.locals().to_string(value).or_pend(env)?);
        Ok(())
    }

    guarded fn napi_coerce_to_object(env, value: Handle, result: Out<Handle>) {
        let value = value.get(env)?;
        let result = result.check()?;
        if value.is_nullish() {
            return Err(Status::ObjectExpected);
        }
        result.give(env, env.locals().to_object(value).or_pend(env)?);
        Ok(())
    }

    plain fn napi_strict_equals(env, left: Handle, right: Handle, result: Out<bool>) {
        let (left, right) = (left.get(env)?, right.get(env)?);
        result.check()?.set(env.locals().strict_equals(left, right));
        Ok(())
    }

    plain fn napi_create_symbol(env, description: Handle, result: Out<Handle>) {
        let result = result.check()?;
        let description = description.optional(env).unwrap_or(Local::UNDEFINED);
        let locals = env.locals();
        if description != Local::UNDEFINED && !locals.is_string(description) {
            return Err(Status::StringExpected);
        }
        result.give(env, locals.symbol_for_value(description).or_pend(env)?);
        Ok(())
    }

    guarded fn napi_create_date(env, time: f64, result: Out<Handle>) {
        let result = result.check()?;
        result.give(env, env.locals().date(time).or_pend(env)?);
        Ok(())
    }

    plain fn napi_is_date(env, value: Handle, result: Out<bool>) {
        let value = value.get(env)?;
        result.check()?.set(env.locals().is_date(value));
        Ok(())
    }

    guarded fn napi_get_date_value(env, value: Handle, result: Out<f64>) {
        let value = value.get(env)?;
        let result = result.check()?;
        let locals = env.locals();
        if !locals.is_date(value) {
            return Err(Status::DateExpected);
        }
        result.set(locals.date_value(value).or_pend(env)?);
        Ok(())
    }

    plain fn napi_create_bigint_int64(env, value: i64, result: Out<Handle>) {
        let result = result.check()?;
        result.give(env, env.locals().bigint(value < 0, &[value.unsigned_abs()]).or_pend(env)?);
        Ok(())
    }

    plain fn napi_create_bigint_uint64(env, value: u64, result: Out<Handle>) {
        let result = result.check()?;
        result.give(env, env.locals().bigint(false, &[value]).or_pend(env)?);
        Ok(())
    }

    guarded fn napi_create_bigint_words(env, sign: i32, count: usize, words: In<u64>, result: Out<Handle>) {
        if words.is_null() || count > i32::MAX as usize {
            return Err(Status::InvalidArg);
        }
        let result = result.check()?;
        if count > MAX_WORDS {
            return Err(env.pend_error(concord_engine::ErrorKind::RangeError, "Maximum BigInt size exceeded"));
        }
        result.give(env, env.locals().bigint(sign != 0, words.slice(count)?).or_pend(env)?);
        Ok(())
    }

    plain fn napi_get_value_bigint_int64(env, value: Handle, result: Out<i64>, lossless: Out<bool>) {
        let value = bigint(env, value)?;
        let (result, lossless) = (result.check()?, lossless.check()?);
        let (negative, low, more) = low_word(env, value)?;
        let wrapped = if negative { low.wrapping_neg() } else { low }.cast_signed();
        result.set(wrapped);
        lossless.set(!more && (low == 0 || (wrapped < 0) == negative));
        Ok(())
    }

    plain fn napi_get_value_bigint_uint64(env, value: Handle, result: Out<u64>, lossless: Out<bool>) {
        let value = bigint(env, value)?;
        let (result, lossless) = (result.check()?, lossless.check()?);
        let (negative, low, more) = low_word(env, value)?;
        result.set(if negative { low.wrapping_neg() } else { low });
        lossless.set(!more && !negative);
        Ok(())
    }

    plain fn napi_get_value_bigint_words(env, value: Handle, sign: Out<i32>, count: Out<usize>, words: Buffer<u64>) {
        let value = bigint(env, value)?;
        let count = count.check()?;
        let (negative, all) = env.locals().bigint_words(value).or_pend(env)?;
        match (sign.optional(), words.slice(count.read())?) {
            // The caller asks for the size.
            (None, None) => {}
            (Some(sign), Some(words)) => {
                sign.set(i32::from(negative));
                words.iter_mut().zip(&all).for_each(|(slot, word)| *slot = *word);
            }
            _ => return Err(Status::InvalidArg),
        }
        count.set(all.len());
        Ok(())
    }

    plain fn napi_get_version(env, result: Out<u32>) {
        let _ = env;
        result.check()?.set(8);
        Ok(())
    }
}
