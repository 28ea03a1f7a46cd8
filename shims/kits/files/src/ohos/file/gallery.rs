//! `@concord:file.gallery`: the photos and films of the person, which lie in two folders of theirs.

use std::fs::{self, Metadata};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use concord_ability::state::AppState;
use concord_engine::{Call, JsResult};
use concord_runtime::FaceModule;
use concord_runtime::face::{bytes_arg, text_arg};
use concord_syscalls::Access;
use nix::errno::Errno;
use serde_json::{Value, json};

use super::fs::{Use, path_arg};
use crate::folders::Folder;
use crate::job::{Failure, Work, leaves, work};
use crate::os_error::exception;

pub(super) const MODULE: FaceModule = FaceModule {
    request: "@concord:file.gallery",
    source: include_str!("gallery.js"),
    natives: leaves! {
        "scan" => scan,
        "share" => share,
        "create" => create,
        "write" => write,
        "rename" => rename,
        "remove" => remove,
    },
    apis: &[],
};

/// Most files that are looked at.
const MOST: usize = 20_000;
/// Deepest folder that is.
const DEEPEST: usize = 8;
const IMAGES: &[&str] = &["jpg", "jpeg", "png", "gif", "webp", "bmp", "heic", "heif", "svg", "ico", "dng"];
const VIDEOS: &[&str] = &["mp4", "mkv", "webm", "mov", "avi", "3gp", "m4v", "mpg", "ts"];

/// PhotoType of a file.
fn kind(path: &Path) -> Option<u8> {
    let ending = path.extension()?.to_str()?.to_lowercase();
    let is = |list: &[&str]| list.contains(&ending.as_str());
    if is(IMAGES) { Some(1) } else { is(VIDEOS).then_some(2) }
}

/// scan() → [{place, name, type, size, added, modified, album}, …]; times in milliseconds, `place` for [`share`]
fn scan(_call: &Call<'_>) -> JsResult<Work> {
    work(|| {
        let mut rows = Vec::new();
        for folder in [Folder::Pictures, Folder::Videos] {
            if let Some(path) = folder.path() {
                let album = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                visit(&path, &album, 0, &mut rows);
            }
        }
        Ok(Value::Array(rows))
    })
}

fn visit(folder: &Path, album: &str, depth: usize, rows: &mut Vec<Value>) {
    if depth > DEEPEST {
        return;
    }
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') || rows.len() >= MOST {
            continue;
        }
        let path = entry.path();
        let Ok(data) = entry.metadata() else { continue };
        if data.is_dir() {
            visit(&path, &name, depth + 1, rows);
        } else if let Some(kind) = kind(&path).filter(|_| data.is_file()) {
            rows.extend(row(&path, &name, kind, album, &data));
        }
    }
}

fn row(path: &Path, name: &str, kind: u8, album: &str, data: &Metadata) -> Option<Value> {
    let milliseconds = |seconds: i64, rest: i64| seconds.saturating_mul(1000).saturating_add(rest / 1_000_000);
    let modified = milliseconds(data.mtime(), data.mtime_nsec());
    let added = data.created().ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
    let added = added.map_or(modified, |time| time.as_millis() as i64);
    Some(json!({
        "place": path.to_str()?, "name": name, "type": kind, "size": data.len(), "added": added, "modified": modified, "album": album,
    }))
}

/// share(place, writable) → the app's URI of a file of [`scan`]
fn share(call: &Call<'_>) -> JsResult<Work> {
    let (path, access) = (PathBuf::from(text_arg(call, 0)?), access_arg(call, 1));
    let state = AppState::of_call(call)?;
    let document =
        state.paths.share_photo(&path, access).map_err(|error| Failure::from(error).exception(call.context))?;
    work(move || Ok(document.uri))
}

fn access_arg(call: &Call<'_>, index: usize) -> Access {
    if call.arg(index).to_boolean() { Access::ReadWrite } else { Access::ReadOnly }
}

/// A name that is free in a folder: `name.png`, `name(1).png` …
fn free(folder: &Path, title: &str, ending: &str) -> Result<PathBuf, Failure> {
    for number in 0..10_000 {
        let name = if number == 0 { format!("{title}.{ending}") } else { format!("{title}({number}).{ending}") };
        let path = folder.join(name);
        match fs::File::create_new(&path) {
            Ok(_) => return Ok(path),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Errno::EEXIST.into())
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.len() < 200 && !text.starts_with('.') && !text.contains(['/', '\0'])
}

/// create(type, title, ending) → place of a new, empty file; fails when the ending is not one of the type
fn create(call: &Call<'_>) -> JsResult<Work> {
    let (wanted, title, ending) = (call.arg(0).as_i64(), text_arg(call, 1)?, text_arg(call, 2)?.to_lowercase());
    let fits = is_name(&title) && kind(Path::new(&format!("x.{ending}"))).map(i64::from) == wanted;
    if !fits {
        return Err(exception(call.context, Errno::EINVAL));
    }
    work(move || {
        let folder = if wanted == Some(2) { Folder::Videos } else { Folder::Pictures };
        let folder = folder.path().ok_or(Errno::ENOENT)?;
        let path = free(&folder, &title, &ending)?;
        Ok(path.to_str().ok_or(Errno::EINVAL)?.to_owned())
    })
}

/// write(place, bytes, or name of a file of the app)
fn write(call: &Call<'_>) -> JsResult<Work> {
    let place = PathBuf::from(text_arg(call, 0)?);
    if call.arg(1).is_string() {
        let source = path_arg(call, 1, Use::Read)?;
        return work(move || {
            fs::copy(source, place)?;
            Ok(())
        });
    }
    let bytes = bytes_arg(call, 1)?;
    work(move || Ok(fs::write(place, bytes)?))
}

/// rename(place, title) → the new place
fn rename(call: &Call<'_>) -> JsResult<Work> {
    let (place, title) = (PathBuf::from(text_arg(call, 0)?), text_arg(call, 1)?);
    if !is_name(&title) {
        return Err(exception(call.context, Errno::EINVAL));
    }
    work(move || {
        let ending = place.extension().unwrap_or_default().to_string_lossy().into_owned();
        let target = place.with_file_name(format!("{title}.{ending}"));
        if target != place && target.exists() {
            return Err(Errno::EEXIST.into());
        }
        fs::rename(&place, &target)?;
        Ok(target.to_str().ok_or(Errno::EINVAL)?.to_owned())
    })
}

/// remove(place)
fn remove(call: &Call<'_>) -> JsResult<Work> {
    let place = PathBuf::from(text_arg(call, 0)?);
    work(move || Ok(fs::remove_file(place)?))
}
