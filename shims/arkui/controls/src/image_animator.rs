//! `ImageAnimator`: pictures one after another.

use concord_paint::{Painter, Sampling};
use concord_ui::change::{Change, put};
use concord_ui::component::{Component, Method, Setter};
use concord_ui::geometry::{Rect, Size};
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::pictures::{Loaded, Source};
use concord_ui::scene::kurbo_rect;
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Length, Unit};
use concord_ui::value::{Args, Value};
use std::any::Any;
use std::rc::Rc;

/// See the module.
pub(super) struct ImageAnimator;

/// Most pictures.
const MOST: usize = 1000;

#[derive(Debug)]
struct Frame {
    source: Option<Source>,
    loaded: Option<Rc<Loaded>>,
    /// Where it lies and how large it is, when the component does not decide: left, top, width, height.
    rect: [Option<Length>; 4],
    /// ms; 0 shares the time of the whole.
    duration: f64,
}

/// `AnimationStatus`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Status {
    #[default]
    Initial,
    Running,
    Paused,
    Stopped,
}

#[derive(Debug)]
struct State {
    frames: Vec<Frame>,
    /// What the app wants, and what is going on.
    wanted: Status,
    status: Status,
    /// ms for one round.
    duration: f64,
    reverse: bool,
    fixed_size: bool,
    /// `FillMode` Forwards or Both: the last picture stays.
    stays: bool,
    /// Rounds; none is for ever.
    iterations: Option<u32>,
    /// Time of the clock at which a running animation began.
    began: f64,
    /// How far a paused animation has got, ms.
    elapsed: f64,
    rounds: u32,
    shown: usize,
}

impl Default for State {
    fn default() -> State {
        State {
            frames: Vec::new(),
            wanted: Status::Initial,
            status: Status::Initial,
            duration: 1000.0,
            reverse: false,
            fixed_size: true,
            stays: true,
            iterations: Some(1),
            began: 0.0,
            elapsed: 0.0,
            rounds: 0,
            shown: 0,
        }
    }
}

impl State {
    /// How long each picture is shown, in the order of the app, ms.
    fn times(&self) -> Vec<f64> {
        let own = self.frames.iter().any(|frame| frame.duration > 0.0);
        let share = self.duration / self.frames.len().max(1) as f64;
        self.frames.iter().map(|frame| if own { frame.duration } else { share }).collect()
    }

    fn first(&self) -> usize {
        if self.reverse { self.frames.len().saturating_sub(1) } else { 0 }
    }

    fn last(&self) -> usize {
        if self.reverse { 0 } else { self.frames.len().saturating_sub(1) }
    }

    /// Moves on to a time of the clock. Returns the events that are due, and when to look again.
    fn advance(&mut self, now: f64) -> (Vec<&'static str>, Option<f64>) {
        let mut events = Vec::new();
        if self.wanted != self.status {
            match self.wanted {
                Status::Running => {
                    if self.status != Status::Paused {
                        (self.elapsed, self.rounds) = (0.0, 0);
                    }
                    self.began = now - self.elapsed;
                    events.push("onStart");
                }
                Status::Paused => events.push("onPause"),
                Status::Stopped => events.push("onCancel"),
                Status::Initial => self.shown = self.first(),
            }
            self.status = self.wanted;
        }
        let times = self.times();
        let round: f64 = times.iter().sum();
        if self.status != Status::Running || round <= 0.0 {
            return (events, None);
        }
        self.elapsed = (now - self.began).max(0.0);
        let rounds = (self.elapsed / round).floor();
        if self.iterations.is_some_and(|most| rounds >= f64::from(most)) {
            self.status = Status::Stopped;
            self.wanted = Status::Stopped;
            self.shown = if self.stays { self.last() } else { self.first() };
            events.push("onFinish");
            return (events, None);
        }
        let rounds_now = rounds.min(f64::from(u32::MAX)) as u32;
        if rounds_now > self.rounds {
            self.rounds = rounds_now;
            events.push("onRepeat");
        }
        let mut left = self.elapsed - rounds * round;
        let order: Vec<usize> =
            if self.reverse { (0..times.len()).rev().collect() } else { (0..times.len()).collect() };
        for index in order {
            let time = times.get(index).copied().unwrap_or(0.0);
            if left < time {
                self.shown = index;
                return (events, Some(now + (time - left).max(1.0)));
            }
            left -= time;
        }
        (events, Some(now + 1.0))
    }
}

impl Component for ImageAnimator {
    fn name(&self) -> &'static str {
        "ImageAnimator"
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
        let missing: Vec<(usize, Source)> = pass.tree.state::<State>(node).map_or(Vec::new(), |state| {
            let frames = state.frames.iter().enumerate().filter(|(_, frame)| frame.loaded.is_none());
            frames.filter_map(|(index, frame)| Some((index, frame.source.clone()?))).collect()
        });
        for (index, source) in missing {
            let loaded = pass.tree.pictures.load(&source, pass.host).ok();
            let state = pass.tree.state_mut::<State>(node);
            if let Some(frame) = state.and_then(|state| state.frames.get_mut(index)) {
                // What cannot be read is not tried again.
                frame.source = frame.source.take().filter(|_| loaded.is_some());
                frame.loaded = loaded;
            }
        }
        let extent = |max: f32| if max.is_finite() { max } else { 0.0 };
        constraint.fit(Size::new(extent(constraint.max.width), extent(constraint.max.height)))
    }

    fn place(&self, _pass: &mut Pass<'_>, _node: NodeId) {}

    fn tick(&self, pass: &mut Pass<'_>, node: NodeId) {
        let now = pass.tree.now;
        let Some((events, next)) = pass.tree.state_mut::<State>(node).map(|state| state.advance(now)) else { return };
        for event in events {
            pass.tree.emit_event(node, event, Vec::new());
        }
        pass.tree.mark_paint(node);
        if let Some(next) = next {
            pass.tree.tick_at(node, next);
        }
    }

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let (Some(state), Some(content)) =
            (tree.state::<State>(node), tree.get(node).map(|node| node.layout.content()))
        else {
            return;
        };
        let Some(frame) = state.frames.get(state.shown) else { return };
        let Some(loaded) = &frame.loaded else { return };
        let mut target = content;
        if !state.fixed_size {
            let px = |length: &Option<Length>, reference: f32| {
                length.as_ref().and_then(|length| length.resolve(&tree.environment, reference))
            };
            let [left, top, width, height] = &frame.rect;
            let (own_width, own_height) = loaded.size();
            target = Rect::new(
                content.origin.x + px(left, content.size.width).unwrap_or(0.0),
                content.origin.y + px(top, content.size.height).unwrap_or(0.0),
                px(width, content.size.width).unwrap_or(own_width),
                px(height, content.size.height).unwrap_or(own_height),
            );
        }
        let Some(picture) = loaded.picture(target.size.width, target.size.height, None) else { return };
        painter.save();
        painter.clip_rect(kurbo_rect(&content));
        painter.picture(&picture, picture.rect(), kurbo_rect(&target), Sampling::Mipmap, None);
        painter.restore();
    }
}

fn number(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| value.as_str()?.trim().trim_end_matches("ms").parse().ok()).filter(|n| n.is_finite())
}

fn frame(value: &Value) -> Frame {
    let length = |name: &str| Length::from_value(value.get(name), Unit::Vp);
    Frame {
        source: Source::from_value(value.get("src")),
        loaded: None,
        rect: [length("left"), length("top"), length("width"), length("height")],
        duration: number(value.get("duration")).unwrap_or(0.0).max(0.0),
    }
}

/// Changes the state, and looks at it in the next frame.
fn change<C: Change>(node: &mut Setter<'_>, change: impl FnOnce(&mut State) -> C) -> Value {
    let now = node.tree.now;
    node.tree.tick_at(node.node, now);
    node.redraw(change)
}

fn images(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let frames = args.get(0).as_array().unwrap_or_default().iter().take(MOST).map(frame).collect();
    node.restyle(|state: &mut State| {
        state.frames = frames;
        state.shown = state.first();
    })
}

static METHODS: &[Method] = &[
    Method { name: "create", apply: |_, _| Value::Undefined },
    Method { name: "images", apply: images },
    Method {
        name: "state",
        apply: |node, args| {
            let wanted = match args.get(0).as_i32() {
                Some(1) => Status::Running,
                Some(2) => Status::Paused,
                Some(3) => Status::Stopped,
                _ => Status::Initial,
            };
            change(node, |state| put(&mut state.wanted, wanted))
        },
    },
    Method {
        name: "duration",
        apply: |node, args| {
            let duration = number(args.get(0)).filter(|duration| *duration >= 0.0).unwrap_or(1000.0);
            change(node, |state| put(&mut state.duration, duration))
        },
    },
    Method {
        name: "reverse",
        apply: |node, args| {
            change(node, |state| {
                state.reverse = args.get(0).as_bool() == Some(true);
                if state.status == Status::Initial {
                    state.shown = state.first();
                }
            })
        },
    },
    Method {
        name: "fixedSize",
        apply: |node, args| change(node, |state| put(&mut state.fixed_size, args.get(0).as_bool() != Some(false))),
    },
    Method {
        name: "fillMode",
        apply: |node, args| change(node, |state| put(&mut state.stays, !matches!(args.get(0).as_i32(), Some(0 | 2)))),
    },
    Method {
        name: "iterations",
        apply: |node, args| {
            let times = args.get(0).as_i32().unwrap_or(1);
            change(node, |state| put(&mut state.iterations, u32::try_from(times).ok()))
        },
    },
    Method { name: "onStart", apply: |node, args| node.handler("onStart", args) },
    Method { name: "onPause", apply: |node, args| node.handler("onPause", args) },
    Method { name: "onRepeat", apply: |node, args| node.handler("onRepeat", args) },
    Method { name: "onCancel", apply: |node, args| node.handler("onCancel", args) },
    Method { name: "onFinish", apply: |node, args| node.handler("onFinish", args) },
    // Pictures are decoded before they are shown, and time goes on out of sight.
    Method { name: "preDecode", apply: |_, _| Value::Undefined },
    Method { name: "monitorInvisibleArea", apply: |_, _| Value::Undefined },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_take_turns_and_end() {
        let plain = || Frame { source: None, loaded: None, rect: [None, None, None, None], duration: 0.0 };
        let mut state = State { frames: vec![plain(), plain()], duration: 100.0, ..State::default() };
        (state.iterations, state.wanted) = (Some(2), Status::Running);
        assert_eq!(state.advance(1000.0), (vec!["onStart"], Some(1050.0)));
        assert_eq!((state.advance(1050.0), state.shown), ((vec![], Some(1100.0)), 1));
        assert_eq!((state.advance(1100.0), state.shown), ((vec!["onRepeat"], Some(1150.0)), 0));
        assert_eq!((state.advance(1200.0), state.shown), ((vec!["onFinish"], None), 1));
        assert_eq!(state.advance(1300.0), (vec![], None));
    }
}
