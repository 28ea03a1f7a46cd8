//! The controls of ArkUI: what people press, switch, choose and slide, and what shows pictures, shapes and how far something is.
//! One file each; what they share is in `parts.rs`, and `glide.rs` for values that move.
#![forbid(unsafe_code)]

mod alphabet_indexer;
mod alphabet_popup;
mod badge;
mod button;
mod calendar;
mod calendar_month;
mod calendar_picker;
mod canvas;
mod checkbox;
mod checkbox_group;
mod choice;
#[cfg(test)]
mod content_tests;
pub mod context2d;
mod counter;
mod data_panel;
mod date_picker;
mod divider;
mod gauge;
mod glide;
mod hyperlink;
mod image;
mod image_animator;
mod loading_progress;
#[cfg(test)]
mod looks_tests;
mod magnifier;
mod menu;
mod menu_item;
mod particle;
mod parts;
mod pattern_lock;
mod placeholder;
mod progress;
mod qr_code;
mod radio;
mod rating;
mod security_button;
mod select;
mod select_menu;
#[cfg(test)]
mod select_tests;
mod shapes;
mod slider;
mod slider_looks;
mod stepper;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod text_picker;
mod time_picker;
mod toggle;
mod ui_picker;
mod wheel;
mod wheel_looks;
mod wheel_parts;
#[cfg(test)]
mod wheel_tests;

use concord_ui::Component;
use parts::*;

/// All of them.
pub fn all() -> impl Iterator<Item = &'static dyn Component> {
    ALL.iter().copied().chain(placeholder::ALL.iter().map(|placeholder| placeholder as &dyn Component))
}

static ALL: &[&dyn Component] = &[
    &alphabet_indexer::AlphabetIndexer,
    &alphabet_popup::IndexerPopup,
    &button::Button,
    &canvas::Canvas,
    &divider::Divider,
    &image::Image,
    &magnifier::Magnifier,
    &menu::Menu { name: "Menu", least: 156.0 },
    &menu::Menu { name: "MenuItemGroup", least: 0.0 },
    &menu_item::MenuItem,
    &image_animator::ImageAnimator,
    &shapes::CIRCLE,
    &shapes::ELLIPSE,
    &shapes::LINE,
    &shapes::PATH,
    &shapes::POLYGON,
    &shapes::POLYLINE,
    &shapes::RECT,
    &shapes::ShapeContainer,
    &badge::Badge,
    &calendar_month::CalendarMonth,
    &calendar_picker::CalendarPicker,
    &checkbox::Checkbox,
    &checkbox_group::CheckboxGroup,
    &counter::Counter,
    &data_panel::DataPanel,
    &date_picker::DatePicker,
    &gauge::Gauge,
    &hyperlink::Hyperlink,
    &loading_progress::LoadingProgress,
    &particle::Particle,
    &pattern_lock::PatternLock,
    &progress::Progress,
    &qr_code::QrCode,
    &radio::Radio,
    &rating::Rating,
    &security_button::SecurityButton("LocationButton"),
    &security_button::SecurityButton("PasteButton"),
    &security_button::SecurityButton("SaveButton"),
    &select::Select,
    &select_menu::Layer,
    &select_menu::Choice,
    &slider::Slider,
    &stepper::Stepper,
    &stepper::StepperItem,
    &text_picker::TextPicker,
    &time_picker::TimePicker,
    &toggle::Toggle,
    &ui_picker::UIPickerComponent,
];
