//! Which services of the desktop an app gets.

use crate::configuration::Task;
use concord_desktop::Host;

/// An app with windows gets those of the session, if there is one. Others get none, so that a run without a window is the same
/// everywhere, unless `CONCORD_DESKTOP=session` asks for them. `CONCORD_DESKTOP=none` keeps an app with windows from them.
pub fn services(task: &Task) -> Host {
    let windows = matches!(task, Task::Run { windows: true, .. });
    let wanted = match std::env::var("CONCORD_DESKTOP").as_deref() {
        Ok("session") => true,
        Ok("none") => false,
        _ => windows,
    };
    if wanted { concord_bus::connect(concord_bus::Addresses::default()) } else { Host::default() }
}
