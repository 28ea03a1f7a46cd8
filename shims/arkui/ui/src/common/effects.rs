//! Effects on the whole node: `opacity`, and what the other files of this folder set.

use super::click_effect::ClickEffect;
use super::filters::Filters;
use super::shadow::Shadow;
use super::shape::BasicShape;
use crate::change::put;
use crate::component::Method;
use crate::units::Length;

/// Effects of a node.
#[derive(Debug, Clone, Default)]
pub struct Effects {
    /// `opacity`, 0 to 1.
    pub opacity: Option<f32>,
    /// `translate`, `scale`, `rotate`, `transform`.
    pub transform: Option<Box<Transform>>,
    /// `shadow`.
    pub shadow: Option<Box<Shadow>>,
    /// What is drawn of the node: the inside of this.
    pub clip_shape: Option<Box<BasicShape>>,
    /// How much is drawn of the node: as much as this is bright.
    pub mask_shape: Option<Box<BasicShape>>,
    /// Filters and blending.
    pub filters: Option<Box<Filters>>,
    /// What the app draws itself.
    pub drawn: Option<Box<crate::drawing::Drawn>>,
    /// `clickEffect`.
    pub click: Option<ClickEffect>,
}

/// `rotate`: axis, angle in degrees, the centre, and the distance of the eye in vp.
pub type Rotation = ([f32; 3], f32, [Option<Length>; 2], f32);

/// Transforms, as given; they are applied in the order translate, scale, rotate.
#[derive(Debug, Clone)]
pub struct Transform {
    /// `translate`: x, y, z.
    pub translate: Option<[Length; 3]>,
    /// `scale`: x, y, z, and the centre.
    pub scale: Option<([f32; 3], [Option<Length>; 2])>,
    /// `rotate`: axis, angle in degrees, the centre, and the distance of the eye.
    pub rotate: Option<Rotation>,
    /// `transform` and `transform3D`: a matrix by columns.
    pub matrix: Option<Box<[f32; 16]>>,
    /// How large it is under a finger (`clickEffect`).
    pub press: f32,
    /// How far it is turned by its `motionPath`, in degrees.
    pub path_angle: f32,
}

impl Default for Transform {
    fn default() -> Transform {
        Transform { translate: None, scale: None, rotate: None, matrix: None, press: 1.0, path_angle: 0.0 }
    }
}

pub(super) static METHODS: &[Method] = &[Method {
    name: "opacity",
    apply: |node, args| {
        let value = args.get(0);
        let opacity = value.as_f32().or_else(|| value.as_str()?.trim().parse().ok());
        node.repaint(|common| put(&mut common.effects.opacity, opacity.map(|opacity| opacity.clamp(0.0, 1.0))))
    },
}];
