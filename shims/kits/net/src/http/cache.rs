//! Answers that are kept (RFC 9111, a private cache): fresh ones are given again, stale ones are asked about.

use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use serde::{Deserialize, Serialize};

/// Most bytes of all bodies, unless the app says otherwise; also the most that it may say.
pub(crate) const MOST_BYTES: usize = 10 << 20;

/// An answer with what decides over it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Kept {
    pub(crate) url: String,
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    /// Headers of the request that the answer depends on (`Vary`), with their values.
    varied: Vec<(String, String)>,
    /// Seconds since 1970.
    stored: u64,
    size: usize,
    #[serde(skip)]
    pub(crate) body: Bytes,
}

/// What to do about a request.
#[derive(Debug)]
pub(crate) enum Lookup {
    Fresh(Kept),
    /// Ask with these headers; the server may say that what is kept still holds.
    Stale(Kept, Vec<(&'static str, String)>),
    Missing,
}

#[derive(Default)]
struct Store {
    /// None until the app has made a cache.
    room: Option<usize>,
    /// The one used last at the end.
    kept: Vec<Kept>,
}

static STORE: Mutex<Store> = Mutex::new(Store { room: None, kept: Vec::new() });

fn with_store<R>(f: impl FnOnce(&mut Store) -> R) -> R {
    f(&mut STORE.lock().unwrap_or_else(PoisonError::into_inner))
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO).as_secs()
}

/// The first value of a header whose name is given in lower case.
pub(crate) fn header<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}

/// Whether a directive stands in `Cache-Control`; its value, if it has one.
fn directive<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    header(headers, "cache-control")?.split(',').find_map(|part| {
        let (key, value) = part.trim().split_once('=').unwrap_or((part.trim(), ""));
        key.eq_ignore_ascii_case(name).then_some(value.trim_matches('"'))
    })
}

impl Kept {
    fn fresh(&self) -> bool {
        if directive(&self.headers, "no-cache").is_some() {
            return false;
        }
        let lifetime = match directive(&self.headers, "max-age").and_then(|text| text.parse::<u64>().ok()) {
            Some(seconds) => seconds,
            None => {
                let date = |name| header(&self.headers, name).and_then(parse_date);
                match date("expires") {
                    Some(expires) => expires.saturating_sub(date("date").unwrap_or(self.stored)),
                    None => 0,
                }
            }
        };
        let age = header(&self.headers, "age").and_then(|text| text.parse::<u64>().ok()).unwrap_or(0);
        now().saturating_sub(self.stored).saturating_add(age) < lifetime
    }

    fn fits(&self, url: &str, asked: &[(String, String)]) -> bool {
        self.url == url && self.varied.iter().all(|(name, value)| header(asked, name).unwrap_or("") == value)
    }
}

/// `Sun, 06 Nov 1994 08:49:37 GMT` as seconds since 1970.
fn parse_date(text: &str) -> Option<u64> {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let words: Vec<&str> = text.split([' ', ':']).filter(|word| !word.is_empty()).collect();
    let [_, day, month, year, hour, minute, second, ..] = words.as_slice() else { return None };
    let number = |text: &str| text.parse::<u64>().ok();
    let month = MONTHS.iter().position(|name| name == month)? as u64 + 1;
    let (year, day) = (number(year)?, number(day)?);
    if !(1970..10_000).contains(&year) || !(1..=31).contains(&day) {
        return None;
    }
    // Days of the civil calendar, with years that begin in March.
    let (year, month) = if month <= 2 { (year - 1, month + 9) } else { (year, month - 3) };
    let days = (365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day).checked_sub(719_469)?;
    Some(days * 86_400 + number(hour)? * 3600 + number(minute)? * 60 + number(second)?)
}

/// Looks for an answer to a GET.
pub(crate) fn look_up(url: &str, asked: &[(String, String)]) -> Lookup {
    with_store(|store| {
        if store.room.is_none() {
            return Lookup::Missing;
        }
        let Some(at) = store.kept.iter().position(|kept| kept.fits(url, asked)) else { return Lookup::Missing };
        let kept = store.kept.remove(at);
        store.kept.push(kept.clone());
        if kept.fresh() && directive(asked, "no-cache").is_none() {
            return Lookup::Fresh(kept);
        }
        let mut conditions = Vec::new();
        if let Some(tag) = header(&kept.headers, "etag") {
            conditions.push(("if-none-match", tag.to_owned()));
        }
        if let Some(date) = header(&kept.headers, "last-modified") {
            conditions.push(("if-modified-since", date.to_owned()));
        }
        if conditions.is_empty() { Lookup::Missing } else { Lookup::Stale(kept, conditions) }
    })
}

/// Keeps an answer to a GET if it may be kept.
pub(crate) fn keep(url: &str, asked: &[(String, String)], status: u16, headers: &[(String, String)], body: &Bytes) {
    let useful = directive(headers, "max-age").is_some()
        || ["expires", "etag", "last-modified"].iter().any(|name| header(headers, name).is_some());
    let forbidden = directive(headers, "no-store").is_some()
        || directive(asked, "no-store").is_some()
        || header(headers, "vary").is_some_and(|names| names.trim() == "*");
    if status != 200 || !useful || forbidden {
        return;
    }
    let varied = header(headers, "vary").unwrap_or("").split(',').map(str::trim).filter(|name| !name.is_empty());
    let varied = varied.map(|name| (name.to_ascii_lowercase(), header(asked, name).unwrap_or("").to_owned())).collect();
    let kept = Kept {
        url: url.to_owned(),
        status,
        headers: headers.to_vec(),
        varied,
        stored: now(),
        size: body.len(),
        body: body.clone(),
    };
    with_store(|store| {
        let Some(room) = store.room else { return };
        store.kept.retain(|other| !other.fits(url, asked));
        if kept.size <= room {
            store.kept.push(kept);
            shrink(store, room);
        }
    });
}

/// Renews a kept answer by what the server says with 304.
pub(crate) fn renew(mut kept: Kept, news: &[(String, String)]) -> Kept {
    for (name, value) in news {
        if name != "content-length" && name != "content-encoding" {
            kept.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
            kept.headers.push((name.clone(), value.clone()));
        }
    }
    kept.stored = now();
    with_store(|store| {
        if let Some(known) = store.kept.iter_mut().find(|other| other.url == kept.url && other.varied == kept.varied) {
            *known = kept.clone();
        }
    });
    kept
}

fn shrink(store: &mut Store, room: usize) {
    while store.kept.iter().map(|kept| kept.size).sum::<usize>() > room {
        store.kept.remove(0);
    }
}

/// Starts to keep answers, with those of `file` if there are any.
pub(crate) fn open(room: usize, file: &Path) {
    with_store(|store| {
        let first = store.room.is_none();
        let room = room.min(MOST_BYTES);
        store.room = Some(room);
        if first {
            match read(file) {
                Ok(kept) => store.kept = kept,
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => tracing::warn!("what was kept of the network is not read: {error}"),
            }
        }
        shrink(store, room);
    });
}

/// Writes what is kept.
pub(crate) fn flush(file: &Path) -> io::Result<()> {
    let kept = with_store(|store| store.kept.clone());
    let parent = file.parent().ok_or(io::ErrorKind::InvalidInput)?;
    std::fs::create_dir_all(parent)?;
    // In place of the old one at once, so that nobody reads half of it.
    let fresh = file.with_extension("new");
    let mut out = io::BufWriter::new(std::fs::File::create(&fresh)?);
    for kept in &kept {
        serde_json::to_writer(&mut out, kept)?;
        out.write_all(b"\n")?;
        out.write_all(&kept.body)?;
    }
    out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
    std::fs::rename(fresh, file)
}

/// Forgets everything and keeps nothing from now on.
pub(crate) fn delete(file: &Path) -> io::Result<()> {
    with_store(|store| *store = Store::default());
    match std::fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn read(file: &Path) -> io::Result<Vec<Kept>> {
    let mut all = Vec::new();
    std::fs::File::open(file)?.take(2 * MOST_BYTES as u64).read_to_end(&mut all)?;
    let mut rest = Bytes::from(all);
    let mut found = Vec::new();
    while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
        let line = rest.split_to(end + 1);
        let mut kept: Kept = serde_json::from_slice(&line)?;
        if kept.size > rest.len() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        kept.body = rest.split_to(kept.size);
        found.push(kept);
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(all: &[(&str, &str)]) -> Vec<(String, String)> {
        all.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn keeps_asks_and_forgets() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("cache");
        let body = Bytes::from_static(b"hello");
        keep("http://a/", &[], 200, &headers(&[("cache-control", "max-age=60")]), &body);
        assert!(matches!(look_up("http://a/", &[]), Lookup::Missing), "nothing is kept before there is a cache");
        open(1000, &file);
        keep("http://a/", &[], 200, &headers(&[("cache-control", "max-age=60"), ("vary", "x-a")]), &body);
        keep("http://b/", &[], 200, &headers(&[("etag", "\"1\"")]), &body);
        keep("http://c/", &[], 200, &headers(&[("cache-control", "no-store, max-age=60")]), &body);
        assert!(matches!(look_up("http://a/", &[]), Lookup::Fresh(kept) if kept.body == body));
        assert!(matches!(look_up("http://a/", &headers(&[("X-A", "1")])), Lookup::Missing), "varies");
        assert!(
            matches!(look_up("http://b/", &[]), Lookup::Stale(_, asked) if asked == [("if-none-match", "\"1\"".to_owned())])
        );
        assert!(matches!(look_up("http://c/", &[]), Lookup::Missing));
        flush(&file).expect("it can be written");
        with_store(|store| *store = Store::default());
        open(1000, &file);
        assert!(matches!(look_up("http://a/", &[]), Lookup::Fresh(kept) if kept.body == body), "read again");
        keep("http://d/", &[], 200, &headers(&[("etag", "x")]), &Bytes::from(vec![0; 995]));
        assert!(matches!(look_up("http://b/", &[]), Lookup::Missing), "what was used longest ago makes room");
        delete(&file).expect("it can be removed");
        assert!(!file.exists());
        assert!(matches!(look_up("http://d/", &[]), Lookup::Missing));
    }

    #[test]
    fn dates() {
        assert_eq!(parse_date("Sun, 06 Nov 1994 08:49:37 GMT"), Some(784_111_777));
        assert_eq!(parse_date("tomorrow"), None);
    }
}
