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
pub mod inspector;
mod navigation;
mod nodes;
mod ohos;
mod overlays;
mod state;
mod uitest;
mod views;
mod windows;

pub use app_icon::{IconError, draw_app_icon};
pub use bridge::{
    OnInspector, OnShown, Script, ScriptError, SnapshotError, layout_dump, replay_outcome, screenshot,
    set_launch_token, was_closed,
};

use concord_ability::hosts::WindowHost;
use concord_desktop::display::Display;
use concord_engine::{Context, ErrorKind, Exception, JsResult, Value};
use concord_runtime::{Runtime, SystemModule};
use concord_text::Fonts;
use std::cell::Cell;
use std::fs::File;

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
    record: Cell<Option<File>>,
    replay: Cell<Option<(Script, bool)>>,
    resume: Cell<Option<(Option<String>, OnShown)>>,
    inspect: Cell<Option<(Option<inspector::Place>, OnInspector)>>,
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

    /// Writes what people do in the windows to `file`, as a [`Script`].
    #[must_use]
    pub fn recording_to(self, file: File) -> Windows {
        Windows { record: Cell::new(Some(file)), ..self }
    }

    /// Does what a script says; needs a display, if only one that nobody sees. With `ends_process` the process ends after it; a step
    /// that cannot be done always ends it, with code 1. See [`replay_outcome`].
    #[must_use]
    pub fn replaying(self, script: Script, ends_process: bool) -> Windows {
        Windows { replay: Cell::new(Some((script, ends_process))), ..self }
    }

    /// Tells `on_shown` what is shown, and opens the pages that it was told of in an earlier process, if `wanted` says which.
    #[must_use]
    pub fn resuming(self, wanted: Option<String>, on_shown: OnShown) -> Windows {
        Windows { resume: Cell::new(Some((wanted, on_shown))), ..self }
    }

    /// Lets people look into the windows: at once when there is a place for the page, else with F12 or from outside
    /// ([`inspector::ask`]). `on_inspector` hears of the address of the page when the app opens it itself.
    #[must_use]
    pub fn inspectable(self, place: Option<inspector::Place>, on_inspector: OnInspector) -> Windows {
        Windows { inspect: Cell::new(Some((place, on_inspector))), ..self }
    }
}

impl WindowHost for Windows {
    fn install(&self, context: &Context) -> JsResult<()> {
        if let Some(fonts) = &self.fonts {
            bridge::Ui::of(context).with_tree(|tree| tree.set_fonts(fonts.clone()));
        }
        if let Some(file) = self.record.take() {
            bridge::record(context, file);
        }
        if let Some((script, ends_process)) = self.replay.take() {
            bridge::replay(context, script, ends_process);
        }
        let on_display = self.display.take();
        let shown = on_display.is_some();
        if let Some(display) = on_display {
            let attached = bridge::attach_display(context, display);
            attached.map_err(|error| Exception(context.error(ErrorKind::Error, &error.to_string())))?;
        }
        let runtime = runtime(context)?;
        runtime.require("@concord:arkui/globals")?;
        if let Some((wanted, on_shown)) = self.resume.take() {
            bridge::resume(context, wanted, on_shown);
            runtime.require("@concord:arkui/resume")?;
        }
        if let Some((place, on_inspector)) = self.inspect.take() {
            bridge::be_inspectable(context, place, on_inspector);
        }
        if shown {
            // It has to hear of abilities before they start.
            runtime.require("@concord:arkui/start-window")?;
        }
        Ok(())
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
