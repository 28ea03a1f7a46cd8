//! `IndexerPopup`: the bubble beside an `AlphabetIndexer` with the letter below the finger, and texts that the app has for it.

use super::{content, rect};
use concord_paint::kurbo::{Line, RoundedRect, Shape, Stroke};
use concord_paint::{Brush, Color, Painter, ShadowShape};
use concord_ui::component::{Component, Method};
use concord_ui::font::Font;
use concord_ui::geometry::{Point, Rect, Size};
use concord_ui::inspector::Attributes;
use concord_ui::label::Label;
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::pan::{PanAxis, PanEvent, PanPhase};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::{Environment, Length, Unit};
use concord_ui::value::Value;
use std::any::Any;
use std::rc::Rc;

/// See the module.
pub(super) struct IndexerPopup;

/// What the app says of the bubble.
#[derive(Debug, Clone, Default)]
pub(super) struct Popup {
    /// `usingPopup`.
    pub(super) used: bool,
    pub(super) color: Option<Color>,
    pub(super) background: Option<Color>,
    pub(super) selected_color: Option<Color>,
    pub(super) item_color: Option<Color>,
    pub(super) item_background: Option<Color>,
    pub(super) title_background: Option<Color>,
    pub(super) font: Font,
    pub(super) item_font: Font,
    pub(super) item_radius: Option<Length>,
    /// `popupPosition`, from the top of the middle of the indexer.
    pub(super) position: (Option<Length>, Option<Length>),
    /// `IndexerAlign`: on the right (0) or left (1) of the indexer, behind it (2) or before it (3) in the direction of text.
    pub(super) align: Option<i32>,
    pub(super) offset: Option<Length>,
    /// `popupBackgroundBlurStyle`.
    pub(super) blur: Option<Value>,
}

#[derive(Default)]
struct State {
    owner: Option<NodeId>,
    popup: Popup,
    title: Rc<str>,
    title_label: Label,
    texts: Vec<Rc<str>>,
    labels: Vec<Label>,
    selected: Option<usize>,
    /// How far the texts are scrolled, in px.
    scrolled: f32,
}

/// Sizes in vp: the bubble with the letter, each text, and how many of these are in sight.
const SIDE: f32 = 56.0;
const ITEM: f32 = 48.0;
const MOST_ROWS: usize = 5;
const RADIUS: f32 = 28.0;
const ITEM_RADIUS: f32 = 24.0;
const FONT: f32 = 24.0;
/// From the indexer where nothing is said, and below its top.
const POSITION: (f32, f32) = (60.0, 48.0);
/// Colours of `indexer_pattern` in the theme.
const TITLE: Color = Color::from_argb(0xff00_7dff);
const TITLE_BACKGROUND: Color = Color::from_argb(0x0c18_2431);
const BACKGROUND: Color = Color::WHITE;
const BACKGROUND_DARK: Color = Color::from_argb(0xff20_2224);
const SELECTED_BACKGROUND: Color = Color::from_argb(0x0c18_2431);
const SEPARATOR: Color = Color::from_argb(0x3318_2431);
const SHADOW: Color = Color::from_argb(0x3300_0000);

impl Popup {
    /// Where the bubble is in the frame of the indexer.
    pub(super) fn place(&self, environment: &Environment, indexer: Size, own: Size, right_to_left: bool) -> Point {
        let px =
            |length: &Option<Length>| length.as_ref().and_then(|length| length.resolve(environment, indexer.width));
        let on_right = match self.align {
            Some(0) => true,
            Some(1) => false,
            Some(2) => !right_to_left,
            _ => right_to_left,
        };
        let y = px(&self.position.1).unwrap_or(environment.vp(POSITION.1));
        let beside = px(&self.offset);
        let x = match (beside, px(&self.position.0)) {
            (Some(gap), _) if on_right => indexer.width + gap,
            (Some(gap), _) => -gap - own.width,
            (None, given) => {
                // From the middle of the indexer to the middle of the bubble.
                let way = given.unwrap_or(environment.vp(POSITION.0));
                indexer.width / 2.0 + if on_right { way } else { -way } - own.width / 2.0
            }
        };
        Point::new(x, y)
    }
}

/// Gives a bubble what it shows.
pub(super) fn fill(tree: &mut Tree, bubble: NodeId, owner: NodeId, title: Rc<str>, texts: Vec<Rc<str>>, popup: Popup) {
    if let Some(blur) = popup.blur.clone() {
        tree.set(bubble, "backgroundBlurStyle", &[blur]);
    }
    if let Some(state) = tree.state_mut::<State>(bubble) {
        let labels = texts.iter().map(|_| Label::default()).collect();
        let owner = Some(owner);
        *state = State { owner, popup, title, texts, labels, ..State::default() };
    }
    let radius = [Value::Number(f64::from(RADIUS))];
    tree.set(bubble, "borderRadius", &radius);
    tree.mark_measure(bubble);
}

impl State {
    fn rows(&self) -> usize {
        self.texts.len().min(MOST_ROWS)
    }

    /// The text at a point of the bubble.
    fn at(&self, environment: &Environment, point: Point) -> Option<usize> {
        let row = (point.y - environment.vp(SIDE) + self.scrolled) / environment.vp(ITEM);
        (row >= 0.0 && point.y >= environment.vp(SIDE)).then_some(row as usize).filter(|row| *row < self.texts.len())
    }
}

impl Component for IndexerPopup {
    fn name(&self) -> &'static str {
        "IndexerPopup"
    }

    fn is_leaf(&self) -> bool {
        true
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(State::default())
    }

    fn methods(&self) -> &'static [Method] {
        &[]
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, _constraint: &ContentConstraint) -> Size {
        let fonts = pass.tree.fonts();
        let environment = pass.tree.environment.clone();
        let Some(state) = pass.tree.state_mut::<State>(node) else { return Size::ZERO };
        let side = environment.vp(SIDE);
        let size = Length::Plain(FONT, Unit::Fp);
        let (title, popup) = (Rc::clone(&state.title), state.popup.clone());
        state.title_label.measure(&fonts, side, 1, || {
            (title.to_string(), popup.font.style(&environment, &size, popup.color.unwrap_or(TITLE), 500))
        });
        let selected = state.selected;
        for (index, (text, label)) in state.texts.iter().zip(&mut state.labels).enumerate() {
            let color = if selected == Some(index) { popup.selected_color } else { popup.item_color };
            let color = color.unwrap_or(super::text_color(&environment));
            label.measure(&fonts, side, 1, || {
                (text.to_string(), popup.item_font.style(&environment, &size, color, 500))
            });
        }
        Size::new(side, side + environment.vp(ITEM) * state.rows() as f32)
    }

    fn place(&self, _pass: &mut Pass<'_>, _node: NodeId) {}

    fn clips_children(&self) -> bool {
        true
    }

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        let Some(state) = tree.state::<State>(node) else { return };
        let environment = &tree.environment;
        let area = content(tree, node);
        let (side, item) = (environment.vp(SIDE), environment.vp(ITEM));
        let shape = RoundedRect::from_rect(area, f64::from(environment.vp(RADIUS)));
        painter.shadow(ShadowShape::Rounded(shape), f64::from(environment.vp(10.0)), SHADOW, (0.0, 0.0), true);
        let default = if environment.dark { BACKGROUND_DARK } else { BACKGROUND };
        let default = if state.popup.blur.is_some() { Color::TRANSPARENT } else { default };
        painter.fill_rounded(shape, &Brush::Solid(state.popup.background.unwrap_or(default)));
        painter.save();
        painter.clip_rounded(shape);
        let box_of = |top: f32, height: f32| Rect {
            origin: Point::new(area.x0 as f32, area.y0 as f32 + top),
            size: Size::new(area.width() as f32, height),
        };
        let title = box_of(0.0, side);
        painter.fill_rect(rect(&title), &Brush::Solid(state.popup.title_background.unwrap_or(TITLE_BACKGROUND)));
        state.title_label.paint(painter, &title);
        painter.clip_rect(rect(&box_of(side, item * state.rows() as f32)));
        for (index, label) in state.labels.iter().enumerate() {
            let row = box_of(side + item * index as f32 - state.scrolled, item);
            if row.bottom() < area.y0 as f32 || f64::from(row.origin.y) > area.y1 {
                continue;
            }
            let selected = (state.selected == Some(index)).then_some(SELECTED_BACKGROUND);
            if let Some(color) = state.popup.item_background.or(selected) {
                let radius = state.popup.item_radius.as_ref().unwrap_or(&Length::vp(ITEM_RADIUS)).to_px(environment);
                let inset = f64::from(environment.vp(4.0));
                let bounds = rect(&row).inset(-inset);
                painter.fill_rounded(RoundedRect::from_rect(bounds, f64::from(radius)), &Brush::Solid(color));
            }
            if index > 0 {
                let line = Line::new(
                    (f64::from(row.origin.x), f64::from(row.origin.y)),
                    (f64::from(row.right()), f64::from(row.origin.y)),
                );
                painter.stroke(line.to_path(0.1), &Stroke::new(1.0), &Brush::Solid(SEPARATOR));
            }
            label.paint(painter, &row);
        }
        painter.restore();
    }

    fn reacts_to_click(&self, _tree: &Tree, _node: NodeId) -> bool {
        true
    }

    fn on_click(&self, pass: &mut Pass<'_>, node: NodeId, at: Point) {
        let environment = pass.tree.environment.clone();
        let Some(state) = pass.tree.state_mut::<State>(node) else { return };
        let (Some(index), Some(owner)) = (state.at(&environment, at), state.owner) else { return };
        state.selected = Some(index);
        state.labels.iter_mut().for_each(Label::forget);
        pass.tree.mark_measure(node);
        pass.tree.emit_event(owner, "onPopupSelect", vec![Value::Number(index as f64)]);
    }

    fn pan_axis(&self, tree: &Tree, node: NodeId) -> Option<PanAxis> {
        tree.state::<State>(node).filter(|state| state.texts.len() > MOST_ROWS).map(|_| PanAxis::Vertical)
    }

    fn on_pan(&self, pass: &mut Pass<'_>, node: NodeId, event: &PanEvent) -> Point {
        let item = pass.tree.environment.vp(ITEM);
        let Some(state) = pass.tree.state_mut::<State>(node) else { return Point::ZERO };
        if matches!(event.phase, PanPhase::Start | PanPhase::Update | PanPhase::Wheel) {
            let most = item * state.texts.len().saturating_sub(MOST_ROWS) as f32;
            state.scrolled = (state.scrolled - event.delta.y).clamp(0.0, most);
            pass.tree.mark_paint(node);
        }
        event.delta
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        out.text("content", &*state.title);
    }
}
