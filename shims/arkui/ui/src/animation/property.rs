//! What can be animated: values of a node as rows of numbers, which are read from its attributes and written to what is shown.

use super::present::Presented;
use crate::common::{Common, Corners, Shadow, Transform};
use crate::component::Looks;
use crate::geometry::{Edges, Rect, Size};
use crate::tree::{NodeId, Tree};
use crate::units::{Environment, Length};
use concord_paint::Color;

/// A value of a node that can be animated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Property {
    /// Where the node lies in its parent and how large it is; the result of layout.
    Frame,
    Opacity,
    /// x, y, z in px.
    Translate,
    Scale,
    /// The axis times the angle in degrees.
    Rotate,
    Matrix,
    /// How large it is under a finger.
    Press,
    BackgroundColor,
    /// Top left, top right, bottom left, bottom right in px.
    BorderRadius,
    /// Left, top, right, bottom in px.
    BorderWidth,
    /// The same edges, four numbers each.
    BorderColor,
    /// Radius, offsets, colour.
    Shadow,
    /// Blur, backdrop blur, brightness, contrast, saturation, greyscale, sepia, inversion, hue.
    Filters,
    /// The part of the way that is left to an attribute that is set in each frame; see `attribute.rs`.
    Attribute(&'static str),
}

/// What a node's values are read with.
struct Source<'a> {
    common: &'a Common,
    looks: Looks,
    environment: &'a Environment,
    size: Size,
    frame: Rect,
    border: Edges,
}

impl Property {
    /// The properties that a method of the app changes, besides the frame.
    pub(super) fn of_method(name: &str) -> &'static [Property] {
        match name {
            "opacity" => &[Property::Opacity],
            "translate" => &[Property::Translate],
            "scale" => &[Property::Scale],
            "rotate" => &[Property::Rotate],
            "transform" | "transform3D" => &[Property::Matrix],
            "backgroundColor" => &[Property::BackgroundColor],
            "borderRadius" => &[Property::BorderRadius],
            "borderWidth" => &[Property::BorderWidth],
            "borderColor" => &[Property::BorderColor],
            "border" => &[Property::BorderRadius, Property::BorderWidth, Property::BorderColor],
            "shadow" => &[Property::Shadow],
            "blur" | "backdropBlur" | "brightness" | "contrast" | "saturate" | "grayscale" | "sepia" | "invert"
            | "hueRotate" => &[Property::Filters],
            _ => &[],
        }
    }

    /// The value that the attributes give; empty when the node is gone.
    pub(super) fn read(self, tree: &Tree, id: NodeId) -> Vec<f64> {
        let Some(node) = tree.get(id) else { return Vec::new() };
        let environment = &tree.environment;
        let border = node.common.border_widths(environment);
        let source = Source {
            common: &node.common,
            looks: node.acting().looks(tree, id),
            environment,
            size: node.layout.size,
            frame: node.layout.frame(),
            border,
        };
        self.read_from(&source)
    }

    fn read_from(self, source: &Source<'_>) -> Vec<f64> {
        let Source { common, environment, size, .. } = source;
        let effects = &common.effects;
        let transform = effects.transform.as_deref();
        match self {
            Property::Frame => {
                let Rect { origin, size } = source.frame;
                [origin.x, origin.y, size.width, size.height].map(f64::from).to_vec()
            }
            Property::Opacity => vec![f64::from(effects.opacity.unwrap_or(1.0))],
            Property::Translate => match transform.and_then(|transform| transform.translate.as_ref()) {
                Some([x, y, z]) => {
                    let px = |length: &Length, of: f32| f64::from(length.resolve(environment, of).unwrap_or(0.0));
                    vec![px(x, size.width), px(y, size.height), px(z, 0.0)]
                }
                None => vec![0.0; 3],
            },
            Property::Scale => match transform.and_then(|transform| transform.scale.as_ref()) {
                Some((factors, _)) => factors.map(f64::from).to_vec(),
                None => vec![1.0; 3],
            },
            Property::Rotate => match transform.and_then(|transform| transform.rotate.as_ref()) {
                Some((axis, angle, ..)) => turn(*axis, *angle).to_vec(),
                None => vec![0.0; 3],
            },
            Property::Matrix => match transform.and_then(|transform| transform.matrix.as_ref()) {
                Some(matrix) => matrix.map(f64::from).to_vec(),
                None => (0..16).map(|index| f64::from(u8::from(index % 5 == 0))).collect(),
            },
            Property::Press => vec![f64::from(transform.map_or(1.0, |transform| transform.press))],
            Property::BackgroundColor => {
                channels(common.background.color.or(source.looks.background).unwrap_or(Color::TRANSPARENT)).to_vec()
            }
            Property::BorderRadius => {
                let own = common.border.as_ref().map(|border| &border.radius).filter(|own| **own != Corners::default());
                let default = source.looks.radius.clone().map_or(Corners::default(), Corners::all);
                let Corners { top_left, top_right, bottom_left, bottom_right } = own.unwrap_or(&default);
                let px = |length: &Option<Length>| {
                    f64::from(length.as_ref().and_then(|length| length.resolve(environment, size.width)).unwrap_or(0.0))
                };
                [top_left, top_right, bottom_left, bottom_right].map(px).to_vec()
            }
            Property::BorderWidth => {
                let Edges { left, top, right, bottom } = source.border;
                [left, top, right, bottom].map(f64::from).to_vec()
            }
            Property::BorderColor => {
                let colors = common.border.as_ref().map_or([None; 4], |border| border.color);
                colors.iter().flat_map(|color| channels(color.unwrap_or(Color::BLACK))).collect()
            }
            Property::Shadow => match &effects.shadow {
                Some(shadow) => {
                    let px = |length: &Length| f64::from(length.resolve(environment, 0.0).unwrap_or(0.0));
                    let place = [f64::from(shadow.radius), px(&shadow.offset_x), px(&shadow.offset_y)];
                    place.into_iter().chain(channels(shadow.color)).collect()
                }
                None => vec![0.0; 7],
            },
            Property::Attribute(_) => vec![0.0],
            Property::Filters => {
                let filters = effects.filters.as_deref().cloned().unwrap_or_default();
                let values = [
                    (filters.blur, 0.0),
                    (filters.backdrop_blur, 0.0),
                    (filters.brightness, 1.0),
                    (filters.contrast, 1.0),
                    (filters.saturate, 1.0),
                    (filters.grayscale, 0.0),
                    (filters.sepia, 0.0),
                    (filters.invert, 0.0),
                    (filters.hue_rotate, 0.0),
                ];
                values.iter().map(|(value, default)| f64::from(value.unwrap_or(*default))).collect()
            }
        }
    }

    /// Puts a value into what is shown.
    pub(super) fn write(self, values: &[f64], shown: &mut Presented) {
        let at = |index: usize| values.get(index).copied().unwrap_or(0.0) as f32;
        let positive = |index: usize| at(index).max(0.0);
        let effects = &mut shown.effects;
        let mut transform = |change: &dyn Fn(&mut Transform)| change(effects.transform.get_or_insert_default());
        match self {
            Property::Frame => shown.frame = Some(Rect::new(at(0), at(1), positive(2), positive(3))),
            Property::Opacity => effects.opacity = Some(at(0).clamp(0.0, 1.0)),
            Property::Translate => {
                transform(&|transform| transform.translate = Some([0, 1, 2].map(|i| Length::px(at(i)))))
            }
            Property::Scale => transform(&|transform| {
                let center = transform.scale.take().map_or([None, None], |(_, center)| center);
                transform.scale = Some(([at(0), at(1), at(2)], center));
            }),
            Property::Rotate => transform(&|transform| {
                let (center, eye) =
                    transform.rotate.take().map_or(([None, None], 0.0), |(_, _, center, eye)| (center, eye));
                let vector = [at(0), at(1), at(2)];
                let angle = vector.iter().map(|part| part * part).sum::<f32>().sqrt();
                let axis = if angle > 0.0 { vector.map(|part| part / angle) } else { [0.0, 0.0, 1.0] };
                transform.rotate = Some((axis, angle, center, eye));
            }),
            Property::Matrix => transform(&|transform| {
                let mut matrix = [0.0; 16];
                for (index, slot) in matrix.iter_mut().enumerate() {
                    *slot = at(index);
                }
                transform.matrix = Some(Box::new(matrix));
            }),
            Property::Press => transform(&|transform| transform.press = at(0)),
            Property::BackgroundColor => shown.background = Some(color(values)),
            Property::BorderRadius => {
                let px = |index: usize| Some(Length::px(positive(index)));
                shown.border.get_or_insert_default().radius =
                    Corners { top_left: px(0), top_right: px(1), bottom_left: px(2), bottom_right: px(3) };
            }
            Property::BorderWidth => {
                shown.border.get_or_insert_default();
                shown.border_widths =
                    Some(Edges { left: positive(0), top: positive(1), right: positive(2), bottom: positive(3) });
            }
            Property::BorderColor => {
                let border = shown.border.get_or_insert_default();
                for (slot, channels) in border.color.iter_mut().zip(values.chunks(4)) {
                    *slot = Some(color(channels));
                }
            }
            Property::Shadow => {
                let fill = effects.shadow.as_ref().is_some_and(|shadow| shadow.fill);
                effects.shadow = Some(Box::new(Shadow {
                    radius: positive(0),
                    offset_x: Length::px(at(1)),
                    offset_y: Length::px(at(2)),
                    color: color(values.get(3..).unwrap_or_default()),
                    fill,
                }));
            }
            Property::Attribute(_) => {}
            Property::Filters => {
                let filters = effects.filters.get_or_insert_default();
                filters.blur = Some(positive(0));
                filters.backdrop_blur = Some(positive(1));
                filters.brightness = Some(positive(2));
                filters.contrast = Some(positive(3));
                filters.saturate = Some(positive(4));
                filters.grayscale = Some(positive(5));
                filters.sepia = Some(positive(6));
                filters.invert = Some(positive(7));
                filters.hue_rotate = Some(at(8));
            }
        }
    }
}

/// A turn as one vector: its direction is the axis, its length the angle in degrees.
pub(super) fn turn(axis: [f32; 3], angle: f32) -> [f64; 3] {
    let axis = axis.map(f64::from);
    let length = axis.iter().map(|part| part * part).sum::<f64>().sqrt();
    if length > 0.0 { axis.map(|part| part / length * f64::from(angle)) } else { [0.0; 3] }
}

/// Alpha, red, green and blue, 0 to 255.
fn channels(color: Color) -> [f64; 4] {
    let argb = color.to_argb();
    [24, 16, 8, 0].map(|shift| f64::from(argb >> shift & 0xff))
}

fn color(channels: &[f64]) -> Color {
    let bits = channels.iter().take(4).fold(0, |bits, channel| bits << 8 | channel.clamp(0.0, 255.0).round() as u32);
    Color::from_argb(bits)
}
