//! Icons beside the text of a field: those of the system are drawn, those of the app are pictures.

use super::state::State;
use crate::text::to_paint;
use concord_paint::{Color, Painter, Sampling};
use concord_ui::common::parse_color;
use concord_ui::geometry::Rect;
use concord_ui::layout::Pass;
use concord_ui::pictures::{Loaded, Source};
use concord_ui::tree::NodeId;
use concord_ui::units::{Length, Unit};
use concord_ui::value::Value;
use std::rc::Rc;

/// `IconOptions`: `{size, color, src}`. What is unset is the system's.
#[derive(Debug, Default)]
pub(in crate::field) struct Icon {
    pub size: Option<Length>,
    pub color: Option<Color>,
    source: Option<Source>,
    picture: Option<Rc<Loaded>>,
    read: bool,
}

impl Icon {
    /// From `IconOptions`.
    pub fn from_value(value: &Value) -> Icon {
        Icon {
            size: Length::from_value(value.get("size"), Unit::Vp).filter(|size| !size.is_relative()),
            color: parse_color(value.get("color")),
            source: source(value.get("src")),
            ..Icon::default()
        }
    }

    /// A picture alone.
    pub fn from_source(value: &Value) -> Icon {
        Icon { source: source(value), ..Icon::default() }
    }

    /// Draws the picture of the app. False when there is none.
    pub fn paint(&self, painter: &mut Painter, rect: &Rect) -> bool {
        let Some(picture) = &self.picture else { return false };
        let target = to_paint(rect);
        let fill = self.color.filter(|_| picture.is_vector());
        let Some(pixels) = picture.picture(rect.size.width, rect.size.height, fill) else { return false };
        painter.picture(&pixels, pixels.rect(), target, Sampling::default(), None);
        true
    }
}

fn source(value: &Value) -> Option<Source> {
    Source::from_value(value).filter(|source| !matches!(source, Source::Text(name) if name.trim().is_empty()))
}

/// Reads the pictures that were not looked for yet.
pub(in crate::field) fn read(pass: &mut Pass<'_>, node: NodeId) {
    for index in 0..State::ICONS {
        let icon = |pass: &mut Pass<'_>| {
            let icon = pass.tree.state_mut::<State>(node)?.icon(index);
            (!std::mem::replace(&mut icon.read, true)).then(|| icon.source.clone()).flatten()
        };
        let Some(source) = icon(pass) else { continue };
        let loaded = pass.tree.pictures.load(&source, pass.host);
        if let Err(error) = &loaded {
            tracing::warn!(%error, "an icon of a field has no picture");
        }
        if let Some(state) = pass.tree.state_mut::<State>(node) {
            state.icon(index).picture = loaded.ok();
        }
    }
}
