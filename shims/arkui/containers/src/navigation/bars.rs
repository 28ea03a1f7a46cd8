//! What `Navigation` and `NavDestination` have around their contents: a title bar above, a tool bar below.

use super::title_bar::{self, TitleBar};
use super::tool_bar::{self, ToolBar};
use crate::hiding::{self, Hiding};
use concord_paint::Color;
use concord_ui::common::parse_color;
use concord_ui::component::{Component, Method, Setter};
use concord_ui::geometry::{Point, Rect, Size};
use concord_ui::layout::{Constraint, Ideal, Pass};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Environment, Length, Unit};
use concord_ui::value::{Args, Callback, Value};

/// `NavigationTitleMode`, by the platform's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum TitleMode {
    /// 0: large until the content scrolls.
    #[default]
    Free,
    /// 1: large.
    Full,
    /// 2: one line, with a button that goes back.
    Mini,
}

/// What the bars are told.
#[derive(Default)]
pub(super) struct Bars {
    /// Text, or `{main, sub}`.
    pub(super) title: Value,
    pub(super) subtitle: Value,
    /// The title that the app has built, and its height.
    pub(super) custom_title: Option<NodeId>,
    pub(super) height: Value,
    pub(super) mode: TitleMode,
    /// `NavigationMenuItem`s, or what the app has built.
    pub(super) menus: Vec<Value>,
    pub(super) custom_menu: Option<NodeId>,
    /// `ToolbarItem`s, or what the app has built.
    pub(super) tools: Vec<Value>,
    pub(super) custom_tools: Option<NodeId>,
    pub(super) hide_title: bool,
    pub(super) hide_tools: bool,
    pub(super) hide_back: bool,
    pub(super) back_icon: Value,
    pub(super) on_back: Option<Callback>,
    title_color: Option<Color>,
    tools_color: Option<Color>,
    /// `NavigationTitleOptions`, `NavigationToolbarOptions`: blurs, and whether contents lie below the bar.
    title_options: Value,
    tools_options: Value,
    pub(super) hiding: Hiding,
    /// Whether the parts have to be made again.
    stale: bool,
    title_bar: Option<NodeId>,
    tool_bar: Option<NodeId>,
    /// Where the parts and the contents lie in the content box, as measured.
    title_area: Rect,
    tool_area: Rect,
    pub(super) area: Rect,
}

/// Heights of title bars in vp: of one line and of two, small and large; and that of a tool bar.
const MINI: (f32, f32) = (56.0, 82.0);
const FULL: (f32, f32) = (112.0, 138.0);
const TOOLS: f32 = 56.0;

/// Where a component keeps its bars.
pub(super) type Access = fn(&mut Tree, NodeId) -> Option<&mut Bars>;

impl Bars {
    /// Bars of which nothing is made yet.
    pub(super) fn new(mode: TitleMode) -> Bars {
        Bars { mode, stale: true, ..Bars::default() }
    }

    /// The main title and the one below.
    pub(super) fn texts(&self) -> (Value, Value) {
        let part = |name: &str| self.title.get(name).clone();
        match &self.title {
            Value::Object(_) if !part("main").is_nullish() => (part("main"), part("sub")),
            title => (title.clone(), self.subtitle.clone()),
        }
    }

    pub(super) fn has_back(&self) -> bool {
        !self.hide_back && self.mode == TitleMode::Mini
    }

    fn has_title(&self) -> bool {
        let (main, sub) = self.texts();
        let any = self.has_back()
            || !main.is_nullish()
            || !sub.is_nullish()
            || self.custom_title.is_some()
            || !self.menus.is_empty()
            || self.custom_menu.is_some();
        any && !self.hide_title
    }

    fn has_tools(&self) -> bool {
        !self.hide_tools && (!self.tools.is_empty() || self.custom_tools.is_some())
    }

    fn title_height(&self, environment: &Environment, available: f32) -> f32 {
        let (one, two) = if self.mode == TitleMode::Mini { MINI } else { FULL };
        match self.height.as_i32() {
            // `TitleHeight`
            Some(0) => return environment.vp(one),
            Some(1) => return environment.vp(two),
            _ => {}
        }
        let told = Length::from_value(&self.height, Unit::Vp).and_then(|height| height.resolve(environment, available));
        told.filter(|height| *height >= 0.0).unwrap_or_else(|| {
            let (_, sub) = self.texts();
            environment.vp(if sub.is_nullish() { one } else { two })
        })
    }
}

/// What bars follow.
fn hiding_of(tree: &mut Tree, owner: NodeId) -> Option<&mut Hiding> {
    of(tree, owner).map(|bars| &mut bars.hiding)
}

/// Bars go and come with what is scrolled. To be called when the owner is placed.
pub(super) fn follow(tree: &mut Tree, owner: NodeId) {
    let Some(most) = of(tree, owner).map(|bars| bars.title_area.size.height) else { return };
    if hiding::follow(tree, owner, hiding_of, most).changed {
        tree.mark_measure(owner);
    }
}

/// A part of a type; inside a parent.
pub(super) fn part(tree: &mut Tree, parent: NodeId, name: &str) -> Option<NodeId> {
    let node = tree.create_named(name, -1)?;
    tree.append(parent, node);
    Some(node)
}

/// Takes away a part, but not what the app has built in it.
fn discard(tree: &mut Tree, old: Option<NodeId>, kept: &[Option<NodeId>]) {
    let Some(old) = old else { return };
    for node in kept.iter().flatten() {
        if tree.is_inside(*node, old) {
            tree.detach(*node);
        }
    }
    tree.destroy(old);
}

/// Makes the parts again when what they show has changed.
fn prepare(tree: &mut Tree, owner: NodeId, access: Access) {
    let Some(bars) = access(tree, owner).filter(|bars| bars.stale) else { return };
    bars.stale = false;
    let (title, tools) = (bars.title_bar.take(), bars.tool_bar.take());
    let kept = [bars.custom_title, bars.custom_menu, bars.custom_tools];
    discard(tree, title, &kept);
    discard(tree, tools, &kept);
    let Some(bars) = access(tree, owner) else { return };
    let (has_title, has_tools) = (bars.has_title(), bars.has_tools());
    let content = title_bar::Content::of(bars);
    let (color, tools_color) = (bars.title_color, bars.tools_color);
    let (items, custom) = (bars.tools.clone(), bars.custom_tools);
    let options = [bars.title_options.clone(), bars.tools_options.clone()];
    let title = has_title.then(|| title_bar::build(tree, owner, content, color)).flatten();
    let tools = has_tools.then(|| tool_bar::build(tree, owner, &items, custom, tools_color)).flatten();
    for (bar, options) in [title, tools].into_iter().zip(&options) {
        let Some(bar) = bar else { continue };
        let (style, effect) = (options.get("backgroundBlurStyle"), options.get("backgroundEffect"));
        if !style.is_nullish() {
            tree.set(bar, "backgroundBlurStyle", &[style.clone(), options.get("backgroundBlurStyleOptions").clone()]);
        }
        if !effect.is_nullish() {
            tree.set(bar, "backgroundEffect", std::slice::from_ref(effect));
        }
        let (start, end) = (options.get("paddingStart"), options.get("paddingEnd"));
        if !start.is_nullish() || !end.is_nullish() {
            tree.set(bar, "padding", &[Value::object([("left", start.clone()), ("right", end.clone())])]);
        }
    }
    if let Some(bars) = access(tree, owner) {
        bars.title_bar = title;
        bars.tool_bar = tools;
    }
}

/// Whether a child is a bar, not content.
pub(super) fn is_bar(tree: &Tree, node: NodeId) -> bool {
    tree.get(node).is_some_and(|node| [TitleBar.name(), ToolBar.name()].contains(&node.component.name()))
}

/// Measures the bars in an area of the content box; returns what they leave for the contents.
pub(super) fn measure(pass: &mut Pass<'_>, owner: NodeId, access: Access, area: Rect) -> Rect {
    prepare(pass.tree, owner, access);
    let environment = pass.tree.environment.clone();
    let Some(bars) = access(pass.tree, owner) else { return area };
    let (title, tools, custom_tools) = (bars.title_bar, bars.tool_bar, bars.custom_tools.is_some());
    // `BarStyle`: STANDARD 0, STACK 1: contents reach below the bar.
    let [stacked_title, stacked_tools] =
        [&bars.title_options, &bars.tools_options].map(|options| options.get("barStyle").as_i32() == Some(1));
    let shift = bars.hiding.shift;
    let title_height = title.map_or(0.0, |_| bars.title_height(&environment, area.size.height).min(area.size.height));
    let rest = area.size.height - title_height;
    let wanted = environment.vp(TOOLS);
    let mut tool_height = 0.0;
    if let Some(tools) = tools {
        // What the app builds is as high as it is.
        let height = (!custom_tools).then_some(wanted.min(rest));
        let max = Size::new(area.size.width, rest);
        let ideal = Ideal { width: Some(area.size.width), height };
        tool_height = pass.measure(tools, &Constraint { min: Size::ZERO, max, percent: max, ideal }).height.min(rest);
    }
    let shift = shift.min(title_height);
    let tool_shift = if title_height > 0.0 { tool_height * shift / title_height } else { 0.0 };
    let title_area =
        Rect { origin: area.origin - Point::new(0.0, shift), size: Size::new(area.size.width, title_height) };
    if let Some(title) = title {
        let size = title_area.size;
        let ideal = Ideal { width: Some(size.width), height: Some(size.height) };
        pass.measure(title, &Constraint { min: Size::ZERO, max: size, percent: size, ideal });
    }
    let above = if stacked_title { 0.0 } else { title_height - shift };
    let below = if stacked_tools { 0.0 } else { tool_height - tool_shift };
    let contents = Rect {
        origin: area.origin + Point::new(0.0, above),
        size: Size::new(area.size.width, (area.size.height - above - below).max(0.0)),
    };
    let tools_at = area.bottom() - tool_height + tool_shift;
    if let Some(bars) = access(pass.tree, owner) {
        bars.title_area = title_area;
        bars.tool_area =
            Rect { origin: Point::new(area.origin.x, tools_at), size: Size::new(area.size.width, tool_height) };
        bars.area = contents;
    }
    contents
}

/// Places the bars; above the contents, which may reach below them.
pub(super) fn place(pass: &mut Pass<'_>, owner: NodeId, access: Access, origin: Point) {
    let Some(bars) = access(pass.tree, owner) else { return };
    let parts = [(bars.title_bar, bars.title_area), (bars.tool_bar, bars.tool_area)];
    for (bar, area) in parts {
        let Some(bar) = bar else { continue };
        pass.place_child(bar, origin + area.origin);
        if let Some(bar) = pass.tree.get_mut(bar) {
            bar.layout.raised = true;
        }
    }
}

/// A change after which the parts are made again.
pub(super) fn change(node: &mut Setter<'_>, access: Access, change: impl FnOnce(&mut Bars)) -> Value {
    let id = node.node;
    if let Some(bars) = access(node.tree, id) {
        change(bars);
        bars.stale = true;
    }
    node.tree.mark_measure(id);
    Value::Undefined
}

/// The parts have to be made again, for instance in other colours.
pub(super) fn forget(tree: &mut Tree, owner: NodeId, access: Access) {
    if let Some(bars) = access(tree, owner) {
        bars.stale = true;
    }
}

/// `access` of either component: both keep their bars in the tree.
pub(super) fn of(tree: &mut Tree, node: NodeId) -> Option<&mut Bars> {
    let navigation = tree.state::<super::State>(node).is_some();
    if navigation {
        tree.state_mut::<super::State>(node).map(|state| &mut state.bars)
    } else {
        tree.state_mut::<super::destination::State>(node).map(|state| &mut state.bars)
    }
}

fn list(value: &Value) -> Vec<Value> {
    value.as_array().map(<[Value]>::to_vec).unwrap_or_default()
}

fn flag(args: Args<'_>) -> bool {
    args.get(0).as_bool() == Some(true)
}

fn built(node: &Setter<'_>, value: &Value) -> Option<NodeId> {
    value.as_f64().filter(|number| *number > 0.0).and_then(|number| node.tree.by_number(number as u64))
}

/// Attributes of both components.
pub(super) static METHODS: &[Method] = &[
    Method {
        name: "title",
        apply: |node, args| {
            // `NavigationTitleOptions`
            let color = parse_color(args.get(1).get("backgroundColor"));
            change(node, of, |bars| {
                bars.title = args.get(0).clone();
                bars.title_color = color;
                bars.title_options = args.get(1).clone();
            })
        },
    },
    Method { name: "menus", apply: |node, args| change(node, of, |bars| bars.menus = list(args.get(0))) },
    Method {
        name: "toolbarConfiguration",
        apply: |node, args| {
            let color = parse_color(args.get(1).get("backgroundColor"));
            change(node, of, |bars| {
                bars.tools = list(args.get(0));
                bars.tools_color = color;
                bars.tools_options = args.get(1).clone();
            })
        },
    },
    Method { name: "hideTitleBar", apply: |node, args| change(node, of, |bars| bars.hide_title = flag(args)) },
    Method { name: "hideToolBar", apply: |node, args| change(node, of, |bars| bars.hide_tools = flag(args)) },
    Method { name: "hideBackButton", apply: |node, args| change(node, of, |bars| bars.hide_back = flag(args)) },
    Method {
        name: "backButtonIcon",
        apply: |node, args| change(node, of, |bars| bars.back_icon = args.get(0).clone()),
    },
];

/// What the app's side says: parts that it has built, what the back button does, and what the bars follow.
pub(super) static COMMANDS: &[Method] = &[
    Method {
        name: "follow",
        apply: |node, args| {
            let numbers = args.get(0).as_array().unwrap_or_default();
            let containers = numbers.iter().filter_map(|number| node.tree.by_number(number.as_f64()? as u64)).collect();
            hiding::bind(node.tree, node.node, hiding_of, containers);
            Value::Undefined
        },
    },
    Method {
        name: "customTitle",
        apply: |node, args| {
            let title = built(node, args.get(0));
            change(node, of, |bars| {
                bars.custom_title = title;
                bars.height = args.get(1).clone();
            })
        },
    },
    Method {
        name: "customMenu",
        apply: |node, args| {
            let menu = built(node, args.get(0));
            change(node, of, |bars| bars.custom_menu = menu)
        },
    },
    Method {
        name: "customToolBar",
        apply: |node, args| {
            let tools = built(node, args.get(0));
            change(node, of, |bars| bars.custom_tools = tools)
        },
    },
    Method {
        name: "onBack",
        apply: |node, args| change(node, of, |bars| bars.on_back = args.get(0).as_callback().cloned()),
    },
    Method {
        name: "moreButton",
        apply: |node, _| {
            let bar = of(node.tree, node.node).and_then(|bars| bars.title_bar);
            let button = bar.and_then(|bar| title_bar::more_button(node.tree, bar));
            Value::Number(button.map_or(0, |button| node.tree.number(button)) as f64)
        },
    },
];
