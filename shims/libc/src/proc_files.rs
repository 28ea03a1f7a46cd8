//! Contents of the files below `/proc/self` that would speak of the host.

use crate::policy::Made;
use std::io::{self, Write};
use std::path::Path;

/// What is in such a file now.
pub(crate) fn contents(file: Made) -> io::Result<Vec<u8>> {
    match file {
        Made::Maps => mappings("/proc/self/maps"),
        Made::Smaps => mappings("/proc/self/smaps"),
        Made::CommandLine => Ok([name().as_bytes(), b"\0"].concat()),
        Made::Environment => Ok(crate::stdlib_env::block()),
        Made::Status => status(),
        Made::ControlGroup => Ok(b"0::/\n".to_vec()),
        Made::Hosts => Ok(b"127.0.0.1 localhost\n::1 ip6-localhost\n".to_vec()),
    }
}

/// The name of the process: the app's bundle name.
fn name() -> &'static str {
    crate::process().map_or("", |process| process.name.as_str())
}

/// The mappings, with the names that the guest has for files.
fn mappings(file: &str) -> io::Result<Vec<u8>> {
    let text = std::fs::read(file)?;
    let mut made = Vec::with_capacity(text.len());
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        // Fields of a mapping end before the name, the only one that begins with a slash; lines of smaps have none.
        let at = line.iter().position(|byte| *byte == b'/').filter(|at| *at > 0 && line[at - 1] == b' ');
        let guest = at.and_then(|at| {
            let name = std::str::from_utf8(&line[at..]).ok()?.trim_end_matches('\n');
            Some((at, crate::process()?.paths.to_virtual(Path::new(name))?))
        });
        match guest {
            Some((at, name)) => {
                made.extend_from_slice(&line[..at]);
                writeln!(made, "{name}")?;
            }
            None => made.extend_from_slice(line),
        }
    }
    Ok(made)
}

/// The status, with the name of the app.
fn status() -> io::Result<Vec<u8>> {
    let text = std::fs::read_to_string("/proc/self/status")?;
    let rest = text.split_once('\n').map_or("", |(_, rest)| rest);
    // The kernel keeps 15 bytes of a name; the platform takes the last ones of a bundle's.
    let name = name();
    let start = (name.len().saturating_sub(15)..=name.len()).find(|at| name.is_char_boundary(*at)).unwrap_or(0);
    Ok(format!("Name:\t{}\n{rest}", &name[start..]).into_bytes())
}
