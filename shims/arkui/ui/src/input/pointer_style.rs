//! Shapes of the mouse pointer: `PointerStyle` of `@ohos.multimodalInput.pointer`, as far as something here names them.

/// Above what can be clicked, where the platform shows it: links.
pub const HAND_POINTING: i32 = 19;
/// Above what makes things wider.
pub const RESIZE_LEFT_RIGHT: i32 = 22;
/// Above what makes things higher.
pub const RESIZE_UP_DOWN: i32 = 23;
/// Above text.
pub const TEXT_CURSOR: i32 = 26;
