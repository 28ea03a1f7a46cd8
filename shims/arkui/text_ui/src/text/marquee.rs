//! `TextOverflow.MARQUEE`: a line that does not fit runs through its box. Where it is follows from the time, so that nobody has to
//! be woken up for it; ticks come at the ends of rounds only.

use super::State;
use concord_paint::kurbo::{Point, Rect};
use concord_paint::{
    Brush, Color, ColorStop, Extend, Gradient, GradientKind, LayerStyle, Mask, MaskMode, Painter, kurbo,
};
use concord_text::{Paragraph, TextOverflow};
use concord_ui::layout::Pass;
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Length, Unit};
use concord_ui::value::{Args, Value};
use std::sync::Arc;

/// A step takes so many ms.
const STEP_TIME: f32 = 85.0;
const STEP: Length = Length::vp(4.0);
const SPACING: Length = Length::vp(48.0);
/// `text_fadeout_width` of the theme.
const FADE: f32 = 16.0;

/// `marqueeOptions`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Options {
    starts: bool,
    step: Option<Length>,
    spacing: Option<Length>,
    /// `None` is for ever.
    times: Option<u32>,
    backwards: bool,
    /// Before each round, in ms.
    delay: f64,
    fades: bool,
    /// Runs only while the text has the focus or the mouse is over it.
    on_focus: bool,
    /// New options do not begin anew.
    keeps_place: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            starts: true,
            step: None,
            spacing: None,
            times: None,
            backwards: false,
            delay: 0.0,
            fades: false,
            on_focus: false,
            keeps_place: false,
        }
    }
}

impl Options {
    fn from_value(value: &Value) -> Options {
        if value.as_object().is_none() {
            return Options::default();
        }
        let positive = |name: &str| {
            let length = Length::from_value(value.get(name), Unit::Vp)?;
            (!length.is_relative() && !matches!(length, Length::Plain(number, _) if number <= 0.0)).then_some(length)
        };
        Options {
            starts: value.get("start").as_bool() == Some(true),
            step: positive("step"),
            spacing: positive("spacing"),
            times: value.get("loop").as_i32().and_then(|times| u32::try_from(times).ok()).filter(|times| *times > 0),
            backwards: value.get("fromStart").as_bool() == Some(false),
            delay: value.get("delay").as_f64().unwrap_or(0.0).max(0.0),
            fades: value.get("fadeout").as_bool() == Some(true),
            on_focus: value.get("marqueeStartPolicy").as_i32() == Some(1),
            keeps_place: value.get("marqueeUpdatePolicy").as_i32() == Some(1),
        }
    }
}

/// What a marquee is doing.
#[derive(Debug, Default)]
pub(super) struct Marquee {
    pub options: Options,
    /// When the round that runs began; its delay comes first.
    since: Option<f64>,
    done: u32,
    finished: bool,
}

/// `MarqueeState`.
const START: f64 = 0.0;
const BOUNCE: f64 = 1.0;
const FINISH: f64 = 2.0;

impl State {
    pub(super) fn is_marquee(&self) -> bool {
        self.looks.overflow == Some(TextOverflow::Marquee)
    }
}

/// `marqueeOptions`.
pub(super) fn options(node: &mut concord_ui::Setter<'_>, args: Args<'_>) -> Value {
    let options = Options::from_value(args.get(0));
    node.restyle(|state: &mut State| {
        let before = std::mem::replace(&mut state.marquee.options, options.clone());
        if before != options && !(options.keeps_place && options.starts) {
            state.marquee = Marquee { options, ..Marquee::default() };
        }
    })
}

/// The text says something else now: it begins anew.
pub(super) fn restart(state: &mut State) {
    if !state.marquee.options.keeps_place {
        state.marquee = Marquee { options: std::mem::take(&mut state.marquee.options), ..Marquee::default() };
    }
}

/// How far the text is moved by a round, and how long that takes in ms.
fn round(tree: &Tree, state: &State) -> (f32, f64) {
    let environment = &tree.environment;
    let options = &state.marquee.options;
    let text = state.paragraph.as_ref().map_or(0.0, Paragraph::longest_line);
    let way = text + options.spacing.as_ref().unwrap_or(&SPACING).to_px(environment);
    let step = options.step.as_ref().unwrap_or(&STEP).to_px(environment).max(0.1);
    (way, f64::from((way / step * STEP_TIME).max(STEP_TIME)))
}

/// Starts and ends a marquee, once its text is laid out.
pub(super) fn place(pass: &mut Pass<'_>, id: NodeId) {
    let (Some(state), Some(node)) = (pass.tree.state::<State>(id), pass.tree.get(id)) else { return };
    let width = node.layout.content().size.width;
    let now = pass.tree.now;
    let text = state.paragraph.as_ref().map_or(0.0, Paragraph::longest_line);
    let wanted =
        !state.marquee.options.on_focus || pass.tree.input.focus.leaf() == Some(id) || pass.tree.is_hovered(id);
    let marquee = &state.marquee;
    let runs = state.is_marquee() && marquee.options.starts && wanted && !marquee.finished && text > width + 0.5;
    let due = now + marquee.options.delay + round(pass.tree, state).1;
    match (runs, marquee.since) {
        (true, None) => {
            if let Some(state) = pass.tree.state_mut::<State>(id) {
                state.marquee.since = Some(now);
            }
            pass.tree.emit_event(id, "onMarqueeStateChange", vec![Value::Number(START)]);
            pass.tree.tick_at(id, due);
        }
        (false, Some(_)) => {
            if let Some(state) = pass.tree.state_mut::<State>(id) {
                state.marquee.since = None;
            }
            pass.tree.stop_ticking(id);
        }
        _ => {}
    }
}

/// A round is over.
pub(super) fn tick(pass: &mut Pass<'_>, id: NodeId) {
    let now = pass.tree.now;
    let Some(state) = pass.tree.state_mut::<State>(id).filter(|state| state.marquee.since.is_some()) else { return };
    let marquee = &mut state.marquee;
    marquee.done = marquee.done.saturating_add(1);
    marquee.finished = marquee.options.times.is_some_and(|times| marquee.done >= times);
    let finished = marquee.finished;
    marquee.since = (!finished).then_some(now);
    let delay = marquee.options.delay;
    pass.tree.mark_paint(id);
    pass.tree.emit_event(id, "onMarqueeStateChange", vec![Value::Number(BOUNCE)]);
    if finished {
        pass.tree.emit_event(id, "onMarqueeStateChange", vec![Value::Number(FINISH)]);
    } else if let Some(state) = pass.tree.state::<State>(id) {
        let due = now + delay + round(pass.tree, state).1;
        pass.tree.tick_at(id, due);
    }
}

/// Draws the text where it is now, twice while its end and its beginning are in sight.
pub(super) fn paint(tree: &Tree, state: &State, content: Rect, at: Point, painter: &mut Painter) {
    let Some(paragraph) = &state.paragraph else { return };
    let marquee = &state.marquee;
    let text = f64::from(paragraph.longest_line());
    let fades = marquee.options.fades && text > content.width() + 0.5;
    if fades {
        let mask = fading(tree, content, marquee.since.is_some());
        painter.push_layer(LayerStyle { mask: Some(mask), ..LayerStyle::default() });
    }
    match marquee.since {
        None => paragraph.paint(painter, at),
        Some(since) => {
            let (way, time) = round(tree, state);
            let part = ((tree.now - since - marquee.options.delay) / time).clamp(0.0, 1.0);
            let moved = part * f64::from(way);
            // A text that runs the other way shows its end first.
            let (x, next) = if marquee.options.backwards {
                (at.x + content.width() - text + moved, -f64::from(way))
            } else {
                (at.x - moved, f64::from(way))
            };
            paragraph.paint(painter, Point::new(x, at.y));
            paragraph.paint(painter, Point::new(x + next, at.y));
        }
    }
    if fades {
        painter.pop_layer();
    }
}

/// Opaque but for the edges at which text is cut off.
fn fading(tree: &Tree, content: Rect, both: bool) -> Mask {
    let part = (tree.environment.vp(FADE) / content.width().max(1.0) as f32).min(0.5);
    let stop = |offset: f32, color: Color| ColorStop { offset, color };
    let start = if both { Color::TRANSPARENT } else { Color::BLACK };
    let stops =
        vec![stop(0.0, start), stop(part, Color::BLACK), stop(1.0 - part, Color::BLACK), stop(1.0, Color::TRANSPARENT)];
    let y = content.center().y;
    let gradient = Gradient {
        kind: GradientKind::Linear { start: Point::new(content.x0, y), end: Point::new(content.x1, y) },
        stops,
        extend: Extend::Pad,
        transform: kurbo::Affine::IDENTITY,
    };
    let mut painter = Painter::new();
    painter.fill_rect(content, &Brush::Gradient(Arc::new(gradient)));
    Mask { content: painter.finish(), mode: MaskMode::Alpha }
}
