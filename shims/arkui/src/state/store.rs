//! Texts by name that outlive the process: a file for each in the app's files directory.

use std::fs;
use std::io::{ErrorKind as IoKind, Write};
use std::path::{Path, PathBuf};

use concord_ability::state::AppState;
use concord_engine::{Call, ErrorKind, Exception, JsResult};
use concord_runtime::Native;

/// Where the files are, as the app names it. The second area is the one of a user who is unlocked, where apps store by default.
const FOLDER: &str = "/data/storage/el2/base/files/.arkui_state";

/// Longer stored texts are taken for damage rather than read into memory (bytes).
const LIMIT: u64 = 64 << 20;

pub(super) const NATIVES: &[(&str, Native)] = &[("readState", read), ("writeState", write), ("removeState", remove)];

fn failure(call: &Call<'_>, error: &dyn std::fmt::Display) -> Exception {
    Exception(call.context.error(ErrorKind::Error, &error.to_string()))
}

/// Any name makes a file name: everything but letters, digits, `_` and `-` is written in hexadecimal.
fn file_name(name: &str) -> String {
    name.bytes().fold(String::with_capacity(name.len()), |mut text, byte| {
        if byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-' {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02x}"));
        }
        text
    })
}

fn folder(call: &Call<'_>) -> JsResult<PathBuf> {
    let state = AppState::of_call(call)?;
    state.paths.to_host(FOLDER).map_err(|error| failure(call, &error))
}

fn path(call: &Call<'_>) -> JsResult<PathBuf> {
    Ok(folder(call)?.join(file_name(&call.arg(0).as_string().unwrap_or_default())))
}

/// `readState(name)`: the text, or undefined when there is none.
fn read(call: &Call<'_>) -> JsResult {
    let path = path(call)?;
    let text = fs::metadata(&path).and_then(|found| {
        if found.len() > LIMIT { Err(IoKind::FileTooLarge.into()) } else { fs::read_to_string(&path) }
    });
    match text {
        Ok(text) => Ok(call.context.string(&text)),
        Err(error) if error.kind() == IoKind::NotFound => Ok(call.context.undefined()),
        Err(error) => Err(failure(call, &format_args!("{}: {error}", path.display()))),
    }
}

/// `writeState(name, text)`: replaces the text as a whole.
fn write(call: &Call<'_>) -> JsResult {
    let (folder, path) = (folder(call)?, path(call)?);
    let text = call.arg(1).as_string().unwrap_or_default();
    replace(&folder, &path, &text).map_err(|error| failure(call, &format_args!("{}: {error}", path.display())))?;
    Ok(call.context.undefined())
}

fn replace(folder: &Path, path: &Path, text: &str) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    let next = path.with_extension("new");
    let mut file = fs::File::create(&next)?;
    file.write_all(text.as_bytes())?;
    file.sync_data()?;
    fs::rename(&next, path)
}

/// `removeState(name)`.
fn remove(call: &Call<'_>) -> JsResult {
    let path = path(call)?;
    match fs::remove_file(&path) {
        Err(error) if error.kind() != IoKind::NotFound => {
            Err(failure(call, &format_args!("{}: {error}", path.display())))
        }
        _ => Ok(call.context.undefined()),
    }
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn names_stay_apart_and_inside() {
        assert_eq!(file_name("a.b/../c"), "a%2eb%2f%2e%2e%2fc");
        assert_ne!(file_name("%2e"), file_name("."));
    }
}
