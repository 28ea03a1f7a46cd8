//! The session bus: settings, notifications, portals, power and network of the desktop.
#![forbid(unsafe_code)]
