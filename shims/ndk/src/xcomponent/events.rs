//! What components are told of: the structs of C, made from the events of ArkTS.

use concord_engine::{JsResult, Value};
use std::sync::atomic::{AtomicI32, AtomicI64};

/// `OH_NATIVE_XCOMPONENT_MAX_TOUCH_POINTS_NUMBER`
const MOST_POINTS: usize = 10;
/// `OH_NATIVEXCOMPONENT_UNKNOWN`, the type of a touch before there was any.
const NO_TOUCH: i32 = 4;
/// `OH_NATIVEXCOMPONENT_UP`
const UP: i32 = 1;

/// `OH_NativeXComponent_TouchPoint`.
#[repr(C)]
#[derive(Clone, Copy, Default)]
pub(super) struct TouchPoint {
    id: i32,
    screen_x: f32,
    screen_y: f32,
    x: f32,
    y: f32,
    kind: i32,
    size: f64,
    force: f32,
    time: i64,
    is_pressed: bool,
}

/// `OH_NativeXComponent_TouchEvent`.
#[repr(C)]
#[derive(Clone, Copy)]
pub(super) struct TouchData {
    id: i32,
    screen_x: f32,
    screen_y: f32,
    x: f32,
    y: f32,
    kind: i32,
    size: f64,
    force: f32,
    device: i64,
    time: i64,
    points: [TouchPoint; MOST_POINTS],
    count: u32,
}

/// A touch, and what other functions than `GetTouchEvent` tell of it.
#[derive(Clone, Copy)]
pub(super) struct TouchEvent {
    pub(super) data: TouchData,
    /// `OH_NativeXComponent_TouchPointToolType`
    pub(super) tool: i32,
    /// `OH_NativeXComponent_EventSourceType`
    pub(super) source: i32,
    /// Of the points, in the window of the app.
    window: [(f32, f32); MOST_POINTS],
    /// The same on the display.
    display: [(f32, f32); MOST_POINTS],
}

impl Default for TouchEvent {
    fn default() -> TouchEvent {
        let nowhere = [(0.0, 0.0); MOST_POINTS];
        let points = [TouchPoint::default(); MOST_POINTS];
        let data = TouchData {
            id: 0,
            screen_x: 0.0,
            screen_y: 0.0,
            x: 0.0,
            y: 0.0,
            kind: NO_TOUCH,
            size: 0.0,
            force: 0.0,
            device: 0,
            time: 0,
            points,
            count: 0,
        };
        TouchEvent { data, tool: 0, source: 0, window: nowhere, display: nowhere }
    }
}

/// A number of an event; 0 when it has none.
fn number(event: &Value, name: &str) -> JsResult<f64> {
    Ok(event.get(name)?.as_f64().unwrap_or(0.0))
}

impl TouchEvent {
    /// From a `TouchEvent` of ArkTS; `density` is px in a vp.
    pub(super) fn read(event: &Value, density: f64) -> JsResult<TouchEvent> {
        let mut made = TouchEvent::default();
        let time = number(event, "timestamp")? as i64;
        (made.tool, made.source) = (number(event, "sourceTool")? as i32, number(event, "source")? as i32);
        let touches = event.get("touches")?;
        let count = if touches.is_array() { touches.array_len()? } else { 0 };
        for index in 0..count.min(MOST_POINTS as u32) {
            let (point, window, display) = point(&touches.get_index(index)?, density, time)?;
            let index = index as usize;
            made.data.points[index] = point;
            made.window[index] = window;
            made.display[index] = display;
        }
        made.data.count = count.min(MOST_POINTS as u32);
        let changed = event.get("changedTouches")?;
        if changed.is_array() && changed.array_len()? > 0 {
            let (point, ..) = point(&changed.get_index(0)?, density, time)?;
            let TouchPoint { id, screen_x, screen_y, x, y, size, force, .. } = point;
            let kind = number(event, "type")? as i32;
            let device = number(event, "deviceId")? as i64;
            let (points, count) = (made.data.points, made.data.count);
            made.data = TouchData { id, screen_x, screen_y, x, y, kind, size, force, device, time, points, count };
        }
        Ok(made)
    }

    /// Where a point is in the window of the app; `None` when there is no such point.
    pub(super) fn in_window(&self, point: u32) -> Option<(f32, f32)> {
        self.window.get(point as usize).filter(|_| point < self.data.count).copied()
    }

    /// Where a point is on the display; `None` when there is no such point.
    pub(super) fn on_display(&self, point: u32) -> Option<(f32, f32)> {
        self.display.get(point as usize).filter(|_| point < self.data.count).copied()
    }

    /// Whether there is such a point.
    pub(super) fn has(&self, point: u32) -> bool {
        point < self.data.count
    }
}

type Place = (f32, f32);

/// A `TouchObject`, and where it is in the window and on the display.
fn point(touch: &Value, density: f64, time: i64) -> JsResult<(TouchPoint, Place, Place)> {
    let px = |name: &str| Ok((number(touch, name)? * density) as f32);
    let kind = number(touch, "type")? as i32;
    let point = TouchPoint {
        id: number(touch, "id")? as i32,
        screen_x: px("screenX")?,
        screen_y: px("screenY")?,
        x: px("x")?,
        y: px("y")?,
        kind,
        size: number(touch, "width")? * density,
        force: number(touch, "pressure")? as f32,
        time,
        is_pressed: kind != UP,
    };
    Ok((point, (px("windowX")?, px("windowY")?), (px("displayX")?, px("displayY")?)))
}

/// `OH_NativeXComponent_MouseEvent`.
#[repr(C)]
#[derive(Clone, Copy, Default)]
pub(super) struct MouseEvent {
    x: f32,
    y: f32,
    screen_x: f32,
    screen_y: f32,
    time: i64,
    action: i32,
    button: i32,
}

impl MouseEvent {
    /// From a `MouseEvent` of ArkTS; `density` is px in a vp.
    pub(super) fn read(event: &Value, density: f64) -> JsResult<MouseEvent> {
        let px = |name: &str| Ok((number(event, name)? * density) as f32);
        Ok(MouseEvent {
            x: px("x")?,
            y: px("y")?,
            screen_x: px("screenX")?,
            screen_y: px("screenY")?,
            time: number(event, "timestamp")? as i64,
            action: number(event, "action")? as i32,
            button: number(event, "button")? as i32,
        })
    }
}

/// `OH_NativeXComponent_KeyEvent`: only functions read it.
#[derive(Default)]
pub(super) struct KeyEvent {
    pub(super) action: AtomicI32,
    pub(super) code: AtomicI32,
    pub(super) source: AtomicI32,
    pub(super) device: AtomicI64,
    pub(super) time: AtomicI64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn structs_are_laid_out_as_in_c() {
        assert_eq!((size_of::<TouchPoint>(), size_of::<MouseEvent>()), (56, 32));
        assert_eq!(std::mem::offset_of!(TouchData, points), 56);
        assert_eq!(std::mem::offset_of!(TouchData, count), 56 + 56 * MOST_POINTS);
    }
}
