//! Everything that a desktop does for an app, besides its display.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use crate::audio::{Decoders, Mixer, NoDecoders};
use crate::inhibit::{Inhibit, NoInhibit};
use crate::location::{Location, NoLocation};
use crate::media_session::{MediaSessions, NoMediaSessions};
use crate::network::{Network, NoNetwork};
use crate::notifications::{NoNotifications, Notifications};
use crate::opener::{NoOpener, Opener};
use crate::pickers::{NoPickers, Pickers};
use crate::power::{NoPower, Power};
use crate::settings::{NoSettings, Settings};

/// The services of a desktop, one for each kind. The default has none of them: an app runs the same, and nobody sees what it
/// does. Cheap to clone; all methods of all services return at once and are called on the thread of the app.
#[derive(Clone)]
pub struct Host {
    /// What people have chosen about looks.
    pub settings: Rc<dyn Settings>,
    /// Messages that pop up.
    pub notifications: Rc<dyn Notifications>,
    /// Opens links and files with other programs.
    pub opener: Rc<dyn Opener>,
    /// Lets people choose files.
    pub pickers: Rc<dyn Pickers>,
    /// Keeps the screen on and the machine awake.
    pub inhibit: Rc<dyn Inhibit>,
    /// The battery.
    pub power: Rc<dyn Power>,
    /// Whether there is a network.
    pub network: Rc<dyn Network>,
    /// Where the machine is.
    pub location: Rc<dyn Location>,
    /// Shows what plays.
    pub media_sessions: Rc<dyn MediaSessions>,
    /// Plays sound. `None` plays on the clock of the app, unheard.
    pub mixer: Option<Rc<dyn Mixer>>,
    /// Reads files of sound.
    pub decoders: Arc<dyn Decoders>,
    /// The window that people work with, as other programs know it: dialogs of the desktop belong to it.
    pub front: Front,
}

/// A window as other programs know it: in words of the portal (`wayland:…`), empty while there is none.
pub type Front = Rc<RefCell<String>>;

impl Default for Host {
    fn default() -> Self {
        Self {
            settings: Rc::new(NoSettings),
            notifications: Rc::new(NoNotifications),
            opener: Rc::new(NoOpener),
            pickers: Rc::new(NoPickers),
            inhibit: Rc::new(NoInhibit),
            power: Rc::new(NoPower),
            network: Rc::new(NoNetwork),
            location: Rc::new(NoLocation),
            media_sessions: Rc::new(NoMediaSessions),
            mixer: None,
            decoders: Arc::new(NoDecoders),
            front: Front::default(),
        }
    }
}
