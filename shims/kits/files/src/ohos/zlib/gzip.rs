//! Gzip files of `@ohos:zlib`.

use std::cell::RefCell;
use std::fs::File;
use std::os::unix::fs::OpenOptionsExt;

use concord_ability::state::AppState;
use concord_engine::{Call, JsResult};
use concord_runtime::Native;
use concord_runtime::face::{bytes_arg, index_arg, text_arg, type_error};
use concord_syscalls::Access;
use concord_zstream::GzFile;

use super::{int_arg, take_file};

pub(super) const NATIVES: &[(&str, Native)] = &[
    ("open", open),
    ("openDescriptor", open_descriptor),
    ("call", call_file),
    ("read", read),
    ("write", write),
    ("line", line),
    ("error", error),
];

type Shared = RefCell<GzFile>;

/// Longest line that is read at once.
const LONGEST_LINE: usize = 1 << 26;

/// open(path, mode) → file; undefined when there is none or the mode is wrong
fn open(call: &Call<'_>) -> JsResult {
    let (name, mode) = (text_arg(call, 0)?, text_arg(call, 1)?);
    let writing = mode.contains(['w', 'a']);
    let found = AppState::of_call(call)?.paths.resolve(&name);
    let file = found.ok().filter(|found| !writing || found.access == Access::ReadWrite).and_then(|found| {
        let mut how = File::options();
        if writing {
            how.write(true).create(true).append(mode.contains('a')).truncate(mode.contains('w')).mode(0o660);
            how.create_new(mode.contains('x'));
        } else {
            how.read(true);
        }
        how.open(found.path).ok()
    });
    make(call, file, &mode)
}

/// openDescriptor(fd, mode) → file; undefined when there is none or the mode is wrong. The app gives the descriptor away.
fn open_descriptor(call: &Call<'_>) -> JsResult {
    let mode = text_arg(call, 1)?;
    make(call, take_file(call, 0), &mode)
}

fn make(call: &Call<'_>, file: Option<File>, mode: &str) -> JsResult {
    Ok(match file.and_then(|file| GzFile::new(file, mode).ok()) {
        Some(file) => call.context.native_object(Box::new(Shared::new(file)), None),
        None => call.context.undefined(),
    })
}

fn with<R>(call: &Call<'_>, use_it: impl FnOnce(&mut GzFile) -> R) -> JsResult<R> {
    let value = call.arg(0);
    match value.native::<Shared>() {
        Some(file) => Ok(use_it(&mut file.borrow_mut())),
        None => type_error(call.context, "not a file of zlib"),
    }
}

/// call(file, function of zlib, numbers…) → its result
fn call_file(call: &Call<'_>) -> JsResult {
    let name = text_arg(call, 1)?;
    let number = |index: usize| int_arg(call, index + 2);
    let result = with(call, |file| match name.as_str() {
        "gzbuffer" => file.buffer(index_arg(call, 2).try_into().unwrap_or(u32::MAX)).into(),
        "gzeof" => file.is_at_end().into(),
        "gzdirect" => file.is_direct().into(),
        "gzclose" => file.close().into(),
        "gzclosew" if file.is_writing() => file.close().into(),
        "gzcloser" if !file.is_writing() => file.close().into(),
        "gzclearerr" => {
            file.clear_error();
            0
        }
        "gzgetc" => file.get().into(),
        "gzputc" => file.put(number(0)).into(),
        "gzungetc" => file.unget(number(0)).into(),
        "gzflush" => file.flush(number(0)).into(),
        "gzsetparams" => file.set_params(number(0), number(1)).into(),
        "gzseek" => file.seek(call.arg(2).as_f64().unwrap_or(0.0) as i64, number(1)),
        "gzrewind" => file.rewind().into(),
        "gztell" => file.tell(),
        "gzoffset" => file.offset(),
        _ => concord_zstream::STREAM_ERROR.into(),
    })?;
    Ok(call.context.number(result as f64))
}

/// read(file, buffer) → bytes or -1
fn read(call: &Call<'_>) -> JsResult {
    let count = with(call, |file| call.arg(1).with_bytes_mut(|bytes| file.read(bytes)).unwrap_or(0))?;
    Ok(call.context.number(f64::from(count)))
}

/// write(file, bytes or text) → bytes, 0 when it failed
fn write(call: &Call<'_>) -> JsResult {
    let bytes = bytes_arg(call, 1)?;
    let count = with(call, |file| file.write(&bytes))?;
    Ok(call.context.number(f64::from(count)))
}

/// line(file, room) → bytes of a line; undefined at the end
fn line(call: &Call<'_>) -> JsResult {
    let found = with(call, |file| file.line(index_arg(call, 1).min(LONGEST_LINE)))?;
    Ok(match found {
        Some(bytes) => concord_runtime::face::uint8_array(call.context, bytes),
        None => call.context.undefined(),
    })
}

/// error(file) → [status, text]
fn error(call: &Call<'_>) -> JsResult {
    let (status, text) = with(call, GzFile::error)?;
    Ok(call.context.array(&[call.context.number(f64::from(status)), call.context.string(&text)]))
}
