//! Records that services of the system keep for an app: accounts, calendars, reminders. One JSON file each, written whole.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use concord_ability::state::{AppState, business_error};
use concord_engine::{Call, JsResult};
use concord_runtime::FaceModule;
use concord_runtime::face::text_arg;

pub(super) static MODULES: [FaceModule; 1] = [FaceModule {
    request: "@concord:kits/records",
    source: include_str!("parts/records.js"),
    natives: &[("load", load), ("save", save)],
    apis: &[],
}];

/// Beside the app's files, so that they go when it goes.
const FOLDER: &str = "service";

/// The file of some records; none without a process. Names come from faces only.
fn file(call: &Call<'_>) -> JsResult<Option<PathBuf>> {
    let name = text_arg(call, 0)?;
    Ok(AppState::of(call.context).map(|state| {
        let data = state.options.home.join("data/100").join(state.bundle_name());
        data.join(FOLDER).join(format!("{name}.json"))
    }))
}

/// load(name) → text, undefined when there are none yet
fn load(call: &Call<'_>) -> JsResult {
    let Some(file) = file(call)? else { return Ok(call.context.undefined()) };
    match fs::read_to_string(&file) {
        Ok(text) => Ok(call.context.string(&text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(call.context.undefined()),
        Err(error) => {
            tracing::warn!("{}: {error}; it is taken for empty", file.display());
            Ok(call.context.undefined())
        }
    }
}

/// save(name, text): all of it or nothing, whatever happens meanwhile.
fn save(call: &Call<'_>) -> JsResult {
    let Some(file) = file(call)? else { return Ok(call.context.undefined()) };
    write(&file, &text_arg(call, 1)?)
        .map(|()| call.context.undefined())
        .map_err(|error| business_error(call.context, 13_900_005, &format!("I/O error: {}: {error}", file.display())))
}

fn write(file: &Path, text: &str) -> io::Result<()> {
    let folder = file.parent().ok_or(io::ErrorKind::NotFound)?;
    fs::create_dir_all(folder)?;
    // Threads of an app may write at the same time.
    let new = file.with_extension(format!("{:?}.new", std::thread::current().id()));
    let mut writer = File::create(&new)?;
    writer.write_all(text.as_bytes())?;
    writer.sync_all()?;
    fs::rename(&new, file)
}

#[cfg(test)]
mod tests {
    use super::write;

    #[test]
    fn the_last_text_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("service/accounts.json");
        for text in ["[1]", "[2]"] {
            write(&file, text).expect("written");
        }
        assert_eq!(std::fs::read_to_string(&file).expect("there"), "[2]");
        assert_eq!(std::fs::read_dir(file.parent().expect("a folder")).expect("readable").count(), 1);
    }
}
