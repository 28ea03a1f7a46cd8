//! ArkUI and the modules around windows.
//!
//! Compiled pages talk to global component classes; those make nodes of the tree in `concord-ui` through the bridge. Windows
//! are off-screen: nothing is drawn before somebody asks for a picture.
#![forbid(unsafe_code)]

mod animation;
mod app_icon;
mod bridge;
mod canvas;
mod components;
mod context;
mod foreign;
mod globals;
mod graphics;
mod input;
mod navigation;
mod nodes;
mod ohos;
mod overlays;
mod state;
mod uitest;
mod views;
mod windows;

pub use app_icon::{IconError, draw_app_icon};
pub use bridge::{SnapshotError, layout_dump, screenshot, set_launch_token};

use concord_ability::hosts::WindowHost;
use concord_desktop::display::Display;
use concord_engine::{Context, ErrorKind, Exception, JsResult, Value};
use concord_runtime::{Runtime, SystemModule};
use concord_text::Fonts;
use std::cell::Cell;

/// The system modules of this crate.
pub fn modules() -> Vec<&'static dyn SystemModule> {
    let bridge = bridge::FACES.iter().map(|face| face as &'static dyn SystemModule);
    bridge
        .chain(animation::modules())
        .chain(components::modules())
        .chain(canvas::modules())
        .chain(foreign::modules())
        .chain(graphics::modules())
        .chain(input::modules())
        .chain(uitest::modules())
        .chain(globals::modules())
        .chain(state::modules())
        .chain(views::modules())
        .chain(nodes::modules())
        .chain(navigation::modules())
        .chain(windows::modules())
        .chain(overlays::modules())
        .chain(context::modules())
        .chain(ohos::modules())
        .collect()
}

/// Windows of an app process: off-screen, unless they have a display.
#[derive(Default)]
pub struct Windows {
    fonts: Option<Fonts>,
    display: Cell<Option<Box<dyn Display>>>,
}

impl Windows {
    /// Windows whose text is drawn with these fonts, whatever the machine has.
    pub fn with_fonts(fonts: Fonts) -> Windows {
        Windows { fonts: Some(fonts), ..Windows::default() }
    }

    /// Windows that are shown on a display.
    pub fn on(display: Box<dyn Display>) -> Windows {
        Windows { display: Cell::new(Some(display)), ..Windows::default() }
    }
}

impl WindowHost for Windows {
    fn install(&self, context: &Context) -> JsResult<()> {
        if let Some(fonts) = &self.fonts {
            bridge::Ui::of(context).with_tree(|tree| tree.set_fonts(fonts.clone()));
        }
        if let Some(display) = self.display.take() {
            let attached = bridge::attach_display(context, display);
            attached.map_err(|error| Exception(context.error(ErrorKind::Error, &error.to_string())))?;
        }
        runtime(context)?.require("@concord:arkui/globals").map(drop)
    }

    fn create_stage(&self, context: &Context, owner: &Value) -> JsResult {
        runtime(context)?
            .require("@concord:arkui/window-stage")?
            .call_method("createStage", std::slice::from_ref(owner))
    }

    fn set_launch_token(&self, context: &Context, token: &str) {
        bridge::set_launch_token(context, token);
    }
}

fn runtime(context: &Context) -> JsResult<Runtime> {
    Runtime::of(context).ok_or_else(|| Exception(context.error(ErrorKind::Error, "the app process has ended")))
}
