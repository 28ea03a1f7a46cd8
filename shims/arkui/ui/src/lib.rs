//! The node tree of ArkUI: what a page is made of, where it lies, and what it looks like.
//!
//! There is no script engine here. Values of the app come in as [`Value`], its functions as [`Callback`], and code of the app
//! is reached through [`layout::Host`]. Everything is in px unless it says otherwise.
#![forbid(unsafe_code)]

pub mod accessibility;
pub mod animation;
pub mod attached;
pub mod bound;
pub mod change;
pub mod common;
pub mod component;
pub mod content;
pub mod dirty;
pub mod drawing;
pub mod font;
pub mod geometry;
pub mod input;
pub mod inspector;
pub mod label;
pub mod layout;
pub mod outline;
pub mod pan;
pub mod pictures;
pub mod pixels;
pub mod registry;
pub mod scene;
pub mod scroll;
pub mod selection;
pub mod sources;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod theme;
pub mod ticker;
pub mod tree;
pub mod units;
pub mod value;
mod watch;
pub mod whereabouts;
pub mod words;

use change::Change;
pub use component::{Component, Method, Setter};
pub use layout::{Host, NoHost, Pass, layout_root};
pub use registry::Registry;
pub use scene::paint;
pub use sources::Splice;
pub use tree::{NodeId, Tree};
pub use units::Environment;
pub use value::{Args, Callback, Value};

impl Setter<'_> {
    /// Changes the state of the component, when it is of this type, and lays it out again if that changed anything.
    pub fn restyle<T: 'static, C: Change>(&mut self, change: impl FnOnce(&mut T) -> C) -> Value {
        if self.tree.state_mut::<T>(self.node).is_some_and(|state| change(state).changed()) {
            self.tree.mark_measure(self.node);
        }
        Value::Undefined
    }

    /// Changes the state of the component, when it is of this type, and draws it again if that changed anything.
    pub fn redraw<T: 'static, C: Change>(&mut self, change: impl FnOnce(&mut T) -> C) -> Value {
        if self.tree.state_mut::<T>(self.node).is_some_and(|state| change(state).changed()) {
            self.tree.mark_paint(self.node);
        }
        Value::Undefined
    }
}
