//! Zip files: what `compressFile` makes and `decompressFile` opens.

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Component, Path, PathBuf};

use concord_ability::state::AppState;
use concord_engine::{Call, JsResult};
use concord_runtime::face::text_arg;
use concord_syscalls::Access;
use nix::sys::statvfs::statvfs;
use serde::Deserialize;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::job::{Failure, Work, work};
use crate::ohos::file::fs::{Use, path_arg};

/// Deepest folder that is packed.
const DEEPEST: usize = 128;
/// Most files of an archive that is opened.
const MOST_FILES: usize = 1_000_000;

fn bad_source() -> Failure {
    Failure::coded(900_001, "The input source file is invalid.")
}

fn bad_target() -> Failure {
    Failure::coded(900_002, "The input destination file is invalid.")
}

fn bad_archive() -> Failure {
    Failure::coded(900_003, "The input source file is not in ZIP format or is damaged.")
}

/// What the face passes on.
#[derive(Deserialize, Default, Clone, Copy)]
#[serde(rename_all = "camelCase", default)]
struct Options {
    level: Option<i64>,
    /// 1: `\` in names separates folders.
    path_separator_strategy: u8,
    keep_top_level_folder: bool,
}

fn options_arg(call: &Call<'_>, index: usize) -> JsResult<Options> {
    // The face has made it.
    Ok(serde_json::from_str(&text_arg(call, index)?).unwrap_or_default())
}

/// The host file of a virtual name, or the error for such a file.
fn named(call: &Call<'_>, name: &str, writing: bool, failure: fn() -> Failure) -> JsResult<PathBuf> {
    let found = AppState::of_call(call)?.paths.resolve(name);
    let found = found.ok().filter(|found| !writing || found.access == Access::ReadWrite);
    found.map(|found| found.path).ok_or_else(|| failure().exception(call.context))
}

/// compress(sources as JSON, target, options as JSON)
pub(super) fn compress(call: &Call<'_>) -> JsResult<Work> {
    let names: Vec<String> = serde_json::from_str(&text_arg(call, 0)?).unwrap_or_default();
    let sources = names.iter().map(|name| named(call, name, false, bad_source)).collect::<JsResult<Vec<_>>>()?;
    let target = named(call, &text_arg(call, 1)?, true, bad_target)?;
    let (options, several) = (options_arg(call, 2)?, names.len() > 1);
    work(move || {
        if sources.iter().any(|source| !source.exists()) {
            return Err(bad_source());
        }
        // Half an archive never has the name.
        let draft = target.with_file_name(format!(
            ".{}.{}.part",
            target.file_name().unwrap_or_default().to_string_lossy(),
            std::process::id()
        ));
        let file = File::create(&draft).map_err(|_| bad_target())?;
        let packed = pack(&sources, file, options, several).and_then(|()| Ok(fs::rename(&draft, &target)?));
        packed.map_err(|failure| {
            let _ = fs::remove_file(&draft);
            tracing::debug!("{}: {failure}", target.display());
            bad_target()
        })
    })
}

fn pack(sources: &[PathBuf], file: File, options: Options, several: bool) -> Result<(), Failure> {
    let mut archive = ZipWriter::new(BufWriter::new(file));
    let settings = match options.level {
        Some(0) => SimpleFileOptions::default().compression_method(CompressionMethod::Stored),
        Some(level @ 1..=9) => SimpleFileOptions::default().compression_level(Some(level)),
        _ => SimpleFileOptions::default(),
    };
    for source in sources {
        let name = source.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if source.is_dir() {
            // A folder by itself is packed without its name.
            let prefix = if several || options.keep_top_level_folder { format!("{name}/") } else { String::new() };
            pack_folder(&mut archive, source, &prefix, settings, 0)?;
        } else {
            pack_file(&mut archive, source, &name, settings)?;
        }
    }
    let mut written = archive.finish().map_err(from_zip)?;
    Ok(written.flush()?)
}

fn from_zip(error: zip::result::ZipError) -> Failure {
    match error {
        zip::result::ZipError::Io(error) => error.into(),
        other => {
            tracing::debug!("{other}");
            bad_archive()
        }
    }
}

type Writer = ZipWriter<BufWriter<File>>;

fn pack_file(archive: &mut Writer, path: &Path, name: &str, settings: SimpleFileOptions) -> Result<(), Failure> {
    let mut file = File::open(path)?;
    let data = file.metadata()?;
    let settings = settings.large_file(data.len() > u64::from(u32::MAX));
    archive.start_file(name, settings).map_err(from_zip)?;
    io::copy(&mut file, archive)?;
    Ok(())
}

fn pack_folder(
    archive: &mut Writer,
    folder: &Path,
    prefix: &str,
    settings: SimpleFileOptions,
    depth: usize,
) -> Result<(), Failure> {
    if depth > DEEPEST {
        return Err(bad_source());
    }
    let mut entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    if entries.is_empty() && !prefix.is_empty() {
        archive.add_directory(prefix, settings).map_err(from_zip)?;
    }
    for entry in entries {
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        // Links are not followed: they may lead in circles, or out of the app's storage.
        let kind = entry.file_type()?;
        if kind.is_dir() {
            pack_folder(archive, &entry.path(), &format!("{name}/"), settings, depth + 1)?;
        } else if kind.is_file() {
            pack_file(archive, &entry.path(), &name, settings)?;
        }
    }
    Ok(())
}

fn open(path: &Path) -> Result<ZipArchive<BufReader<File>>, Failure> {
    let file = File::open(path).map_err(|_| bad_source())?;
    if !file.metadata().is_ok_and(|data| data.is_file()) {
        return Err(bad_source());
    }
    let archive = ZipArchive::new(BufReader::new(file)).map_err(|_| bad_archive())?;
    if archive.len() > MOST_FILES { Err(bad_archive()) } else { Ok(archive) }
}

fn original_size(archive: &mut ZipArchive<BufReader<File>>) -> Result<u64, Failure> {
    let mut total: u64 = 0;
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(|_| bad_archive())?;
        total = total.saturating_add(entry.size());
    }
    Ok(total)
}

/// size(source) → bytes of all files in it
pub(super) fn size(call: &Call<'_>) -> JsResult<Work> {
    let path = named(call, &text_arg(call, 0)?, false, bad_source)?;
    work(move || Ok(original_size(&mut open(&path)?)? as f64))
}

/// decompress(source, folder, options as JSON). Nothing is written outside of the folder, and no file gets longer than the archive says
/// it is; an archive that says more than there is room for is refused before.
pub(super) fn decompress(call: &Call<'_>) -> JsResult<Work> {
    let path = named(call, &text_arg(call, 0)?, false, bad_source)?;
    let folder = named(call, &text_arg(call, 1)?, true, bad_target)?;
    let options = options_arg(call, 2)?;
    // A name of the platform; looked at here so that a wrong one is the target's fault.
    path_arg(call, 1, Use::Write)?;
    work(move || {
        let mut archive = open(&path)?;
        if !folder.is_dir() {
            return Err(bad_target());
        }
        let room = statvfs(&folder)
            .map(|found| found.fragment_size().saturating_mul(found.blocks_available()))
            .unwrap_or(u64::MAX);
        if original_size(&mut archive)? > room {
            return Err(bad_target());
        }
        for index in 0..archive.len() {
            unpack(&mut archive, index, &folder, options)?;
        }
        Ok(())
    })
}

/// Where an entry goes; none when its name leads elsewhere.
fn place(folder: &Path, name: &str) -> Option<PathBuf> {
    let mut path = folder.to_owned();
    for part in Path::new(name).components() {
        match part {
            Component::Normal(part) => path.push(part),
            Component::CurDir => {}
            Component::ParentDir | Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    (!name.contains('\0')).then_some(path)
}

fn unpack(
    archive: &mut ZipArchive<BufReader<File>>,
    index: usize,
    folder: &Path,
    options: Options,
) -> Result<(), Failure> {
    let entry = archive.by_index(index).map_err(|_| bad_archive())?;
    let name = entry.name().map_err(|_| bad_archive())?.into_owned();
    let name = if options.path_separator_strategy == 1 { name.replace('\\', "/") } else { name };
    let path = place(folder, &name).ok_or_else(bad_archive)?;
    if name.ends_with('/') {
        return fs::create_dir_all(path).map_err(|_| bad_target());
    }
    // A link in the folder must not lead the file elsewhere. Links in the archive itself become files.
    for above in path.ancestors().take_while(|above| *above != folder) {
        if above.is_symlink() {
            return Err(bad_target());
        }
    }
    fs::create_dir_all(path.parent().unwrap_or(folder)).map_err(|_| bad_target())?;
    let size = entry.size();
    let mut file = BufWriter::new(File::create(&path).map_err(|_| bad_target())?);
    // One more than it may be shows a file that says it is shorter than it is.
    let written = io::copy(&mut entry.take(size.saturating_add(1)), &mut file);
    let whole = written.is_ok_and(|count| count == size) && file.flush().is_ok();
    if !whole {
        let _ = fs::remove_file(&path);
        return Err(bad_archive());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::place;
    use std::path::Path;

    #[test]
    fn names_that_lead_elsewhere_have_no_place() {
        let folder = Path::new("/app/out");
        assert_eq!(place(folder, "a/./b.txt").as_deref(), Some(Path::new("/app/out/a/b.txt")));
        for name in ["../b", "a/../../b", "/etc/passwd", "a/..", "x\0y"] {
            assert_eq!(place(folder, name), None, "{name}");
        }
    }
}
