//! The services of a desktop as the session bus offers them; see the README.
#![forbid(unsafe_code)]

mod application;
mod call;
mod channel;
mod inhibit;
mod known;
mod location;
mod mpris;
mod network;
mod notifications;
mod opener;
mod pickers;
mod portal;
mod power;
mod settings;
mod survey;
mod thread;

use std::rc::Rc;

use concord_desktop::{Front, Host};

pub use application::{ApplicationCall, serve_application};
pub use network::Kernel;
pub use survey::{Service, survey};

/// Which buses to use.
#[derive(Debug, Clone, Default)]
pub struct Addresses {
    /// The bus of the session; none for the one that the environment names.
    pub session: Option<String>,
    /// The bus of the machine; none for the usual one.
    pub system: Option<String>,
}

/// The services of a desktop. Returns at once; what is not there answers so when it is asked.
pub fn connect(addresses: Addresses) -> Host {
    let Some(bus) = thread::start(addresses) else { return Host::default() };
    let front = Front::default();
    Host {
        settings: Rc::new(settings::PortalSettings::new(&bus)),
        notifications: Rc::new(notifications::BusNotifications::new(&bus)),
        opener: Rc::new(opener::PortalOpener::new(&bus, &front)),
        pickers: Rc::new(pickers::PortalPickers::new(&bus, &front)),
        inhibit: Rc::new(inhibit::BusInhibit::new(&bus)),
        power: Rc::new(power::UPower::new(&bus)),
        network: Rc::new(network::KernelNetwork::new(&bus)),
        location: Rc::new(location::GeoClue::new(&bus)),
        media_sessions: Rc::new(mpris::Mpris::new(&bus)),
        front,
        ..Host::default()
    }
}
