//! What a node looks like while it is animated: its attributes hold the values that are to be reached.

use super::property::Property;
use crate::common::{Border, Effects};
use crate::geometry::{Edges, Rect};
use crate::tree::Node;
use crate::units::Length;
use concord_paint::Color;

/// What is shown of an animated node in place of its attributes.
#[derive(Debug, Clone, Default)]
pub struct Presented {
    /// Opacity, transforms, shadow, filters.
    pub(super) effects: Effects,
    /// `backgroundColor`, when it is animated.
    pub(super) background: Option<Color>,
    /// Colours and radii of the border.
    pub(super) border: Option<Box<Border>>,
    /// Widths of the border, when they are animated.
    pub(super) border_widths: Option<Edges>,
    /// The frame in the parent, when it is animated.
    pub(super) frame: Option<Rect>,
    /// Whether it is drawn although its `visibility` says otherwise.
    pub(super) ghost: bool,
}

impl Presented {
    /// Lets the scale or the rotation be about a point of a transition.
    pub(super) fn pivot(&mut self, property: Property, center: &[Option<Length>; 2]) {
        let Some(transform) = &mut self.effects.transform else { return };
        match property {
            Property::Scale => transform.scale.as_mut().map(|(_, about)| about.clone_from(center)),
            Property::Rotate => transform.rotate.as_mut().map(|(_, _, about, _)| about.clone_from(center)),
            _ => None,
        };
    }
}

impl Node {
    /// The frame in the parent's frame as it is shown now, before transforms.
    pub fn shown_frame(&self) -> Rect {
        self.presented.as_ref().and_then(|shown| shown.frame).unwrap_or_else(|| self.layout.frame())
    }

    /// Opacity, transforms, shadow and filters as they are shown now.
    pub fn shown_effects(&self) -> &Effects {
        self.presented.as_ref().map_or(&self.common.effects, |shown| &shown.effects)
    }

    /// The border as it is shown now.
    pub fn shown_border(&self) -> Option<&Border> {
        self.presented.as_ref().map_or(&self.common.border, |shown| &shown.border).as_deref()
    }

    /// The widths of the border as they are shown now.
    pub fn shown_border_widths(&self) -> &Edges {
        self.presented.as_ref().and_then(|shown| shown.border_widths.as_ref()).unwrap_or(&self.layout.border)
    }

    /// `backgroundColor` as it is shown now; none is that of the component.
    pub fn shown_background(&self) -> Option<Color> {
        self.presented.as_ref().and_then(|shown| shown.background).or(self.common.background.color)
    }

    /// Whether it is drawn: it is visible, or on its way out.
    pub fn is_drawn(&self) -> bool {
        let ghost = self.presented.as_ref().is_some_and(|shown| shown.ghost);
        ghost || self.layout.active && self.common.visibility == crate::common::Visibility::Visible
    }
}
