//! Why a package was refused.

use std::path::{Path, PathBuf};

/// Why a package was refused: what happened, where, and what to do next. The command line ends with exit code 2.
#[derive(Debug, thiserror::Error)]
#[error("{}: {what}{}", path.display(), hint.as_ref().map(|h| format!("\n  {h}")).unwrap_or_default())]
pub struct PackageError {
    /// The package file or folder.
    pub path: PathBuf,
    /// What is wrong, with the entry or offset at fault.
    pub what: String,
    /// What the user can do about it.
    pub hint: Option<String>,
}

impl PackageError {
    /// An error of the package at `path`.
    pub(crate) fn new(path: &Path, what: impl Into<String>) -> PackageError {
        PackageError { path: path.to_owned(), what: what.into(), hint: None }
    }

    /// Adds what the user can do about it.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> PackageError {
        self.hint = Some(hint.into());
        self
    }
}
