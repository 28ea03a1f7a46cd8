//! `Hyperlink`: a text, or whatever is in it, that leads somewhere. Nothing is opened yet when it is clicked.

use super::{EMPHASIZE, PRESSED};
use concord_paint::Painter;
use concord_ui::common::parse_color;
use concord_ui::component::{Component, Looks, Method};
use concord_ui::font::{self, Font, HasFont};
use concord_ui::geometry::{Point, Size};
use concord_ui::input::{UiState, pointer_style};
use concord_ui::inspector::Attributes;
use concord_ui::label::Label;
use concord_ui::layout::{ContentConstraint, Pass, place_aligned};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Length, Unit};
use std::any::Any;

/// See the module.
pub(crate) struct Hyperlink;

#[derive(Default)]
struct State {
    address: String,
    text: String,
    font: Font,
    label: Label,
}

impl HasFont for State {
    fn font(&mut self) -> &mut Font {
        &mut self.font
    }

    fn font_changed(&mut self) {
        self.label.forget();
    }
}

impl Component for Hyperlink {
    fn name(&self) -> &'static str {
        "Hyperlink"
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(State::default())
    }

    fn methods(&self) -> &'static [Method] {
        METHODS
    }

    fn looks(&self, tree: &Tree, node: NodeId) -> Looks {
        let pressed = tree.ui_state(node).has(UiState::PRESSED);
        Looks {
            opacity: super::opacity(tree, node),
            overlay: pressed.then(|| PRESSED.of(&tree.environment)),
            ..Looks::default()
        }
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        let fonts = pass.tree.fonts();
        let environment = pass.tree.environment.clone();
        let inside = pass.measure_stacked(node, constraint);
        let Some(state) = pass.tree.state_mut::<State>(node).filter(|state| !state.text.is_empty()) else {
            return inside;
        };
        let (text, font) = (state.text.clone(), state.font.clone());
        let size = Length::Plain(16.0, Unit::Fp);
        let label = state.label.measure(&fonts, constraint.max.width, 100, || {
            (text, font.style(&environment, &size, EMPHASIZE.of(&environment), 400))
        });
        constraint.fit(label.max(inside))
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        let alignment = pass.tree.get(node).and_then(|node| node.common.align).unwrap_or_default();
        place_aligned(pass, node, alignment);
    }

    fn environment_changed(&self, tree: &mut Tree, node: NodeId) {
        if let Some(state) = tree.state_mut::<State>(node) {
            state.label.forget();
        }
    }

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let (Some(state), Some(found)) = (tree.state::<State>(node), tree.get(node)) else { return };
        if !state.text.is_empty() {
            state.label.paint(painter, &found.layout.content());
        }
    }

    fn pointer_style(&self, _tree: &Tree, _node: NodeId, _at: Point) -> Option<i32> {
        Some(pointer_style::HAND_POINTING)
    }

    fn reacts_to_click(&self, _tree: &Tree, _node: NodeId) -> bool {
        true
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        out.text("content", state.text.as_str());
        out.text("address", state.address.as_str());
        out.color("color", state.font.color.unwrap_or(EMPHASIZE.of(&tree.environment)));
    }
}

static METHODS: &[Method] = &[
    Method {
        name: "create",
        apply: |node, args| {
            let text = |index: usize| args.get(index).as_str().unwrap_or_default().to_owned();
            node.restyle(|state: &mut State| {
                state.address = text(0);
                state.text = text(1);
                state.label.forget();
            })
        },
    },
    Method {
        name: "color",
        apply: |node, args| {
            node.restyle(|state: &mut State| {
                state.font.color = parse_color(args.get(0));
                state.label.forget();
            })
        },
    },
    Method { name: "fontSize", apply: font::size::<State> },
    Method { name: "fontColor", apply: font::color::<State> },
    Method { name: "fontWeight", apply: font::weight::<State> },
    Method { name: "fontStyle", apply: font::style::<State> },
    Method { name: "fontFamily", apply: font::family::<State> },
];
