//! Colours of the platform's theme that many components take, light and dark: `ohos_id_color_*` and the brand colour of its
//! resources.

use crate::units::Environment;
use concord_paint::Color;

/// A colour that depends on whether colours are dark. Both as ARGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shade {
    light: u32,
    dark: u32,
}

impl Shade {
    /// From a light and a dark colour.
    pub const fn new(light: u32, dark: u32) -> Shade {
        Shade { light, dark }
    }

    /// The colour that holds now.
    pub fn of(self, environment: &Environment) -> Color {
        Color::from_argb(if environment.dark { self.dark } else { self.light })
    }
}

/// `ohos_id_color_emphasize`, and the brand colour: what is on, chosen, or asks to be pressed.
pub const EMPHASIZE: Shade = Shade::new(0xff00_7dff, 0xff00_6cde);
/// `ohos_id_color_text_primary_activated`, `ohos_id_color_focused_outline`: text and lines in the colour of emphasis.
pub const ACTIVATED: Shade = Shade::new(0xff00_7dff, 0xff3f_97e9);
/// `ohos_id_color_primary`: icons and text.
pub const PRIMARY: Shade = Shade::new(0xff18_2431, 0xdbff_ffff);
/// `ohos_id_color_secondary`: text of less weight.
pub const SECONDARY: Shade = Shade::new(0x9918_2431, 0x99ff_ffff);
/// `ohos_id_color_tertiary`: text of little weight.
pub const TERTIARY: Shade = Shade::new(0x6618_2431, 0x66ff_ffff);
/// `ohos_id_color_list_separator`; also icons of tabs that are not chosen.
pub const SEPARATOR: Shade = Shade::new(0x3318_2431, 0x33ff_ffff);
/// `ohos_id_color_component_normal`: tracks, frames.
pub const COMPONENT: Shade = Shade::new(0x1918_2431, 0x19ff_ffff);
/// `ohos_id_color_button_normal`: what lies below something to press or to choose.
pub const BUTTON: Shade = Shade::new(0x0c18_2431, 0x19ff_ffff);
/// `ohos_id_color_click_effect`: what a finger on something adds to it.
pub const PRESSED: Shade = Shade::new(0x1918_2431, 0x26ff_ffff);
/// `ohos_id_color_hover`: what the mouse on something adds to it.
pub const HOVERED: Shade = Shade::new(0x0c18_2431, 0x19ff_ffff);
