//! The service file by which the session bus starts an app.

use super::{keyfile, mark};
use std::path::PathBuf;

/// Where the service of a bundle is described.
pub(super) fn file(bundle: &str) -> PathBuf {
    PathBuf::from(format!("dbus-1/services/{bundle}.service"))
}

/// The description: the bus starts the program when somebody calls the bundle's name.
pub(super) fn service(bundle: &str, launcher: &[String]) -> String {
    let words = launcher.iter().map(String::as_str).chain(["--activated", bundle]);
    format!("# {}[D-BUS Service]\nName={bundle}\nExec={}\n", mark(bundle), keyfile::plain_command(words))
}
