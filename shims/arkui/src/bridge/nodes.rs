//! `@concord:arkui/nodes`: the node tree as our JavaScript library uses it. Nodes are numbers there; a number of a node that is
//! gone is accepted everywhere and does nothing.

use super::{Ui, Window, convert, nothing};
use crate::components::REGISTRY;
use concord_engine::{Call, Context, ErrorKind, Exception, JsResult, Value as Js};
use concord_paint::kurbo::Rect;
use concord_runtime::{FaceModule, Native};
use concord_ui::attached::Attached;
use concord_ui::common::Alignment;
use concord_ui::geometry::{Edges, Point, Size};
use concord_ui::units::{Length, Unit};
use concord_ui::{Args, Environment, NodeId, Setter, Splice, Tree, input, inspector};

/// The faces of the bridge.
pub(crate) static FACES: [FaceModule; 11] = [
    super::animation::FACE,
    super::desktop::FACE,
    super::drag::FACE,
    super::exchange::FACE,
    super::input::FACE,
    FaceModule { request: "@concord:arkui/nodes", source: include_str!("nodes.js"), natives: NATIVES, apis: &[] },
    FaceModule { request: "@concord:arkui/resources", source: include_str!("resources.js"), natives: &[], apis: &[] },
    super::custom_layout::FACE,
    super::inspection::FACE,
    super::resume::FACE,
    super::text::FACE,
];

const NATIVES: &[(&str, Native)] = &[
    ("configure", configure),
    ("components", components),
    ("create", create),
    ("call", call),
    ("command", command),
    ("insert", insert),
    ("move", reorder),
    ("remove", remove),
    ("detach", detach),
    ("children", children),
    ("parent", parent),
    ("elmtId", element),
    ("byElmtId", by_element),
    ("exists", exists),
    ("isShown", is_shown),
    ("word", word),
    ("type", type_of),
    ("source", source),
    ("relayout", relayout),
    ("splice", splice),
    ("requestFrame", request_frame),
    ("onFrame", on_frame),
    ("resolveWith", resolve_with),
    ("createWindow", create_window),
    ("resizeWindow", resize_window),
    ("moveWindow", move_window),
    ("avoid", avoid),
    ("attach", attach),
    ("flush", flush),
    ("frame", frame_of),
    ("findByKey", find_by_key),
    ("inspect", inspect),
    ("frameParent", frame_parent),
    ("topWindow", top_window),
    ("snapshot", snapshot),
    ("transforms", transforms),
];

/// The node that an argument names.
pub(super) fn node(call: &Call<'_>, tree: &Tree, index: usize) -> Option<NodeId> {
    tree.by_number(call.arg(index).as_f64()? as u64)
}

/// A node as the library sees it; 0 is none.
pub(super) fn number(context: &Context, tree: &Tree, node: Option<NodeId>) -> Js {
    context.number(node.map_or(0, |node| tree.number(node)) as f64)
}

fn type_error(call: &Call<'_>, message: &str) -> Exception {
    Exception(call.context.error(ErrorKind::TypeError, message))
}

/// `configure({density, fontScale, windowWidth, designWidth, dark, rightToLeft, animations, targetApi,
/// locale})`.
fn configure(call: &Call<'_>) -> JsResult {
    let options = call.arg(0);
    let number = |name: &str| options.get(name).map(|value| value.as_f64().map(|number| number as f32));
    let flag = |name: &str| options.get(name).map(|value| value.as_bool());
    let (density, font_scale) = (number("density")?, number("fontScale")?);
    let (window_width, design_width) = (number("windowWidth")?, number("designWidth")?);
    let (dark, right_to_left) = (flag("dark")?, flag("rightToLeft")?);
    let animations = flag("animations")?;
    let target_api = number("targetApi")?;
    let locale = options.get("locale")?.as_string();
    let configure = |environment: &mut Environment| {
        let positive = |value: Option<f32>, slot: &mut f32| {
            if let Some(value) = value.filter(|value| *value > 0.0 && value.is_finite()) {
                *slot = value;
            }
        };
        positive(density, &mut environment.density);
        positive(font_scale, &mut environment.font_scale);
        positive(window_width, &mut environment.window_width);
        positive(design_width, &mut environment.design_width);
        environment.animations = animations.unwrap_or(environment.animations);
        environment.dark = dark.unwrap_or(environment.dark);
        environment.right_to_left = right_to_left.unwrap_or(environment.right_to_left);
        environment.target_api = target_api.map_or(environment.target_api, |api| api as u32);
        if let Some(locale) = locale {
            environment.locale = locale;
        }
    };
    let ui = Ui::of(call.context);
    ui.with_tree(|tree| tree.configure(configure));
    if !ui.windows.borrow().is_empty() && ui.with_tree(|tree| tree.needs_frame) {
        ui.request_frame(call.context);
    }
    nothing(call.context)
}

/// `components() → [[name, isLeaf, [method], isMissing, number]]` of all components that are not syntax nodes; of those that are
/// there in part, `isMissing` is true. The methods of a component are numbered in their order, from `number` on.
fn components(call: &Call<'_>) -> JsResult {
    let context = call.context;
    let mut all: Vec<_> = REGISTRY.all().filter(|component| !component.is_syntax()).collect();
    all.sort_by_key(|component| component.name());
    let mut rows = Vec::with_capacity(all.len());
    for component in all {
        let names: Vec<Js> = REGISTRY.method_names(component).into_iter().map(|name| context.string(name)).collect();
        let row = [
            context.string(component.name()),
            context.boolean(component.is_leaf()),
            context.array(&names),
            context.boolean(component.is_missing() || component.gap().is_some()),
            context.number(REGISTRY.numbers(component).start as f64),
        ];
        rows.push(context.array(&row));
    }
    Ok(context.array(&rows))
}

/// `create(type, elmtId) → node`.
fn create(call: &Call<'_>) -> JsResult {
    let name = call.arg(0).as_string().unwrap_or_default();
    let component = REGISTRY.get(&name).ok_or_else(|| type_error(call, &format!("There is no component {name}.")))?;
    let element = call.arg(1).as_f64().map_or(-1, |element| element as i32);
    Ok(Ui::of(call.context).with_tree(|tree| {
        let node = tree.create(component, element);
        number(call.context, tree, Some(node))
    }))
}

/// `call(node, method, ...args)`: creates, or sets an attribute. Returns what the method gives. The method goes by its name, or by
/// its number (see `components`), which is quicker to find and to hand over.
fn call(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    let args = call.args.get(2..).unwrap_or_default();
    let args: Vec<_> = args.iter().map(|arg| convert::to_ui(&ui, arg)).collect::<JsResult<_>>()?;
    let result = ui.with_tree(|tree| {
        let node = node(call, tree, 0)?;
        let component = tree.get(node)?.component;
        let method = match call.arg(1).as_f64() {
            Some(number) => REGISTRY.numbered(component, number as usize)?,
            None => REGISTRY.method(component, &call.arg(1).as_string()?)?,
        };
        if method.name.starts_with("create") {
            // The page describes the node anew; what it does not bind again is not bound any more.
            input::style::reset(tree, node);
        }
        ui.note_attribute(tree.number(node), method.name, &args);
        Some(tree.apply(node, method, Args(&args)))
    });
    if ui.with_tree(|tree| tree.needs_frame) {
        ui.request_frame(call.context);
    }
    result.map_or_else(|| nothing(call.context), |value| convert::to_js(call.context, &value))
}

/// `command(node, name, ...args)`: what a controller calls. Returns what the command gives.
fn command(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    let name = call.arg(1).as_string().unwrap_or_default();
    let args = call.args.get(2..).unwrap_or_default();
    let args: Vec<_> = args.iter().map(|arg| convert::to_ui(&ui, arg)).collect::<JsResult<_>>()?;
    let result = ui.with_tree(|tree| {
        let node = node(call, tree, 0)?;
        let command = REGISTRY.command(tree.get(node)?.component, &name)?;
        Some((command.apply)(&mut Setter { tree, node }, Args(&args)))
    });
    if ui.with_tree(|tree| tree.needs_frame) {
        ui.request_frame(call.context);
    }
    result.map_or_else(|| nothing(call.context), |value| convert::to_js(call.context, &value))
}

/// `insert(parent, child, index?)`: puts a node into another; behind the others without an index.
fn insert(call: &Call<'_>) -> JsResult {
    let index = call.arg(2).as_f64().map_or(usize::MAX, |index| index.max(0.0) as usize);
    let ui = Ui::of(call.context);
    let done = ui.with_tree(|tree| match (node(call, tree, 0), node(call, tree, 1)) {
        (Some(parent), Some(child)) => tree.insert(parent, child, index),
        _ => false,
    });
    ui.request_frame(call.context);
    Ok(call.context.boolean(done))
}

/// `move(child, index)`: among the direct children of its parent.
fn reorder(call: &Call<'_>) -> JsResult {
    let index = call.arg(1).as_f64().unwrap_or(0.0).max(0.0) as usize;
    let ui = Ui::of(call.context);
    ui.with_tree(|tree| {
        let child = node(call, tree, 0)?;
        let parent = tree.get(child)?.parent()?;
        tree.insert(parent, child, index).then_some(())
    });
    ui.request_frame(call.context);
    nothing(call.context)
}

/// `remove(child) → [elmtId]`: ends a subtree; the numbers of its elements, innermost first.
fn remove(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    let elements = ui.with_tree(|tree| node(call, tree, 0).map(|child| tree.destroy(child))).unwrap_or_default();
    ui.with_tree(|tree| {
        ui.sources.borrow_mut().retain(|node, _| tree.get(*node).is_some());
        ui.windows.borrow_mut().retain(|window| tree.get(window.root).is_some());
    });
    ui.request_frame(call.context);
    let elements: Vec<Js> = elements.into_iter().map(|element| call.context.number(f64::from(element))).collect();
    Ok(call.context.array(&elements))
}

/// `detach(child)`: takes a subtree out and keeps it, for a pool of reusable components.
fn detach(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    ui.with_tree(|tree| node(call, tree, 0).map(|child| tree.detach(child)));
    ui.request_frame(call.context);
    nothing(call.context)
}

/// `children(node) → [node]`, syntax nodes included.
fn children(call: &Call<'_>) -> JsResult {
    let numbers = Ui::of(call.context).with_tree(|tree| {
        let node = node(call, tree, 0).and_then(|node| tree.get(node));
        node.map(|node| node.children().iter().map(|child| tree.number(*child)).collect::<Vec<_>>()).unwrap_or_default()
    });
    let numbers: Vec<Js> = numbers.into_iter().map(|number| call.context.number(number as f64)).collect();
    Ok(call.context.array(&numbers))
}

/// `parent(node) → node`, a syntax node perhaps; 0 when it has none.
fn parent(call: &Call<'_>) -> JsResult {
    Ok(Ui::of(call.context).with_tree(|tree| {
        let parent = node(call, tree, 0).and_then(|node| tree.get(node)?.parent());
        number(call.context, tree, parent)
    }))
}

/// `elmtId(node) → number`, -1 when it has none.
fn element(call: &Call<'_>) -> JsResult {
    let element = Ui::of(call.context)
        .with_tree(|tree| node(call, tree, 0).and_then(|node| tree.get(node)).map_or(-1, |node| node.element));
    Ok(call.context.number(f64::from(element)))
}

/// `byElmtId(elmtId) → node`, 0 when there is none.
fn by_element(call: &Call<'_>) -> JsResult {
    let element = call.arg(0).as_f64().map_or(-1, |element| element as i32);
    Ok(Ui::of(call.context).with_tree(|tree| number(call.context, tree, tree.by_element(element))))
}

/// `exists(node)`.
fn exists(call: &Call<'_>) -> JsResult {
    let exists = Ui::of(call.context).with_tree(|tree| node(call, tree, 0).is_some());
    Ok(call.context.boolean(exists))
}

/// `isShown(node)`: whether the last layout gave it a place, and everything around it.
fn is_shown(call: &Call<'_>) -> JsResult {
    let shown = Ui::of(call.context).with_tree(|tree| node(call, tree, 0).is_some_and(|node| tree.is_shown(node)));
    Ok(call.context.boolean(shown))
}

/// `word(english) → string`: what the system says, in the language of the app.
fn word(call: &Call<'_>) -> JsResult {
    let english = call.arg(0).to_js_string()?;
    let said =
        Ui::of(call.context).with_tree(|tree| concord_ui::words::word(&tree.environment.locale, &english).to_owned());
    Ok(call.context.string(&said))
}

/// `type(node) → string`.
fn type_of(call: &Call<'_>) -> JsResult {
    let name = Ui::of(call.context)
        .with_tree(|tree| node(call, tree, 0).and_then(|node| tree.get(node)).map_or("", |node| node.component.name()));
    Ok(call.context.string(name))
}

/// `source(node, object)`: makes a `LazyForEach` or `Repeat` node a virtual source: `{count, build(index) → node,
/// release(node)}`. To be called again after every change of the data; `build` then gives the node that an item had before,
/// when it has one. `release` gets nodes that `build` gave and that are out of sight now.
fn source(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    let count = call.arg(1).get("count")?.as_f64().filter(|count| *count >= 0.0).unwrap_or(0.0) as usize;
    ui.with_tree(|tree| {
        let node = node(call, tree, 0)?;
        ui.sources.borrow_mut().insert(node, call.arg(1));
        tree.set_source(node, count);
        Some(())
    });
    ui.request_frame(call.context);
    nothing(call.context)
}

/// `relayout(node)`: it is measured and placed anew.
fn relayout(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    ui.with_tree(|tree| node(call, tree, 0).map(|node| tree.mark_measure(node)));
    ui.request_frame(call.context);
    nothing(call.context)
}

/// `splice(node, at, removed, added)`: what has changed in a virtual source; to be said before `source` says that it has.
fn splice(call: &Call<'_>) -> JsResult {
    let number =
        |index: usize| call.arg(index).as_f64().filter(|number| *number >= 0.0).map_or(0, |number| number as usize);
    let splice = Splice { at: number(1), removed: number(2), added: number(3) };
    Ui::of(call.context).with_tree(|tree| {
        if let Some(node) = node(call, tree, 0) {
            tree.note_splice(node, splice);
        }
    });
    nothing(call.context)
}

/// `requestFrame()`.
fn request_frame(call: &Call<'_>) -> JsResult {
    Ui::of(call.context).request_frame(call.context);
    nothing(call.context)
}

/// `onFrame(f)`: `f` runs at the beginning of each frame, and once more after events of that frame.
fn on_frame(call: &Call<'_>) -> JsResult {
    *Ui::of(call.context).on_frame.borrow_mut() = Some(call.arg(0));
    nothing(call.context)
}

/// `resolveWith(f)`: `f` gives the value of an `$r` object.
fn resolve_with(call: &Call<'_>) -> JsResult {
    *Ui::of(call.context).resolve.borrow_mut() = Some(call.arg(0));
    nothing(call.context)
}

fn size(call: &Call<'_>, index: usize) -> Size {
    let extent = |index: usize| call.arg(index).as_f64().unwrap_or(0.0).clamp(0.0, 65_535.0) as f32;
    Size::new(extent(index), extent(index + 1))
}

/// `createWindow(width, height) → root`: a window above the others, in px.
fn create_window(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    let component = REGISTRY.get("root").ok_or_else(|| type_error(call, "There is no component root."))?;
    let size = size(call, 0);
    Ok(ui.with_tree(|tree| {
        let root = tree.create(component, -1);
        ui.windows.borrow_mut().push(Window { root, origin: Point::ZERO, size });
        number(call.context, tree, Some(root))
    }))
}

/// `resizeWindow(root, width, height)`; a window of zero size is not laid out. Removing the root ends a window.
fn resize_window(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    let size = size(call, 1);
    ui.with_tree(|tree| {
        let root = node(call, tree, 0);
        for window in ui.windows.borrow_mut().iter_mut().filter(|window| Some(window.root) == root) {
            window.size = size;
            tree.mark_measure(window.root);
        }
    });
    ui.request_frame(call.context);
    nothing(call.context)
}

/// `attach(owner, node, above, options)`: the node lies above the owner's children, or below its content, as `{align, offset}`
/// say; node 0 takes away what lies there. See [`concord_ui::attached`].
fn attach(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    let options = convert::to_ui(&ui, &call.arg(3))?;
    let above = call.arg(2).to_boolean();
    let align = Alignment::from_value(options.get("align")).unwrap_or(if above {
        Alignment::TopStart
    } else {
        Alignment::Center
    });
    let length = |name: &str| Length::from_value(options.get("offset").get(name), Unit::Vp).unwrap_or(Length::ZERO);
    let offset = [length("x"), length("y")];
    ui.with_tree(|tree| {
        let Some(owner) = node(call, tree, 0) else { return };
        match node(call, tree, 1) {
            Some(node) => {
                tree.attach(owner, Attached { node, above, align, offset });
            }
            None => tree.detach_side(owner, above),
        }
    });
    ui.request_frame(call.context);
    nothing(call.context)
}

/// `avoid(root, left, top, right, bottom)`: what the bars of the system cover of a window, in px.
fn avoid(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    let edge = |index: usize| call.arg(index).as_f64().filter(|edge| edge.is_finite()).unwrap_or(0.0).max(0.0) as f32;
    let area = Edges { left: edge(1), top: edge(2), right: edge(3), bottom: edge(4) };
    ui.with_tree(|tree| {
        if let Some(root) = node(call, tree, 0) {
            tree.set_avoid_area(root, area);
        }
    });
    ui.request_frame(call.context);
    nothing(call.context)
}

/// `moveWindow(root, left, top)`: to another place on the screen, in px.
fn move_window(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    let coordinate = |index: usize| call.arg(index).as_f64().unwrap_or(0.0).clamp(-65_535.0, 65_535.0) as f32;
    let origin = Point::new(coordinate(1), coordinate(2));
    ui.with_tree(|tree| {
        let root = node(call, tree, 0);
        for window in ui.windows.borrow_mut().iter_mut().filter(|window| Some(window.root) == root) {
            window.origin = origin;
        }
    });
    ui.request_frame(call.context);
    nothing(call.context)
}

/// `flush()`: updates, lays out and delivers events now, for questions about sizes.
fn flush(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    ui.lay_out(call.context);
    nothing(call.context)
}

/// `frame(node) → [x, y, width, height]` in the window, in px.
fn frame_of(call: &Call<'_>) -> JsResult {
    let frame = Ui::of(call.context).with_tree(|tree| node(call, tree, 0).map(|node| tree.window_frame(node)));
    let frame = frame.unwrap_or_default();
    let numbers = [frame.origin.x, frame.origin.y, frame.size.width, frame.size.height];
    let numbers: Vec<Js> = numbers.into_iter().map(|number| call.context.number(f64::from(number))).collect();
    Ok(call.context.array(&numbers))
}

/// `findByKey(key, root?) → node`: by the attribute `id`; in all windows, the topmost first, without a root. 0 when there is
/// none.
fn find_by_key(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    let key = call.arg(0).as_string().unwrap_or_default();
    Ok(ui.with_tree(|tree| {
        let roots: Vec<NodeId> = match node(call, tree, 1) {
            Some(root) => vec![root],
            None => ui.windows.borrow().iter().rev().map(|window| window.root).collect(),
        };
        let found = roots.into_iter().find_map(|root| tree.find_by_key(root, &key));
        number(call.context, tree, found)
    }))
}

/// `inspect(node, deep) → string`: JSON of the inspector for a node; with its children when `deep`.
fn inspect(call: &Call<'_>) -> JsResult {
    let deep = call.arg(1).as_bool().unwrap_or(true);
    let text = Ui::of(call.context).with_tree(|tree| {
        let node = node(call, tree, 0)?;
        let mut json = inspector::describe(tree, node);
        if let (false, Some(object)) = (deep, json.as_object_mut()) {
            object.remove("$children");
        }
        Some(json.to_string())
    });
    Ok(call.context.string(&text.unwrap_or_default()))
}

/// `frameParent(node) → node`: the node with a box around it; 0 when it has none.
fn frame_parent(call: &Call<'_>) -> JsResult {
    Ok(Ui::of(call.context).with_tree(|tree| {
        let parent = node(call, tree, 0).and_then(|node| tree.frame_parent(node));
        number(call.context, tree, parent)
    }))
}

/// `topWindow() → root`: the topmost window; 0 when there is none.
fn top_window(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    let root = ui.windows.borrow().last().map(|window| window.root);
    Ok(ui.with_tree(|tree| number(call.context, tree, root)))
}

/// `snapshot(node, scale?, [left, top, right, bottom]?) → {width, height, pixels}`: what the node, or a part of it in px, looks
/// like now, as straight RGBA in an `ArrayBuffer`; undefined when it has no size, or too large a one.
fn snapshot(call: &Call<'_>) -> JsResult {
    let ui = Ui::of(call.context);
    let scale = call.arg(1).as_f64().filter(|scale| *scale > 0.0 && *scale <= 64.0).unwrap_or(1.0);
    let part = call.arg(2);
    let part = if part.is_array() {
        let side = |index: u32| Ok(part.get_index(index)?.as_f64().unwrap_or(0.0));
        Some(Rect::new(side(0)?, side(1)?, side(2)?, side(3)?))
    } else {
        None
    };
    let node = ui.with_tree(|tree| node(call, tree, 0));
    let Some(frame) = node.and_then(|node| ui.snapshot(call.context, node, part, scale).ok()) else {
        return nothing(call.context);
    };
    let result = call.context.object();
    result.set("width", &call.context.number(f64::from(frame.width())))?;
    result.set("height", &call.context.number(f64::from(frame.height())))?;
    result.set("pixels", &call.context.array_buffer(frame.to_straight_rgba()))?;
    Ok(result)
}

/// `transforms(node) → {translate, scale, rotate, matrix}`: what moves a node as it is shown now. Lengths are px; `scale` has its
/// centre behind it, `rotate` the axis, the angle and the centre; what the app has not said is left out.
fn transforms(call: &Call<'_>) -> JsResult {
    let context = call.context;
    let made = context.object();
    let found = Ui::of(context).with_tree(|tree| node(call, tree, 0).map(|node| tree.transforms(node)));
    for (name, numbers) in found.unwrap_or_default() {
        let numbers: Vec<Js> = numbers.into_iter().map(|number| context.number(number)).collect();
        made.set(name, &context.array(&numbers))?;
    }
    Ok(made)
}
