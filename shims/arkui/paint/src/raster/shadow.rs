//! Shadows of shapes.

use std::sync::Arc;

use vello_cpu::kurbo::{Affine, BezPath, Rect, RoundedRect, Shape};

use super::blur_reach;
use super::session::{Session, rect_path};
use crate::list::{FillRule, LayerStyle, Shadow, ShadowShape};
use crate::painter::TOLERANCE;
use crate::{Brush, Color, Filter, Painter, geometry};

/// How far beyond the target, px.
const BEYOND: f64 = 16.0;

impl Session<'_> {
    pub(super) fn shadow(&mut self, shadow: &Shadow) {
        if shadow.fill {
            return self.whole_shadow(shadow);
        }
        // Everything but the shape: a rectangle around the shadow with the shape as a hole.
        let outline = self.hole(&shadow.shape);
        let reach = blur_reach(shadow.sigma) + 2.0;
        let around = (geometry::path_bounds(&outline) + shadow.offset).inflate(reach, reach);
        let mut hole = rect_path(around.union(geometry::path_bounds(&outline)));
        hole.extend(outline.iter());
        self.clipped(Arc::new(hole), FillRule::EvenOdd, |session| session.whole_shadow(shadow));
    }

    /// The outline of a shape that is not to be covered. Sides of a rectangle that reach the edge of the target are moved
    /// beyond it: the raster library loses count of a clip's edges that lie exactly there, and gives up.
    fn hole(&self, shape: &ShadowShape) -> BezPath {
        let [a, b, c, d, ..] = self.transform().as_coeffs();
        let straight = b == 0.0 && c == 0.0 && a > 0.0 && d > 0.0;
        match shape {
            ShadowShape::Rounded(rounded)
                if straight && rounded.radii().as_single_radius().is_some_and(|r| r < 0.01) =>
            {
                let mut rect = rounded.rect();
                let edges = geometry::map_rect(self.transform().inverse(), self.target_area());
                if rect.x1 >= edges.x1 - 0.01 {
                    rect.x1 = rect.x1.max(edges.x1) + BEYOND / a;
                }
                if rect.y1 >= edges.y1 - 0.01 {
                    rect.y1 = rect.y1.max(edges.y1) + BEYOND / d;
                }
                rect_path(rect)
            }
            shape => outline(shape),
        }
    }

    fn whole_shadow(&mut self, shadow: &Shadow) {
        let moved = Affine::translate(shadow.offset);
        match &shadow.shape {
            _ if shadow.sigma < 0.1 => {
                let path = outline(&shadow.shape);
                self.transformed(moved, |session| session.fill_path(&path, FillRule::NonZero, &shadow.color.into()));
            }
            ShadowShape::Rounded(shape) => {
                self.transformed(moved, |session| session.rounded_shadow(*shape, shadow));
            }
            ShadowShape::Path(path) => self.blurred_path(path.clone(), shadow),
        }
    }

    /// The raster library blurs rounded rectangles by a formula, where all corners are alike. Where they are not, every
    /// quarter is drawn with the radius of its own corner.
    fn rounded_shadow(&mut self, shape: RoundedRect, shadow: &Shadow) {
        let (rect, radii) = (shape.rect(), shape.radii());
        let all = [radii.top_left, radii.top_right, radii.bottom_right, radii.bottom_left];
        if all.iter().all(|radius| (radius - radii.top_left).abs() < 0.01) {
            return self.blurred_rect(rect, radii.top_left, shadow);
        }
        let [a, b, c, d, e, f] = self.transform().as_coeffs();
        if b != 0.0 || c != 0.0 || a <= 0.0 || d <= 0.0 {
            return self.blurred_path_moved(shape.to_path(TOLERANCE), shadow);
        }
        // The quarters meet between whole pixels, so that no seam shows.
        let middle_x = ((rect.center().x * a + e).round() - e) / a;
        let middle_y = ((rect.center().y * d + f).round() - f) / d;
        let reach = blur_reach(shadow.sigma) + 2.0;
        let around = rect.inflate(reach, reach);
        let quarters = [
            (Rect::new(around.x0, around.y0, middle_x, middle_y), radii.top_left),
            (Rect::new(middle_x, around.y0, around.x1, middle_y), radii.top_right),
            (Rect::new(middle_x, middle_y, around.x1, around.y1), radii.bottom_right),
            (Rect::new(around.x0, middle_y, middle_x, around.y1), radii.bottom_left),
        ];
        for (quarter, radius) in quarters {
            self.clipped_rect(quarter, |session| session.blurred_rect(rect, radius, shadow));
        }
    }

    fn blurred_rect(&mut self, rect: Rect, radius: f64, shadow: &Shadow) {
        if !geometry::usable_rect(geometry::map_rect(self.transform(), rect)) {
            return;
        }
        let radius = radius.min(rect.width() / 2.0).min(rect.height() / 2.0);
        if !self.patched_shadow(rect, radius, shadow.sigma, shadow.color) {
            self.formula_shadow(rect, radius, shadow.sigma, shadow.color);
        }
    }

    /// The shadow of a rectangle with equal corners, evaluated at every pixel.
    pub(super) fn formula_shadow(&mut self, rect: Rect, radius: f64, sigma: f64, color: Color) {
        // What the library calls the standard deviation is the square root of two times that: measured against a Gaussian.
        let sigma = (sigma * std::f64::consts::SQRT_2) as f32;
        self.context.set_transform(self.base() * self.transform());
        self.context.reset_paint_transform();
        self.context.set_paint(color.to_peniko());
        self.context.fill_blurred_rounded_rect(&rect, radius as f32, sigma, false);
    }

    fn blurred_path(&mut self, path: BezPath, shadow: &Shadow) {
        self.transformed(Affine::translate(shadow.offset), |session| session.blurred_path_moved(path, shadow));
    }

    /// Any shape: a layer with a blur.
    fn blurred_path_moved(&mut self, path: BezPath, shadow: &Shadow) {
        let reach = blur_reach(shadow.sigma);
        let bounds = geometry::path_bounds(&path).inflate(reach, reach);
        let mut painter = Painter::new();
        painter.fill(path, &Brush::Solid(shadow.color));
        let style = LayerStyle { filters: vec![Filter::Blur { sigma: shadow.sigma }], ..LayerStyle::default() };
        let device = geometry::map_rect(self.transform(), bounds);
        self.layer(&style, &painter.finish(), device);
    }
}

fn outline(shape: &ShadowShape) -> BezPath {
    match shape {
        ShadowShape::Rounded(rounded) => rounded.to_path(TOLERANCE),
        ShadowShape::Path(path) => path.clone(),
    }
}
