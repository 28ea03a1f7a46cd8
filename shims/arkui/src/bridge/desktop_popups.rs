//! Popups of the display: roots that belong to another one and may leave its window.

use super::Ui;
use super::desktop::{Desktop, Shown};
use super::desktop_windows::root;
use concord_desktop::display::{Area, PopupOptions, WindowId};
use concord_engine::{Call, JsResult, Value as Js};
use concord_ui::NodeId;
use concord_ui::geometry::Point;

/// The furthest that anything is from anything else, in logical pixels.
const FURTHEST: f64 = 32_768.0;
/// Popups of popups.
const DEEPEST: usize = 32;

/// `desktopHasPopups() → boolean`.
pub(super) fn has(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    let has = ui.desktop.borrow().as_ref().is_some_and(|desktop| desktop.display.has_popups());
    Ok(call.context.boolean(has))
}

/// The first numbers of an array.
fn numbers<const N: usize>(value: &Js) -> JsResult<[f64; N]> {
    let mut all = [0.0; N];
    for (index, number) in (0u32..).zip(&mut all) {
        *number = value.get_index(index)?.as_f64().unwrap_or(0.0);
    }
    Ok(all)
}

/// Lengths of the tree as those of the display.
#[derive(Clone, Copy)]
struct Density(f64);

impl Density {
    fn logical(self, px: f64) -> f64 {
        (px / self.0).clamp(-FURTHEST, FURTHEST)
    }

    fn whole(self, [x, y]: [f64; 2]) -> (i32, i32) {
        (self.logical(x).round() as i32, self.logical(y).round() as i32)
    }

    /// The least whole size.
    fn size(self, [width, height]: [f64; 2]) -> (u32, u32) {
        let side = |px: f64| self.logical(px).ceil().clamp(1.0, FURTHEST) as u32;
        (side(width), side(height))
    }

    /// The least whole rectangle around one.
    fn area(self, [x, y, width, height]: [f64; 4]) -> Area {
        let (left, top) = (self.logical(x).floor(), self.logical(y).floor());
        let side = |end: f64, start: f64| (self.logical(end).ceil() - start).clamp(1.0, FURTHEST) as u32;
        Area { x: left as i32, y: top as i32, width: side(x + width, left), height: side(y + height, top) }
    }
}

fn direction([x, y]: [f64; 2]) -> (i8, i8) {
    (x.clamp(-1.0, 1.0) as i8, y.clamp(-1.0, 1.0) as i8)
}

impl Desktop {
    /// Whether a root is one of the popups of another one, or that itself.
    fn belongs_to(&self, root: NodeId, window: NodeId) -> bool {
        let beside = |root: &NodeId| self.shown.iter().find(|shown| shown.root == *root)?.beside;
        std::iter::successors(Some(root), beside).take(DEEPEST).any(|root| root == window)
    }

    /// What a new popup of a root belongs to: the window or popup that the root is seen in, or the latest popup of that, when both
    /// take everything that people do.
    fn parent(&self, root: NodeId, grabs: bool) -> Option<&Shown> {
        let below = self.composed.iter().find(|(composed, _)| *composed == root).map_or(root, |(_, below)| *below);
        let latest = self.shown.iter().rev().find(|shown| grabs && shown.grabs);
        let latest = latest.filter(|latest| self.belongs_to(latest.root, below));
        latest.or_else(|| self.shown.iter().find(|shown| shown.root == below)).filter(|shown| shown.placement.is_some())
    }
}

/// `popUpOnDesktop(root, beside, {anchor, at, towards, flips, offset, size, body, input, grabs}) → boolean`: shows a root as a popup
/// of the window that another root is seen in, or changes its place. All lengths are px; `anchor` is [x, y, width, height] where the
/// windows are, `body` and `input` are such parts of the picture. False when it is not shown. See [`PopupOptions`].
pub(super) fn pop_up(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    let (Some(root), Some(beside)) = (root(call, 0), root(call, 1)) else { return Ok(call.context.boolean(false)) };
    let options = call.arg(2);
    let density = Density(f64::from(ui.with_tree(|tree| tree.environment.density)).max(0.1));
    let flips: [f64; 2] = numbers(&options.get("flips")?)?;
    let [x, y, width, height]: [f64; 4] = numbers(&options.get("anchor")?)?;
    let mut popup = PopupOptions {
        parent: WindowId(0),
        anchor: Area::default(),
        at: direction(numbers(&options.get("at")?)?),
        towards: direction(numbers(&options.get("towards")?)?),
        flips: (flips[0] != 0.0, flips[1] != 0.0),
        offset: density.whole(numbers(&options.get("offset")?)?),
        size: density.size(numbers(&options.get("size")?)?),
        body: density.area(numbers(&options.get("body")?)?),
        input: density.area(numbers(&options.get("input")?)?),
        grabs: options.get("grabs")?.as_bool() == Some(true),
    };
    let shown = ui.show_popup(root, beside, |parent, origin| {
        popup.parent = parent;
        popup.anchor = density.area([x - f64::from(origin.x), y - f64::from(origin.y), width, height]);
        popup
    });
    ui.hear_display(call.context);
    Ok(call.context.boolean(shown))
}

impl Ui {
    /// Shows a root as a popup, or changes its place. `options` hears which window it belongs to, and where that is.
    fn show_popup(
        &self,
        root: NodeId,
        beside: NodeId,
        mut options: impl FnMut(WindowId, Point) -> PopupOptions,
    ) -> bool {
        let windows = self.windows.borrow();
        let origin = |root: NodeId| {
            windows.iter().find(|window| window.root == root).map_or(Point::ZERO, |window| window.origin)
        };
        let mut desktop = self.desktop.borrow_mut();
        let Some(desktop) = desktop.as_mut() else { return false };
        if let Some(popup) = desktop.shown.iter().find(|shown| shown.root == root) {
            let parent = desktop.shown.iter().find(|shown| Some(shown.root) == popup.beside);
            let Some(parent) = parent else { return false };
            desktop.display.move_popup(popup.window, &options(parent.window, origin(parent.root)));
            return true;
        }
        let grabs = options(WindowId(0), Point::ZERO).grabs;
        let Some((parent, window)) = desktop.parent(beside, grabs).map(|parent| (parent.root, parent.window)) else {
            return false;
        };
        let Some(window) = desktop.display.open_popup(&options(window, origin(parent))) else { return false };
        desktop.shown.push(Shown { beside: Some(parent), grabs, ..Shown::new(root, window, true) });
        true
    }

    /// Where a popup is follows from where its parent is.
    pub(super) fn settle_popup(&self, window: WindowId, position: (i32, i32)) {
        let density = self.with_tree(|tree| tree.environment.density);
        let roots = self.with_shown(window, |shown| (shown.root, shown.beside));
        let Some((root, Some(beside))) = roots else { return };
        let mut windows = self.windows.borrow_mut();
        let around = windows.iter().find(|window| window.root == beside).map_or(Point::ZERO, |window| window.origin);
        for window in windows.iter_mut().filter(|window| window.root == root) {
            window.origin = around + Point::new(position.0 as f32 * density, position.1 as f32 * density);
        }
    }
}
