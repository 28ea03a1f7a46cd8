//! Behind the content: `backgroundColor` and its relatives.

use super::gradient::GradientStyle;
use super::parse_color;
use super::picture::BackgroundImage;
use crate::change::put;
use crate::component::Method;
use concord_paint::Color;

/// What lies behind the content.
#[derive(Debug, Default)]
pub struct Background {
    /// `backgroundColor`; none is that of the component.
    pub color: Option<Color>,
    /// `backgroundImage` and its relatives.
    pub image: Option<Box<BackgroundImage>>,
    /// `foregroundColor`.
    pub foreground: Option<Color>,
    /// `linearGradient` and its relatives; the last one that was set.
    pub gradient: Option<Box<GradientStyle>>,
}

pub(super) static METHODS: &[Method] = &[
    Method {
        name: "backgroundColor",
        apply: |node, args| node.repaint(|common| put(&mut common.background.color, parse_color(args.get(0)))),
    },
    Method {
        name: "foregroundColor",
        apply: |node, args| node.repaint(|common| put(&mut common.background.foreground, parse_color(args.get(0)))),
    },
];
