//! Which services of the desktop an app gets.

use crate::configuration::{Clock, Configuration, Task};
use concord_audio::{FileDecoders, PulseMixer};
use concord_desktop::Host;
use std::sync::Arc;

/// An app with windows gets those of the session, if there is one. Others get none, so that a run without a window is the same
/// everywhere, unless `CONCORD_DESKTOP=session` asks for them. `CONCORD_DESKTOP=none` keeps an app with windows from them.
pub fn services(task: &Task) -> Host {
    if wanted(task) { concord_bus::connect(concord_bus::Addresses::default()) } else { Host::default() }
}

fn wanted(task: &Task) -> bool {
    match std::env::var("CONCORD_DESKTOP").as_deref() {
        Ok("session") => true,
        Ok("none") => false,
        _ => matches!(task, Task::Run { windows: true, .. }),
    }
}

/// Adds what sounds: files can be read everywhere, the mixer is heard by an app that lives in the time of the machine. It is
/// connected when the app makes a sound first.
pub fn add_sound(host: &mut Host, configuration: &Configuration, bundle: &str) {
    host.decoders = Arc::new(FileDecoders);
    if configuration.clock == Clock::Real && wanted(&configuration.task) {
        host.mixer = Some(PulseMixer::new(bundle, bundle));
    }
}
