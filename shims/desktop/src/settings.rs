//! What people have chosen about how programs look.

use crate::Listener;

/// The choices. What nobody has chosen is none, and the app keeps its own default.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Preferences {
    /// Dark rather than light colours.
    pub dark: Option<bool>,
    /// Red, green and blue from 0 to 1.
    pub accent: Option<[f64; 3]>,
    /// Colours that differ more.
    pub high_contrast: bool,
    /// Nothing moves for its own sake.
    pub reduced_motion: bool,
    /// Size of text to what is usual.
    pub text_scale: Option<f64>,
}

/// Tells the choices.
pub trait Settings {
    /// The choices as far as they are known. The first call waits for them for a third of a second at most.
    fn preferences(&self) -> Preferences;

    /// Calls `listener` after every change. One listener; a later one takes its place.
    fn listen(&self, listener: Listener<Preferences>);
}

/// Nobody has chosen anything.
pub struct NoSettings;

impl Settings for NoSettings {
    fn preferences(&self) -> Preferences {
        Preferences::default()
    }

    fn listen(&self, _listener: Listener<Preferences>) {}
}
