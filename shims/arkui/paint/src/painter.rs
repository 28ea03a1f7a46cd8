//! Recording display lists.

use std::sync::Arc;

use vello_cpu::kurbo::{Affine, BezPath, Cap, Join, Rect, RoundedRect, Shape, Stroke, Vec2};

use crate::geometry::{self, EVERYWHERE, NOWHERE};
use crate::list::{
    Command, DisplayList, FillRule, GlyphRun, Inner, Item, LayerStyle, MAX_DEPTH, PictureDraw, Sampling, Shadow,
    ShadowShape,
};
use crate::{BlendMode, Brush, Color, Filter, Matrix4, Picture};

/// How far from a curve its polygon may be, px.
pub(crate) const TOLERANCE: f64 = 0.1;
/// Saved states beyond this many are not kept: an app that only ever saves must not eat memory.
const MAX_SAVED: usize = 4096;
/// Dashes along one stroke beyond this many are drawn as a plain line.
const MAX_DASHES: f64 = 20_000.0;

/// Records a [`DisplayList`].
///
/// Coordinates are px of the list's own system, transformed by what [`Painter::transform`] accumulated. Anything that is not
/// finite, or too far away to be seen, is left out silently: it comes from apps.
#[derive(Debug)]
pub struct Painter {
    levels: Vec<Level>,
}

/// What is being recorded: the list itself, or a layer of it.
#[derive(Debug)]
struct Level {
    items: Vec<Item>,
    bounds: Rect,
    depth: u32,
    reads_back: bool,
    grows: bool,
    state: State,
    saved: Vec<State>,
    /// Saves that were not kept.
    unsaved: usize,
    kind: LevelKind,
}

#[derive(Debug)]
enum LevelKind {
    List,
    Layer(LayerStyle),
    Perspective(Matrix4),
}

#[derive(Debug, Clone, Copy)]
struct State {
    /// From the current coordinates to the list's.
    transform: Affine,
    /// What can still be drawn on, in the list's coordinates.
    clip: Rect,
}

impl Level {
    fn new(kind: LevelKind) -> Self {
        Self {
            items: Vec::new(),
            bounds: NOWHERE,
            depth: 1,
            reads_back: false,
            grows: false,
            state: State { transform: Affine::IDENTITY, clip: EVERYWHERE },
            saved: Vec::new(),
            unsaved: 0,
            kind,
        }
    }

    /// Adds what draws within `local` (current coordinates), unless that is nowhere to be seen.
    fn draw(&mut self, local: Rect, command: Command) {
        self.draw_within(geometry::map_rect(self.state.transform, local), command);
    }

    /// The same with a rectangle of the list's coordinates.
    fn draw_within(&mut self, bounds: Rect, command: Command) {
        let bounds = geometry::intersect(bounds, self.state.clip);
        if geometry::is_empty(bounds) {
            return;
        }
        self.bounds = geometry::unite(self.bounds, bounds);
        self.items.push(Item { bounds, command });
    }

    fn include(&mut self, list: &DisplayList) {
        self.depth = self.depth.max(list.0.depth + 1);
        self.reads_back |= list.0.reads_back;
        self.grows |= list.0.grows;
    }

    fn state_command(&mut self, command: Command) {
        self.items.push(Item { bounds: NOWHERE, command });
    }

    fn finish(mut self) -> (DisplayList, LevelKind) {
        // State that nothing follows is of no use.
        while self.items.last().is_some_and(|item| item.command.is_state()) {
            self.items.pop();
        }
        let list = DisplayList(Arc::new(Inner {
            items: self.items,
            bounds: self.bounds,
            depth: self.depth,
            reads_back: self.reads_back,
            grows: self.grows,
        }));
        (list, self.kind)
    }
}

impl Default for Painter {
    fn default() -> Self {
        Self::new()
    }
}

impl Painter {
    /// Nothing is recorded yet.
    pub fn new() -> Self {
        Self { levels: vec![Level::new(LevelKind::List)] }
    }

    /// What was recorded. Layers that are still open are closed.
    pub fn finish(mut self) -> DisplayList {
        while self.levels.len() > 1 {
            self.pop_layer();
        }
        self.levels.pop().map(|level| level.finish().0).unwrap_or_default()
    }

    fn level(&mut self) -> &mut Level {
        if self.levels.is_empty() {
            self.levels.push(Level::new(LevelKind::List));
        }
        let last = self.levels.len() - 1;
        &mut self.levels[last]
    }

    /// Keeps transform and clip for [`Painter::restore`].
    pub fn save(&mut self) {
        let level = self.level();
        if level.saved.len() >= MAX_SAVED {
            level.unsaved += 1;
            return;
        }
        level.saved.push(level.state);
        level.state_command(Command::Save);
    }

    /// Back to the state of the last [`Painter::save`] of the same layer that has not been restored; nothing without one.
    pub fn restore(&mut self) {
        let level = self.level();
        if level.unsaved > 0 {
            level.unsaved -= 1;
            return;
        }
        let Some(state) = level.saved.pop() else { return };
        level.state = state;
        // A pair with nothing but state between says nothing.
        let mut depth = 0usize;
        for index in (0..level.items.len()).rev() {
            match level.items[index].command {
                Command::Restore => depth += 1,
                Command::Save if depth == 0 => {
                    level.items.truncate(index);
                    return;
                }
                Command::Save => depth -= 1,
                Command::Transform(_) | Command::ClipRect(_) | Command::ClipPath(..) => {}
                _ => break,
            }
        }
        level.state_command(Command::Restore);
    }

    /// From the current coordinates to the coordinates of the list (or the layer) that is recorded.
    pub fn current_transform(&self) -> Affine {
        self.levels.last().map_or(Affine::IDENTITY, |level| level.state.transform)
    }

    /// What can still be drawn on, as a rectangle of the current coordinates: what lies outside need not be recorded.
    pub fn clip_bounds(&self) -> Rect {
        let Some(level) = self.levels.last() else { return EVERYWHERE };
        geometry::usable_transform(level.state.transform)
            .map_or(NOWHERE, |transform| geometry::map_rect(transform.inverse(), level.state.clip))
    }

    /// What follows is transformed by this first, and then as until now.
    pub fn transform(&mut self, transform: Affine) {
        if transform == Affine::IDENTITY {
            return;
        }
        let level = self.level();
        let product = level.state.transform * transform;
        if geometry::usable_transform(product).is_none() {
            // Flat or absurd: nothing that follows can be seen.
            level.state.clip = NOWHERE;
            return;
        }
        level.state.transform = product;
        level.state_command(Command::Transform(transform));
    }

    /// Moves what follows.
    pub fn translate(&mut self, x: f64, y: f64) {
        self.transform(Affine::translate((x, y)));
    }

    /// What follows is drawn only inside a path, too.
    pub fn clip_path(&mut self, path: &BezPath) {
        self.clip_path_with(path, FillRule::NonZero);
    }

    /// What follows is drawn only inside a path, too; the inside is decided by `rule`.
    pub fn clip_path_with(&mut self, path: &BezPath, rule: FillRule) {
        let level = self.level();
        if !geometry::usable_path(path) {
            level.state.clip = NOWHERE;
            return;
        }
        let bounds = geometry::map_rect(level.state.transform, geometry::path_bounds(path));
        level.state.clip = geometry::intersect(level.state.clip, bounds);
        level.state_command(Command::ClipPath(Arc::new(path.clone()), rule));
    }

    /// What follows is drawn only inside a rectangle, too.
    pub fn clip_rect(&mut self, rect: Rect) {
        let rect = clamp_rect(rect);
        let level = self.level();
        let bounds = geometry::map_rect(level.state.transform, rect);
        level.state.clip = geometry::intersect(level.state.clip, bounds);
        level.state_command(Command::ClipRect(rect));
    }

    /// What follows is drawn only inside a rounded rectangle, too.
    pub fn clip_rounded(&mut self, shape: RoundedRect) {
        let shape = clean_rounded(shape);
        if has_corners(shape) { self.clip_path(&shape.to_path(TOLERANCE)) } else { self.clip_rect(shape.rect()) }
    }

    /// What follows, up to [`Painter::pop_layer`], is drawn together and put down in one go. The layer begins with the
    /// transform and the clip as they are; `save` and `restore` inside it are its own.
    pub fn push_layer(&mut self, style: LayerStyle) {
        // Inside a layer everything is in coordinates of the place where it was pushed, so that a clip outside still
        // counts; what a blur brings in from beyond its edge, too.
        let reach: f64 = style.filters.iter().map(crate::raster::filter_reach).sum();
        let clip = self.clip_bounds();
        let mut level = Level::new(LevelKind::Layer(style));
        level.state.clip = if geometry::is_empty(clip) { clip } else { clip.inflate(reach, reach) };
        self.levels.push(level);
    }

    /// What follows, up to [`Painter::pop_layer`], is drawn flat and then seen in perspective: the plane z = 0 of the
    /// current coordinates goes through `matrix`. What is behind the eye is cut off.
    pub fn push_perspective(&mut self, matrix: Matrix4) {
        let level = Level::new(LevelKind::Perspective(matrix));
        self.levels.push(level);
    }

    /// Ends the layer (or the perspective) that was begun last; nothing without one.
    pub fn pop_layer(&mut self) {
        if self.levels.len() < 2 {
            return;
        }
        let Some(level) = self.levels.pop() else { return };
        let (list, kind) = level.finish();
        let level = self.level();
        if list.0.depth >= MAX_DEPTH {
            tracing::warn!("layers are nested more than {MAX_DEPTH} deep; the innermost are not drawn");
            return;
        }
        match kind {
            LevelKind::List => {}
            LevelKind::Layer(style) => level.layer(style, list),
            LevelKind::Perspective(matrix) => {
                let plane = matrix.plane();
                if let Some(affine) = plane.as_affine() {
                    self.save();
                    self.transform(affine);
                    self.append(&list);
                    self.restore();
                    return;
                }
                let bounds = plane.bounds(list.bounds());
                level.depth = level.depth.max(list.0.depth + 1);
                level.grows |= list.0.grows;
                level.draw(bounds, Command::Perspective(Arc::new((matrix, list))));
            }
        }
    }

    /// Fills the inside of a shape (anything of kurbo: `rect.to_path(0.1)`, a `BezPath` …).
    pub fn fill(&mut self, shape: impl Into<BezPath>, brush: &Brush) {
        self.fill_with(shape, FillRule::NonZero, brush);
    }

    /// Fills a shape whose inside is decided by `rule`.
    pub fn fill_with(&mut self, shape: impl Into<BezPath>, rule: FillRule, brush: &Brush) {
        let path = shape.into();
        if brush.is_transparent() || path.is_empty() || !geometry::usable_path(&path) {
            return;
        }
        let bounds = geometry::path_bounds(&path);
        self.level().draw(bounds, Command::FillPath(Arc::new(path), rule, brush.clone()));
    }

    /// Fills a rectangle.
    pub fn fill_rect(&mut self, rect: Rect, brush: &Brush) {
        if brush.is_transparent() {
            return;
        }
        let rect = clamp_rect(rect);
        self.level().draw(rect, Command::FillRect(rect, brush.clone()));
    }

    /// Fills a rounded rectangle.
    pub fn fill_rounded(&mut self, shape: RoundedRect, brush: &Brush) {
        let shape = clean_rounded(shape);
        if has_corners(shape) {
            self.fill(shape.to_path(TOLERANCE), brush);
        } else {
            self.fill_rect(shape.rect(), brush);
        }
    }

    /// Draws the outline of a shape.
    pub fn stroke(&mut self, shape: impl Into<BezPath>, stroke: &Stroke, brush: &Brush) {
        let path = shape.into();
        let width = stroke.width;
        let usable = geometry::usable(width) && width > 0.0 && geometry::usable_path(&path) && !path.is_empty();
        if brush.is_transparent() || !usable {
            return;
        }
        let mut stroke = stroke.clone();
        if stroke.miter_limit.is_nan() || stroke.miter_limit < 1.0 {
            stroke.miter_limit = 1.0;
        }
        check_dashes(&path, &mut stroke);
        // Tips of mitres and corners of square caps lie outside of half the width.
        let mut reach = width / 2.0;
        if stroke.join == Join::Miter {
            reach *= stroke.miter_limit.min(1e4);
        }
        if stroke.start_cap == Cap::Square || stroke.end_cap == Cap::Square {
            reach = reach.max(width / 2.0 * std::f64::consts::SQRT_2);
        }
        let bounds = geometry::path_bounds(&path).inflate(reach, reach);
        self.level().draw(bounds, Command::Stroke(Arc::new((path, stroke)), brush.clone()));
    }

    /// Draws the shadow of a shape, blurred by ArkUI's `radius` (px), moved by `offset`. Without `fill` nothing is drawn
    /// inside the shape itself (ArkUI's `ShadowOptions.fill`, false by default); where the shape will be covered by
    /// something opaque anyway, `fill` looks the same and is faster.
    pub fn shadow(
        &mut self,
        shape: impl Into<ShadowShape>,
        radius: f64,
        color: Color,
        offset: impl Into<Vec2>,
        fill: bool,
    ) {
        let offset = offset.into();
        let (shape, bounds) = match shape.into() {
            ShadowShape::Rounded(rounded) => {
                let rounded = clean_rounded(rounded);
                (ShadowShape::Rounded(rounded), rounded.rect())
            }
            ShadowShape::Path(path) => {
                if !geometry::usable_path(&path) {
                    return;
                }
                let bounds = geometry::path_bounds(&path);
                (ShadowShape::Path(path), bounds)
            }
        };
        let sigma = geometry::sigma_of_radius(radius).min(500.0);
        if color.is_transparent() || geometry::is_empty(bounds) || !offset.is_finite() {
            return;
        }
        let reach = crate::raster::blur_reach(sigma);
        let bounds = (bounds + offset).inflate(reach, reach);
        self.level().draw(bounds, Command::Shadow(Arc::new(Shadow { shape, sigma, color, offset, fill })));
    }

    /// Draws the part `source` (px of the picture) of a picture onto `target`. With a tint, the picture is only a stencil.
    pub fn picture(&mut self, picture: &Picture, source: Rect, target: Rect, sampling: Sampling, tint: Option<Color>) {
        let usable = geometry::usable_rect(source) && geometry::usable_rect(target);
        let empty = geometry::is_empty(source) || geometry::is_empty(target) || picture.is_empty();
        if !usable || empty || tint.is_some_and(Color::is_transparent) {
            return;
        }
        let draw = PictureDraw { picture: picture.clone(), source, target, sampling, tint };
        self.level().draw(target, Command::Picture(Arc::new(draw)));
    }

    /// Draws glyphs; `transform` maps the coordinates of the run to the current ones.
    pub fn glyphs(&mut self, run: &GlyphRun, transform: Affine, brush: &Brush) {
        let usable = run.size > 0.0 && run.size < 16_384.0 && run.skew.is_finite() && run.embolden.is_finite();
        let finite =
            run.glyphs.iter().all(|glyph| geometry::usable(glyph.x.into()) && geometry::usable(glyph.y.into()));
        if brush.is_transparent() || run.glyphs.is_empty() || !usable || !finite {
            return;
        }
        if geometry::usable_transform(transform).is_none() {
            return;
        }
        let mut bounds = Rect::new(f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY);
        for glyph in run.glyphs.iter() {
            bounds = bounds.union_pt((f64::from(glyph.x), f64::from(glyph.y)));
        }
        // Two em around every origin: fonts draw outside of their line height, and ligatures are wide.
        let reach = 2.0 * f64::from(run.size) + f64::from(run.embolden.abs() + run.outline.unwrap_or(0.0).abs());
        let bounds = geometry::map_rect(transform, bounds.inflate(reach, reach));
        self.level().draw(bounds, Command::Glyphs(Arc::new((run.clone(), transform)), brush.clone()));
    }

    /// Draws another list, with the current transform and clip. Costs nothing but a reference.
    pub fn append(&mut self, list: &DisplayList) {
        if list.is_empty() {
            return;
        }
        if list.0.depth >= MAX_DEPTH {
            tracing::warn!("display lists are nested more than {MAX_DEPTH} deep; the innermost are not drawn");
            return;
        }
        let level = self.level();
        level.include(list);
        level.draw(list.bounds(), Command::Append(list.clone()));
    }

    /// Applies filters to what was drawn so far behind a shape (`backdropBlur`, `backgroundBlurStyle`). Only pixels inside
    /// the shape's bounding box are read; its edges are continued outwards.
    ///
    /// Inside a layer that is not plain, only what the layer itself drew is behind it.
    pub fn backdrop(&mut self, shape: impl Into<BezPath>, filters: &[Filter]) {
        let path = shape.into();
        if !geometry::usable_path(&path) || filters.iter().all(Filter::is_identity) {
            return;
        }
        let level = self.level();
        level.reads_back = true;
        level.grows = true;
        let bounds = geometry::path_bounds(&path);
        level.draw(bounds, Command::Backdrop(Arc::new((path, filters.to_vec()))));
    }
}

impl Level {
    fn layer(&mut self, mut style: LayerStyle, list: DisplayList) {
        style.opacity = if style.opacity.is_finite() { style.opacity.clamp(0.0, 1.0) } else { 1.0 };
        style.filters.retain(|filter| !filter.is_identity());
        let uncovered_stays = style.blend.leaves_uncovered();
        if uncovered_stays && (style.opacity <= 0.0 || list.is_empty() || style.blend == BlendMode::Dst) {
            // A matrix that colours transparent pixels draws even from nothing.
            let fills = style.filters.iter().any(Filter::fills);
            if !fills || style.opacity <= 0.0 || style.blend == BlendMode::Dst {
                return;
            }
        }
        if style.is_plain() {
            self.include(&list);
            self.draw(list.bounds(), Command::Append(list));
            return;
        }
        if style.clip.as_ref().is_some_and(|clip| !geometry::usable_path(clip)) {
            return;
        }
        // Without read-back inside, a layer that is only opacity or clip is made by the raster library.
        self.depth = self.depth.max(list.0.depth + 1);
        self.reads_back |= !uncovered_stays;
        let reach: f64 = style.filters.iter().map(crate::raster::filter_reach).sum();
        self.grows |= reach > 0.0 || list.0.grows;
        let fills = style.filters.iter().any(Filter::fills);
        let mut bounds = if uncovered_stays && !fills { list.bounds().inflate(reach, reach) } else { EVERYWHERE };
        if let Some(clip) = &style.clip {
            bounds = geometry::intersect(bounds, geometry::path_bounds(clip));
        }
        if let (Some(mask), true) = (&style.mask, uncovered_stays) {
            bounds = geometry::intersect(bounds, mask.content.bounds());
            self.depth = self.depth.max(mask.content.0.depth + 1);
        }
        self.draw(bounds, Command::Layer(Arc::new((style, list))));
    }
}

/// Far edges are brought into the range of what can be drawn; NaN makes the rectangle empty.
fn clamp_rect(rect: Rect) -> Rect {
    let clamp = |number: f64| number.clamp(-geometry::LIMIT, geometry::LIMIT);
    let rect = Rect::new(clamp(rect.x0), clamp(rect.y0), clamp(rect.x1), clamp(rect.y1));
    if geometry::is_empty(rect) { NOWHERE } else { rect }
}

fn has_corners(shape: RoundedRect) -> bool {
    let radii = shape.radii();
    [radii.top_left, radii.top_right, radii.bottom_right, radii.bottom_left].iter().any(|radius| *radius > 0.0)
}

/// A rounded rectangle within the limits; radii that are not finite or negative are 0, and none is longer than the sides
/// allow.
fn clean_rounded(shape: RoundedRect) -> RoundedRect {
    let rect = clamp_rect(shape.rect());
    let radii = shape.radii();
    let most = rect.width().min(rect.height()) / 2.0;
    let clean = |radius: f64| if radius > 0.0 { radius.min(most) } else { 0.0 };
    RoundedRect::from_rect(
        rect,
        (clean(radii.top_left), clean(radii.top_right), clean(radii.bottom_right), clean(radii.bottom_left)),
    )
}

/// Dashes that are not finite, negative, all zero, or absurdly many are taken away.
fn check_dashes(path: &BezPath, stroke: &mut Stroke) {
    if stroke.dash_pattern.is_empty() {
        return;
    }
    let sum: f64 = stroke.dash_pattern.iter().sum();
    let sane = stroke.dash_pattern.iter().all(|dash| *dash >= 0.0) && sum > 0.0 && geometry::usable(sum);
    let length: f64 = path.segments().map(|segment| control_length(&segment)).sum();
    let count = length / sum * stroke.dash_pattern.len() as f64;
    if !sane || count.is_nan() || count > MAX_DASHES || !stroke.dash_offset.is_finite() {
        stroke.dash_pattern.clear();
        stroke.dash_offset = 0.0;
        return;
    }
    // An odd pattern is repeated to be even, as everywhere.
    let period = if stroke.dash_pattern.len() % 2 == 1 { 2.0 * sum } else { sum };
    stroke.dash_offset = stroke.dash_offset.rem_euclid(period);
}

fn control_length(segment: &vello_cpu::kurbo::PathSeg) -> f64 {
    use vello_cpu::kurbo::PathSeg;
    match segment {
        PathSeg::Line(line) => (line.p1 - line.p0).hypot(),
        PathSeg::Quad(quad) => (quad.p1 - quad.p0).hypot() + (quad.p2 - quad.p1).hypot(),
        PathSeg::Cubic(cubic) => {
            (cubic.p1 - cubic.p0).hypot() + (cubic.p2 - cubic.p1).hypot() + (cubic.p3 - cubic.p2).hypot()
        }
    }
}
