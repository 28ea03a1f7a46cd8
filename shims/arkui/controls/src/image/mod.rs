//! `Image`: a picture from the package, a file, a data URI, or pixels of the app.

mod attributes;
pub(crate) mod draw;
mod fit;
#[cfg(test)]
mod tests;

use concord_paint::{Color, ColorMatrix, Painter, Sampling};
use concord_ui::component::{Component, Method};
use concord_ui::geometry::{Rect, Size};
use concord_ui::inspector::Attributes;
use concord_ui::layout::{ContentConstraint, Pass};
use concord_ui::pictures::{Loaded, PictureError, Source};
use concord_ui::tree::{NodeId, Tree};
use concord_ui::units::Length;
use concord_ui::value::Value;
use fit::Fit;
pub(crate) use fit::place_picture;
use std::any::Any;
use std::rc::Rc;

/// See the module.
pub(super) struct Image;

/// What an image keeps.
#[derive(Debug, Default)]
struct State {
    source: Option<Source>,
    alt: Option<Source>,
    /// What came of the source, and of the replacement; none until it is laid out.
    loaded: Option<Result<Rc<Loaded>, PictureError>>,
    alt_loaded: Option<Result<Rc<Loaded>, PictureError>>,
    /// Whether the app has not been told yet of how loading went.
    untold: bool,
    fit: Fit,
    /// `ImageRepeat`: along x, along y.
    repeat: (bool, bool),
    fill: Option<Color>,
    sampling: Option<Sampling>,
    template: bool,
    color_filter: Option<Box<ColorMatrix>>,
    /// Size in px that the file is decoded to.
    source_size: Option<(f32, f32)>,
    fit_original: bool,
    mirrored: bool,
    /// `resizable`: the parts at the edges that are not stretched: left, top, right, bottom.
    slices: Option<Box<[Length; 4]>>,
}

impl State {
    /// The picture to be shown: that of the source, else the replacement.
    fn shown(&self) -> Option<&Rc<Loaded>> {
        let ready = |loaded: &'_ Option<Result<Rc<Loaded>, PictureError>>| matches!(loaded, Some(Ok(_)));
        let loaded = if ready(&self.loaded) { &self.loaded } else { &self.alt_loaded };
        loaded.as_ref()?.as_ref().ok()
    }

    /// Its size in px.
    fn own_size(&self) -> Option<Size> {
        let (width, height) = self.shown()?.size();
        let (width, height) = self.source_size.unwrap_or((width, height));
        (width > 0.0 && height > 0.0).then(|| Size::new(width, height))
    }
}

impl Component for Image {
    fn name(&self) -> &'static str {
        "Image"
    }

    fn is_leaf(&self) -> bool {
        true
    }

    fn new_state(&self) -> Box<dyn Any> {
        Box::new(State::default())
    }

    fn methods(&self) -> &'static [Method] {
        attributes::METHODS
    }

    fn measure(&self, pass: &mut Pass<'_>, node: NodeId, constraint: &ContentConstraint) -> Size {
        load(pass, node);
        let Some(state) = pass.tree.state::<State>(node) else { return Size::ZERO };
        let Some(own) = state.own_size() else { return constraint.fit(Size::ZERO) };
        let ratio = own.width / own.height;
        let wanted = match (constraint.ideal.width, constraint.ideal.height) {
            (None, None) if state.fit_original => own,
            // Without any size it is as large as its parent allows.
            (None, None) => match (constraint.max.width.is_finite(), constraint.max.height.is_finite()) {
                (true, true) => constraint.max,
                (true, false) => Size::new(constraint.max.width, constraint.max.width / ratio),
                (false, true) => Size::new(constraint.max.height * ratio, constraint.max.height),
                (false, false) => own,
            },
            (Some(width), None) => Size::new(width, if state.fit_original { own.height } else { width / ratio }),
            (None, Some(height)) => Size::new(if state.fit_original { own.width } else { height * ratio }, height),
            (Some(width), Some(height)) => Size::new(width, height),
        };
        constraint.fit(wanted)
    }

    fn place(&self, pass: &mut Pass<'_>, node: NodeId) {
        load(pass, node);
        tell(pass.tree, node);
    }

    fn paint(&self, tree: &Tree, node: NodeId, painter: &mut Painter) {
        draw::paint(tree, node, painter);
    }

    fn inspect(&self, tree: &Tree, node: NodeId, out: &mut Attributes) {
        let Some(state) = tree.state::<State>(node) else { return };
        if let Some(Source::Text(text)) = &state.source {
            out.text("src", &**text);
        }
        out.text("objectFit", state.fit.name());
        out.flag("matchTextDirection", state.mirrored);
        out.flag("fitOriginalSize", state.fit_original);
    }
}

/// Gets what the node shows, unless it is there.
fn load(pass: &mut Pass<'_>, node: NodeId) {
    let Some(state) = pass.tree.state::<State>(node) else { return };
    let wanted = state.source.clone().filter(|_| state.loaded.is_none());
    let alt = state.alt.clone().filter(|_| state.alt_loaded.is_none());
    if let Some(source) = wanted {
        let loaded = pass.tree.pictures.load(&source, pass.host);
        if let Err(error) = &loaded {
            tracing::warn!("an Image shows nothing: {error}");
        }
        if let Some(state) = pass.tree.state_mut::<State>(node) {
            state.loaded = Some(loaded);
            state.untold = true;
        }
    }
    if let Some(alt) = alt {
        let loaded = pass.tree.pictures.load(&alt, pass.host);
        if let Some(state) = pass.tree.state_mut::<State>(node) {
            state.alt_loaded = Some(loaded);
        }
    }
}

/// Tells the app how loading went, once. A picture is told of twice: when its data is there, and when it can be drawn.
fn tell(tree: &mut Tree, node: NodeId) {
    let Some(state) = tree.state_mut::<State>(node).filter(|state| state.untold) else { return };
    state.untold = false;
    let Some(layout) = tree.get(node).map(|node| node.layout.clone()) else { return };
    let Some(state) = tree.state::<State>(node) else { return };
    let content = layout.content();
    let number = |px: f32| Value::Number(f64::from(px));
    match &state.loaded {
        Some(Ok(loaded)) => {
            let (width, height) = loaded.size();
            let shown = state
                .fit
                .place(Size::new(width, height), content.size)
                .intersect(&Rect { origin: concord_ui::geometry::Point::ZERO, size: content.size });
            let event = |status: f64, content_size: Rect| {
                Value::object([
                    ("width", number(width)),
                    ("height", number(height)),
                    ("componentWidth", number(layout.size.width)),
                    ("componentHeight", number(layout.size.height)),
                    ("loadingStatus", Value::Number(status)),
                    ("contentWidth", number(content_size.size.width)),
                    ("contentHeight", number(content_size.size.height)),
                    ("contentOffsetX", number(content_size.origin.x)),
                    ("contentOffsetY", number(content_size.origin.y)),
                ])
            };
            let events = [event(0.0, Rect::default()), event(1.0, shown)];
            for event in events {
                tree.emit_event(node, "onComplete", vec![event]);
            }
        }
        Some(Err(error)) => {
            let message = error.to_string();
            let error = Value::object([("code", Value::Number(103_101.0)), ("message", Value::text(message.as_str()))]);
            let event = Value::object([
                ("componentWidth", number(layout.size.width)),
                ("componentHeight", number(layout.size.height)),
                ("message", Value::text(message)),
                ("error", error),
            ]);
            tree.emit_event(node, "onError", vec![event]);
        }
        None => {}
    }
}
