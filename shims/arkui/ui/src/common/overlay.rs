//! `overlay` with a text: it lies over the node.

use super::Alignment;
use crate::change::put;
use crate::component::Method;
use crate::geometry::{Point, Size};
use crate::units::{Environment, Length, Unit};
use concord_paint::{Color, Painter};
use concord_text::{Fonts, Paragraph, ParagraphStyle, Point as TextPoint, TextStyle};
use std::rc::Rc;

/// Theme of texts.
const SIZE: Length = Length::Plain(16.0, Unit::Fp);
const COLOR: u32 = 0xe518_2431;
const COLOR_DARK: u32 = 0xe5ff_ffff;

/// A text over a node.
#[derive(Debug, Clone, PartialEq)]
pub struct Overlay {
    text: Rc<str>,
    align: Alignment,
    offset: [Length; 2],
}

impl Overlay {
    /// Draws it over a box of this size.
    pub fn paint(&self, fonts: &Fonts, environment: &Environment, space: Size, painter: &mut Painter) {
        let color = Color::from_argb(if environment.dark { COLOR_DARK } else { COLOR });
        let style = TextStyle { size: SIZE.to_px(environment), color, ..TextStyle::default() };
        let mut paragraph = Paragraph::plain(fonts, &ParagraphStyle::default(), &self.text, &style);
        paragraph.layout(space.width, None);
        let (width, height) = (paragraph.longest_line().ceil(), paragraph.size().height as f32);
        let (x, y) = self.align.factors(environment.right_to_left);
        let [dx, dy] = self.offset.each_ref().map(|length| length.to_px(environment));
        let at = Point::new((space.width - width) * x + dx, (space.height - height) * y + dy);
        paragraph.paint(painter, TextPoint::new(f64::from(at.x.round()), f64::from(at.y.round())));
    }
}

pub(super) static METHODS: &[Method] = &[Method {
    name: "overlay",
    apply: |node, args| {
        let options = args.get(1);
        let offset = |name: &str| Length::from_value(options.get("offset").get(name), Unit::Vp).unwrap_or(Length::ZERO);
        let overlay = args.get(0).as_str().map(|text| {
            Box::new(Overlay {
                text: Rc::from(text),
                align: Alignment::from_value(options.get("align")).unwrap_or(Alignment::TopStart),
                offset: [offset("x"), offset("y")],
            })
        });
        // Fonts are there when it is drawn.
        node.tree.fonts();
        node.repaint(|common| put(&mut common.overlay, overlay))
    },
}];
