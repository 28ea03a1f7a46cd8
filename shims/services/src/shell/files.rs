//! The small file commands, on virtual paths.

use super::{Device, Output};
use sha2::Digest;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Largest file read into an output.
const LARGEST: u64 = 16 << 20;
/// Deepest folder that `rm -r`, `cp -r` and `find` enter.
const DEEPEST: usize = 64;

fn host(path: &str, device: &dyn Device) -> Result<PathBuf, String> {
    let absolute = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
    device.host_path(&absolute).ok_or_else(|| format!("{path}: Permission denied"))
}

fn told(path: &str, error: &io::Error) -> String {
    let what = match error.kind() {
        io::ErrorKind::NotFound => "No such file or directory".to_owned(),
        io::ErrorKind::PermissionDenied => "Permission denied".to_owned(),
        io::ErrorKind::AlreadyExists => "File exists".to_owned(),
        io::ErrorKind::DirectoryNotEmpty => "Directory not empty".to_owned(),
        io::ErrorKind::IsADirectory => "Is a directory".to_owned(),
        _ => error.to_string(),
    };
    format!("{path}: {what}")
}

pub fn read_text(path: &str, device: &dyn Device) -> Result<String, String> {
    let file = host(path, device)?;
    let meta = fs::metadata(&file).map_err(|error| told(path, &error))?;
    if meta.len() > LARGEST {
        return Err(format!("{path}: File too large"));
    }
    let bytes = fs::read(file).map_err(|error| told(path, &error))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

pub fn write_text(path: &str, text: &str, append: bool, device: &dyn Device) -> Result<(), String> {
    let file = host(path, device)?;
    let mut options = fs::OpenOptions::new();
    options.create(true).write(true).append(append).truncate(!append);
    options.open(file).and_then(|mut file| file.write_all(text.as_bytes())).map_err(|error| told(path, &error))
}

/// Options (letters of all `-x` words) and the rest.
fn split<'a>(args: &[&'a str]) -> (String, Vec<&'a str>) {
    let options = args.iter().filter_map(|arg| arg.strip_prefix('-')).collect::<String>();
    (options, args.iter().copied().filter(|arg| !arg.starts_with('-')).collect())
}

/// Runs `each` on every path; the messages of those that fail are the output.
fn for_each(name: &str, paths: &[&str], mut each: impl FnMut(&str) -> Result<String, String>) -> Output {
    if paths.is_empty() {
        return Output::fail(format!("{name}: Needs 1 argument\n"));
    }
    let mut output = Output::default();
    for path in paths {
        match each(path) {
            Ok(text) => output.text.push_str(&text),
            Err(message) => {
                output.text.push_str(&format!("{name}: {message}\n"));
                output.code = 1;
            }
        }
    }
    output
}

pub fn cat(args: &[&str], input: &str, device: &dyn Device) -> Output {
    if args.is_empty() {
        return Output::ok(input);
    }
    for_each("cat", args, |path| read_text(path, device))
}

pub fn ls(args: &[&str], device: &dyn Device) -> Output {
    let (options, mut paths) = split(args);
    if paths.is_empty() {
        paths.push("/");
    }
    for_each("ls", &paths, |path| {
        let file = host(path, device)?;
        let meta = fs::metadata(&file).map_err(|error| told(path, &error))?;
        if !meta.is_dir() {
            return Ok(format!("{path}\n"));
        }
        let mut names = Vec::new();
        for entry in fs::read_dir(file).map_err(|error| told(path, &error))? {
            let entry = entry.map_err(|error| told(path, &error))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if options.contains('a') || !name.starts_with('.') {
                let long = options.contains('l').then(|| entry.metadata().ok()).flatten();
                names.push(match long {
                    Some(meta) => {
                        format!("{} {:>10} {name}", if meta.is_dir() { "drwxr-xr-x" } else { "-rw-r--r--" }, meta.len())
                    }
                    None => name,
                });
            }
        }
        names.sort();
        Ok(names.iter().map(|name| format!("{name}\n")).collect())
    })
}

pub fn mkdir(args: &[&str], device: &dyn Device) -> Output {
    let (options, paths) = split(args);
    for_each("mkdir", &paths, |path| {
        let folder = host(path, device)?;
        let made = if options.contains('p') { fs::create_dir_all(folder) } else { fs::create_dir(folder) };
        made.map(|()| String::new()).map_err(|error| told(path, &error))
    })
}

pub fn rm(name: &str, args: &[&str], device: &dyn Device) -> Output {
    let (options, paths) = split(args);
    let (force, recursive) = (options.contains('f'), options.contains('r') || options.contains('R'));
    for_each(name, &paths, |path| {
        let file = host(path, device)?;
        let removed = match fs::symlink_metadata(&file) {
            Ok(meta) if meta.is_dir() && name == "rmdir" => fs::remove_dir(&file),
            Ok(meta) if meta.is_dir() && recursive => fs::remove_dir_all(&file),
            Ok(meta) if meta.is_dir() => return Err(format!("{path}: Is a directory")),
            Ok(_) => fs::remove_file(&file),
            Err(error) if error.kind() == io::ErrorKind::NotFound && force => Ok(()),
            Err(error) => Err(error),
        };
        removed.map(|()| String::new()).map_err(|error| told(path, &error))
    })
}

pub fn copy(name: &str, args: &[&str], device: &dyn Device) -> Output {
    let (options, mut paths) = split(args);
    let Some(target) = paths.pop().filter(|_| !paths.is_empty()) else {
        return Output::fail(format!("{name}: Needs 2 arguments\n"));
    };
    let recursive = options.contains('r') || options.contains('R') || options.contains('a');
    for_each(name, &paths, |path| {
        let (from, mut to) = (host(path, device)?, host(target, device)?);
        if to.is_dir() {
            to.push(from.file_name().ok_or_else(|| format!("{path}: bad name"))?);
        }
        let done = if name == "mv" { fs::rename(&from, &to) } else { copy_tree(&from, &to, recursive, DEEPEST) };
        done.map(|()| String::new()).map_err(|error| told(path, &error))
    })
}

fn copy_tree(from: &Path, to: &Path, recursive: bool, depth: usize) -> io::Result<()> {
    if !from.is_dir() {
        return fs::copy(from, to).map(drop);
    }
    if !recursive || depth == 0 {
        return Err(io::Error::from(io::ErrorKind::IsADirectory));
    }
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        // A folder copied into itself would never end.
        if to.starts_with(entry.path()) {
            continue;
        }
        copy_tree(&entry.path(), &to.join(entry.file_name()), recursive, depth - 1)?;
    }
    Ok(())
}

pub fn touch(args: &[&str], device: &dyn Device) -> Output {
    for_each("touch", args, |path| write_text(path, "", true, device).map(|()| String::new()))
}

pub fn chmod(args: &[&str], device: &dyn Device) -> Output {
    let (_, paths) = split(args);
    // Modes are those of the host's user; only whether the files exist can be told.
    for_each("chmod", paths.get(1..).unwrap_or_default(), |path| {
        fs::metadata(host(path, device)?).map(|_| String::new()).map_err(|error| told(path, &error))
    })
}

pub fn find(args: &[&str], device: &dyn Device) -> Output {
    let paths: Vec<&str> = args.iter().copied().take_while(|arg| !arg.starts_with('-')).collect();
    let value = |option: &str| args.iter().position(|arg| *arg == option).and_then(|at| args.get(at + 1)).copied();
    let (name, kind) = (value("-name"), value("-type"));
    for_each("find", &paths, |path| {
        let mut found = String::new();
        walk(&host(path, device)?, path.trim_end_matches('/'), DEEPEST, &mut |shown, file| {
            let is_kind = match kind {
                Some("f") => file.is_file(),
                Some("d") => file.is_dir(),
                _ => true,
            };
            let last = shown.rsplit('/').next().unwrap_or(shown);
            if is_kind && name.is_none_or(|pattern| matches_glob(pattern, last)) {
                found.push_str(&format!("{shown}\n"));
            }
        })
        .map_err(|error| told(path, &error))?;
        Ok(found)
    })
}

fn walk(file: &Path, shown: &str, depth: usize, each: &mut dyn FnMut(&str, &Path)) -> io::Result<()> {
    let meta = fs::symlink_metadata(file)?;
    each(shown, file);
    if meta.is_dir() && depth > 0 {
        let mut entries = fs::read_dir(file)?.collect::<io::Result<Vec<_>>>()?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let shown = format!("{shown}/{}", entry.file_name().to_string_lossy());
            walk(&entry.path(), &shown, depth - 1, each)?;
        }
    }
    Ok(())
}

/// `*` and `?` only, in time linear in the product of the lengths.
fn matches_glob(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    let mut row = vec![false; text.len() + 1];
    row[0] = true;
    for &p in &pattern {
        let mut next = vec![false; text.len() + 1];
        next[0] = row[0] && p == '*';
        for (at, &t) in text.iter().enumerate() {
            next[at + 1] = match p {
                '*' => row[at + 1] || next[at],
                '?' => row[at],
                _ => row[at] && p == t,
            };
        }
        row = next;
    }
    row[text.len()]
}

pub fn checksum(name: &str, args: &[&str], device: &dyn Device) -> Output {
    for_each(name, args, |path| {
        let file = host(path, device)?;
        let meta = fs::metadata(&file).map_err(|error| told(path, &error))?;
        if meta.len() > LARGEST {
            return Err(format!("{path}: File too large"));
        }
        let bytes = fs::read(file).map_err(|error| told(path, &error))?;
        let digest = if name == "md5sum" { hex(&md5::Md5::digest(bytes)) } else { hex(&sha2::Sha256::digest(bytes)) };
        Ok(format!("{digest}  {path}\n"))
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

pub fn test(args: &[&str], device: &dyn Device) -> Output {
    let args: Vec<&str> = args.iter().copied().filter(|arg| *arg != "]").collect();
    let holds = match args[..] {
        ["-e", path] => host(path, device).is_ok_and(|file| file.exists()),
        ["-f", path] => host(path, device).is_ok_and(|file| file.is_file()),
        ["-d", path] => host(path, device).is_ok_and(|file| file.is_dir()),
        ["-n", text] => !text.is_empty(),
        ["-z", text] => text.is_empty(),
        [a, "=" | "==", b] => a == b,
        [a, "!=", b] => a != b,
        [text] => !text.is_empty(),
        _ => false,
    };
    Output { text: String::new(), code: i32::from(!holds) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs() {
        assert!(matches_glob("*.log", "a.log"));
        assert!(matches_glob("a?c*", "abcdef"));
        assert!(!matches_glob("*.log", "a.txt"));
        assert!(matches_glob(&"*".repeat(500), &"x".repeat(500)));
    }
}
