//! Installed apps: where their packages lie, what may replace what, and how one of them is found again.
//!
//! A bundle is a folder with *generations* in it and a link, `current`, to one of them. A generation is written under another
//! name, synced, and becomes the installed one when the link is replaced, which is one step for the file system: whoever looks
//! sees the old version or the new one, whenever the installer is killed. What the desktop gets (menu entries, icons …) lies in
//! the generation too and is put in place afterwards; a mark says that this is still to be done.

mod error;
mod files;
mod install;
mod instance;
mod names;
mod open;
mod record;
mod store;
mod uninstall;

pub use error::StoreError;
pub(crate) use files::remove_empty;
pub use files::replace;
pub use install::{Install, Installation, install};
pub use instance::{Claim, Instance, Running, Serving, claim};
pub(crate) use names::is_file_of;
pub use names::{check_bundle_name, dbus_name, file_stem};
pub use open::{Target, opening};
pub(crate) use record::is_launchable;
pub use record::{Ability, Module, Record};
pub use store::{Bundle, BundleStore, LockedStore};
pub use uninstall::{Removed, Uninstall, uninstall};
