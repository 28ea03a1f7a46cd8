//! `TextTimer`: counts time up or down.

use super::date_format::{smallest_unit, timer};
use super::time_line::{self, ShowsTime, TimeLine};
use crate::text_style::{SpanStyle, span_methods, styled};
use concord_paint::Painter;
use concord_ui::change::put;
use concord_ui::component::{Component, Method, Setter};
use concord_ui::geometry::Size;
use concord_ui::inspector::Attributes;
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::value::{Args, Value};
use std::any::Any;

/// See the module.
pub(super) struct TextTimer;

#[derive(Default)]
struct State {
    time: TimeLine,
    counts_down: bool,
    /// `count` in ms: where a countdown begins.
    count: Option<f64>,
    /// ms that have passed, up to when it was last started.
    passed: f64,
    /// When it was started last; none while it rests.
    since: Option<f64>,
}

const COUNT: f64 = 60_000.0;
/// The longest countdown, in ms.
const MOST: f64 = 86_400_000.0;

impl State {
    fn passed(&self, now: f64) -> f64 {
        let passed = self.passed + self.since.map_or(0.0, |since| (now - since).max(0.0));
        if self.counts_down { passed.min(self.count.unwrap_or(COUNT)) } else { passed }
    }

    /// The time that has passed, in units of what is shown.
    fn elapsed(&self, now: f64) -> f64 {
        (self.passed(now) / smallest_unit(self.format()) as f64).round()
    }

    fn is_over(&self, now: f64) -> bool {
        self.counts_down && self.passed(now) >= self.count.unwrap_or(COUNT)
    }
}

impl ShowsTime for State {
    const FORMAT: &'static str = "HH:mm:ss.SS";

    fn time_line(&self) -> &TimeLine {
        &self.time
    }

    fn time_line_mut(&mut self) -> &mut TimeLine {
        &mut self.time
    }

    /// Shows the time that has passed, in whole units of what is shown, or what is left of it.
    fn show(&mut self, now: f64) -> bool {
        let unit = smallest_unit(self.format()) as f64;
        let passed = if self.is_over(now) { self.passed(now) } else { (self.passed(now) / unit).floor() * unit };
        let shown = if self.counts_down { self.count.unwrap_or(COUNT) - passed } else { passed };
        let text = timer(shown.round() as i64, self.format());
        self.time.put(text)
    }

    /// With the next change of what is shown, but not more often than frames are.
    fn next_tick(&self, now: f64) -> Option<f64> {
        self.since?;
        let unit = smallest_unit(self.format()) as f64;
        let rest = unit - self.passed(now).rem_euclid(unit);
        Some(now + rest.max(1.0))
    }
}

styled!(State, time.line.style);

impl Component for TextTimer {
    fn name(&self) -> &'static str {
        "TextTimer"
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

    fn commands(&self) -> &'static [Method] {
        COMMANDS
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, _constraint: &ContentConstraint) -> Size {
        time_line::measure::<State>(pass, node, true)
    }

    fn place(&self, _pass: &mut Pass<'_>, _node: NodeId) {}

    fn tick(&self, pass: &mut Pass<'_>, node: NodeId) {
        let now = pass.tree.now;
        let Some(state) = pass.tree.state_mut::<State>(node).filter(|state| state.since.is_some()) else { return };
        let changed = state.show(now);
        let elapsed = state.elapsed(now);
        let utc = state.time.seconds(now);
        if state.is_over(now) {
            state.passed = state.passed(now);
            state.since = None;
        }
        if changed {
            pass.tree.emit_event(node, "onTimer", vec![Value::Number(utc), Value::Number(elapsed)]);
        }
        pass.tree.mark_measure(node);
        time_line::schedule::<State>(pass.tree, node);
    }

    fn paint(&self, tree: &Tree, id: NodeId, painter: &mut Painter) {
        time_line::paint::<State>(tree, id, painter);
    }

    fn configuration(&self, tree: &Tree, node: NodeId) -> Option<Value> {
        let state = tree.state::<State>(node)?;
        Some(Value::object([
            ("count", Value::Number(state.count.unwrap_or(COUNT))),
            ("isCountDown", Value::Bool(state.counts_down)),
            ("started", Value::Bool(state.since.is_some())),
            ("elapsedTime", Value::Number(state.elapsed(tree.now))),
        ]))
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        state.time.line.inspect(&tree.environment, out);
        out.text("format", state.format());
        out.flag("isCountDown", state.counts_down);
        out.text("count", format!("{}", state.count.unwrap_or(COUNT)));
    }
}

/// `create({isCountDown, count, controller})`.
fn create(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let options = args.get(0);
    let counts_down = options.get("isCountDown").as_bool() == Some(true);
    let count = options.get("count").as_f64().filter(|count| (0.0..=MOST).contains(count) && *count > 0.0);
    node.restyle(|state: &mut State| (state.counts_down, state.count) = (counts_down, count))
}

fn start(node: &mut Setter<'_>, _args: Args<'_>) -> Value {
    let now = node.tree.now;
    node.restyle(|state: &mut State| {
        if !state.is_over(now) {
            state.since.get_or_insert(now);
        }
    });
    time_line::schedule::<State>(node.tree, node.node);
    Value::Undefined
}

fn pause(node: &mut Setter<'_>, _args: Args<'_>) -> Value {
    let now = node.tree.now;
    node.restyle(|state: &mut State| {
        state.passed = state.passed(now);
        state.since = None;
    })
}

fn reset(node: &mut Setter<'_>, _args: Args<'_>) -> Value {
    node.restyle(|state: &mut State| (state.passed, state.since) = (0.0, None))
}

static METHODS: &[Method] = span_methods![
    State;
    concord_ui::content::METHOD,
    Method { name: "create", apply: create },
    Method { name: "format", apply: time_line::format::<State> },
    Method { name: "onTimer", apply: |node, args| node.handler("onTimer", args) },
];

static COMMANDS: &[Method] = &[
    Method { name: "start", apply: start },
    Method { name: "pause", apply: pause },
    Method { name: "reset", apply: reset },
    // What the time was when the clock of the main loop began, in ms since 1970.
    Method {
        name: "epoch",
        apply: |node, args| {
            let epoch = args.get(0).as_f64().unwrap_or(0.0);
            node.redraw(|state: &mut State| put(&mut state.time.epoch, epoch))
        },
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Scene, scene_of};

    #[test]
    fn it_counts_down_pauses_and_ends() {
        let mut scene = scene_of("TextTimer");
        let root = scene.root;
        let options = Value::object([("isCountDown", Value::Bool(true)), ("count", Value::Number(3000.0))]);
        scene.set(root, "create", &[options]);
        scene.set(root, "format", &[Value::text("mm:ss")]);
        scene.listen(root, "onTimer");
        scene.frame();
        let text = |scene: &Scene| scene.tree.state::<State>(root).map(|state| state.time.line.text.clone());
        assert_eq!(text(&scene).as_deref(), Some("00:03"));
        scene.command(root, "start", &[]);
        let begin = scene.tree.now;
        let until = |scene: &mut Scene, ms: f64| {
            while scene.tree.now < begin + ms {
                scene.frame();
            }
        };
        until(&mut scene, 1010.0);
        assert_eq!(text(&scene).as_deref(), Some("00:02"));
        assert_eq!(scene.heard().len(), 1);
        scene.command(root, "pause", &[]);
        until(&mut scene, 5000.0);
        assert_eq!(text(&scene).as_deref(), Some("00:02"));
        scene.command(root, "start", &[]);
        scene.rest();
        assert_eq!(text(&scene).as_deref(), Some("00:00"));
        scene.command(root, "reset", &[]);
        scene.frame();
        assert_eq!(text(&scene).as_deref(), Some("00:03"));
    }
}
