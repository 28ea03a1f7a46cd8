//! `Rating`: some of a number of stars, or of pictures that the app has instead.

use super::{Bound, content, tell};
use concord_paint::kurbo::{BezPath, Point as PathPoint, Rect};
use concord_paint::{Brush, Color, Painter, Sampling};
use concord_ui::change::put;
use concord_ui::component::{Component, Looks, Method};
use concord_ui::geometry::{Axis, Point, Size};
use concord_ui::handlers;
use concord_ui::input::key::code;
use concord_ui::input::{KeyInput, KeyPhase};
use concord_ui::inspector::Attributes;
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::pan::{PanAxis, PanEvent, PanPhase};
use concord_ui::pictures::{Loaded, Source};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::Environment;
use concord_ui::value::{Callback, Value};
use std::any::Any;
use std::rc::Rc;

/// See the module.
pub(crate) struct Rating;

/// Values of `ohos_rating_pattern` in the theme.
const ACTIVE: Color = Color::from_argb(0xffff_bf00);
const INACTIVE: Color = Color::from_argb(0x1918_2431);
const INACTIVE_DARK: Color = Color::from_argb(0x19ff_ffff);
const SIZE: (f32, f32) = (140.0, 28.0);
const SMALL: (f32, f32) = (60.0, 12.0);
/// More stars than this are not drawn.
const MOST_STARS: u32 = 100;

/// A picture in place of a star.
#[derive(Debug, Clone, Default)]
struct Picture {
    source: Option<Source>,
    loaded: Option<Rc<Loaded>>,
}

struct State {
    rating: f64,
    stars: u32,
    step: f64,
    indicator: bool,
    bound: Option<Callback>,
    /// `starStyle`: what is chosen in full, not chosen, and chosen in part, with what came of each.
    pictures: Option<[Picture; 3]>,
    /// The rating when a finger came down that drags.
    before: Option<f64>,
}

impl Default for State {
    fn default() -> State {
        State { rating: 0.0, stars: 5, step: 0.5, indicator: false, bound: None, pictures: None, before: None }
    }
}

impl State {
    /// Within the stars, on a step.
    fn shown(&self) -> f64 {
        let steps = (self.rating / self.step).round();
        (steps * self.step).clamp(0.0, f64::from(self.stars))
    }

    /// The rating at a part of the width: what is touched counts in full.
    fn at(&self, part: f64) -> f64 {
        let stars = f64::from(self.stars);
        let steps = (part.clamp(0.0, 1.0) * stars / self.step - 1e-6).ceil();
        (steps * self.step).clamp(0.0, stars)
    }
}

fn at(tree: &Tree, node: NodeId, x: f32) -> Option<f64> {
    let content = tree.get(node)?.layout.content();
    let part = f64::from((x - content.origin.x) / content.size.width.max(1.0));
    let part = if tree.is_right_to_left(node) { 1.0 - part } else { part };
    Some(tree.state::<State>(node)?.at(part))
}

fn set(tree: &mut Tree, node: NodeId, rating: f64) -> bool {
    let Some(state) = tree.state_mut::<State>(node) else { return false };
    let changed = state.rating != rating;
    state.rating = rating;
    tree.mark_paint(node);
    changed
}

fn fire(tree: &mut Tree, node: NodeId) {
    let Some((rating, bound)) = tree.state::<State>(node).map(|state| (state.rating, state.bound.clone())) else {
        return;
    };
    tell(tree, node, bound.as_ref(), vec![Value::Number(rating)]);
}

impl Component for Rating {
    fn name(&self) -> &'static str {
        "Rating"
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

    fn looks(&self, tree: &Tree, node: NodeId) -> Looks {
        Looks { opacity: super::opacity(tree, node), ..Looks::default() }
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        load(pass, node);
        let environment = &pass.tree.environment;
        let Some(state) = pass.tree.state::<State>(node) else { return Size::ZERO };
        let (width, height) = if state.indicator { SMALL } else { SIZE };
        // A height that is given decides on the width.
        let stars = state.stars as f32;
        let wanted = match (constraint.ideal.width, constraint.ideal.height) {
            (None, Some(height)) => Size::new(height * stars, height),
            (Some(width), None) => Size::new(width, width / stars),
            _ => Size::new(environment.vp(width) / 5.0 * stars, environment.vp(height)),
        };
        constraint.fit(wanted)
    }

    fn place(&self, _pass: &mut Pass<'_>, _node: NodeId) {}

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let Some(state) = tree.state::<State>(node) else { return };
        let content = content(tree, node);
        let count = state.stars.min(MOST_STARS);
        let width = content.width() / f64::from(count);
        let shown = state.shown();
        let side = width.min(content.height());
        let right_to_left = tree.is_right_to_left(node);
        for index in 0..count {
            let place = if right_to_left { count - 1 - index } else { index };
            let center = PathPoint::new(content.x0 + (f64::from(place) + 0.5) * width, content.center().y);
            let part = (shown - f64::from(index)).clamp(0.0, 1.0);
            if let Some(pictures) = &state.pictures {
                let cell = Rect::from_center_size(center, (side, side));
                paint_picture(pictures, part, cell, right_to_left, painter);
                continue;
            }
            let star = star(center, side / 2.0);
            if part < 1.0 {
                painter.fill(star.clone(), &Brush::Solid(inactive(&tree.environment)));
            }
            if part > 0.0 {
                painter.save();
                let (left, right) = (center.x - side / 2.0, center.x + side / 2.0);
                let edge = side * part;
                let lit = if right_to_left { (right - edge, right) } else { (left, left + edge) };
                painter.clip_rect(Rect::new(lit.0, content.y0, lit.1, content.y1));
                painter.fill(star, &Brush::Solid(ACTIVE));
                painter.restore();
            }
        }
    }

    fn reacts_to_click(&self, tree: &Tree, node: NodeId) -> bool {
        tree.state::<State>(node).is_some_and(|state| !state.indicator)
    }

    fn on_click(&self, pass: &mut Pass<'_>, node: NodeId, point: Point) {
        if let Some(rating) = at(pass.tree, node, point.x)
            && set(pass.tree, node, rating)
        {
            fire(pass.tree, node);
        }
    }

    fn pan_axis(&self, tree: &Tree, node: NodeId) -> Option<PanAxis> {
        self.reacts_to_click(tree, node).then_some(Axis::Horizontal.into())
    }

    fn drags_by_mouse(&self) -> bool {
        true
    }

    fn on_pan(&self, pass: &mut Pass<'_>, node: NodeId, event: &PanEvent) -> Point {
        match event.phase {
            PanPhase::Touch | PanPhase::Wheel => Point::ZERO,
            PanPhase::Start | PanPhase::Update => {
                if let Some(state) = pass.tree.state_mut::<State>(node) {
                    state.before.get_or_insert(state.rating);
                }
                if let Some(rating) = at(pass.tree, node, event.position.x) {
                    set(pass.tree, node, rating);
                }
                event.delta
            }
            PanPhase::End | PanPhase::Cancel => {
                let Some(state) = pass.tree.state_mut::<State>(node) else { return Point::ZERO };
                if state.before.take().is_some_and(|before| before != state.rating) {
                    fire(pass.tree, node);
                }
                Point::ZERO
            }
        }
    }

    fn on_key(&self, pass: &mut Pass<'_>, node: NodeId, input: &KeyInput) -> bool {
        let right_to_left = pass.tree.is_right_to_left(node);
        let Some(state) = pass.tree.state::<State>(node).filter(|state| !state.indicator) else { return false };
        let forth = match input.code {
            code::DPAD_RIGHT => !right_to_left,
            code::DPAD_LEFT => right_to_left,
            _ => return false,
        };
        if input.phase == KeyPhase::Down {
            let step = if forth { state.step } else { -state.step };
            let rating = (state.shown() + step).clamp(0.0, f64::from(state.stars));
            if set(pass.tree, node, rating) {
                fire(pass.tree, node);
            }
        }
        true
    }

    fn commands(&self) -> &'static [Method] {
        COMMANDS
    }

    fn configuration(&self, tree: &Tree, node: NodeId) -> Option<Value> {
        let state = tree.state::<State>(node)?;
        Some(Value::object([
            ("rating", Value::Number(state.shown())),
            ("indicator", Value::Bool(state.indicator)),
            ("stars", Value::Number(f64::from(state.stars))),
            ("stepSize", Value::Number(state.step)),
        ]))
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        out.text("rating", format!("{:.6}", state.shown()));
        out.text("stars", state.stars.to_string());
        out.text("stepSize", format!("{:.6}", state.step));
        out.flag("indicator", state.indicator);
    }
}

/// Gets the pictures of stars.
fn load(pass: &mut Pass<'_>, node: NodeId) {
    let Some(mut pictures) = pass.tree.state::<State>(node).and_then(|state| state.pictures.clone()) else { return };
    for picture in &mut pictures {
        let Some(source) = picture.source.as_ref().filter(|_| picture.loaded.is_none()) else { continue };
        match pass.tree.pictures.load(source, pass.host) {
            Ok(loaded) => picture.loaded = Some(loaded),
            Err(error) => {
                tracing::warn!("a star has no picture: {error}");
                picture.source = None;
            }
        }
    }
    if let Some(state) = pass.tree.state_mut::<State>(node) {
        state.pictures = Some(pictures);
    }
}

/// A star of pictures: that of what is chosen in part lies under what is chosen of it.
fn paint_picture(pictures: &[Picture; 3], part: f64, cell: Rect, right_to_left: bool, painter: &mut Painter) {
    let [full, none, some] = pictures;
    let mut draw = |picture: &Picture, from: f64, to: f64| {
        let Some(loaded) = &picture.loaded else { return };
        let Some(shown) = loaded.picture(cell.width() as f32, cell.height() as f32, None) else { return };
        painter.save();
        let at = |part: f64| if right_to_left { cell.x1 - cell.width() * part } else { cell.x0 + cell.width() * part };
        painter.clip_rect(Rect::new(at(from).min(at(to)), cell.y0, at(from).max(at(to)), cell.y1));
        painter.picture(&shown, shown.rect(), cell, Sampling::default(), None);
        painter.restore();
    };
    if part >= 1.0 {
        draw(full, 0.0, 1.0);
    } else if part <= 0.0 {
        draw(none, 0.0, 1.0);
    } else {
        draw(some, part, 1.0);
        draw(full, 0.0, part);
    }
}

fn inactive(environment: &Environment) -> Color {
    if environment.dark { INACTIVE_DARK } else { INACTIVE }
}

/// A star with five points in a circle.
fn star(center: PathPoint, radius: f64) -> BezPath {
    let mut path = BezPath::new();
    for index in 0..10 {
        let angle = (f64::from(index) * 36.0 - 90.0).to_radians();
        let reach = if index % 2 == 0 { radius * 0.92 } else { radius * 0.45 };
        let point = PathPoint::new(center.x + reach * angle.cos(), center.y + reach * angle.sin());
        if index == 0 {
            path.move_to(point);
        } else {
            path.line_to(point);
        }
    }
    path.close_path();
    path
}

static COMMANDS: &[Method] = &[Method {
    name: "triggerChange",
    apply: |node, args| {
        let stars = node.tree.state::<State>(node.node).map_or(0.0, |state| f64::from(state.stars));
        let rating = args.get(0).as_f64().unwrap_or(0.0).clamp(0.0, stars);
        if set(node.tree, node.node, rating) {
            fire(node.tree, node.node);
        }
        Value::Undefined
    },
}];

static METHODS: &[Method] = &[
    concord_ui::content::METHOD,
    Method {
        name: "create",
        apply: |node, args| {
            let options = args.get(0);
            let bound = Bound::member(options, "rating");
            node.restyle(|state: &mut State| {
                state.rating = bound.value.as_f64().unwrap_or(0.0).max(0.0);
                state.bound = bound.change;
                state.indicator = options.get("indicator").as_bool() == Some(true);
            })
        },
    },
    Method {
        name: "rating",
        apply: |node, args| {
            let bound = Bound::args(args);
            node.redraw(|state: &mut State| {
                state.rating = bound.value.as_f64().unwrap_or(0.0).max(0.0);
                state.bound = bound.change;
            })
        },
    },
    Method {
        name: "stars",
        apply: |node, args| {
            let stars = args.get(0).as_i32().filter(|stars| *stars > 0).unwrap_or(5);
            node.restyle(|state: &mut State| put(&mut state.stars, stars.unsigned_abs().min(MOST_STARS)))
        },
    },
    Method {
        name: "stepSize",
        apply: |node, args| {
            let step = args.get(0).as_f64().filter(|step| *step >= 0.1).unwrap_or(0.5);
            node.redraw(|state: &mut State| put(&mut state.step, step.min(f64::from(state.stars))))
        },
    },
    Method {
        name: "starStyle",
        apply: |node, args| {
            let style = args.get(0);
            let picture = |name: &str| Picture { source: Source::from_value(style.get(name)), loaded: None };
            let (full, none) = (picture("foregroundUri"), picture("backgroundUri"));
            let some = Some(picture("secondaryUri")).filter(|some| some.source.is_some()).unwrap_or(none.clone());
            // Stars without a word about both are those of the theme.
            let any = full.source.is_some() || none.source.is_some();
            node.restyle(|state: &mut State| state.pictures = any.then_some([full, none, some]))
        },
    },
    EVENTS[0],
];

static EVENTS: &[Method] = handlers!["onChange"];
