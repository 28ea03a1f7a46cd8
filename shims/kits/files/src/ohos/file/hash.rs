//! `@ohos:file.hash`.

use std::cell::RefCell;
use std::fs::File;
use std::io::Read;

use concord_engine::{Call, JsResult};
use concord_runtime::FaceModule;
use concord_runtime::face::{bytes_arg, full, text_arg, type_error};
use md5::Md5;
use nix::errno::Errno;
use sha1::Sha1;
use sha2::{Digest, Sha256};

use super::fs::{Use, path_arg};
use crate::job::{Failure, Work, later, work};
use crate::os_error::exception;

pub(super) const MODULE: FaceModule = FaceModule {
    request: "@ohos:file.hash",
    source: include_str!("hash.js"),
    natives: &[("hashLater", |call| later(call, hash)), ("begin", begin), ("update", update), ("digest", digest)],
    apis: &[full("*")],
};

/// A digest under way.
#[derive(Clone)]
enum State {
    Md5(Md5),
    Sha1(Sha1),
    Sha256(Sha256),
}

impl State {
    fn of(algorithm: &str) -> Option<State> {
        match algorithm {
            "md5" => Some(State::Md5(Md5::new())),
            "sha1" => Some(State::Sha1(Sha1::new())),
            "sha256" => Some(State::Sha256(Sha256::new())),
            _ => None,
        }
    }

    fn update(&mut self, bytes: &[u8]) {
        match self {
            State::Md5(state) => state.update(bytes),
            State::Sha1(state) => state.update(bytes),
            State::Sha256(state) => state.update(bytes),
        }
    }

    /// Hexadecimal digits in upper case.
    fn digest(self) -> String {
        let bytes = match self {
            State::Md5(state) => state.finalize().to_vec(),
            State::Sha1(state) => state.finalize().to_vec(),
            State::Sha256(state) => state.finalize().to_vec(),
        };
        bytes.iter().map(|byte| format!("{byte:02X}")).collect()
    }
}

/// hash(path, algorithm) → digits
fn hash(call: &Call<'_>) -> JsResult<Work> {
    let path = path_arg(call, 0, Use::Read)?;
    let state = State::of(&text_arg(call, 1)?).ok_or_else(|| exception(call.context, Errno::EINVAL))?;
    work(move || digest_file(&mut File::open(path)?, state))
}

fn digest_file(file: &mut File, mut state: State) -> Result<String, Failure> {
    let mut buffer = vec![0; 256 * 1024];
    loop {
        let count = file.read(&mut buffer)?;
        match buffer.get(..count) {
            Some(bytes) if !bytes.is_empty() => state.update(bytes),
            _ => return Ok(state.digest()),
        }
    }
}

/// begin(algorithm) → state
fn begin(call: &Call<'_>) -> JsResult {
    let state = State::of(&text_arg(call, 0)?).ok_or_else(|| exception(call.context, Errno::EINVAL))?;
    Ok(call.context.native_object(Box::new(RefCell::new(state)), None))
}

/// update(state, bytes or text)
fn update(call: &Call<'_>) -> JsResult {
    let bytes = bytes_arg(call, 1)?;
    let value = call.arg(0);
    let Some(state) = value.native::<RefCell<State>>() else { return type_error(call.context, "not a digest") };
    state.borrow_mut().update(&bytes);
    Ok(call.context.undefined())
}

/// digest(state) → digits; more can be added afterwards
fn digest(call: &Call<'_>) -> JsResult {
    let value = call.arg(0);
    let Some(state) = value.native::<RefCell<State>>() else { return type_error(call.context, "not a digest") };
    let digits = state.borrow().clone().digest();
    Ok(call.context.string(&digits))
}
