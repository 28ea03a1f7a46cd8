//! Input methods, through text-input-v3.

use crate::connection::State;
use concord_desktop::display::{Event, Typing, WindowId};
use concord_desktop::text_field::{Purpose, Surrounding, TextField};
use wayland_client::protocol::wl_seat::WlSeat;
use wayland_client::{Connection, Dispatch, QueueHandle, delegate_noop};
use wayland_protocols::wp::text_input::zv3::client::zwp_text_input_manager_v3::ZwpTextInputManagerV3;
use wayland_protocols::wp::text_input::zv3::client::zwp_text_input_v3::{
    self, ChangeCause, ContentHint, ContentPurpose, ZwpTextInputV3,
};

/// What takes text.
pub(crate) struct TextInput {
    manager: Option<ZwpTextInputManagerV3>,
    input: Option<ZwpTextInputV3>,
    /// The window that input methods write into.
    entered: Option<WindowId>,
    /// What takes text.
    field: Option<TextField>,
    /// The one that the input method knows of.
    told: Option<TextField>,
    /// The latest change of the field came from the input method.
    caused: bool,
    /// What the input method says until it is done.
    coming: Vec<Typing>,
    /// It shows something that is not written yet.
    shown: bool,
}

impl TextInput {
    pub(crate) fn new(manager: Option<ZwpTextInputManagerV3>) -> TextInput {
        TextInput {
            manager,
            input: None,
            entered: None,
            field: None,
            told: None,
            caused: false,
            coming: Vec::new(),
            shown: false,
        }
    }

    pub(crate) fn attach(&mut self, seat: &WlSeat, queue: &QueueHandle<State>) {
        self.input = self.manager.as_ref().map(|manager| manager.get_text_input(seat, queue, ()));
    }

    /// Something takes text, or nothing does any more.
    pub(crate) fn set_field(&mut self, field: Option<&TextField>) {
        if self.field.as_ref() != field {
            self.field = field.cloned();
            self.tell();
        }
    }

    fn tell(&mut self) {
        let Some(input) = &self.input else { return };
        let field = self.field.as_ref().filter(|field| self.entered == Some(field.window));
        if self.told.as_ref() == field {
            return;
        }
        // Another field, or none: the input method forgets what it was about to write.
        if let Some(told) = &self.told
            && field.is_none_or(|field| field.number != told.number)
        {
            input.disable();
            input.commit();
            self.told = None;
            self.shown = false;
        }
        if let Some(field) = field {
            let told = self.told.as_ref();
            if told.is_none() {
                input.enable();
            }
            if told.is_none_or(|told| told.surrounding != field.surrounding)
                && let Some(Surrounding { text, cursor, anchor }) = &field.surrounding
            {
                input.set_surrounding_text(text.clone(), *cursor as i32, *anchor as i32);
                let cause = if self.caused { ChangeCause::InputMethod } else { ChangeCause::Other };
                input.set_text_change_cause(cause);
            }
            if told.is_none_or(|told| (told.purpose, told.multi_line) != (field.purpose, field.multi_line)) {
                input.set_content_type(hints(field), purpose(field.purpose));
            }
            let (x, y, width, height) = field.caret;
            input.set_cursor_rectangle(x, y, width, height);
            input.commit();
        }
        self.caused = false;
        self.told = field.cloned();
    }

    /// The compositor has forgotten everything.
    fn reset(&mut self) {
        self.told = None;
        self.coming.clear();
    }
}

impl State {
    /// A field of a popup, as a field of the window that the keyboard has stayed with.
    pub(crate) fn where_entered(&self, field: &TextField) -> TextField {
        let mut field = field.clone();
        while self.text_input.entered != Some(field.window) {
            let Some((parent, (x, y))) = self.place_of_popup(field.window) else { break };
            field.window = parent;
            field.caret.0 += x;
            field.caret.1 += y;
        }
        field
    }
}

fn purpose(purpose: Purpose) -> ContentPurpose {
    match purpose {
        Purpose::Normal => ContentPurpose::Normal,
        Purpose::Digits => ContentPurpose::Digits,
        Purpose::Number => ContentPurpose::Number,
        Purpose::Phone => ContentPurpose::Phone,
        Purpose::Url => ContentPurpose::Url,
        Purpose::Email => ContentPurpose::Email,
        Purpose::Name => ContentPurpose::Name,
        Purpose::Password => ContentPurpose::Password,
        Purpose::Pin => ContentPurpose::Pin,
    }
}

fn hints(field: &TextField) -> ContentHint {
    let mut hints = ContentHint::None;
    if field.multi_line {
        hints |= ContentHint::Multiline;
    }
    if matches!(field.purpose, Purpose::Password | Purpose::Pin) {
        hints |= ContentHint::HiddenText | ContentHint::SensitiveData;
    }
    if matches!(field.purpose, Purpose::Digits | Purpose::Number | Purpose::Phone | Purpose::Email | Purpose::Url) {
        hints |= ContentHint::Latin;
    }
    hints
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
                state.text_input.reset();
                state.text_input.tell();
            }
            zwp_text_input_v3::Event::Leave { .. } => {
                let window = state.text_input.entered.take();
                state.text_input.tell();
                state.text_input.reset();
                // What was shown is not written any more.
                if let (Some(window), true) = (window, std::mem::take(&mut state.text_input.shown)) {
                    let what = Typing::Preedit { text: String::new(), cursor: None };
                    state.events.push(Event::Typing { window, time: 0, what });
                }
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
    /// Applies what the input method has said.
    fn input_method_is_done(&mut self) {
        let coming = std::mem::take(&mut self.text_input.coming);
        let Some(window) = self.text_input.entered else { return };
        self.text_input.caused = !coming.is_empty();
        let said = in_order(coming, &mut self.text_input.shown);
        self.events.extend(said.into_iter().map(|what| Event::Typing { window, time: 0, what }));
    }
}

/// Brings what was said together into the order of the protocol: what was shown goes, text is taken away, text is written, other
/// text is shown. What is written takes the place of what was `shown` by itself.
fn in_order(mut said: Vec<Typing>, shown: &mut bool) -> Vec<Typing> {
    let order = |what: &Typing| match what {
        Typing::Delete { .. } => 0,
        Typing::Commit { .. } => 1,
        _ => 2,
    };
    said.sort_by_key(order);
    let has = |wanted: fn(&Typing) -> bool| said.iter().any(wanted);
    let deletes = has(|what| matches!(what, Typing::Delete { .. }));
    let writes = has(|what| matches!(what, Typing::Commit { .. }));
    let shows = has(|what| matches!(what, Typing::Preedit { text, .. } if !text.is_empty()));
    said.retain(|what| !matches!(what, Typing::Preedit { text, .. } if text.is_empty()));
    if *shown && (deletes || !writes && !shows) {
        said.insert(0, Typing::Preedit { text: String::new(), cursor: None });
    }
    *shown = shows;
    said
}

delegate_noop!(State: ZwpTextInputManagerV3);

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Typing {
        Typing::Preedit { text: text.to_owned(), cursor: None }
    }

    #[test]
    fn an_input_method_is_heard_in_the_order_of_the_protocol() {
        let mut is_shown = false;
        assert_eq!(in_order(vec![shown("")], &mut is_shown), []);
        assert_eq!(in_order(vec![shown("ni")], &mut is_shown), [shown("ni")]);
        let commit = Typing::Commit { text: "\u{4f60}".to_owned() };
        assert_eq!(in_order(vec![shown("h"), commit.clone()], &mut is_shown), [commit.clone(), shown("h")]);
        assert_eq!(in_order(Vec::new(), &mut is_shown), [shown("")], "nothing is shown any more");
        assert_eq!(in_order(vec![commit.clone()], &mut is_shown), std::slice::from_ref(&commit));
        is_shown = true;
        let delete = Typing::Delete { before: 3, after: 0 };
        assert_eq!(in_order(vec![commit.clone(), delete.clone()], &mut is_shown), [shown(""), delete, commit]);
    }
}
