//! Skeleton.
#![forbid(unsafe_code)]
#![allow(missing_docs)]
pub use vello_cpu::kurbo;
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Color(u32);
impl Color {
    pub const TRANSPARENT: Color = Color(0);
    pub const BLACK: Color = Color(0xff00_0000);
    pub fn from_argb(argb: u32) -> Color {
        Color(argb)
    }
    pub fn to_argb(self) -> u32 {
        self.0
    }
}
pub enum Brush {
    Solid(Color),
}
#[derive(Default)]
pub struct LayerStyle {
    pub opacity: f32,
    pub rest: u8,
}
pub struct DisplayList;
pub struct Painter;
impl Painter {
    pub fn new() -> Painter {
        Painter
    }
    pub fn finish(self) -> DisplayList {
        DisplayList
    }
    pub fn save(&mut self) {}
    pub fn restore(&mut self) {}
    pub fn transform(&mut self, _: kurbo::Affine) {}
    pub fn push_layer(&mut self, _: LayerStyle) {}
    pub fn pop_layer(&mut self) {}
    pub fn fill_rounded(&mut self, _: kurbo::RoundedRect, _: &Brush) {}
    pub fn clip_rounded(&mut self, _: kurbo::RoundedRect) {}
}
