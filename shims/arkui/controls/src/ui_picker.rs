//! `UIPickerComponent`: a column of components that turns under a finger; the one in the middle is chosen. Turning ends on an item
//! at once.

use super::length;
use concord_paint::kurbo::{self, Line, Shape, Stroke};
use concord_paint::{Brush, Color, Painter};
use concord_ui::change::put;
use concord_ui::common::{Corners, parse_color};
use concord_ui::component::{Component, Looks, Method, Setter};
use concord_ui::geometry::{Axis, Point, Size};
use concord_ui::handlers;
use concord_ui::input::key::code;
use concord_ui::input::{KeyInput, KeyPhase};
use concord_ui::inspector::Attributes;
use concord_ui::layout::{Constraint, ContentConstraint, Ideal, Pass};
use concord_ui::pan::{PanAxis, PanEvent, PanPhase};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Environment, Length, Unit};
use concord_ui::value::{Args, Value};
use std::any::Any;

/// See the module.
pub(crate) struct UIPickerComponent;

/// `PickerIndicatorStyle`.
#[derive(Debug, Clone, Default)]
struct Indicator {
    divider: bool,
    width: Option<Length>,
    line: Option<Color>,
    start: Option<Length>,
    end: Option<Length>,
    background: Option<Color>,
    corners: Option<Corners>,
}

#[derive(Default)]
struct State {
    index: usize,
    /// `selectedIndex` as it was last given.
    given: Option<usize>,
    /// How many items there were at the last layout.
    count: usize,
    item_height: Option<Length>,
    displayed: Option<usize>,
    no_loop: bool,
    indicator: Indicator,
    /// How far the items are moved by a finger from where they rest, in px, and the index where it began.
    drag: Option<(f32, usize)>,
}

/// Where the app says nothing: in vp, and how many items are in sight.
const ITEM_HEIGHT: f32 = 40.0;
const DISPLAYED: usize = 7;
/// Largest height of items that counts, in vp, and the largest number in sight.
const MOST_HEIGHT: f32 = 130.0;
const MOST_DISPLAYED: usize = 63;
const RADIUS: f32 = 12.0;
const BACKGROUND: Color = Color::from_argb(0x0c18_2431);
const BACKGROUND_DARK: Color = Color::from_argb(0x19ff_ffff);
const DIVIDER: Color = Color::from_argb(0x3318_2431);
const DIVIDER_DARK: Color = Color::from_argb(0x33ff_ffff);
/// How long a finger that is lifted seems to go on, in s.
const GO_ON: f32 = 0.1;

impl State {
    fn row(&self, environment: &Environment) -> f32 {
        let most = environment.vp(MOST_HEIGHT);
        let given = self.item_height.as_ref().map(|height| height.to_px(environment));
        given.filter(|height| *height > 0.0 && *height <= most).unwrap_or(environment.vp(ITEM_HEIGHT))
    }

    fn displayed(&self) -> usize {
        self.displayed.unwrap_or(DISPLAYED)
    }

    /// Whether the first follows the last: not where both would be in sight at once.
    fn loops(&self) -> bool {
        !self.no_loop && self.count > self.displayed() + 1
    }

    /// The item some rows further down, if there is one.
    fn at(&self, rows: i64) -> Option<usize> {
        let count = i64::try_from(self.count).ok().filter(|count| *count > 0)?;
        let at = self.index as i64 + rows;
        let at = if self.loops() { at.rem_euclid(count) } else { at };
        (0..count).contains(&at).then_some(at as usize)
    }

    /// Turns by rows as far as there are any. Returns whether that changed it.
    fn turn(&mut self, rows: i64) -> bool {
        let last = self.count.saturating_sub(1) as i64;
        let to = self.at(rows).unwrap_or((self.index as i64 + rows).clamp(0, last) as usize);
        std::mem::replace(&mut self.index, to) != to
    }
}

fn tell(tree: &mut Tree, node: NodeId, event: &str) {
    let Some(index) = tree.state::<State>(node).map(|state| state.index) else { return };
    tree.emit_event(node, event, vec![Value::Number(index as f64)]);
}

/// Turns by hand.
fn turn(tree: &mut Tree, node: NodeId, rows: i64, stops: bool) {
    let Some(state) = tree.state_mut::<State>(node) else { return };
    let changed = state.turn(rows);
    tree.mark_place(node);
    if changed {
        tell(tree, node, "onChange");
    }
    if stops {
        tell(tree, node, "onScrollStop");
    }
}

impl Component for UIPickerComponent {
    fn name(&self) -> &'static str {
        "UIPickerComponent"
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(State::default())
    }

    fn methods(&self) -> &'static [Method] {
        METHODS
    }

    fn focusable(&self) -> bool {
        true
    }

    fn looks(&self, tree: &Tree, node: NodeId) -> Looks {
        Looks { opacity: super::opacity(tree, node), ..Looks::default() }
    }

    fn clips_children(&self) -> bool {
        true
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let environment = pass.tree.environment.clone();
        let items = pass.children(node);
        let Some(state) = pass.tree.state_mut::<State>(node) else { return Size::ZERO };
        state.count = items.len();
        state.index = state.index.min(items.len().saturating_sub(1));
        let row = state.row(&environment);
        let size =
            Size::new(super::room(constraint, Axis::Horizontal, environment.vp(360.0)), row * state.displayed() as f32);
        let size = constraint.fit(size);
        let room = Size::new(size.width, row);
        for item in items {
            let own = Constraint { min: Size::ZERO, max: room, percent: room, ideal: Ideal::default() };
            pass.measure(item, &own);
        }
        size
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let environment = pass.tree.environment.clone();
        let items = pass.children(node);
        let Some(content) = pass.tree.get(node).map(|node| node.layout.content()) else { return };
        let Some(state) = pass.tree.state::<State>(node) else { return };
        let (row, beside) = (state.row(&environment), state.displayed() as i64 / 2 + 1);
        let offset = state.drag.map_or(0.0, |drag| drag.0);
        let shown: Vec<(usize, f32)> =
            (-beside..=beside).filter_map(|rows| Some((state.at(rows)?, row * rows as f32 + offset))).collect();
        for (index, from) in shown {
            let Some(item) = items.get(index).copied() else { continue };
            let outer = pass.outer(item);
            let middle = content.size.height / 2.0 + from;
            let at = Point::new((content.size.width - outer.width) / 2.0, middle - outer.height / 2.0);
            pass.place_child(item, content.origin + at);
        }
    }

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let Some(state) = tree.state::<State>(node) else { return };
        let environment = &tree.environment;
        let area = super::content(tree, node);
        let style = &state.indicator;
        let px = |length: &Option<Length>, default: f32| {
            f64::from(length.as_ref().map_or(default, |length| length.to_px(environment)))
        };
        let row = f64::from(state.row(environment));
        let (start, end) = (px(&style.start, 0.0), px(&style.end, 0.0));
        let (start, end) = if start + end > area.width() { (0.0, 0.0) } else { (start, end) };
        let middle = area.center().y;
        if style.divider {
            let default = if environment.dark { DIVIDER_DARK } else { DIVIDER };
            let width = px(&style.width, 2.0).min(row / 2.0);
            for y in [middle - row / 2.0, middle + row / 2.0] {
                let line = Line::new((area.x0 + start, y), (area.x1 - end, y));
                painter.stroke(line.to_path(0.1), &Stroke::new(width), &Brush::Solid(style.line.unwrap_or(default)));
            }
            return;
        }
        let default = if environment.dark { BACKGROUND_DARK } else { BACKGROUND };
        let bounds = kurbo::Rect::new(area.x0 + start, middle - row / 2.0, area.x1 - end, middle + row / 2.0);
        let corners = style.corners.clone().unwrap_or_else(|| Corners::all(Length::vp(RADIUS)));
        let size = Size::new(bounds.width() as f32, bounds.height() as f32);
        let shape = bounds.to_rounded_rect(concord_ui::scene::radii(&corners, environment, size));
        painter.fill_rounded(shape, &Brush::Solid(style.background.unwrap_or(default)));
    }

    fn reacts_to_click(&self, _tree: &Tree, _node: NodeId) -> bool {
        true
    }

    fn on_click(&self, pass: &mut Pass<'_>, node: NodeId, at: Point) {
        let environment = pass.tree.environment.clone();
        let Some(content) = pass.tree.get(node).map(|node| node.layout.content()) else { return };
        let Some(state) = pass.tree.state::<State>(node) else { return };
        let off = at.y - content.origin.y - content.size.height / 2.0;
        let rows = (off / state.row(&environment)).round() as i64;
        if rows != 0 && state.at(rows).is_some() {
            turn(pass.tree, node, rows, true);
        }
    }

    fn pan_axis(&self, _tree: &Tree, _node: NodeId) -> Option<PanAxis> {
        Some(PanAxis::Vertical)
    }

    fn drags_by_mouse(&self) -> bool {
        true
    }

    fn on_pan(&self, pass: &mut Pass<'_>, node: NodeId, event: &PanEvent) -> Point {
        let environment = pass.tree.environment.clone();
        let Some(state) = pass.tree.state_mut::<State>(node) else { return Point::ZERO };
        let row = state.row(&environment);
        match event.phase {
            PanPhase::Touch => return Point::ZERO,
            PanPhase::Start | PanPhase::Update => {
                let (offset, begin) = state.drag.unwrap_or((0.0, state.index));
                let offset = offset + event.delta.y;
                let rows = (offset / row).round();
                let before = state.index;
                let turned = rows != 0.0 && state.turn(-(rows as i64));
                let left = if turned { offset - rows * row } else { offset };
                state.drag = Some((left.clamp(-row, row), begin));
                if turned && before != state.index {
                    tell(pass.tree, node, "onChange");
                }
                pass.tree.mark_place(node);
            }
            PanPhase::End | PanPhase::Cancel => {
                let Some((offset, _)) = state.drag.take() else { return Point::ZERO };
                let way = if event.phase == PanPhase::End { event.velocity.y * GO_ON + offset } else { 0.0 };
                turn(pass.tree, node, -((way / row).round().clamp(-1e6, 1e6) as i64), true);
            }
            PanPhase::Wheel => turn(pass.tree, node, if event.delta.y > 0.0 { -1 } else { 1 }, true),
        }
        event.delta
    }

    fn on_key(&self, pass: &mut Pass<'_>, node: NodeId, input: &KeyInput) -> bool {
        let rows = match input.code {
            code::DPAD_UP => -1,
            code::DPAD_DOWN => 1,
            _ => return false,
        };
        if input.phase == KeyPhase::Down {
            turn(pass.tree, node, rows, true);
        }
        true
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        out.text("selectedIndex", state.index.to_string());
        out.flag("canLoop", !state.no_loop);
    }
}

fn create(node: &mut Setter<'_>, args: Args<'_>) -> Value {
    let index =
        args.get(0).get("selectedIndex").as_f64().filter(|index| *index >= 0.0).map_or(0, |index| index as usize);
    node.restyle(|state: &mut State| {
        if state.given.replace(index) != Some(index) {
            // Items may come later, so it is cut off where they are counted.
            state.index = index;
        }
    })
}

static METHODS: &[Method] = &[
    Method { name: "create", apply: create },
    Method {
        name: "canLoop",
        apply: |node, args| {
            node.restyle(|state: &mut State| put(&mut state.no_loop, args.get(0).as_bool() == Some(false)))
        },
    },
    Method {
        name: "itemHeight",
        apply: |node, args| node.restyle(|state: &mut State| put(&mut state.item_height, length(args.get(0)))),
    },
    Method {
        name: "displayedItemCount",
        apply: |node, args| {
            let count = args.get(0).as_f64().filter(|count| *count >= 1.0).map(|count| count as usize);
            node.restyle(|state: &mut State| put(&mut state.displayed, count.filter(|count| *count <= MOST_DISPLAYED)))
        },
    },
    Method {
        name: "selectionIndicator",
        apply: |node, args| {
            let style = args.get(0);
            node.redraw(|state: &mut State| {
                state.indicator = Indicator {
                    divider: style.get("type").as_i32() == Some(1),
                    width: Length::from_value(style.get("strokeWidth"), Unit::Vp),
                    line: parse_color(style.get("dividerColor")),
                    start: length(style.get("startMargin")),
                    end: length(style.get("endMargin")),
                    background: parse_color(style.get("backgroundColor")),
                    corners: (!style.get("borderRadius").is_nullish())
                        .then(|| Corners::from_value(style.get("borderRadius"))),
                };
            })
        },
    },
    Method { name: "enableHapticFeedback", apply: super::without_effect },
    EVENTS[0],
    EVENTS[1],
];

static EVENTS: &[Method] = handlers!["onChange", "onScrollStop"];

#[cfg(test)]
mod tests {
    use crate::testing::scene_of;
    use concord_ui::geometry::Point;
    use concord_ui::layout::Pass;
    use concord_ui::value::Value;

    #[test]
    fn items_turn_to_the_middle() {
        let mut scene = scene_of("UIPickerComponent");
        let root = scene.root;
        scene.set(root, "create", &[Value::object([("selectedIndex", Value::Number(1.0))])]);
        scene.set(root, "displayedItemCount", &[Value::Number(3.0)]);
        let items: Vec<_> = (0..4).map(|_| scene.add_box(root, 20.0)).collect();
        scene.listen(root, "onChange");
        scene.listen(root, "onScrollStop");
        scene.frame();
        assert_eq!(scene.rect(root).3, 120.0);
        assert_eq!(scene.rect(items[1]).1, 50.0, "in the middle of three rows of 40");
        scene.pull(root, 0.0, -45.0);
        assert_eq!(scene.heard(), ["onChange 2"]);
        assert_eq!(scene.rect(items[2]).1, 45.0, "it follows the finger");
        scene.release(root);
        assert_eq!((scene.heard(), scene.rect(items[2]).1), (vec!["onScrollStop 2".to_owned()], 50.0));
        let component = scene.tree.get(root).expect("a node").component;
        component.on_click(&mut Pass::new(&mut scene.tree, &mut scene.host), root, Point::new(10.0, 330.0));
        assert_eq!(scene.heard(), ["onChange 3", "onScrollStop 3"]);
        // There is nothing behind the last: four items do not loop where five would be in sight.
        component.on_click(&mut Pass::new(&mut scene.tree, &mut scene.host), root, Point::new(10.0, 330.0));
        assert_eq!(scene.heard(), [""; 0]);
    }
}
