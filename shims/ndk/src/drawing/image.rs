//! `drawing_image.h`.

use super::bitmap::{Bitmap, ImageInfo, pixels};
use super::handle::{Handle, Out, functions, objects};
use concord_paint::Picture;

/// `OH_Drawing_Image`: pixels that do not change, once it was built.
#[derive(Clone, Default)]
pub(crate) struct Image {
    pub(super) picture: Option<Picture>,
    info: ImageInfo,
}
objects!(Image);

functions! {
    fn OH_Drawing_ImageCreate() -> Handle<Image> { Ok(Handle::new(Image::default())) }
    fn OH_Drawing_ImageDestroy(image: Handle<Image>) { image.release() }
    fn OH_Drawing_ImageBuildFromBitmap(image: Handle<Image>, bitmap: Handle<Bitmap>) -> bool {
        let pixels = pixels(bitmap)?;
        image.set(Image { picture: Some(pixels.picture()?), info: pixels.info() })?;
        Ok(true)
    }
    fn OH_Drawing_ImageGetWidth(image: Handle<Image>) -> i32 { Ok(image.get()?.info.width) }
    fn OH_Drawing_ImageGetHeight(image: Handle<Image>) -> i32 { Ok(image.get()?.info.height) }
    fn OH_Drawing_ImageGetImageInfo(image: Handle<Image>, out: Out<ImageInfo>) { out.put(image.get()?.info) }
}
