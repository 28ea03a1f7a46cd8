//! Input that is written down, and done again; see the README.

mod format;
mod keys;
mod record;
mod replay;
mod target;

pub use format::{Script, ScriptError};
pub(super) use record::Recorder;
pub(super) use replay::Player;

use super::Ui;
use concord_desktop::display::{Event, Placement, WindowId};
use concord_engine::Context;
use std::cell::{Cell, RefCell};

/// What is written down and done again in an app process.
#[derive(Default)]
pub(super) struct Scripts {
    /// Windows by the order in which they were shown first, and how they are shown.
    windows: RefCell<Vec<(WindowId, Placement)>>,
    recorder: RefCell<Option<Recorder>>,
    player: RefCell<Option<Player>>,
    outcome: RefCell<Option<Result<(), String>>>,
    closed: Cell<bool>,
}

impl Ui {
    /// Hears of something that happens on the display, before the app does.
    pub(super) fn note_event(&self, context: &Context, event: &Event) {
        match event {
            Event::Placed { window, placement } => {
                let mut windows = self.scripts.windows.borrow_mut();
                match windows.iter_mut().find(|(known, _)| known == window) {
                    Some((_, known)) => *known = *placement,
                    None => windows.push((*window, *placement)),
                }
            }
            Event::Close { .. } => self.scripts.closed.set(true),
            _ => {}
        }
        self.record(context, event);
        if matches!(event, Event::Placed { .. }) {
            self.start_player(context);
        }
    }

    /// The number of a window in scripts, from 1.
    fn script_number(&self, window: WindowId) -> u32 {
        let windows = self.scripts.windows.borrow();
        windows.iter().position(|(known, _)| *known == window).map_or(1, |index| index as u32 + 1)
    }

    /// A window by its number in scripts.
    fn script_window(&self, number: u32) -> Option<(WindowId, Placement)> {
        self.scripts.windows.borrow().get((number as usize).checked_sub(1)?).copied()
    }
}

/// Whether a person has asked for a window to be closed.
pub fn was_closed(context: &Context) -> bool {
    Ui::of(context).scripts.closed.get()
}

/// How a replay has ended, at the end of the run; `None` without one. A step that was not done is named with its line.
pub fn replay_outcome(context: &Context) -> Option<Result<(), String>> {
    let ui = Ui::of(context);
    let left = ui.scripts.player.borrow().as_ref().map(|player| player.problem().map_or(Ok(()), Err));
    left.or_else(|| ui.scripts.outcome.borrow().clone())
}
