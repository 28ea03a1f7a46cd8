//! Why something could not be installed, found or removed.

use concord_package::PackageError;
use std::io;
use std::path::{Path, PathBuf};

/// Why something could not be installed, found or removed. What was installed before is as it was.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A package is damaged, or the packages do not belong together.
    #[error(transparent)]
    Package(#[from] PackageError),
    /// A bundle or module name that cannot be one.
    #[error("`{name}` cannot be the name of a {what}: {why}")]
    Name {
        /// `bundle` or `module`.
        what: &'static str,
        /// The name.
        name: String,
        /// What it should be like.
        why: &'static str,
    },
    /// The packages are not what an app is made of.
    #[error("{bundle} cannot be installed: {why}")]
    Incomplete {
        /// Bundle.
        bundle: String,
        /// What is wrong, and what to do.
        why: String,
    },
    /// A newer version is installed.
    #[error(
        "{bundle} {installed} is installed, which is newer than {offered}\n  allow it with --allow-downgrade; the app may not \
         understand the data that the newer version has written"
    )]
    Downgrade {
        /// Bundle.
        bundle: String,
        /// Installed version.
        installed: String,
        /// Version of the packages.
        offered: String,
    },
    /// Somebody else made these packages.
    #[error(
        "{bundle} is installed from another developer ({installed}, now {offered})\n  uninstall it first, if you trust the \
         new one"
    )]
    OtherSigner {
        /// Bundle.
        bundle: String,
        /// Identifier of the installed app.
        installed: String,
        /// Identifier of the packages.
        offered: String,
    },
    /// There is no such bundle.
    #[error("{bundle} is not installed{}", all_known(.known))]
    NotInstalled {
        /// What was looked for.
        bundle: String,
        /// What there is.
        known: Vec<String>,
    },
    /// Nothing in the bundle opens this.
    #[error("{bundle} has no ability that opens {target}; it opens: {}", or_nothing(.accepts))]
    Unopenable {
        /// Bundle.
        bundle: String,
        /// File or URI.
        target: String,
        /// What it opens.
        accepts: Vec<String>,
    },
    /// The machine refused something.
    #[error("{what} {}: {error}{}", .path.display(), remedy(.error))]
    Io {
        /// What was tried.
        what: &'static str,
        /// With which file.
        path: PathBuf,
        /// Why not.
        error: io::Error,
    },
}

impl StoreError {
    /// Adds to an I/O error what was tried with which file.
    pub(crate) fn io<'a>(what: &'static str, path: &'a Path) -> impl FnOnce(io::Error) -> StoreError + 'a {
        move |error| StoreError::Io { what, path: path.to_owned(), error }
    }
}

fn all_known(known: &[String]) -> String {
    if known.is_empty() { "; nothing is".to_owned() } else { format!("; installed are: {}", known.join(", ")) }
}

fn or_nothing(list: &[String]) -> String {
    if list.is_empty() { "nothing".to_owned() } else { list.join(", ") }
}

fn remedy(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            "\n  nothing was changed; make room, or set CONCORD_HOME to a folder on another disk"
        }
        // Not found is what file systems without files of their own say to a new folder.
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::NotFound => {
            "\n  nothing was changed; set CONCORD_HOME to a folder that you may write to"
        }
        _ => "",
    }
}
