//! `@ohos.UiTest`: tests that drive the app as a person would. Everything goes through the input of the tree, with the platform's
//! timings on the clock of the main loop.

use crate::bridge;
use concord_ability::app::AppHandle;
use concord_engine::{Call, JsResult};
use concord_paint::kurbo::Rect;
use concord_runtime::face::{full, partial};
use concord_runtime::{Api, FaceModule, Native, SystemModule};
use std::path::PathBuf;

const fn face(request: &'static str, source: &'static str) -> FaceModule {
    FaceModule { request, source, natives: &[], apis: &[] }
}

static APIS: &[Api] = &[
    full("*"),
    partial("Driver.pressHome", "there is no home screen: only the key is pressed"),
    partial("Driver.triggerPenKey", "devices without a pen: fails with 17000005"),
    partial("Driver.crownRotate", "devices without a crown: fails with 801"),
    partial("Driver.knuckleKnock", "fails with 17000005"),
    partial("Driver.injectKnucklePointerAction", "fails with 17000005"),
    partial("Driver.touchPadMultiFingerSwipe", "fails with 17000005 except on a 2in1, where nothing listens"),
    partial("UiWindow.split", "fails with 17000005"),
];

const FILES: &[(&str, Native)] = &[("screenCap", screen_cap), ("writeText", write_text)];

static FACES: [FaceModule; 12] = [
    face("@concord:arkui/uitest/arguments", include_str!("arguments.js")),
    face("@concord:arkui/uitest/calls", include_str!("calls.js")),
    face("@concord:arkui/uitest/widgets", include_str!("widgets.js")),
    face("@concord:arkui/uitest/selectors", include_str!("selectors.js")),
    face("@concord:arkui/uitest/inject", include_str!("inject.js")),
    face("@concord:arkui/uitest/component", include_str!("component.js")),
    face("@concord:arkui/uitest/window", include_str!("window.js")),
    face("@concord:arkui/uitest/observer", include_str!("observer.js")),
    face("@concord:arkui/uitest/driver", include_str!("driver.js")),
    FaceModule {
        request: "@concord:arkui/uitest/files",
        source: "(function (host) { 'use strict'; return host; })",
        natives: FILES,
        apis: &[],
    },
    face("@concord:tools/uitest", include_str!("command.js")),
    FaceModule { request: "@ohos:UiTest", source: include_str!("UiTest.js"), natives: &[], apis: APIS },
];

/// All of them.
pub(crate) fn modules() -> impl Iterator<Item = &'static dyn SystemModule> {
    FACES.iter().map(|face| face as &'static dyn SystemModule)
}

/// The file of the host behind a path of the app; none when the app may not write there.
fn target(call: &Call<'_>) -> Option<PathBuf> {
    let path = call.arg(0).as_string()?;
    let paths = AppHandle::of(call.context).paths()?;
    paths.to_host(&path).map_err(|error| tracing::warn!("UiTest cannot write {path}: {error}")).ok()
}

fn write(call: &Call<'_>, bytes: &[u8]) -> bool {
    let Some(path) = target(call) else { return false };
    let made = path.parent().map_or(Ok(()), std::fs::create_dir_all).and_then(|()| std::fs::write(&path, bytes));
    made.map_err(|error| tracing::warn!("UiTest cannot write {}: {error}", path.display())).is_ok()
}

/// `screenCap(path, left?, top?, right?, bottom?) → boolean`: writes the screen, or a part of it in px, as PNG.
fn screen_cap(call: &Call<'_>) -> JsResult {
    let edges = [1, 2, 3, 4].map(|index| call.arg(index).as_f64());
    let part = match edges {
        [Some(left), Some(top), Some(right), Some(bottom)] => Some(Rect::new(left, top, right, bottom)),
        _ => None,
    };
    let png = bridge::screenshot_part(call.context, part);
    let png = png.map_err(|error| tracing::warn!("UiTest cannot take a picture: {error}")).ok();
    Ok(call.context.boolean(png.is_some_and(|png| write(call, &png))))
}

/// `writeText(path, text) → boolean`.
fn write_text(call: &Call<'_>) -> JsResult {
    let text = call.arg(1).as_string().unwrap_or_default();
    Ok(call.context.boolean(write(call, text.as_bytes())))
}
