//! `Pickers` of the portal (`org.freedesktop.portal.FileChooser`).

use std::ffi::{CString, OsStr};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::PathBuf;

use concord_desktop::pickers::{Filter, Pickers, Question, Wanted};
use concord_desktop::{Front, Reply, ServiceError};
use zbus::{Connection, Variant};

use crate::call::{Values, failure, value};
use crate::portal::{self, Answer, Options};
use crate::thread::Bus;

const FILE_CHOOSER: &str = "org.freedesktop.portal.FileChooser";
const SERVICE: &str = "choosing files";

/// Dialogs that the portal shows.
pub(crate) struct PortalPickers {
    bus: Bus,
    front: Front,
}

impl PortalPickers {
    pub(crate) fn new(bus: &Bus, front: &Front) -> Self {
        Self { bus: bus.clone(), front: Front::clone(front) }
    }
}

impl Pickers for PortalPickers {
    fn choose(&self, question: Question, reply: Reply<Vec<PathBuf>>) {
        let window = self.front.borrow().clone();
        self.bus.spawn(move |buses| async move {
            reply.send(match choose(&buses.session, &window, &question).await {
                Ok(Answer::Done(results)) => Ok(paths(&results)),
                Ok(Answer::Cancelled) => Ok(Vec::new()),
                Ok(Answer::Failed) => {
                    Err(ServiceError::Refused { service: SERVICE, reason: "the dialog failed".into() })
                }
                Err(error) => Err(failure(SERVICE, &error)),
            });
        });
    }
}

async fn choose(bus: &Connection, window: &str, question: &Question) -> zbus::Result<Answer> {
    let mut options = Options::from([("modal", Variant::from(true))]);
    let filters: Vec<FilterWire> = question.filters.iter().map(wire).collect();
    if !filters.is_empty() {
        options.insert("filters", Variant::new(filters));
    }
    if let Some(folder) = question.folder.as_deref().and_then(|path| CString::new(path.as_os_str().as_bytes()).ok()) {
        // A path of bytes, with the zero that ends it.
        options.insert("current_folder", Variant::new(folder.into_bytes_with_nul()));
    }
    let method = match (question.wanted, question.names.as_slice()) {
        (Wanted::NewFiles, [] | [_]) => {
            if let Some(name) = question.names.first() {
                options.insert("current_name", Variant::from(name.as_str()));
            }
            "SaveFile"
        }
        (Wanted::NewFiles, names) => {
            let names = names.iter().filter_map(|name| CString::new(name.as_str()).ok());
            options.insert("files", Variant::new(names.map(CString::into_bytes_with_nul).collect::<Vec<_>>()));
            "SaveFiles"
        }
        (wanted, _) => {
            options.insert("multiple", Variant::from(wanted == Wanted::Files));
            options.insert("directory", Variant::from(wanted == Wanted::Folder));
            "OpenFile"
        }
    };
    portal::request(bus, FILE_CHOOSER, method, options, |options| (window, question.title.as_str(), options)).await
}

/// A name, and patterns (0) or MIME types (1).
type FilterWire = (String, Vec<(u32, String)>);

fn wire(filter: &Filter) -> FilterWire {
    let patterns = filter.patterns.iter().map(|pattern| (0, pattern.clone()));
    let types = filter.types.iter().map(|kind| (1, kind.clone()));
    (filter.name.clone(), patterns.chain(types).collect())
}

fn paths(results: &Values) -> Vec<PathBuf> {
    let uris: Vec<String> = value(results, "uris").unwrap_or_default();
    uris.iter().filter_map(|uri| path_of(uri)).collect()
}

/// The path of a `file:` URI of this machine.
fn path_of(uri: &str) -> Option<PathBuf> {
    let rest = uri.strip_prefix("file://")?;
    let path = rest.strip_prefix("localhost").unwrap_or(rest);
    let bytes: Vec<u8> = percent_encoding::percent_decode_str(path).collect();
    let path = PathBuf::from(std::ffi::OsString::from_vec(bytes));
    (path.is_absolute() && !OsStr::as_bytes(path.as_os_str()).contains(&0)).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::path_of;
    use std::path::Path;

    #[test]
    fn uris_become_paths() {
        assert_eq!(path_of("file:///home/a/%C3%A4%20b.txt").as_deref(), Some(Path::new("/home/a/ä b.txt")));
        assert_eq!(path_of("file://localhost/etc").as_deref(), Some(Path::new("/etc")));
        for other in ["https://example.org/a", "file://elsewhere/a", "file:///a%00b", "file://"] {
            assert_eq!(path_of(other), None, "{other}");
        }
    }
}
