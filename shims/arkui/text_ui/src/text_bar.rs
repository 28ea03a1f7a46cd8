//! The scroll bar of what is typed into: `barState`, `scrollBarColor`.

use concord_paint::{Color, Painter};
use concord_ui::common::parse_color;
use concord_ui::geometry::{Axis, Point, Rect};
use concord_ui::scroll::{self, BarState, Track};
use concord_ui::tree::Tree;
use concord_ui::value::Value;

/// How long it is seen after a movement, in ms.
const LINGERS: f64 = 2000.0;
/// In vp.
const WIDTH: f32 = 4.0;

/// What the app says of the bar, and when the text moved last.
#[derive(Debug, Default)]
pub(super) struct TextBar {
    state: Option<BarState>,
    color: Option<Color>,
    moved: Option<f64>,
}

impl TextBar {
    /// `barState`: off, auto, on.
    pub fn set_state(&mut self, value: &Value) {
        self.state = match value.as_i32() {
            Some(0) => Some(BarState::Off),
            Some(2) => Some(BarState::On),
            Some(_) => Some(BarState::Auto),
            None => None,
        };
    }

    /// `scrollBarColor`: a colour, or `ColorMetrics`.
    pub fn set_color(&mut self, value: &Value) {
        self.color = parse_color(value);
    }

    /// The text moves by hand at this time.
    pub fn moved(&mut self, now: f64) {
        self.moved = Some(now);
    }

    /// Draws it at the end of a box, of whose text `scroll` px of at most `furthest` are passed.
    pub fn paint(&self, tree: &Tree, painter: &mut Painter, content: Rect, axis: Axis, scroll: f32, furthest: f32) {
        let shown = match self.state.unwrap_or(BarState::Auto) {
            BarState::Off => false,
            BarState::On => true,
            BarState::Auto => self.moved.is_some_and(|moved| tree.now - moved < LINGERS),
        };
        if !shown || furthest <= 0.0 {
            return;
        }
        let length = content.size.along(axis);
        let mut track = Track { offset: scroll, ..Track::default() };
        track.know(length + furthest, length);
        let Some((start, extent)) = scroll::thumb(&track, length, tree.environment.density) else { return };
        let width = tree.environment.vp(WIDTH);
        let across = content.size.along(axis.cross()) - width;
        let origin = content.origin + Point::on(axis, 0.0, across);
        let size = concord_ui::geometry::Size::on(axis, length, width);
        scroll::paint_thumb_in(&Rect { origin, size }, axis, start, extent, self.color, painter);
    }
}
