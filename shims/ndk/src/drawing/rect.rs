//! `drawing_rect.h`.

use super::error_code::{Code, INVALID_PARAMETER};
use super::handle::{Handle, Out, functions, objects};
use concord_paint::kurbo;

/// `OH_Drawing_Rect`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Rect {
    pub(super) left: f32,
    pub(super) top: f32,
    pub(super) right: f32,
    pub(super) bottom: f32,
}

/// `OH_Drawing_Array` of rectangles, by their handles.
pub(super) struct Rects(pub(super) Vec<Handle<Rect>>);

objects!(Rect, Rects);

/// Rectangles of one array.
const MOST_RECTS: usize = 1 << 20;

impl Drop for Rects {
    fn drop(&mut self) {
        for rect in &self.0 {
            // The guest may have destroyed it already.
            let _ = rect.release();
        }
    }
}

impl Rect {
    pub(super) fn new(left: f32, top: f32, right: f32, bottom: f32) -> Rect {
        Rect { left, top, right, bottom }
    }

    pub(super) fn width(&self) -> f32 {
        self.right - self.left
    }

    pub(super) fn height(&self) -> f32 {
        self.bottom - self.top
    }

    /// Without an inside; also when a side is not a number.
    pub(super) fn is_empty(&self) -> bool {
        !(self.left < self.right && self.top < self.bottom)
    }

    /// With the left edge left and the top above.
    pub(super) fn sorted(&self) -> Rect {
        Rect {
            left: self.left.min(self.right),
            top: self.top.min(self.bottom),
            right: self.left.max(self.right),
            bottom: self.top.max(self.bottom),
        }
    }

    /// The rectangle for the raster, with its edges in order.
    pub(super) fn kurbo(&self) -> kurbo::Rect {
        let sorted = self.sorted();
        kurbo::Rect::new(sorted.left.into(), sorted.top.into(), sorted.right.into(), sorted.bottom.into())
    }

    pub(super) fn from_kurbo(rect: kurbo::Rect) -> Rect {
        Rect::new(rect.x0 as f32, rect.y0 as f32, rect.x1 as f32, rect.y1 as f32)
    }

    pub(super) fn offset(&self, dx: f32, dy: f32) -> Rect {
        Rect::new(self.left + dx, self.top + dy, self.right + dx, self.bottom + dy)
    }

    pub(super) fn intersection(&self, other: &Rect) -> Option<Rect> {
        let both = Rect {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.min(other.right),
            bottom: self.bottom.min(other.bottom),
        };
        (!self.is_empty() && !other.is_empty() && !both.is_empty()).then_some(both)
    }

    /// The smallest rectangle around both; one that is empty does not count.
    pub(super) fn union(&self, other: &Rect) -> Rect {
        if other.is_empty() {
            return *self;
        }
        if self.is_empty() {
            return *other;
        }
        Rect {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }
}

functions! {
    fn OH_Drawing_RectCreate(left: f32, top: f32, right: f32, bottom: f32) -> Handle<Rect> {
        Ok(Handle::new(Rect { left, top, right, bottom }))
    }
    fn OH_Drawing_RectCopy(source: Handle<Rect>, target: Handle<Rect>) { target.set(source.get()?) }
    fn OH_Drawing_RectDestroy(rect: Handle<Rect>) { rect.release() }
    fn OH_Drawing_RectIntersect(rect: Handle<Rect>, other: Handle<Rect>) -> bool {
        let Some(both) = rect.get()?.intersection(&other.get()?) else { return Ok(false) };
        rect.set(both)?;
        Ok(true)
    }
    fn OH_Drawing_RectJoin(rect: Handle<Rect>, other: Handle<Rect>) -> bool {
        let other = other.get()?;
        rect.with(|rect| *rect = rect.union(&other))?;
        Ok(!other.is_empty())
    }
    fn OH_Drawing_RectUnion(rect: Handle<Rect>, other: Handle<Rect>) -> Code {
        let other = other.get()?;
        rect.with(|rect| *rect = rect.union(&other))
    }
    fn OH_Drawing_RectSetLeft(rect: Handle<Rect>, left: f32) { rect.with(|rect| rect.left = left) }
    fn OH_Drawing_RectSetTop(rect: Handle<Rect>, top: f32) { rect.with(|rect| rect.top = top) }
    fn OH_Drawing_RectSetRight(rect: Handle<Rect>, right: f32) { rect.with(|rect| rect.right = right) }
    fn OH_Drawing_RectSetBottom(rect: Handle<Rect>, bottom: f32) { rect.with(|rect| rect.bottom = bottom) }
    fn OH_Drawing_RectGetLeft(rect: Handle<Rect>) -> f32 { Ok(rect.get()?.left) }
    fn OH_Drawing_RectGetTop(rect: Handle<Rect>) -> f32 { Ok(rect.get()?.top) }
    fn OH_Drawing_RectGetRight(rect: Handle<Rect>) -> f32 { Ok(rect.get()?.right) }
    fn OH_Drawing_RectGetBottom(rect: Handle<Rect>) -> f32 { Ok(rect.get()?.bottom) }
    fn OH_Drawing_RectGetWidth(rect: Handle<Rect>) -> f32 { Ok(rect.get()?.width()) }
    fn OH_Drawing_RectGetHeight(rect: Handle<Rect>) -> f32 { Ok(rect.get()?.height()) }
    fn OH_Drawing_RectContains(rect: Handle<Rect>, other: Handle<Rect>, out: Out<bool>) -> Code {
        let (rect, other) = (rect.get()?, other.get()?);
        let inside = rect.left <= other.left && rect.top <= other.top;
        let inside = inside && rect.right >= other.right && rect.bottom >= other.bottom;
        out.put(inside && !rect.is_empty() && !other.is_empty())
    }
    fn OH_Drawing_RectInset(rect: Handle<Rect>, left: f32, top: f32, right: f32, bottom: f32) -> Code {
        rect.with(|rect| *rect = Rect::new(rect.left + left, rect.top + top, rect.right - right, rect.bottom - bottom))
    }
    fn OH_Drawing_RectIsEmpty(rect: Handle<Rect>, out: Out<bool>) -> Code { out.put(rect.get()?.is_empty()) }
    fn OH_Drawing_RectOffset(rect: Handle<Rect>, dx: f32, dy: f32) -> Code {
        rect.with(|rect| *rect = rect.offset(dx, dy))
    }
    fn OH_Drawing_RectOffsetTo(rect: Handle<Rect>, left: f32, top: f32) -> Code {
        rect.with(|rect| *rect = rect.offset(left - rect.left, top - rect.top))
    }
    fn OH_Drawing_RectSetEmpty(rect: Handle<Rect>) -> Code { rect.set(Rect::default()) }
    fn OH_Drawing_RectSort(rect: Handle<Rect>) -> Code { rect.with(|rect| *rect = rect.sorted()) }
    fn OH_Drawing_RectCreateArray(size: usize) -> Handle<Rects> {
        if size == 0 || size > MOST_RECTS {
            return Err(INVALID_PARAMETER);
        }
        Ok(Handle::new(Rects((0..size).map(|_| Handle::new(Rect::default())).collect())))
    }
    fn OH_Drawing_RectGetArraySize(rects: Handle<Rects>, out: Out<usize>) -> Code {
        out.put(rects.with(|rects| rects.0.len())?)
    }
    fn OH_Drawing_RectGetArrayElement(rects: Handle<Rects>, index: usize, out: Out<Handle<Rect>>) -> Code {
        out.put(rects.with(|rects| rects.0.get(index).copied())?.ok_or(INVALID_PARAMETER)?)
    }
    fn OH_Drawing_RectDestroyArray(rects: Handle<Rects>) -> Code { rects.release() }
}
