//! Input methods, through text-input-v3.

use crate::connection::State;
use concord_desktop::display::{Event, Typing, WindowId};
use wayland_client::protocol::wl_seat::WlSeat;
use wayland_client::{Connection, Dispatch, QueueHandle, delegate_noop};
use wayland_protocols::wp::text_input::zv3::client::zwp_text_input_manager_v3::ZwpTextInputManagerV3;
use wayland_protocols::wp::text_input::zv3::client::zwp_text_input_v3::{
    self, ChangeCause, ContentHint, ContentPurpose, ZwpTextInputV3,
};

type Rect = (i32, i32, i32, i32);

/// What takes text.
pub(crate) struct TextInput {
    manager: Option<ZwpTextInputManagerV3>,
    input: Option<ZwpTextInputV3>,
    /// The window that input methods write into.
    entered: Option<WindowId>,
    /// Where the caret is, while something takes text.
    caret: Option<(WindowId, Rect)>,
    /// The input method knows that something takes text.
    enabled: bool,
    /// What the input method says until it is done.
    coming: Vec<Typing>,
    /// It shows something that is not written yet.
    shown: bool,
}

impl TextInput {
    pub(crate) fn new(manager: Option<ZwpTextInputManagerV3>) -> TextInput {
        TextInput { manager, input: None, entered: None, caret: None, enabled: false, coming: Vec::new(), shown: false }
    }

    pub(crate) fn attach(&mut self, seat: &WlSeat, queue: &QueueHandle<State>) {
        self.input = self.manager.as_ref().map(|manager| manager.get_text_input(seat, queue, ()));
    }

    /// Something takes text, or nothing does any more.
    pub(crate) fn set_caret(&mut self, caret: Option<(WindowId, Rect)>) {
        if self.caret != caret {
            self.caret = caret;
            self.tell();
        }
    }

    fn tell(&mut self) {
        let Some(input) = &self.input else { return };
        let caret = self.caret.filter(|(window, _)| self.entered == Some(*window)).map(|(_, caret)| caret);
        match caret {
            Some((x, y, width, height)) => {
                if !self.enabled {
                    input.enable();
                    input.set_content_type(ContentHint::None, ContentPurpose::Normal);
                    input.set_text_change_cause(ChangeCause::Other);
                }
                input.set_cursor_rectangle(x, y, width, height);
                input.commit();
            }
            None if self.enabled => {
                input.disable();
                input.commit();
            }
            None => {}
        }
        self.enabled = caret.is_some();
    }
}

impl Dispatch<ZwpTextInputV3, ()> for State {
    fn event(
        state: &mut State,
        _input: &ZwpTextInputV3,
        event: zwp_text_input_v3::Event,
        _data: &(),
        _connection: &Connection,
        _queue: &QueueHandle<State>,
    ) {
        match event {
            zwp_text_input_v3::Event::Enter { surface } => {
                state.text_input.entered = state.window_of(&surface);
                state.text_input.enabled = false;
                state.text_input.tell();
            }
            zwp_text_input_v3::Event::Leave { .. } => {
                state.text_input.tell();
                state.text_input.entered = None;
                state.text_input.enabled = false;
            }
            zwp_text_input_v3::Event::PreeditString { text, cursor_begin, cursor_end } => {
                let cursor = usize::try_from(cursor_begin).ok().zip(usize::try_from(cursor_end).ok());
                state.text_input.coming.push(Typing::Preedit { text: text.unwrap_or_default(), cursor });
            }
            zwp_text_input_v3::Event::CommitString { text } => {
                state.text_input.coming.push(Typing::Commit { text: text.unwrap_or_default() });
            }
            zwp_text_input_v3::Event::DeleteSurroundingText { before_length, after_length } => {
                let (before, after) = (before_length as usize, after_length as usize);
                state.text_input.coming.push(Typing::Delete { before, after });
            }
            zwp_text_input_v3::Event::Done { .. } => state.input_method_is_done(),
            _ => {}
        }
    }
}

impl State {
    /// Applies what the input method has said, in the order of the protocol: what it showed goes, text is taken away, text is
    /// written, new text is shown.
    fn input_method_is_done(&mut self) {
        let mut coming = std::mem::take(&mut self.text_input.coming);
        let Some(window) = self.text_input.entered else { return };
        let order = |what: &Typing| match what {
            Typing::Delete { .. } => 0,
            Typing::Commit { .. } => 1,
            _ => 2,
        };
        coming.sort_by_key(order);
        let shows = coming.iter().any(|what| matches!(what, Typing::Preedit { text, .. } if !text.is_empty()));
        if self.text_input.shown && !shows {
            coming.retain(|what| !matches!(what, Typing::Preedit { .. }));
            coming.insert(0, Typing::Preedit { text: String::new(), cursor: None });
        }
        self.text_input.shown = shows;
        self.events.extend(coming.into_iter().map(|what| Event::Typing { window, time: 0, what }));
    }
}

delegate_noop!(State: ZwpTextInputManagerV3);
