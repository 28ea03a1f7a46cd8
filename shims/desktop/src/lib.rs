//! Host effects behind small traits; see the README.
#![forbid(unsafe_code)]

pub mod audio;
pub mod display;
pub mod exchange;
pub mod headless;
pub mod host;
pub mod inhibit;
pub mod location;
pub mod media_session;
pub mod network;
pub mod notifications;
pub mod opener;
pub mod pickers;
pub mod power;
pub mod reply;
pub mod settings;
pub mod text_field;

pub use host::{Front, Host};
pub use reply::{Listener, Reply, ServiceError};
