//! Tokens of launchers, by which windows of a running app may come to the front.

use super::Ui;
use concord_engine::Context;

/// Gives the display a token for the window that is opened or raised next; nothing happens without a display.
pub fn set_launch_token(context: &Context, token: &str) {
    if let Some(desktop) = Ui::of(context).desktop.borrow_mut().as_mut() {
        desktop.display.set_launch_token(token.to_owned());
    }
}
