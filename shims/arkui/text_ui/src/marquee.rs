//! `Marquee`: a line of text that runs through its box when it does not fit.

use super::single_line::SingleLine;
use super::text::{text, to_paint};
use crate::text_style::{SpanStyle, span_methods, styled};
use concord_paint::Painter;
use concord_ui::component::{Component, Method, Setter};
use concord_ui::geometry::Size;
use concord_ui::inspector::Attributes;
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Environment, Length, Unit};
use concord_ui::value::{Args, Value};
use std::any::Any;

/// See the module.
pub(super) struct Marquee;

#[derive(Default)]
struct State {
    line: SingleLine,
    starts: bool,
    /// `step`: how far it moves in [`STEP_TIME`].
    step: Option<Length>,
    /// `loop`: how often it runs; none is for ever.
    times: Option<u32>,
    /// Whether it runs towards the end.
    backwards: bool,
    /// `spacing`: how far behind the text it follows again; without it the text leaves the box before it comes again.
    spacing: Option<Length>,
    /// `delay` before each pass, in ms.
    delay: f64,
    /// `MarqueeUpdateStrategy.PRESERVE_POSITION`: another text goes on where the one before it was.
    preserves: bool,
    /// When the pass that runs began, and how many are over.
    since: Option<f64>,
    done: u32,
    finished: bool,
}

/// ms.
const STEP_TIME: f32 = 85.0;
const STEP: Length = Length::vp(6.0);

impl State {
    /// Where the pass that runs begins and ends, as places of the text's left edge, in a box of this width.
    fn way(&self, environment: &Environment, width: f32) -> (f32, f32) {
        let text = self.line.width();
        if let Some(round) = self.round(environment) {
            return if self.backwards { (width - text, width - text + round) } else { (0.0, -round) };
        }
        let first = self.done == 0;
        if self.backwards {
            (if first { width - text } else { -text }, width)
        } else {
            (if first { 0.0 } else { width }, -text)
        }
    }
}

impl State {
    /// How far it is from one of the texts to the next, where they follow each other.
    fn round(&self, environment: &Environment) -> Option<f32> {
        self.spacing.as_ref().map(|spacing| self.line.width() + spacing.to_px(environment).max(0.0))
    }
}

/// How long the pass takes that runs, in ms.
fn duration(tree: &Tree, state: &State, width: f32) -> f64 {
    let step = state.step.as_ref().unwrap_or(&STEP).to_px(&tree.environment).max(0.1);
    let (from, to) = state.way(&tree.environment, width);
    state.delay + f64::from(((to - from).abs() / step * STEP_TIME).max(STEP_TIME))
}

styled!(State, line.style);

impl Component for Marquee {
    fn name(&self) -> &'static str {
        "Marquee"
    }

    fn is_leaf(&self) -> bool {
        true
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(State::default())
    }

    fn methods(&self) -> &'static [Method] {
        METHODS
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let fonts = pass.tree.fonts();
        let environment = pass.tree.environment.clone();
        let Some(state) = pass.tree.state_mut::<State>(node) else { return Size::ZERO };
        let size = state.line.measure(&fonts, &environment);
        Size::new(size.width.min(constraint.max.width), size.height)
    }

    fn place(&self, pass: &mut Pass<'_>, id: NodeId) {
        let (Some(state), Some(node)) = (pass.tree.state::<State>(id), pass.tree.get(id)) else { return };
        let width = node.layout.content().size.width;
        let now = pass.tree.now;
        let runs = state.starts && !state.finished && state.line.width() > width;
        let due = duration(pass.tree, state, width);
        match (runs, state.since) {
            (true, None) => {
                if let Some(state) = pass.tree.state_mut::<State>(id) {
                    state.since = Some(now);
                }
                pass.tree.emit_event(id, "onStart", Vec::new());
                pass.tree.tick_at(id, now + due);
            }
            (false, Some(_)) => {
                if let Some(state) = pass.tree.state_mut::<State>(id) {
                    state.since = None;
                }
                pass.tree.stop_ticking(id);
                // It was told to stop, or its text fits now.
                pass.tree.emit_event(id, "onStop", Vec::new());
            }
            _ => {}
        }
    }

    // A pass is over. Where the text is meanwhile follows from the time, so that nobody has to be woken up for it.
    fn tick(&self, pass: &mut Pass<'_>, id: NodeId) {
        let now = pass.tree.now;
        let Some(width) = pass.tree.get(id).map(|node| node.layout.content().size.width) else { return };
        let Some(state) = pass.tree.state_mut::<State>(id).filter(|state| state.since.is_some()) else { return };
        state.done = state.done.saturating_add(1);
        state.finished = state.times.is_some_and(|times| state.done >= times);
        state.since = (!state.finished).then_some(now);
        let finished = state.finished;
        pass.tree.mark_paint(id);
        pass.tree.emit_event(id, "onBounce", Vec::new());
        if finished {
            pass.tree.emit_event(id, "onFinish", Vec::new());
        } else if let Some(state) = pass.tree.state::<State>(id) {
            let due = duration(pass.tree, state, width);
            pass.tree.tick_at(id, now + due);
        }
    }

    fn paint(&self, tree: &Tree, id: NodeId, painter: &mut Painter) {
        let (Some(state), Some(node)) = (tree.state::<State>(id), tree.get(id)) else { return };
        let content = node.layout.content();
        let width = content.size.width;
        let x = state.since.map_or(0.0, |since| {
            let moving = (duration(tree, state, width) - state.delay).max(1.0);
            let part = ((tree.now - since - state.delay) / moving).clamp(0.0, 1.0) as f32;
            let (from, to) = state.way(&tree.environment, width);
            from + (to - from) * part
        });
        painter.save();
        painter.clip_rect(to_paint(&content));
        state.line.paint(painter, &content, Some(x));
        if let Some(round) = state.round(&tree.environment).filter(|_| state.since.is_some()) {
            let next = if state.backwards { x - round } else { x + round };
            state.line.paint(painter, &content, Some(next));
        }
        painter.restore();
    }

    fn baseline(&self, tree: &Tree, node: NodeId) -> Option<f32> {
        let state = tree.state::<State>(node)?;
        Some(tree.get(node)?.layout.content().origin.y + state.line.first_baseline())
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        state.line.inspect(&tree.environment, out);
        out.flag("playerStatus", state.starts);
    }
}

/// `create({start, step, loop, fromStart, src, spacing, delay})`. What changes while it runs begins anew.
fn create(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let options = args.get(0);
    let source = text(options.get("src"));
    let starts = options.get("start").as_bool() == Some(true);
    let step = Length::from_value(options.get("step"), Unit::Vp)
        .filter(|step| !matches!(step, Length::Plain(number, _) if *number <= 0.0));
    let times = options.get("loop").as_i32().and_then(|times| u32::try_from(times).ok()).filter(|times| *times > 0);
    let backwards = options.get("fromStart").as_bool() == Some(false);
    let spacing = Length::from_value(options.get("spacing"), Unit::Vp).filter(|spacing| !spacing.is_relative());
    let delay = options.get("delay").as_f64().filter(|delay| *delay > 0.0).unwrap_or(0.0);
    node.restyle(|state: &mut State| {
        // What is stopped is told so when it is placed.
        let stops = state.since.is_some() && !starts;
        if !stops && (*source != *state.line.text && !state.preserves || starts != state.starts) {
            (state.since, state.done, state.finished) = (None, 0, false);
        } else if stops {
            (state.done, state.finished) = (0, false);
        }
        (state.spacing, state.delay) = (spacing, delay);
        state.line.text = source.to_string();
        state.starts = starts;
        state.step = step;
        state.times = times;
        state.backwards = backwards;
    })
}

static METHODS: &[Method] = span_methods![
    State;
    Method { name: "create", apply: create },
    Method { name: "allowScale", apply: |_, _| Value::Undefined },
    Method {
        name: "marqueeUpdateStrategy",
        apply: |node, args| node.restyle(|state: &mut State| state.preserves = args.get(0).as_i32() == Some(1)),
    },
    Method { name: "onStart", apply: |node, args| node.handler("onStart", args) },
    Method { name: "onBounce", apply: |node, args| node.handler("onBounce", args) },
    Method { name: "onFinish", apply: |node, args| node.handler("onFinish", args) },
    Method { name: "onStop", apply: |node, args| node.handler("onStop", args) },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Scene, scene_of};

    fn marquee(words: &str) -> Scene {
        let mut scene = scene_of("Marquee");
        let root = scene.root;
        scene.set(root, "width", &[Value::Number(100.0)]);
        for event in ["onStart", "onBounce", "onFinish"] {
            scene.listen(root, event);
        }
        let options = [("start", Value::Bool(true)), ("loop", Value::Number(2.0)), ("src", Value::text(words))];
        scene.set(root, "create", &[Value::object(options)]);
        scene
    }

    #[test]
    fn what_does_not_fit_runs_as_often_as_it_is_told() {
        let mut scene = marquee("a line of text that does not fit into a hundred vp");
        for _ in 0..10_000 {
            scene.frame();
            match scene.tree.ticker.next() {
                Some(due) => scene.tree.now = due,
                None => break,
            }
        }
        assert_eq!(scene.heard(), ["onStart", "onBounce", "onBounce", "onFinish"]);
    }

    #[test]
    fn what_is_stopped_is_told_so() {
        let mut scene = marquee("a line of text that does not fit into a hundred vp");
        let root = scene.root;
        scene.listen(root, "onStop");
        scene.frame();
        let options =
            [("start", Value::Bool(false)), ("src", Value::text("a line of text that does not fit into a hundred vp"))];
        scene.set(root, "create", &[Value::object(options)]);
        scene.frame();
        assert_eq!(scene.heard(), ["onStart", "onStop"]);
        assert_eq!(scene.tree.ticker.next(), None);
    }

    #[test]
    fn what_fits_stands() {
        let mut scene = marquee("short");
        scene.rest();
        assert!(scene.heard().is_empty());
    }
}
