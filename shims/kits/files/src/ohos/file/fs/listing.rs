//! Lists of files.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use concord_engine::{Call, JsResult};
use concord_runtime::face::text_arg;
use nix::errno::Errno;
use serde::Deserialize;

use super::{Use, path_arg};
use crate::job::{Failure, Work, work};
use crate::os_error::exception;

/// Deepest folder that is looked into.
const DEEPEST: usize = 512;

/// What the face asks for.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Options {
    recursion: bool,
    /// No more names than these; 0 for all.
    list_num: usize,
    filter: Filter,
}

/// Files that are listed. Folders are listed whatever their ending, size and time are.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
struct Filter {
    suffix: Option<Vec<String>>,
    /// Names; `*` stands for any text.
    display_name: Option<Vec<String>>,
    /// Bytes.
    file_size_over: Option<f64>,
    /// Seconds since 1970.
    last_modified_after: Option<f64>,
}

impl Filter {
    fn passes(&self, path: &Path, name: &str, folder: bool) -> bool {
        if self.display_name.as_ref().is_some_and(|patterns| !patterns.iter().any(|pattern| matches(name, pattern))) {
            return false;
        }
        if folder {
            return true;
        }
        if self.suffix.as_ref().is_some_and(|endings| !endings.iter().any(|ending| name.ends_with(ending.as_str()))) {
            return false;
        }
        if self.file_size_over.is_none() && self.last_modified_after.is_none() {
            return true;
        }
        let Ok(data) = fs::metadata(path) else { return false };
        self.file_size_over.is_none_or(|size| data.len() as f64 > size)
            && self.last_modified_after.is_none_or(|time| data.mtime() as f64 > time)
    }
}

/// Whether a name is what a pattern with `*` says.
fn matches(name: &str, pattern: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| name.strip_prefix(first)) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        match rest.split_once(part) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    rest.ends_with(last)
}

/// list(path, options as JSON) → names; with recursion paths below it that begin with `/`, of files only
pub(super) fn list(call: &Call<'_>) -> JsResult<Work> {
    let path = path_arg(call, 0, Use::Read)?;
    let options: Options =
        serde_json::from_str(&text_arg(call, 1)?).map_err(|_| exception(call.context, Errno::EINVAL))?;
    work(move || {
        let mut names = Vec::new();
        visit(&path, "", 0, &options, &mut names)?;
        Ok(names)
    })
}

fn visit(folder: &Path, prefix: &str, depth: usize, options: &Options, names: &mut Vec<String>) -> Result<(), Failure> {
    if depth > DEEPEST {
        return Err(Errno::ENAMETOOLONG.into());
    }
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        entries.push((entry.file_name().to_string_lossy().into_owned(), entry.path(), folder));
    }
    entries.sort();
    for (name, path, folder) in entries {
        if options.list_num > 0 && names.len() >= options.list_num {
            break;
        }
        if options.recursion && folder {
            visit(&path, &format!("{prefix}/{name}"), depth + 1, options, names)?;
        } else if options.filter.passes(&path, &name, folder) {
            names.push(if options.recursion { format!("{prefix}/{name}") } else { name });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn stars_stand_for_any_text() {
        for (name, pattern, expected) in [
            ("photo.jpg", "*.jpg", true),
            ("photo.jpg", "photo*", true),
            ("photo.jpg", "*ot*g", true),
            ("photo.jpg", "photo.jpg", true),
            ("photo.jpg", "photo", false),
            ("photo.jpg", "*.png", false),
            ("aXbXc", "a*b*c", true),
            ("ab", "ab*b", false),
            ("a(b", "a(b", true),
        ] {
            assert_eq!(matches(name, pattern), expected, "{name} {pattern}");
        }
    }
}
