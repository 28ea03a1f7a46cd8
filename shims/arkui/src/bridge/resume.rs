//! What an app shows, told to whoever may start it again, and what it is to show then.

use super::{Ui, nothing};
use concord_engine::{Call, JsResult};
use concord_runtime::{FaceModule, Native};
use std::cell::RefCell;

pub(super) const FACE: FaceModule =
    FaceModule { request: "@concord:arkui/resume", source: include_str!("resume.js"), natives: NATIVES, apis: &[] };

const NATIVES: &[(&str, Native)] = &[("wanted", wanted), ("tellShown", tell)];

/// Hears of what is shown: JSON, `{"size": [width, height], "pages": [{"path", "named", "params"}]}`, the size in vp.
pub type OnShown = Box<dyn Fn(&str)>;

/// What is to be shown, and who hears of it.
#[derive(Default)]
pub(super) struct Resume {
    wanted: RefCell<Option<String>>,
    on_shown: RefCell<Option<OnShown>>,
}

impl Ui {
    /// Opens the pages again that were open when an earlier process told of them, and tells of those that are.
    pub(super) fn resume_with(&self, wanted: Option<String>, on_shown: OnShown) {
        *self.resume.wanted.borrow_mut() = wanted;
        *self.resume.on_shown.borrow_mut() = Some(on_shown);
    }
}

/// `wanted() → string`: what is to be shown; empty when nothing is.
fn wanted(call: &Call<'_>) -> JsResult {
    let wanted = Ui::of(call.context).resume.wanted.borrow_mut().take();
    Ok(call.context.string(&wanted.unwrap_or_default()))
}

/// `tellShown(json)`.
fn tell(call: &Call<'_>) -> JsResult {
    if let Some(on_shown) = &*Ui::of(call.context).resume.on_shown.borrow() {
        on_shown(&call.arg(0).as_string().unwrap_or_default());
    }
    nothing(call.context)
}
