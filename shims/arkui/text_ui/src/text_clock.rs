//! `TextClock`: the time of day.

use super::date_format::{clock, smallest_unit};
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
pub(super) struct TextClock;

#[derive(Default)]
struct State {
    time: TimeLine,
    /// `timeZoneOffset` in hours, west of UTC.
    zone: Option<f64>,
    /// What the library says of where it is: minutes east of UTC.
    local: f64,
    /// What was shown last, in whole seconds since 1970.
    seconds: f64,
    stopped: bool,
}

impl State {
    /// Local time in ms since 1970.
    fn local_time(&self, now: f64) -> f64 {
        let east = self.zone.map_or(self.local * 60_000.0, |hours| -hours * 3_600_000.0);
        self.time.epoch + now + east
    }
}

impl ShowsTime for State {
    const FORMAT: &'static str = "aa hh:mm:ss";

    fn time_line(&self) -> &TimeLine {
        &self.time
    }

    fn time_line_mut(&mut self) -> &mut TimeLine {
        &mut self.time
    }

    fn show(&mut self, now: f64) -> bool {
        self.seconds = self.time.seconds(now);
        let text = clock(self.local_time(now) as i64, self.format());
        self.time.put(text)
    }

    /// When it shows another text next, but not more often than ten times in a second.
    fn next_tick(&self, now: f64) -> Option<f64> {
        if self.stopped {
            return None;
        }
        let unit = smallest_unit(self.format()).max(100) as f64;
        Some(now + unit - self.local_time(now).rem_euclid(unit))
    }
}

styled!(State, time.line.style);

impl Component for TextClock {
    fn name(&self) -> &'static str {
        "TextClock"
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
        let goes = pass.tree.state::<State>(node).is_some_and(|state| !state.stopped);
        time_line::measure::<State>(pass, node, goes)
    }

    fn place(&self, _pass: &mut Pass<'_>, _node: NodeId) {}

    fn tick(&self, pass: &mut Pass<'_>, node: NodeId) {
        let now = pass.tree.now;
        let Some(state) = pass.tree.state_mut::<State>(node).filter(|state| !state.stopped) else { return };
        let utc = state.time.seconds(now);
        if state.show(now) {
            pass.tree.emit_event(node, "onDateChange", vec![Value::Number(utc)]);
        }
        pass.tree.mark_measure(node);
        time_line::schedule::<State>(pass.tree, node);
    }

    fn paint(&self, tree: &Tree, id: NodeId, painter: &mut Painter) {
        time_line::paint::<State>(tree, id, painter);
    }

    fn configuration(&self, tree: &Tree, node: NodeId) -> Option<Value> {
        let state = tree.state::<State>(node)?;
        let zone = state.zone.unwrap_or(-state.local / 60.0);
        Some(Value::object([
            ("timeZoneOffset", Value::Number(zone)),
            ("started", Value::Bool(!state.stopped)),
            ("timeValue", Value::Number(state.seconds)),
        ]))
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        state.time.line.inspect(&tree.environment, out);
        out.text("format", state.format());
    }
}

/// Starts or stops. A clock that is started again shows the time at once.
fn run(node: &mut Setter<'_>, stopped: bool) -> Value {
    let done = node.restyle(|state: &mut State| put(&mut state.stopped, stopped));
    time_line::schedule::<State>(node.tree, node.node);
    done
}

/// `create({timeZoneOffset, controller})`.
fn create(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let zone = args.get(0).get("timeZoneOffset").as_f64().filter(|zone| (-14.0..=12.0).contains(zone));
    node.restyle(|state: &mut State| put(&mut state.zone, zone))
}

static METHODS: &[Method] = span_methods![
    State;
    concord_ui::content::METHOD,
    Method { name: "create", apply: create },
    Method { name: "format", apply: time_line::format::<State> },
    Method { name: "onDateChange", apply: |node, args| node.handler("onDateChange", args) },
    Method { name: "dateTimeOptions", apply: |_, _| Value::Undefined },
];

static COMMANDS: &[Method] = &[
    Method { name: "start", apply: |node, _| run(node, false) },
    Method { name: "stop", apply: |node, _| run(node, true) },
    // `epoch(ms, minutes)`: what the time was when the clock of the main loop began, and where it is local.
    Method {
        name: "epoch",
        apply: |node, args| {
            let number = |index: usize| args.get(index).as_f64().unwrap_or(0.0);
            let (epoch, local) = (number(0), number(1));
            node.restyle(|state: &mut State| (state.time.epoch, state.local) = (epoch, local))
        },
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Scene, scene_of};

    #[test]
    fn it_goes_until_it_is_stopped() {
        let mut scene = scene_of("TextClock");
        let root = scene.root;
        scene.set(root, "create", &[Value::object([("timeZoneOffset", Value::Number(-1.0))])]);
        scene.set(root, "format", &[Value::text("HH:mm:ss")]);
        scene.command(root, "epoch", &[Value::Number(1_709_211_909_000.0)]);
        scene.listen(root, "onDateChange");
        scene.frame();
        let text = |scene: &Scene| scene.tree.state::<State>(root).map(|state| state.time.line.text.clone());
        assert_eq!(text(&scene).as_deref(), Some("14:05:09"));
        scene.tree.now = 1000.0;
        scene.frame();
        assert_eq!(
            (text(&scene).as_deref(), scene.heard()),
            (Some("14:05:10"), vec!["onDateChange 1709211910".to_owned()])
        );
        scene.command(root, "stop", &[]);
        scene.tree.now = 3000.0;
        scene.frame();
        assert_eq!(text(&scene).as_deref(), Some("14:05:10"));
    }
}
