//! What a page costs: layout, painting, and a long list that scrolls.

use crate::{Error, child};
use concord_paint::{CpuRaster, Frame, Raster};
use concord_ui::geometry::{Point, Size};
use concord_ui::layout::Host;
use concord_ui::value::Resource;
use concord_ui::{Args, Callback, NodeId, Pass, Tree, Value, layout_root, paint};
use concord_ui::{Registry, Setter};
use nix::time::{ClockId, clock_gettime};
use serde::{Deserialize, Serialize};
use std::sync::{Arc, LazyLock};

/// Costs in ms of processor time of one thread, on a page of about 180 nodes and 1080x2340 px.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PageCosts {
    /// Nodes of the page.
    pub nodes: usize,
    /// Measuring and placing everything for the first time, shaping included.
    pub first_layout_ms: f64,
    /// The same with texts that are shaped.
    pub layout_ms: f64,
    /// From nodes to a display list.
    pub record_ms: f64,
    /// The same pixels on every machine.
    pub repaint_ms: f64,
    /// The fastest instructions of this machine.
    pub fastest_repaint_ms: f64,
    /// A button that changed.
    pub damage_ms: f64,
    /// A frame of a lazy list of 10,000 rows that scrolls: layout, display list and repaint.
    pub scroll_frame_ms: f64,
    /// Rows that exist at the end of scrolling.
    pub rows_alive: usize,
}

impl PageCosts {
    /// The better of each number.
    pub fn min(self, other: PageCosts) -> PageCosts {
        PageCosts {
            nodes: self.nodes,
            first_layout_ms: self.first_layout_ms.min(other.first_layout_ms),
            layout_ms: self.layout_ms.min(other.layout_ms),
            record_ms: self.record_ms.min(other.record_ms),
            repaint_ms: self.repaint_ms.min(other.repaint_ms),
            fastest_repaint_ms: self.fastest_repaint_ms.min(other.fastest_repaint_ms),
            damage_ms: self.damage_ms.min(other.damage_ms),
            scroll_frame_ms: self.scroll_frame_ms.min(other.scroll_frame_ms),
            rows_alive: self.rows_alive.max(other.rows_alive),
        }
    }
}

const SCREEN: Size = Size { width: 1080.0, height: 2340.0 };

/// Processor time of this thread in ms.
fn now() -> Result<f64, Error> {
    let time = clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID).map_err(|error| Error::failed("clock", error))?;
    Ok(time.tv_sec() as f64 * 1e3 + time.tv_nsec() as f64 / 1e6)
}

/// The least time of several rounds in ms.
fn least(rounds: u32, mut body: impl FnMut()) -> Result<f64, Error> {
    let mut least = f64::INFINITY;
    for _ in 0..rounds {
        let begin = now()?;
        body();
        least = least.min(now()? - begin);
    }
    Ok(least)
}

/// Builds rows of a list; there is no app otherwise.
#[derive(Default)]
struct Rows {
    alive: usize,
}

impl Host for Rows {
    fn call(&mut self, _tree: &mut Tree, _callback: &Callback, _args: &[Value]) -> Value {
        Value::Undefined
    }

    fn build_item(&mut self, tree: &mut Tree, source: NodeId, index: usize) -> Option<NodeId> {
        let item = node(tree, source, "ListItem", &[])?;
        let row = node(tree, item, "Row", &[("width", Value::text("100%")), ("height", Value::Number(56.0))])?;
        text(tree, row, &format!("Row {index}"), 16.0)?;
        self.alive += 1;
        Some(item)
    }

    fn release_item(&mut self, tree: &mut Tree, _source: NodeId, item: NodeId) {
        tree.destroy(item);
        self.alive -= 1;
    }

    fn resource(&mut self, _resource: &Resource) -> Option<Arc<[u8]>> {
        None
    }
}

/// What pages are made of.
static COMPONENTS: LazyLock<Registry> = LazyLock::new(|| {
    Registry::new(concord_containers::all().chain(concord_controls::all()).chain(concord_text_ui::all()))
});

fn set(tree: &mut Tree, node: NodeId, name: &str, args: &[Value]) -> Option<()> {
    let method = COMPONENTS.method(tree.get(node)?.component, name)?;
    (method.apply)(&mut Setter { tree, node }, Args(args));
    Some(())
}

fn node(tree: &mut Tree, parent: NodeId, component: &str, attributes: &[(&str, Value)]) -> Option<NodeId> {
    let node = tree.create_named(component, -1)?;
    tree.append(parent, node);
    for (name, value) in attributes {
        set(tree, node, name, std::slice::from_ref(value))?;
    }
    Some(node)
}

fn text(tree: &mut Tree, parent: NodeId, content: &str, size: f64) -> Option<NodeId> {
    node(tree, parent, "Text", &[("create", Value::text(content)), ("fontSize", Value::Number(size))])
}

/// A page as shops have it: cards with shadows in rows, each with texts and a button. The last button is returned, too.
fn shop(tree: &mut Tree) -> Option<(NodeId, NodeId)> {
    let root = tree.create_named("Column", -1)?;
    set(tree, root, "backgroundColor", &[Value::text("#f1f3f5")])?;
    let title = node(tree, root, "Row", &[("width", Value::text("100%")), ("height", Value::Number(56.0))])?;
    text(tree, title, "Concord 商店", 24.0)?;
    let mut last = root;
    for row in 0..9 {
        let line = node(tree, root, "Row", &[("width", Value::text("100%")), ("padding", Value::Number(6.0))])?;
        for column in 0..3 {
            let shadow = Value::object([("radius", Value::Number(12.0)), ("color", Value::text("#33000000"))]);
            let card = node(
                tree,
                line,
                "Column",
                &[
                    ("layoutWeight", Value::Number(1.0)),
                    ("margin", Value::Number(4.0)),
                    ("padding", Value::Number(4.0)),
                    ("borderRadius", Value::Number(8.0)),
                    ("backgroundColor", Value::text("#ffffff")),
                    ("shadow", shadow),
                ],
            )?;
            text(tree, card, &format!("Item {row}-{column}"), 14.0)?;
            let details = node(tree, card, "Row", &[("width", Value::text("100%"))])?;
            text(tree, details, "¥ 12.50", 10.0)?;
            node(tree, details, "Blank", &[])?;
            last = node(
                tree,
                card,
                "Button",
                &[
                    ("createWithLabel", Value::text("Buy")),
                    ("height", Value::Number(24.0)),
                    ("fontSize", Value::Number(10.0)),
                ],
            )?;
        }
    }
    Some((root, last))
}

/// Measures everything.
pub fn run() -> Result<PageCosts, Error> {
    let missing = || Error::failed("page", "a component or attribute of the measured page does not exist");
    let failed = |error: concord_paint::SizeError| Error::failed("page", error);
    let mut tree = Tree::new(&COMPONENTS);
    let mut host = Rows::default();
    let (root, button) = shop(&mut tree).ok_or_else(missing)?;
    let begin = now()?;
    layout_root(&mut Pass::new(&mut tree, &mut host), root, SCREEN);
    let first_layout_ms = now()? - begin;
    let all: Vec<NodeId> = tree.ids().collect();
    let layout_ms = least(30, || {
        all.iter().for_each(|node| tree.mark_measure(*node));
        layout_root(&mut Pass::new(&mut tree, &mut host), root, SCREEN);
    })?;
    let record_ms = least(30, || drop(paint(&tree, root)))?;
    let list = paint(&tree, root);
    let mut frame = Frame::new(SCREEN.width as u32, SCREEN.height as u32).map_err(failed)?;
    let mut raster = CpuRaster::new();
    let repaint_ms = least(15, || {
        raster.render(&list, &mut frame, None);
    })?;
    let mut fastest = CpuRaster::fastest();
    let fastest_repaint_ms = least(15, || {
        fastest.render(&list, &mut frame, None);
    })?;
    set(&mut tree, button, "backgroundColor", &[Value::text("#ff0000")]).ok_or_else(missing)?;
    let changed = paint(&tree, root);
    let damage = changed.damage(&list);
    let damage_ms = least(30, || {
        for rect in &damage {
            fastest.render(&changed, &mut frame, Some(*rect));
        }
    })?;
    let (scroll_frame_ms, rows_alive) = scroll(&mut frame, &mut fastest).ok_or_else(missing)?;
    Ok(PageCosts {
        nodes: all.len(),
        first_layout_ms,
        layout_ms,
        record_ms,
        repaint_ms,
        fastest_repaint_ms,
        damage_ms,
        scroll_frame_ms,
        rows_alive,
    })
}

/// Scrolls a lazy list of 10,000 rows by a third of a row, frame by frame.
fn scroll(frame: &mut Frame, raster: &mut CpuRaster) -> Option<(f64, usize)> {
    const FRAMES: u32 = 300;
    let mut tree = Tree::new(&COMPONENTS);
    let mut host = Rows::default();
    let root = tree.create_named("List", -1)?;
    let source = node(&mut tree, root, "LazyForEach", &[])?;
    tree.set_source(source, 10_000);
    layout_root(&mut Pass::new(&mut tree, &mut host), root, SCREEN);
    let component = tree.get(root)?.component;
    let begin = now().ok()?;
    for _ in 0..FRAMES {
        let event = concord_ui::pan::PanEvent {
            phase: concord_ui::pan::PanPhase::Update,
            delta: Point::new(0.0, -60.0),
            velocity: Point::ZERO,
            position: Point::ZERO,
        };
        component.on_pan(&mut Pass::new(&mut tree, &mut host), root, &event);
        layout_root(&mut Pass::new(&mut tree, &mut host), root, SCREEN);
        raster.render(&paint(&tree, root), frame, None);
    }
    Some(((now().ok()? - begin) / f64::from(FRAMES), host.alive))
}

/// The best of some processes.
pub fn measure(rounds: u32) -> Result<PageCosts, Error> {
    child::best_of(rounds, || child::run(&["page"], &[]), PageCosts::min)
}
