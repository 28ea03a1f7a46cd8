//! What the library does with windows of the display.

use super::desktop::{Desktop, Shown};
use super::{Ui, nodes, nothing};
use crate::app_icon::app_icon;
use concord_desktop::display::{Display, FrameAction, Limits, Picture, WindowId, WindowOptions};
use concord_engine::{Call, JsResult, Value as Js};
use concord_ui::NodeId;

/// The longest side of a window in logical pixels.
const LONGEST: f64 = 16_384.0;
/// More layers than this no icon has.
const MOST_LAYERS: f64 = 8.0;

pub(super) fn root(call: &Call<'_>, index: usize) -> Option<NodeId> {
    Ui::of(call.context).with_tree(|tree| nodes::node(call, tree, index))
}

fn side(value: &Js) -> u32 {
    value.as_f64().unwrap_or(0.0).clamp(0.0, LONGEST).round() as u32
}

/// `{minWidth, minHeight, maxWidth, maxHeight}` in logical pixels; 0 for no limit.
fn limits(value: &Js) -> JsResult<Limits> {
    let side = |name: &str| Ok(side(&value.get(name)?));
    Ok(Limits { min: (side("minWidth")?, side("minHeight")?), max: (side("maxWidth")?, side("maxHeight")?) })
}

fn with_window(call: &Call<'_>, work: impl FnOnce(&mut dyn Display, WindowId)) {
    let root = root(call, 0);
    if let Some(Desktop { display, shown, .. }) = Ui::of(call.context).desktop.borrow_mut().as_mut()
        && let Some(shown) = shown.iter().find(|shown| Some(shown.root) == root)
    {
        work(display.as_mut(), shown.window);
    }
}

/// `openOnDesktop(root, {title, appId, width, height, minWidth …, parent, modal, framed, transparent})`: gives a window a place on
/// the display. Sizes are logical pixels, `parent` is a root.
pub(super) fn open(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    let options = call.arg(1);
    let flag = |name: &str| Ok(options.get(name)?.as_bool() == Some(true));
    let text = |name: &str| Ok(options.get(name)?.as_string().unwrap_or_default());
    let parent = options.get("parent")?.as_f64();
    let parent = ui.with_tree(|tree| tree.by_number(parent? as u64));
    let mut window = WindowOptions {
        title: text("title")?,
        app_id: text("appId")?,
        size: (side(&options.get("width")?).max(1), side(&options.get("height")?).max(1)),
        limits: limits(&options)?,
        parent: None,
        modal: flag("modal")?,
        framed: flag("framed")?,
        transparent: flag("transparent")?,
    };
    if let (Some(root), Some(desktop)) = (root(call, 0), ui.desktop.borrow_mut().as_mut())
        && desktop.shown.iter().all(|shown| shown.root != root)
    {
        let place = |root: NodeId| desktop.shown.iter().find(|shown| shown.root == root).map(|shown| shown.window);
        window.parent = parent.and_then(place);
        desktop.composed.retain(|(composed, _)| *composed != root);
        let transparent = window.transparent;
        let window = desktop.display.open(&window);
        desktop.shown.push(Shown::new(root, window, transparent));
    }
    ui.hear_display(call.context);
    nothing(call.context)
}

/// `closeOnDesktop(root)`: takes its place on the display away, or its place in another window.
pub(super) fn close(call: &Call<'_>) -> JsResult {
    let root = root(call, 0);
    let ui = Ui::of(call.context);
    if let Some(Desktop { display, shown, composed, .. }) = ui.desktop.borrow_mut().as_mut() {
        composed.retain(|(composed, _)| Some(*composed) != root);
        shown.retain(|shown| {
            let stays = Some(shown.root) != root;
            if !stays {
                display.close(shown.window);
            }
            stays
        });
    }
    ui.hear_display(call.context);
    nothing(call.context)
}

/// `composeOnDesktop(root, below)`: draws a window above another one, in its place.
pub(super) fn compose(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    if let (Some(root), Some(below)) = (root(call, 0), root(call, 1))
        && let Some(Desktop { composed, .. }) = ui.desktop.borrow_mut().as_mut()
    {
        composed.retain(|(composed, _)| *composed != root);
        composed.push((root, below));
    }
    ui.request_frame(call.context);
    nothing(call.context)
}

/// `changeOnDesktop(root, other)`: another window takes the place of this one.
pub(super) fn change(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    if let (Some(root), Some(other)) = (root(call, 0), root(call, 1))
        && let Some(Desktop { shown, composed, .. }) = ui.desktop.borrow_mut().as_mut()
    {
        for shown in shown.iter_mut().filter(|shown| shown.root == root) {
            shown.root = other;
            shown.dirty = true;
        }
        for (_, below) in composed.iter_mut().filter(|(_, below)| *below == root) {
            *below = other;
        }
    }
    ui.request_frame(call.context);
    nothing(call.context)
}

/// `curtainOnDesktop(root, other)`: another root is shown in the place of this one; none any more when it is 0.
pub(super) fn curtain(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    let (root, curtain) = (root(call, 0), root(call, 1));
    if let Some(Desktop { shown, .. }) = ui.desktop.borrow_mut().as_mut() {
        for shown in shown.iter_mut().filter(|shown| Some(shown.root) == root) {
            shown.curtain = curtain;
            shown.dirty = true;
        }
    }
    ui.request_frame(call.context);
    nothing(call.context)
}

/// `setDesktopTitle(root, title)`.
pub(super) fn set_title(call: &Call<'_>) -> JsResult {
    let title = call.arg(1).as_string().unwrap_or_default();
    with_window(call, |display, window| display.set_title(window, &title));
    Ui::of(call.context).hear_display(call.context);
    nothing(call.context)
}

/// `actOnDesktop(root, action)`: `minimize`, `maximize`, `recover`, `fullscreen`, `leaveFullscreen`, `move`, `raise`.
pub(super) fn act(call: &Call<'_>) -> JsResult {
    let actions: &[FrameAction] = match call.arg(1).as_string().as_deref() {
        Some("minimize") => &[FrameAction::Minimize],
        Some("maximize") => &[FrameAction::Fullscreen(false), FrameAction::Maximize(true)],
        Some("recover") => &[FrameAction::Fullscreen(false), FrameAction::Maximize(false)],
        Some("fullscreen") => &[FrameAction::Fullscreen(true)],
        Some("leaveFullscreen") => &[FrameAction::Fullscreen(false)],
        Some("move") => &[FrameAction::Move],
        Some("raise") => {
            with_window(call, |display, window| display.raise(window));
            &[]
        }
        _ => &[],
    };
    with_window(call, |display, window| actions.iter().for_each(|action| display.act(window, *action)));
    Ui::of(call.context).hear_display(call.context);
    nothing(call.context)
}

/// `resizeOnDesktop(root, width, height)`, in logical pixels.
pub(super) fn resize(call: &Call<'_>) -> JsResult {
    let size = (side(&call.arg(1)).max(1), side(&call.arg(2)).max(1));
    with_window(call, |display, window| display.resize(window, size));
    Ui::of(call.context).hear_display(call.context);
    nothing(call.context)
}

/// `limitOnDesktop(root, {minWidth, minHeight, maxWidth, maxHeight})`, in logical pixels; 0 for no limit.
pub(super) fn limit(call: &Call<'_>) -> JsResult {
    let limits = limits(&call.arg(1))?;
    with_window(call, |display, window| display.set_limits(window, limits));
    Ui::of(call.context).hear_display(call.context);
    nothing(call.context)
}

/// `desktopIconSizes() → [edge]`, in px: the icons that the display wants.
pub(super) fn icon_sizes(call: &Call<'_>) -> JsResult {
    let desktop = Ui::of(call.context);
    let sizes = desktop.desktop.borrow().as_ref().map(|desktop| desktop.display.icon_sizes()).unwrap_or_default();
    let sizes: Vec<Js> = sizes.into_iter().map(|size| call.context.number(f64::from(size))).collect();
    Ok(call.context.array(&sizes))
}

/// `setDesktopIcon(root, [bytes], masked)`: files of pictures, the backmost first; `masked` ones get the platform's shape.
pub(super) fn set_icon(call: &Call<'_>) -> JsResult {
    let list = call.arg(1);
    let count = list.get("length")?.as_f64().unwrap_or(0.0).clamp(0.0, MOST_LAYERS) as u32;
    let layers = (0..count).filter_map(|index| list.get_index(index).ok()?.bytes()).collect::<Vec<_>>();
    let layers: Vec<&[u8]> = layers.iter().map(Vec::as_slice).collect();
    let masked = call.arg(2).as_bool() == Some(true);
    with_window(call, |display, window| {
        let shown =
            app_icon(&layers, masked, &display.icon_sizes()).map_err(|error| error.to_string()).and_then(|icons| {
                let pictures: Vec<_> = icons
                    .iter()
                    .map(|icon| Picture { width: icon.width(), height: icon.height(), rgba: icon.frame().data() })
                    .collect();
                display.set_icon(window, &pictures).map_err(|error| error.to_string())
            });
        if let Err(problem) = shown {
            tracing::warn!("a window has no icon: {problem}");
        }
    });
    nothing(call.context)
}

/// `setDesktopDark(dark)`: the colours of frames.
pub(super) fn set_dark(call: &Call<'_>) -> JsResult {
    if let Some(desktop) = Ui::of(call.context).desktop.borrow_mut().as_mut() {
        desktop.display.set_dark(call.arg(0).as_bool() == Some(true));
    }
    nothing(call.context)
}

/// `desktopOutputs() → [[id, name, x, y, width, height, scale, refresh, widthMm, heightMm, turned]]`: the place in logical
/// pixels, the size in px, `turned` in quarters against the clock.
pub(super) fn outputs(call: &Call<'_>) -> JsResult {
    let context = call.context;
    let all = Ui::of(context).desktop.borrow().as_ref().map(|desktop| desktop.display.outputs()).unwrap_or_default();
    let rows: Vec<Js> = all
        .into_iter()
        .map(|output| {
            let numbers = [
                f64::from(output.position.0),
                f64::from(output.position.1),
                f64::from(output.pixels.0),
                f64::from(output.pixels.1),
                output.scale,
                output.refresh,
                f64::from(output.millimetres.0),
                f64::from(output.millimetres.1),
                f64::from(output.turned),
            ];
            let mut row = vec![context.number(f64::from(output.id.0)), context.string(&output.name)];
            row.extend(numbers.map(|number| context.number(number)));
            context.array(&row)
        })
        .collect();
    Ok(context.array(&rows))
}
