//! `Menu` and `MenuItemGroup`: items below each other, all as wide as the widest, with lines between them.

use super::length;
use concord_paint::kurbo::{Line, Shape, Stroke};
use concord_paint::{Brush, Color, Painter};
use concord_ui::common::parse_color;
use concord_ui::component::{Component, Looks, Method};
use concord_ui::geometry::{Axis, Point, Size};
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Environment, Length};
use concord_ui::value::Value;
use std::any::Any;

/// The component of this name; the width in vp is the least that it has.
pub(super) struct Menu {
    pub(super) name: &'static str,
    pub(super) least: f32,
}

/// `DividerStyleOptions`.
#[derive(Debug, Clone, Default)]
struct Divider {
    width: Option<Length>,
    color: Option<Color>,
    start: Option<Length>,
    end: Option<Length>,
    /// `DividerMode.EMBEDDED_IN_MENU`: it takes room of its own.
    embedded: bool,
}

#[derive(Default)]
struct State {
    /// Between items; none without `menuItemDivider`.
    items: Option<Divider>,
    /// Around groups; the platform's without `menuItemGroupDivider`.
    groups: Option<Divider>,
}

/// Values of `ohos_menu_pattern` in the theme.
const COLOR: Color = Color::from_argb(0x3318_2431);
const COLOR_DARK: Color = Color::from_argb(0x33ff_ffff);
const WIDTH: Length = Length::px(1.0);
const MARGIN: Length = Length::vp(16.0);

impl Divider {
    fn from_value(value: &Value) -> Option<Divider> {
        value.as_object().map(|_| Divider {
            width: length(value.get("strokeWidth")),
            color: parse_color(value.get("color")),
            start: length(value.get("startMargin")),
            end: length(value.get("endMargin")),
            embedded: value.get("mode").as_i32() == Some(1),
        })
    }

    fn width(&self, environment: &Environment) -> f32 {
        self.width.as_ref().unwrap_or(&WIDTH).to_px(environment)
    }

    fn paint(&self, environment: &Environment, width: f32, y: f32, right_to_left: bool, painter: &mut Painter) {
        let margin = |margin: &Option<Length>| f64::from(margin.as_ref().unwrap_or(&MARGIN).to_px(environment));
        let (start, end) = (margin(&self.start), margin(&self.end));
        // Margins that leave nothing count as unset.
        let margins = f64::from(MARGIN.to_px(environment));
        let (start, end) = if start + end > f64::from(width) { (margins, margins) } else { (start, end) };
        let (left, right) = if right_to_left { (end, start) } else { (start, end) };
        let default = if environment.dark { COLOR_DARK } else { COLOR };
        let line = Line::new((left, f64::from(y)), (f64::from(width) - right, f64::from(y)));
        let stroke = Stroke::new(f64::from(self.width(environment)));
        painter.stroke(line.to_path(0.1), &stroke, &Brush::Solid(self.color.unwrap_or(default)));
    }
}

/// The line between two neighbours of a menu or of a group in it.
fn between(tree: &Tree, node: NodeId, above: NodeId, below: NodeId) -> Option<Divider> {
    let is_group = |id: NodeId| tree.get(id).is_some_and(|node| node.component.name() == "MenuItemGroup");
    // What a group does not know, its menu does.
    let mut up = std::iter::successors(Some(node), |id| tree.frame_parent(*id));
    let menu = up.find(|id| tree.get(*id).is_some_and(|node| node.component.name() == "Menu"))?;
    let state = tree.state::<State>(menu)?;
    if is_group(above) || is_group(below) {
        return Some(state.groups.clone().unwrap_or_default());
    }
    let items = |id: NodeId| tree.get(id).is_some_and(|node| node.component.name() == "MenuItem");
    state.items.clone().filter(|_| items(above) && items(below))
}

/// Children of a menu with the line above each.
fn lines(tree: &Tree, node: NodeId, children: &[NodeId]) -> Vec<Option<Divider>> {
    let mut before = None;
    let line = |child: &NodeId| before.replace(*child).and_then(|above| between(tree, node, above, *child));
    children.iter().map(line).collect()
}

static METHODS: &[Method] = &[
    Method { name: "create", apply: |_, _| Value::Undefined },
    Method {
        name: "menuItemDivider",
        apply: |node, args| {
            let divider = Divider::from_value(args.get(0));
            node.restyle(|state: &mut State| state.items = divider)
        },
    },
    Method {
        name: "menuItemGroupDivider",
        apply: |node, args| {
            let divider = Divider::from_value(args.get(0));
            node.restyle(|state: &mut State| state.groups = divider)
        },
    },
    // What is shown where, and texts of items, are dealt with by the library.
    Method { name: "subMenuExpandingMode", apply: super::without_effect },
    Method { name: "subMenuExpandSymbol", apply: super::without_effect },
];

impl Component for Menu {
    fn name(&self) -> &'static str {
        self.name
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(State::default())
    }

    fn methods(&self) -> &'static [Method] {
        if self.name == "Menu" { METHODS } else { METHODS.get(..1).unwrap_or_default() }
    }

    fn looks(&self, _tree: &Tree, _node: NodeId) -> Looks {
        // The theme's corners of menus, which also cut the looks of pressed items.
        Looks { radius: (self.least > 0.0).then(|| Length::vp(20.0)), ..Looks::default() }
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let (children, positioned) = pass.split_children(node);
        let own = constraint.for_child();
        let width = constraint.ideal.width.unwrap_or_else(|| {
            let mut widest = self.least * pass.tree.environment.density;
            for child in &children {
                pass.measure(*child, &own);
                widest = widest.max(pass.outer(*child).width);
            }
            widest.clamp(0.0, constraint.max.width.max(0.0))
        });
        let environment = pass.tree.environment.clone();
        let lines = lines(pass.tree, node, &children);
        let mut height = 0.0;
        for (child, line) in children.iter().zip(lines) {
            let stretched = pass.decide(*child, own, Axis::Horizontal, width);
            pass.measure(*child, &stretched);
            height += pass.outer(*child).height;
            height += line.filter(|line| line.embedded).map_or(0.0, |line| line.width(&environment));
        }
        pass.measure_positioned(&positioned, constraint);
        constraint.fit(Size::new(width, height))
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let Some(content) = pass.tree.get(node).map(|node| node.layout.content()) else { return };
        let (children, _) = pass.split_children(node);
        let environment = pass.tree.environment.clone();
        let lines = lines(pass.tree, node, &children);
        let mut at = content.origin;
        for (child, line) in children.into_iter().zip(lines) {
            let room = line.filter(|line| line.embedded).map_or(0.0, |line| line.width(&environment));
            at = at + Point::new(0.0, room);
            pass.place_child(child, at);
            at = at + Point::new(0.0, pass.outer(child).height);
        }
    }

    fn paint_above(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let Some(width) = tree.get(node).map(|node| node.layout.size.width) else { return };
        let environment = &tree.environment;
        let right_to_left = tree.is_right_to_left(node);
        let children: Vec<NodeId> = tree.frame_children(node);
        for (child, line) in children.iter().zip(lines(tree, node, &children)) {
            let (Some(line), Some(child)) = (line, tree.get(*child)) else { continue };
            let top = child.layout.offset.y - child.layout.margin.top;
            let y = if line.embedded { top - line.width(environment) / 2.0 } else { top };
            line.paint(environment, width, y, right_to_left, painter);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{pixels, scene_of};
    use concord_ui::value::Value;

    #[test]
    fn lines_stand_between_items_and_around_groups() {
        let mut scene = scene_of("Menu");
        let root = scene.root;
        let (one, two) = (scene.add(root, "MenuItem"), scene.add(root, "MenuItem"));
        let group = scene.add(root, "MenuItemGroup");
        let inner = scene.add(group, "MenuItem");
        scene.frame();
        assert_eq!((scene.rect(one).3, scene.rect(two).1, scene.rect(group).1), (48.0, 48.0, 96.0));
        let style =
            [("strokeWidth", Value::text("2vp")), ("color", Value::text("#ff0000")), ("mode", Value::Number(1.0))];
        scene.set(root, "menuItemDivider", &[Value::object(style)]);
        let frame = pixels(&mut scene);
        assert_eq!((scene.rect(two).1, scene.rect(inner).1), (50.0, 98.0));
        assert_eq!(frame.pixel(200, 147).to_argb(), 0xffff_0000);
        assert_ne!(frame.pixel(200, 294).to_argb() >> 24, 0, "the platform's line above a group");
        scene.set(root, "menuItemGroupDivider", &[Value::object([("color", Value::text("#0000ff"))])]);
        let frame = pixels(&mut scene);
        assert_eq!(frame.pixel(200, 294).to_argb() & 0xff_ffff, 0xff);
    }
}
