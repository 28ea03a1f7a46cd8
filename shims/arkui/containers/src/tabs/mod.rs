//! `Tabs`: pages with a bar of tabs. Its children are the `TabContent`s and one `TabBar`, which it makes itself.
//!
//! - `methods.rs`: attributes, and what controllers do
//! - `bar.rs`: the bar and its tabs
//! - `grid.rs`: `barGridAlign`
//! - `hiding.rs`: a bar that goes away while something scrolls
//! - `content.rs`: pages
//! - `style.rs`: what a tab looks like

mod bar;
mod content;
mod grid;
mod hiding;
mod methods;
mod style;

pub(super) use bar::{TabBar, TabBarItem};
pub(super) use content::TabContent;

use super::pager::{self, Pager};
use bar::{BarStyle, Few};
use concord_paint::kurbo;
use concord_paint::{Brush, Color, Painter};
use concord_ui::component::{Component, Method};
use concord_ui::geometry::{Axis, Point, Rect, Size};
use concord_ui::inspector::Attributes;
use concord_ui::layout::{Constraint, ContentConstraint, Ideal, Pass};
use concord_ui::pan::{PanAxis, PanEvent, PanPhase};
use concord_ui::theme;
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::Length;
use concord_ui::value::{Callback, Value};
use grid::BarGrid;
use std::any::Any;
use style::TabStyle;

/// See the module.
pub(super) struct Tabs;

/// Thickness of a bar where the app says none, in vp: of bars with text, of bars at the bottom with icons, and the width of
/// vertical ones with icons.
const BAR: f32 = 56.0;
const BOTTOM_BAR: f32 = 48.0;
const ICON_BAR_WIDTH: f32 = 96.0;

/// `AnimationMode`, as far as it makes a difference: contents are there before pages move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Mode {
    /// All pages in between are passed.
    #[default]
    Pass,
    /// Pages change at once.
    Still,
    /// Only the last turn is seen.
    Jump,
}

/// `cachedMaxCount`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Cache {
    most: usize,
    /// Those that were shown last, else those beside the one that is shown.
    latest: bool,
}

/// A transition of the app from one page to another, which are both seen until it ends.
#[derive(Debug, Clone, Copy)]
struct Transition {
    from: usize,
    /// When it ends at the latest, in ms.
    until: f64,
}

struct State {
    pager: Pager,
    mode: Mode,
    /// `animationDuration`, when the app says one.
    duration: Option<f64>,
    fades: bool,
    few: Few,
    bar_margin: Option<Length>,
    grid: Option<BarGrid>,
    cache: Option<Cache>,
    /// Pages in the order in which they were shown, the latest first.
    visited: Vec<usize>,
    /// Attributes that are the bar's.
    bar_attributes: Vec<(&'static str, Vec<Value>)>,
    /// A page that the app wants to go to; it is asked for in the next layout.
    wanted: Option<usize>,
    /// What `onContentWillChange` said about a page during this drag.
    asked: Option<(usize, bool)>,
    /// `customContentTransition`: asked for a transition from one page to another.
    transitions: Option<Callback>,
    transition: Option<Transition>,
    /// Contents that were in sight.
    seen: Vec<NodeId>,
    /// Where pages were when the app was told last.
    told: f32,
    at_end: bool,
    vertical: bool,
    scrollable_bar: bool,
    width: Option<Length>,
    height: Option<Length>,
    overlap: bool,
    /// Width of the line between bar and contents, and its colour where the app says one.
    divider: Option<(Length, Option<Color>)>,
    bar_color: Option<Color>,
    bar: Option<NodeId>,
    hiding: hiding::BarHiding,
}

impl Default for State {
    fn default() -> State {
        State {
            pager: Pager::for_tabs(),
            mode: Mode::Pass,
            duration: None,
            fades: true,
            few: Few::Center,
            bar_margin: None,
            grid: None,
            cache: None,
            visited: Vec::new(),
            bar_attributes: Vec::new(),
            wanted: None,
            asked: None,
            transitions: None,
            transition: None,
            seen: Vec::new(),
            told: 0.0,
            at_end: false,
            vertical: false,
            scrollable_bar: false,
            width: None,
            height: None,
            overlap: false,
            divider: None,
            bar_color: None,
            bar: None,
            hiding: hiding::BarHiding::default(),
        }
    }
}

impl pager::Paged for State {
    fn pager(&mut self) -> &mut Pager {
        &mut self.pager
    }
}

fn access(tree: &mut Tree, node: NodeId) -> Option<&mut Pager> {
    pager::access::<State>(tree, node)
}

/// The contents, in order.
fn contents(tree: &Tree, tabs: NodeId) -> Vec<NodeId> {
    let mut contents = tree.frame_children(tabs);
    contents.retain(|child| {
        tree.get(*child).is_some_and(|child| child.component.name() == "TabContent" && !child.common.is_gone())
    });
    contents
}

/// Where bar and contents lie in a content box.
fn areas(tree: &Tree, tabs: NodeId, size: Size) -> (Rect, Rect) {
    let Some(state) = tree.state::<State>(tabs) else { return Default::default() };
    let environment = &tree.environment;
    let icons = contents(tree, tabs).iter().any(|content| content::has_icon(tree, *content));
    let px = |length: &Option<Length>, extent: f32, default: f32| {
        let length = length.as_ref().and_then(|length| length.resolve(environment, extent));
        length.filter(|length| *length >= 0.0).unwrap_or(default)
    };
    let bar = if state.vertical {
        let width = environment.vp(if icons { ICON_BAR_WIDTH } else { BAR });
        Size::new(px(&state.width, size.width, width).min(size.width), px(&state.height, size.height, size.height))
    } else {
        let height = environment.vp(if icons { BOTTOM_BAR } else { BAR });
        Size::new(px(&state.width, size.width, size.width), px(&state.height, size.height, height).min(size.height))
    };
    let divider = state.divider.as_ref().map_or(0.0, |(width, _)| width.to_px(environment));
    let axis = if state.vertical { Axis::Horizontal } else { Axis::Vertical };
    let taken = if state.overlap { 0.0 } else { bar.along(axis) + divider };
    let content_size = size.with(axis, (size.along(axis) - taken).max(0.0));
    let far = state.at_end != (state.vertical && environment.right_to_left);
    let bar_main = if far { size.along(axis) - bar.along(axis) } else { 0.0 };
    let content_main = if far { 0.0 } else { taken };
    // A bar that is shorter than its side lies in its middle.
    let bar_cross = ((size.along(axis.cross()) - bar.along(axis.cross())) / 2.0).max(0.0);
    (
        Rect { origin: Point::on(axis, bar_main, bar_cross), size: bar },
        Rect { origin: Point::on(axis, content_main, 0.0), size: content_size },
    )
}

/// The bar, which is made with the first layout, holding the items of all contents and no others.
fn prepare_bar(tree: &mut Tree, tabs: NodeId, width: f32) -> Option<NodeId> {
    let known = tree.state::<State>(tabs)?.bar.filter(|bar| tree.get(*bar).is_some());
    let bar = match known {
        Some(bar) => bar,
        None => {
            let bar = tree.create_named("TabBar", -1)?;
            tree.append(tabs, bar);
            let state = tree.state_mut::<State>(tabs)?;
            state.bar = Some(bar);
            for (name, args) in state.bar_attributes.clone() {
                tree.set(bar, name, &args);
            }
            bar
        }
    };
    let state = tree.state::<State>(tabs)?;
    let selected = state.pager.index;
    let style = BarStyle {
        vertical: state.vertical,
        scrolls: state.scrollable_bar,
        few: state.few,
        margin: state.bar_margin.clone(),
        middle: state.grid.as_ref().filter(|_| !state.vertical).and_then(|grid| grid.middle(tree, width)),
        fades: state.fades,
    };
    let contents = contents(tree, tabs);
    let share = style.middle.unwrap_or(width) / contents.len().max(1) as f32 / tree.environment.density;
    let share = if style.vertical || style.scrolls { 0.0 } else { share };
    let items: Vec<NodeId> = contents
        .into_iter()
        .enumerate()
        .filter_map(|(index, content)| content::bar_item(tree, content, index == selected, share))
        .collect();
    if tree.get(bar)?.children() != items {
        let old = tree.get(bar)?.children().to_vec();
        for item in old.into_iter().filter(|item| !items.contains(item)) {
            tree.detach(item);
        }
        for item in &items {
            tree.append(bar, *item);
        }
    }
    bar::prepare(tree, bar, style, selected);
    Some(bar)
}

/// The contents between which the pages are, and how far from the first to the second.
fn between(tree: &Tree, tabs: NodeId) -> Option<(NodeId, NodeId, f32)> {
    let contents = contents(tree, tabs);
    let last = contents.len().checked_sub(1)?;
    let position = tree.state::<State>(tabs)?.pager.position().clamp(0.0, last as f32);
    let at = |page: f32| contents.get(page as usize).copied();
    Some((at(position.floor())?, at(position.ceil())?, position.fract()))
}

/// Contents in sight, with where they are in pages.
fn in_sight(tree: &Tree, tabs: NodeId) -> Vec<(NodeId, f32)> {
    let Some(state) = tree.state::<State>(tabs) else { return Vec::new() };
    let position = state.pager.position();
    let (first, last) = (position.floor() as i64, position.ceil() as i64);
    let contents = contents(tree, tabs);
    if let Some(transition) = state.transition {
        let both = [transition.from, state.pager.index];
        return both.into_iter().filter_map(|index| Some((*contents.get(index)?, 0.0))).collect();
    }
    let at = |page: i64| usize::try_from(page).ok().and_then(|page| contents.get(page)).copied();
    (first..=last).filter_map(|page| Some((at(page)?, page as f32 - position))).collect()
}

/// Measures contents in sight; builds those that come into sight for the first time.
fn measure_contents(pass: &mut Pass<'_>, tabs: NodeId, size: Size) {
    let seen: Vec<NodeId> = in_sight(pass.tree, tabs).into_iter().map(|(content, _)| content).collect();
    let all = contents(pass.tree, tabs);
    let preload = pass.tree.state::<State>(tabs).map(|state| state.pager.preload.clone()).unwrap_or_default();
    for content in preload.into_iter().filter_map(|index| all.get(index)) {
        content::build(pass, *content);
    }
    for content in &seen {
        content::build(pass, *content);
    }
    let before = pass.tree.state_mut::<State>(tabs).map(|state| std::mem::replace(&mut state.seen, seen.clone()));
    let before = before.unwrap_or_default();
    for content in before.iter().filter(|content| !seen.contains(content)) {
        pass.tree.emit_event(*content, "onWillHide", Vec::new());
    }
    for content in seen.iter().filter(|content| !before.contains(content)) {
        pass.tree.emit_event(*content, "onWillShow", Vec::new());
    }
    release_far(pass, tabs, &all);
    for content in seen {
        let margin = pass
            .tree
            .get(content)
            .map_or(Default::default(), |node| node.common.margin.resolve(&pass.tree.environment, size.width, false));
        let inner = size.shrink(&margin);
        let ideal = Ideal { width: Some(inner.width), height: Some(inner.height) };
        pass.measure(content, &Constraint { min: Size::ZERO, max: size, percent: size, ideal });
    }
}

impl Component for Tabs {
    fn name(&self) -> &'static str {
        "Tabs"
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(State::default())
    }

    fn clips_children(&self) -> bool {
        true
    }

    fn methods(&self) -> &'static [Method] {
        &methods::METHODS
    }

    fn commands(&self) -> &'static [Method] {
        &methods::COMMANDS
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let finite = |extent: f32| if extent.is_finite() { extent } else { 0.0 };
        let size = Size::new(
            finite(constraint.ideal.width.unwrap_or(constraint.max.width)),
            finite(constraint.ideal.height.unwrap_or(constraint.max.height)),
        );
        let contents = contents(pass.tree, node);
        let bottom =
            contents.iter().any(|content| content::style(pass.tree, *content).is_some_and(TabStyle::is_bottom));
        if let Some(state) = pass.tree.state_mut::<State>(node) {
            state.pager.set_count(contents.len());
            // Tabs at the bottom change at once unless the app says how long it takes.
            state.pager.duration = state.duration.unwrap_or(if bottom { 0.0 } else { 300.0 });
        }
        let (bar_area, content) = areas(pass.tree, node, size);
        let bar = prepare_bar(pass.tree, node, bar_area.size.width);
        if let Some(pager) = access(pass.tree, node) {
            pager.pitch = content.size.along(pager.axis);
        }
        measure_contents(pass, node, content.size);
        if let Some(bar) = bar {
            let ideal = Ideal { width: Some(bar_area.size.width), height: Some(bar_area.size.height) };
            let limit = bar_area.size;
            pass.measure(bar, &Constraint { min: Size::ZERO, max: limit, percent: limit, ideal });
        }
        constraint.fit(size)
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let Some(content) = pass.tree.get(node).map(|node| node.layout.content()) else { return };
        let (bar_area, area) = areas(pass.tree, node, content.size);
        if let Some(wanted) = pass.tree.state_mut::<State>(node).and_then(|state| state.wanted.take()) {
            request(pass, node, wanted);
        }
        let previous = pass.tree.set_building(Some(node));
        measure_contents(pass, node, area.size);
        pass.tree.set_building(previous);
        let Some(state) = pass.tree.state::<State>(node) else { return };
        let (axis, bar) = (state.pager.axis, state.bar);
        for (page, at) in in_sight(pass.tree, node) {
            let offset = Point::on(axis, at * area.size.along(axis), 0.0);
            pass.place_child(page, content.origin + area.origin + offset);
        }
        if let Some(bar) = bar {
            let hidden = hiding::shift(pass.tree, node, bar_area.size.height);
            pass.place_child(bar, content.origin + bar_area.origin + hidden);
            if let Some(bar) = pass.tree.get_mut(bar) {
                bar.layout.raised = true;
            }
        }
        tell_moved(pass.tree, node, area.size);
    }

    fn pan_axis(&self, tree: &Tree, node: NodeId) -> Option<PanAxis> {
        let state = tree.state::<State>(node)?;
        let interactive = state.pager.interactive && state.transitions.is_none();
        (interactive && state.pager.count > 1).then(|| PanAxis::from(state.pager.axis))
    }

    fn drags_by_mouse(&self) -> bool {
        true
    }

    fn on_pan(&self, pass: &mut Pass<'_>, node: NodeId, event: &PanEvent) -> Point {
        match event.phase {
            PanPhase::Start | PanPhase::Update => {
                let Some(pager) = access(pass.tree, node) else { return Point::ZERO };
                let delta = event.delta.along(pager.axis);
                let coming = pager.coming(-delta);
                if delta != 0.0 && coming != pager.index && !allows_once(pass, node, coming) {
                    return Point::ZERO;
                }
            }
            _ => {
                if let Some(state) = pass.tree.state_mut::<State>(node) {
                    state.asked = None;
                }
            }
        }
        pager::on_pan(pass, node, event, access)
    }

    fn tick(&self, pass: &mut Pass<'_>, node: NodeId) {
        pager::tick(pass.tree, node, access);
        hiding::tick(pass.tree, node);
        let now = pass.tree.now;
        let Some(state) = pass.tree.state_mut::<State>(node) else { return };
        match state.transition {
            Some(transition) if transition.until <= now => end_transition(pass.tree, node),
            Some(transition) => pass.tree.tick_at(node, transition.until),
            None => {}
        }
    }

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let (Some(state), Some(found)) = (tree.state::<State>(node), tree.get(node)) else { return };
        let content = found.layout.content();
        let (bar, area) = areas(tree, node, content.size);
        let mut fill = |rect: Rect, color: Color| {
            let rect = rect.translate(content.origin);
            let shape = kurbo::Rect::new(
                f64::from(rect.origin.x),
                f64::from(rect.origin.y),
                f64::from(rect.right()),
                f64::from(rect.bottom()),
            );
            painter.fill_rounded(shape.to_rounded_rect(0.0), &Brush::Solid(color));
        };
        if let Some(color) = state.bar_color {
            fill(bar, color);
        }
        if let Some((width, color)) = &state.divider {
            let color = color.unwrap_or(theme::SEPARATOR.of(&tree.environment));
            let width = width.to_px(&tree.environment);
            let axis = if state.vertical { Axis::Horizontal } else { Axis::Vertical };
            let before = area.origin.along(axis) > bar.origin.along(axis);
            let at =
                if before { area.origin.along(axis) - width } else { area.origin.along(axis) + area.size.along(axis) };
            let cross = content.size.along(axis.cross());
            fill(Rect { origin: Point::on(axis, at, 0.0), size: Size::on(axis, width, cross) }, color);
        }
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        out.text("index", state.pager.index.to_string());
        out.text("currentIndex", state.pager.index.to_string());
        out.flag("vertical", state.vertical);
        out.flag("scrollable", state.pager.interactive);
        out.text("animationDuration", format!("{}", state.pager.duration));
        out.text("barPosition", if state.at_end { "BarPosition.End" } else { "BarPosition.Start" });
        out.text("barMode", if state.scrollable_bar { "BarMode.Scrollable" } else { "BarMode.Fixed" });
    }
}

/// A tab of the bar was clicked.
fn select(pass: &mut Pass<'_>, bar: NodeId, item: NodeId) {
    let Some(tabs) = pass.tree.frame_parent(bar) else { return };
    let items = pass.tree.get(bar).map(|bar| bar.children().to_vec()).unwrap_or_default();
    let Some(index) = items.iter().position(|known| *known == item) else { return };
    pass.tree.emit_event(tabs, "onTabBarClick", vec![Value::Number(index as f64)]);
    request(pass, tabs, index);
}

/// Asks the app whether a page may be shown in place of the one that is (`onContentWillChange`).
fn allows(pass: &mut Pass<'_>, tabs: NodeId, coming: usize) -> bool {
    let Some(index) = access(pass.tree, tabs).map(|pager| pager.index) else { return true };
    let numbers = [index, coming].map(|index| Value::Number(index as f64));
    let answer = pass.call_event(tabs, "onContentWillChange", &numbers);
    answer.and_then(|answer| answer.as_bool()) != Some(false)
}

/// The same, at most once for each page while a finger is down.
fn allows_once(pass: &mut Pass<'_>, tabs: NodeId, coming: usize) -> bool {
    if let Some((known, answer)) = pass.tree.state::<State>(tabs).and_then(|state| state.asked)
        && known == coming
    {
        return answer;
    }
    let answer = allows(pass, tabs, coming);
    if let Some(state) = pass.tree.state_mut::<State>(tabs) {
        state.asked = Some((coming, answer));
    }
    answer
}

/// Goes to a page because a tab was clicked or the app wants it.
fn request(pass: &mut Pass<'_>, tabs: NodeId, index: usize) {
    let Some(pager) = access(pass.tree, tabs) else { return };
    let from = pager.index;
    let moves = index < pager.count && (index != from || pager.is_moving());
    if !moves || !allows(pass, tabs, index) {
        return;
    }
    let Some(state) = pass.tree.state::<State>(tabs) else { return };
    let mode = state.mode;
    if let Some(transitions) = state.transitions.clone() {
        end_transition(pass.tree, tabs);
        let numbers = [from, index].map(|index| Value::Number(index as f64));
        let answer = pass.host.call(pass.tree, &transitions, &numbers);
        if let Some(timeout) = answer.as_f64().filter(|timeout| *timeout >= 0.0) {
            let until = pass.tree.now + timeout;
            if let Some(state) = pass.tree.state_mut::<State>(tabs) {
                state.transition = Some(Transition { from, until });
            }
            pager::go(pass.tree, tabs, access, index as f32, false);
            pass.tree.tick_at(tabs, until);
            return;
        }
    }
    match mode {
        Mode::Pass => pager::go(pass.tree, tabs, access, index as f32, true),
        Mode::Still => pager::go(pass.tree, tabs, access, index as f32, false),
        Mode::Jump => pager::go_fast(pass.tree, tabs, access, index as f32),
    }
}

/// A transition of the app is over: only the new page is seen.
fn end_transition(tree: &mut Tree, tabs: NodeId) {
    if let Some(state) = tree.state_mut::<State>(tabs)
        && state.transition.take().is_some()
    {
        tree.mark_place(tabs);
    }
}

/// Takes away contents that are not to be kept (`cachedMaxCount`).
fn release_far(pass: &mut Pass<'_>, tabs: NodeId, contents: &[NodeId]) {
    let Some(state) = pass.tree.state_mut::<State>(tabs) else { return };
    let Some(cache) = state.cache.filter(|_| !state.pager.is_moving()) else { return };
    let index = state.pager.index;
    state.visited.retain(|visited| *visited != index && *visited < contents.len());
    state.visited.insert(0, index);
    let kept = |page: usize| {
        if cache.latest {
            state.visited.iter().take(cache.most + 1).any(|visited| *visited == page)
        } else {
            page.abs_diff(index) <= cache.most
        }
    };
    let far: Vec<NodeId> =
        contents.iter().enumerate().filter(|(page, _)| !kept(*page)).map(|(_, content)| *content).collect();
    for content in far {
        content::release(pass, content);
    }
}

/// Tells the app where each page in sight is, when pages have moved since the last time.
fn tell_moved(tree: &mut Tree, tabs: NodeId, area: Size) {
    let density = tree.environment.density;
    let Some(state) = tree.state_mut::<State>(tabs) else { return };
    let position = state.pager.position();
    if std::mem::replace(&mut state.told, position) == position {
        return;
    }
    let selected = state.pager.index;
    let extent = f64::from(area.along(state.pager.axis) / density);
    let count = state.pager.count;
    for page in [position.floor(), position.ceil()] {
        if page < 0.0 || page as usize >= count {
            continue;
        }
        let numbers = [selected as f64, f64::from(page), f64::from(page - position), extent].map(Value::Number);
        tree.emit_event(tabs, "onContentDidScroll", numbers.to_vec());
        if position.fract() == 0.0 {
            break;
        }
    }
}

#[cfg(test)]
mod tests;
