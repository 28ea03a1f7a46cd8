//! What the page asks, answered between two frames.

use super::library;
use crate::bridge::Ui;
use crate::inspector::{Answer, Question};
use concord_engine::Context;
use concord_paint::kurbo;
use concord_paint::{Brush, Color, DisplayList, Painter};
use concord_ui::geometry::{Edges, Rect};
use concord_ui::input::space;
use concord_ui::{NodeId, Tree, accessibility, inspector, paint};
use serde_json::{Map, Value as Json, json};

/// Most nodes that are told of: a page in the browser shows no more at a time.
const MOST: usize = 20_000;
/// Longest text of a node in the tree, in characters.
const LONGEST: usize = 60;

/// Answers a question.
pub(super) fn answer(context: &Context, question: Question) -> Answer {
    let ui = Ui::of(context);
    match question {
        Question::Tree => Answer::Json(ui.describe_all(context).to_string()),
        Question::Node(number) => match ui.describe_one(context, number) {
            Some(json) => Answer::Json(json.to_string()),
            None => Answer::Nothing,
        },
        Question::Picture(root) => match ui.window_picture(root) {
            Some((list, width, height)) => Answer::Picture(list, width, height),
            None => Answer::Nothing,
        },
        Question::Highlight(number) => {
            if ui.mark(number) {
                ui.touch_display();
                ui.draw(context);
            }
            Answer::Json("{}".to_owned())
        }
    }
}

/// What the library answers, as JSON.
fn asked(context: &Context, method: &str, args: &[concord_engine::Value]) -> Json {
    let answer = library(context).and_then(|library| library.call_method(method, args));
    let text = answer.ok().and_then(|answer| answer.as_string()).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or(Json::Null)
}

impl Ui {
    /// `{frame, scale, focus, whole, windows: [[node]]}`, see [`Telling::node`]: each window with the roots that are seen in it.
    fn describe_all(&self, context: &Context) -> Json {
        let names = asked(context, "names", &[]);
        let groups = self.groups();
        self.with_tree(|tree| {
            let noted = &mut *self.inspection.noted.borrow_mut();
            noted.retain(|node| tree.by_number(node).is_some());
            let mut telling = Telling { tree, names: &names, left: MOST };
            let windows: Vec<Vec<Json>> =
                groups.iter().map(|group| group.iter().filter_map(|root| telling.node(*root, 0)).collect()).collect();
            json!({
                "frame": self.inspection.frames.get(),
                "scale": tree.environment.density,
                "focus": tree.input.focus.leaf().map_or(0, |node| tree.number(node)),
                "whole": telling.left > 0,
                "windows": windows,
            })
        })
    }

    /// Windows that are seen as one, each with the roots in it from the lowest to the topmost.
    fn groups(&self) -> Vec<Vec<NodeId>> {
        match &*self.desktop.borrow() {
            Some(desktop) => desktop.shown.iter().map(|shown| desktop.drawn_with(shown.root)).collect(),
            None => vec![self.windows.borrow().iter().map(|window| window.root).collect()],
        }
    }

    /// What a window of the display looks like as it was laid out last, and its size; the last one for 0.
    fn window_picture(&self, number: u64) -> Option<(DisplayList, u32, u32)> {
        let groups = self.groups();
        self.with_tree(|tree| {
            let wanted = |group: &&Vec<NodeId>| group.first().is_some_and(|root| tree.number(*root) == number);
            let group = groups.iter().find(wanted).or(groups.last())?;
            let sizes = group.iter().filter_map(|root| Some(tree.get(*root)?.layout.size));
            let (width, height) =
                sizes.fold((0.0_f32, 0.0_f32), |most, size| (most.0.max(size.width), most.1.max(size.height)));
            if width < 1.0 || height < 1.0 {
                return None;
            }
            let mut painter = Painter::new();
            let ground = if tree.environment.dark { Color::BLACK } else { Color::WHITE };
            let all = kurbo::Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
            painter.fill_rect(all, &Brush::Solid(ground));
            for root in group {
                painter.append(&paint(tree, *root));
            }
            Some((painter.finish(), width.ceil() as u32, height.ceil() as u32))
        })
    }

    fn describe_one(&self, context: &Context, number: u64) -> Option<Json> {
        let element = self.with_tree(|tree| Some(tree.get(tree.by_number(number)?)?.element))?;
        let state = asked(context, "state", &[context.number(f64::from(element))]);
        self.with_tree(|tree| {
            let id = tree.by_number(number)?;
            let node = tree.get(id)?;
            let noted = self.inspection.noted.borrow();
            let facts = noted.get(number);
            let set: Map<String, Json> = facts
                .map(|facts| facts.attributes.iter().map(|(name, text)| ((*name).to_owned(), json!(text))).collect())
                .unwrap_or_default();
            let layout = &node.layout;
            let mut events: Vec<String> = node.common.events.keys().map(ToString::to_string).collect();
            events.sort();
            Some(json!({
                "node": number,
                "type": node.component.name(),
                "element": element,
                "bounds": edges(&space::bounds(tree, id)),
                "shown": tree.is_shown(id),
                "size": [layout.size.width, layout.size.height],
                "box": {
                    "margin": sides(&layout.margin),
                    "border": sides(&layout.border),
                    "padding": sides(&layout.padding),
                },
                "constraint": layout.constraint.as_ref().map(|constraint| format!("{constraint:?}")),
                "set": set,
                "events": events,
                "attributes": inspector::attributes(tree, id).0,
                "source": facts.and_then(|facts| facts.source.clone()),
                "state": state,
                "scale": tree.environment.density,
            }))
        })
    }
}

struct Telling<'a> {
    tree: &'a Tree,
    /// Names of custom components, by element.
    names: &'a Json,
    left: usize,
}

impl Telling<'_> {
    /// `{n: number, t: type, c: name of a custom component, i: id, x: text, b: [x, y, width, height], s: shown, k: [node]}`; what is empty
    /// is left out, and so is the box of what has none.
    fn node(&mut self, id: NodeId, depth: usize) -> Option<Json> {
        if depth > concord_ui::tree::MAX_DEPTH || self.left == 0 {
            return None;
        }
        self.left -= 1;
        let tree = self.tree;
        let node = tree.get(id)?;
        let syntax = node.component.is_syntax();
        let mut out = Map::new();
        out.insert("n".into(), json!(node.number));
        out.insert("t".into(), json!(node.component.name()));
        if let Some(name) = self.names.get(node.element.to_string()) {
            out.insert("c".into(), name.clone());
        }
        if let Some(id) = node.common.id.as_deref().filter(|id| !id.is_empty()) {
            out.insert("i".into(), json!(id));
        }
        if !syntax {
            let text = accessibility::text_of(tree, id);
            if !text.is_empty() {
                out.insert("x".into(), json!(text.chars().take(LONGEST).collect::<String>()));
            }
            out.insert("b".into(), json!(edges(&space::bounds(tree, id))));
            out.insert("s".into(), json!(tree.is_shown(id)));
        }
        let inside: Vec<Json> = tree
            .inside(id)
            .into_iter()
            .filter(|child| !tree.is_only_drawn(*child))
            .filter_map(|child| self.node(child, depth + 1))
            .collect();
        if !inside.is_empty() {
            out.insert("k".into(), Json::Array(inside));
        }
        Some(Json::Object(out))
    }
}

fn edges(rect: &Rect) -> [f32; 4] {
    [rect.origin.x, rect.origin.y, rect.size.width, rect.size.height].map(|number| (number * 10.0).round() / 10.0)
}

fn sides(edges: &Edges) -> [f32; 4] {
    [edges.top, edges.right, edges.bottom, edges.left]
}
