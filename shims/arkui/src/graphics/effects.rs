//! `@concord:arkui/effects`: pictures that are made from others.

use super::pixels::{number, pixels, range_error, wrap};
use concord_engine::{Call, JsResult};
use concord_paint::kurbo::Affine;
use concord_paint::{Canvas, ColorMatrix, Filter, LayerStyle, Painter, Sampling, sigma_of_radius};
use concord_runtime::Native;

pub(super) const NATIVES: &[(&str, Native)] = &[("filter", filter), ("convert", convert)];

/// `filter(pixels, kind, ...values) → pixels`: `blur` with a radius and the number of the edges (0 repeats the outermost pixels, 1 the picture,
/// 2 mirrors it, 3 is transparent), `brightness`, `grayscale`, `invert`, `matrix` with twenty numbers.
fn filter(call: &Call<'_>) -> JsResult {
    let pixels = pixels(call, 0)?;
    let (width, height) = pixels.size();
    let picture = pixels.picture().ok_or_else(|| range_error(call, "the picture is being drawn on"))?;
    let kind = call.arg(1).as_string().unwrap_or_default();
    let amount = number(call, 2);
    let mut edges = 3;
    let filter = match kind.as_str() {
        "blur" => {
            edges = number(call, 3) as u32;
            Filter::Blur { sigma: sigma_of_radius(amount.clamp(0.0, 2000.0)) }
        }
        "brightness" => Filter::Brightness(1.0 + amount as f32),
        "grayscale" => Filter::Grayscale(1.0),
        "invert" => Filter::Invert(1.0),
        _ => {
            let mut matrix = ColorMatrix::IDENTITY;
            for (index, value) in matrix.0.iter_mut().enumerate() {
                *value = number(call, index + 2) as f32;
            }
            Filter::Matrix(matrix)
        }
    };
    let mut canvas = Canvas::new(width, height).map_err(|error| range_error(call, &error.to_string()))?;
    let mut painter = Painter::new();
    painter.push_layer(LayerStyle { filters: vec![filter], ..LayerStyle::default() });
    let (w, h) = (f64::from(width), f64::from(height));
    if edges == 1 || edges == 2 {
        // The pictures around it.
        for (column, row) in [(-1, -1), (0, -1), (1, -1), (-1, 0), (1, 0), (-1, 1), (0, 1), (1, 1)] {
            let place = |index: i32, side: f64| match (edges, index) {
                (2, -1 | 1) => (-1.0, f64::from(index.max(0)) * 2.0 * side),
                _ => (1.0, f64::from(index) * side),
            };
            let ((sx, x), (sy, y)) = (place(column, w), place(row, h));
            painter.save();
            painter.transform(Affine::new([sx, 0.0, 0.0, sy, x, y]));
            painter.picture(&picture, picture.rect(), picture.rect(), Sampling::Nearest, None);
            painter.restore();
        }
    }
    if edges == 0 {
        // One pixel of each side, drawn as far as a blur sees.
        let reach = amount.clamp(0.0, 2000.0) * 2.0;
        use concord_paint::kurbo::Rect;
        let sides = [((-reach, 0.0), (0.0, 1.0)), ((0.0, w), (0.0, w)), ((w, w + reach), (w - 1.0, w))];
        let ends = [((-reach, 0.0), (0.0, 1.0)), ((0.0, h), (0.0, h)), ((h, h + reach), (h - 1.0, h))];
        for (to_x, from_x) in sides {
            for (to_y, from_y) in ends {
                let source = Rect::new(from_x.0, from_y.0, from_x.1, from_y.1);
                let target = Rect::new(to_x.0, to_y.0, to_x.1, to_y.1);
                painter.picture(&picture, source, target, Sampling::Nearest, None);
            }
        }
    } else {
        painter.picture(&picture, picture.rect(), picture.rect(), Sampling::Nearest, None);
    }
    painter.pop_layer();
    canvas.draw(&painter.finish());
    Ok(wrap(call.context, canvas))
}

/// `convert(pixels, gamma, ...nine numbers of a matrix, gamma)`: colours of one space become those of another. A gamma of 0 is the curve of sRGB.
fn convert(call: &Call<'_>) -> JsResult {
    let pixels = pixels(call, 0)?;
    let (width, height) = pixels.size();
    let (from, to) = (number(call, 1), number(call, 11));
    let matrix: [f64; 9] = std::array::from_fn(|index| number(call, index + 2));
    let linear: Vec<f64> = (0..=255_u8).map(|value| to_linear(f64::from(value) / 255.0, from)).collect();
    let mut canvas = pixels.0.borrow_mut();
    let mut data = canvas.get_pixels(0, 0, width, height).map_err(|error| range_error(call, &error.to_string()))?;
    for [r, g, b, _] in data.as_chunks_mut::<4>().0 {
        let [red, green, blue] = [&*r, &*g, &*b].map(|value| linear.get(usize::from(*value)).copied().unwrap_or(0.0));
        let row = |index: usize| {
            let part = |at: usize| matrix.get(index * 3 + at).copied().unwrap_or(0.0);
            let value = part(0) * red + part(1) * green + part(2) * blue;
            (of_linear(value.clamp(0.0, 1.0), to) * 255.0).round() as u8
        };
        (*r, *g, *b) = (row(0), row(1), row(2));
    }
    canvas.put_pixels(&data, width, 0, 0, None);
    Ok(call.context.undefined())
}

fn to_linear(value: f64, gamma: f64) -> f64 {
    if gamma > 0.0 {
        value.powf(gamma)
    } else if value <= 0.040_45 {
        value / 12.92
    } else {
        ((value + 0.055) / 1.055).powf(2.4)
    }
}

fn of_linear(value: f64, gamma: f64) -> f64 {
    if gamma > 0.0 {
        value.powf(gamma.recip())
    } else if value <= 0.003_130_8 {
        value * 12.92
    } else {
        1.055 * value.powf(1.0 / 2.4) - 0.055
    }
}
