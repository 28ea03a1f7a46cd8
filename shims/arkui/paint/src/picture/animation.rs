//! How many pictures an animation has and how long each is shown, without decoding them.

use std::time::Duration;

use super::{DecodeError, Format, Picture};

/// The most pictures that are counted.
const MAX_FRAMES: usize = 20_000;

/// One picture of an animation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrameTiming {
    /// How long it is shown, as the file says.
    pub delay: Duration,
    /// What becomes of it before the next: GIF's number (0 and 1 leave it, 2 clears it, 3 brings back what was before).
    pub disposal: u8,
}

/// What an animation says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnimationInfo {
    /// One for each picture; one in all for pictures that do not move.
    pub frames: Vec<FrameTiming>,
    /// How often it is shown; 0 is without end.
    pub loops: Option<u32>,
}

impl Picture {
    /// The pictures of a GIF or WebP file, and of any other the one that it is. A file that breaks off gives what is before.
    ///
    /// # Errors
    /// When the format is unknown, or there is no picture.
    pub fn animation(bytes: &[u8]) -> Result<AnimationInfo, DecodeError> {
        let still = AnimationInfo { frames: vec![FrameTiming { delay: Duration::ZERO, disposal: 0 }], loops: None };
        let format = super::decode::format_of(bytes)?;
        let info = match format {
            Format::Gif => gif(bytes),
            Format::WebP => webp(bytes).filter(|info| !info.frames.is_empty()).or(Some(still)),
            _ => Some(still),
        };
        info.filter(|info| !info.frames.is_empty())
            .ok_or_else(|| DecodeError::Damaged { format, reason: "it has no picture".to_owned() })
    }
}

/// What is left of a file.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (head, tail) = self.0.split_at_checked(count)?;
        self.0 = tail;
        Some(head)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    /// Over GIF's sub-blocks; the first one is told.
    fn sub_blocks(&mut self) -> Option<&'a [u8]> {
        let mut first: Option<&[u8]> = None;
        loop {
            let length = self.byte()?;
            if length == 0 {
                return Some(first.unwrap_or_default());
            }
            let block = self.take(length.into())?;
            first.get_or_insert(block);
        }
    }
}

fn gif(bytes: &[u8]) -> Option<AnimationInfo> {
    let mut rest = Rest(bytes);
    rest.take(6)?;
    let screen = rest.take(7)?;
    rest.take(color_table(*screen.get(4)?))?;
    let mut info = AnimationInfo { frames: Vec::new(), loops: Some(1) };
    let mut timing = FrameTiming { delay: Duration::ZERO, disposal: 0 };
    // A file that breaks off ends the loop: what was found counts.
    while info.frames.len() < MAX_FRAMES && block(&mut rest, &mut info, &mut timing).is_some() {}
    Some(info)
}

/// Bytes of a colour table by the flags before it.
fn color_table(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

fn block(rest: &mut Rest<'_>, info: &mut AnimationInfo, timing: &mut FrameTiming) -> Option<()> {
    match rest.byte()? {
        0x21 => {
            let label = rest.byte()?;
            if label == 0xff {
                let program = rest.byte()?;
                let netscape = rest.take(program.into())? == b"NETSCAPE2.0";
                let data = rest.sub_blocks()?;
                if let (true, Some(&[1, low, high])) = (netscape, data.get(..3)) {
                    let again = u32::from(u16::from_le_bytes([low, high]));
                    info.loops = Some(if again == 0 { 0 } else { again + 1 });
                }
                return Some(());
            }
            let data = rest.sub_blocks()?;
            if let (0xf9, Some(&[flags, low, high])) = (label, data.get(..3)) {
                let hundredths = u64::from(u16::from_le_bytes([low, high]));
                *timing = FrameTiming { delay: Duration::from_millis(hundredths * 10), disposal: flags >> 2 & 7 };
            }
        }
        0x2c => {
            let place = rest.take(9)?;
            rest.take(color_table(*place.get(8)?))?;
            rest.byte()?;
            info.frames.push(*timing);
            *timing = FrameTiming { delay: Duration::ZERO, disposal: 0 };
            rest.sub_blocks()?;
        }
        _ => return None,
    }
    Some(())
}

/// Where the flags of a GIF's pictures are: the bytes that hold their disposals.
pub(super) fn control_flags(gif: &[u8]) -> Vec<usize> {
    let mut places = Vec::new();
    let mut rest = Rest(gif);
    let mut info = AnimationInfo { frames: Vec::new(), loops: None };
    let mut timing = FrameTiming { delay: Duration::ZERO, disposal: 0 };
    let Some(screen) = rest.take(13) else { return places };
    let _ = screen.get(10).and_then(|flags| rest.take(color_table(*flags)));
    loop {
        let start = gif.len() - rest.0.len();
        if block(&mut rest, &mut info, &mut timing).is_none() {
            return places;
        }
        if gif.get(start..start + 2) == Some(&[0x21, 0xf9]) {
            places.push(start + 3);
        }
    }
}

fn webp(bytes: &[u8]) -> Option<AnimationInfo> {
    let mut rest = Rest(bytes);
    rest.take(12)?;
    let mut info = AnimationInfo { frames: Vec::new(), loops: None };
    while info.frames.len() < MAX_FRAMES
        && let Some(head) = rest.take(8)
        && let Some((name, length)) = head.split_first_chunk::<4>()
        && let Ok(length) = <[u8; 4]>::try_from(length).map(|length| u32::from_le_bytes(length) as usize)
        && let Some(content) = rest.take(length.next_multiple_of(2)).or_else(|| rest.take(length))
    {
        match name {
            b"ANIM" => {
                info.loops =
                    content.get(4..6).map(|loops| loops.iter().rev().fold(0, |all, byte| all << 8 | u32::from(*byte)));
            }
            b"ANMF" => {
                let millis = content.get(12..15)?.iter().rev().fold(0, |all, byte| all << 8 | u64::from(*byte));
                let flags = *content.get(15)?;
                let disposal = if flags & 1 == 1 { 2 } else { 1 };
                info.frames.push(FrameTiming { delay: Duration::from_millis(millis), disposal });
            }
            _ => {}
        }
    }
    Some(info)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Canvas, Color, encode_gif};

    fn gif_of(delays: &[u32]) -> Vec<u8> {
        let mut canvas = Canvas::new(3, 2).unwrap();
        let mut frames = Vec::new();
        for (index, delay) in delays.iter().enumerate() {
            canvas.clear(Color::rgb8(index as u8 * 50, 0, 0));
            frames.push((canvas.to_picture(), Duration::from_millis((*delay).into())));
        }
        encode_gif(&frames, Some(3), &[2, 1]).unwrap()
    }

    #[test]
    fn an_animation_tells_its_frames_and_is_decoded_to_as_many() {
        let gif = gif_of(&[100, 250, 40]);
        let info = Picture::animation(&gif).unwrap();
        let told: Vec<_> = info.frames.iter().map(|frame| (frame.delay.as_millis(), frame.disposal)).collect();
        assert_eq!(told, [(100, 2), (250, 1), (40, 1)]);
        assert_eq!(info.loops, Some(3));
        let frames = Picture::frames(&gif, None).unwrap();
        assert_eq!(frames.len(), 3);
        assert_eq!(frames[2].picture.pixel(1, 1), Color::rgb8(100, 0, 0));
        assert_eq!((frames[2].picture.width(), frames[2].picture.height()), (3, 2));
    }

    #[test]
    fn a_file_that_breaks_off_gives_what_is_before() {
        let gif = gif_of(&[100, 250, 40]);
        let counts: Vec<usize> =
            (0..gif.len()).map(|end| Picture::animation(&gif[..end]).map_or(0, |info| info.frames.len())).collect();
        assert!(counts.is_sorted());
        assert_eq!(counts.last(), Some(&3));
        assert_eq!(counts.first(), Some(&0));
    }

    #[test]
    fn still_pictures_are_one_frame() {
        let png = Canvas::new(2, 2).unwrap().to_png().unwrap();
        assert_eq!(Picture::animation(&png).unwrap().frames.len(), 1);
        let webp = Canvas::new(2, 2).unwrap().to_webp().unwrap();
        assert_eq!(Picture::animation(&webp).unwrap().frames.len(), 1);
        assert!(Picture::animation(b"nothing of the kind").is_err());
    }
}
