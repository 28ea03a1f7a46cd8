//! A display that nobody sees: windows get the size that they ask for, and are always ready for a picture that is not taken.

use crate::display::{
    Cursor, Display, DisplayError, Event, FrameAction, Limits, Output, OutputId, Picture, PixelRect, Placement,
    PointerIcon, WindowId, WindowOptions,
};
use crate::exchange::{Channel, Delivery, DragAction, Offer};
use crate::text_field::TextField;
use std::collections::{BTreeMap, HashMap, VecDeque};
use std::io::{PipeReader, PipeWriter};
use std::os::fd::{AsFd, BorrowedFd};

/// Its only monitor.
const OUTPUT: OutputId = OutputId(1);

/// The display.
pub struct HeadlessDisplay {
    /// Never readable.
    quiet: PipeReader,
    _open: PipeWriter,
    screen: (u32, u32),
    scale: f64,
    opened: u32,
    windows: BTreeMap<WindowId, Placement>,
    events: VecDeque<Event>,
    offers: HashMap<Channel, Offer>,
}

impl HeadlessDisplay {
    /// A display with one monitor of this size in px, with so many px to a logical pixel.
    ///
    /// # Errors
    /// When the kernel has no descriptors left.
    pub fn new(screen: (u32, u32), scale: f64) -> std::io::Result<HeadlessDisplay> {
        let (quiet, open) = std::io::pipe()?;
        Ok(HeadlessDisplay {
            quiet,
            _open: open,
            screen,
            scale,
            opened: 0,
            windows: BTreeMap::new(),
            events: VecDeque::new(),
            offers: HashMap::new(),
        })
    }

    fn place(&mut self, window: WindowId, change: impl FnOnce(&mut Placement)) {
        if let Some(placement) = self.windows.get_mut(&window) {
            change(placement);
            self.events.push_back(Event::Placed { window, placement: *placement });
        }
    }
}

impl Display for HeadlessDisplay {
    fn descriptor(&self) -> BorrowedFd<'_> {
        self.quiet.as_fd()
    }

    fn dispatch(&mut self) -> Result<Vec<Event>, DisplayError> {
        Ok(self.events.drain(..).collect())
    }

    fn due(&self) -> Option<u64> {
        None
    }

    fn outputs(&self) -> Vec<Output> {
        vec![Output {
            id: OUTPUT,
            name: "HEADLESS-1".to_owned(),
            position: (0, 0),
            pixels: self.screen,
            turned: 0,
            scale: self.scale,
            refresh: 60.0,
            millimetres: (0, 0),
        }]
    }

    fn open(&mut self, options: &WindowOptions) -> WindowId {
        self.opened += 1;
        let window = WindowId(self.opened);
        let placement = Placement {
            size: options.size,
            position: None,
            scale: self.scale,
            maximized: false,
            fullscreen: false,
            active: true,
            suspended: false,
            output: Some(OUTPUT),
        };
        self.windows.insert(window, placement);
        self.place(window, |_| {});
        window
    }

    fn close(&mut self, window: WindowId) {
        self.windows.remove(&window);
    }

    fn set_title(&mut self, _window: WindowId, _title: &str) {}

    fn act(&mut self, window: WindowId, action: FrameAction) {
        match action {
            FrameAction::Maximize(on) => self.place(window, |placement| placement.maximized = on),
            FrameAction::Fullscreen(on) => self.place(window, |placement| placement.fullscreen = on),
            FrameAction::Move | FrameAction::Minimize => {}
        }
    }

    fn resize(&mut self, window: WindowId, size: (u32, u32)) {
        self.place(window, |placement| placement.size = size);
    }

    fn set_limits(&mut self, window: WindowId, limits: Limits) {
        if let Some(size) = self.windows.get(&window).map(|placement| placement.size)
            && limits.clamp(size) != size
        {
            self.resize(window, limits.clamp(size));
        }
    }

    fn raise(&mut self, _window: WindowId) {}

    fn icon_sizes(&self) -> Vec<u32> {
        Vec::new()
    }

    fn set_icon(&mut self, _window: WindowId, _pictures: &[Picture<'_>]) -> Result<(), DisplayError> {
        Ok(())
    }

    fn set_dark(&mut self, _dark: bool) {}

    fn is_ready(&self, window: WindowId) -> bool {
        self.windows.contains_key(&window)
    }

    fn is_seen(&self) -> bool {
        false
    }

    fn present(&mut self, _window: WindowId, _picture: Picture<'_>, _damage: &[PixelRect]) -> Result<(), DisplayError> {
        Ok(())
    }

    fn set_cursor(&mut self, _cursor: Cursor) {}

    fn offer(&mut self, channel: Channel, offer: Offer) {
        self.offers.insert(channel, offer);
    }

    fn offered(&self, channel: Channel) -> Vec<String> {
        let offer = self.offers.get(&channel);
        offer.map(|offer| offer.forms.iter().map(|form| form.mime.clone()).collect()).unwrap_or_default()
    }

    fn receive(&mut self, channel: Channel, mime: &str) -> Option<Delivery> {
        Some(Delivery::Here(self.offers.get(&channel)?.form(mime)?.bytes.clone()))
    }

    fn accept_drag(&mut self, _action: Option<DragAction>) {}

    fn finish_drag(&mut self, _taken: bool) {}

    fn start_drag(
        &mut self,
        _window: WindowId,
        _offer: Offer,
        _may_move: bool,
        _icon: Option<PointerIcon<'_>>,
    ) -> bool {
        false
    }

    fn set_text_field(&mut self, _field: Option<&TextField>) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_get_what_they_ask_for() {
        let mut display = HeadlessDisplay::new((1080, 2340), 3.0).expect("a pipe");
        let options = WindowOptions {
            title: String::new(),
            app_id: String::new(),
            size: (360, 780),
            limits: Limits::default(),
            parent: None,
            modal: false,
            framed: true,
            transparent: false,
        };
        let window = display.open(&options);
        display.resize(window, (400, 300));
        let sizes: Vec<_> = display
            .dispatch()
            .expect("events")
            .into_iter()
            .map(|event| match event {
                Event::Placed { placement, .. } => placement.pixels(),
                other => panic!("{other:?}"),
            })
            .collect();
        // Each event has its own place: whoever hears of the first one may already ask for the next.
        assert_eq!(sizes, [(1080, 2340), (1200, 900)]);
        display.close(window);
        display.resize(window, (1, 1));
        assert!(display.dispatch().expect("events").is_empty() && !display.is_ready(window));
    }
}
