//! An input method that a test plays (input-method-v2).

use super::{connect, deaf, registry};
use std::path::Path;
use std::time::{Duration, Instant};
use wayland_client::globals::registry_queue_init;
use wayland_client::protocol::wl_seat::WlSeat;
use wayland_client::{Connection, Dispatch, EventQueue, QueueHandle};
use wayland_protocols_misc::zwp_input_method_v2::client::zwp_input_method_manager_v2::ZwpInputMethodManagerV2;
use wayland_protocols_misc::zwp_input_method_v2::client::zwp_input_method_v2::{self, ZwpInputMethodV2};

const PATIENCE: Duration = Duration::from_secs(30);

/// What it has heard of what is typed into.
#[derive(Debug, Clone, Default)]
pub struct Heard {
    /// Something is typed into.
    pub active: bool,
    /// The text around the caret, and the caret in bytes.
    pub surrounding: Option<(String, u32)>,
    /// How often it was told something.
    done: u32,
}

/// The input method.
pub struct InputMethod {
    queue: EventQueue<Heard>,
    method: ZwpInputMethodV2,
    heard: Heard,
}

impl InputMethod {
    /// The only one of the compositor at a socket.
    pub fn start(socket: &Path) -> InputMethod {
        let connection = connect(socket);
        let (globals, mut queue) = registry_queue_init::<Heard>(&connection).expect("the registry");
        let handle = queue.handle();
        let manager: ZwpInputMethodManagerV2 = globals.bind(&handle, 1..=1, ()).expect("input methods");
        let seat: WlSeat = globals.bind(&handle, 1..=1, ()).expect("a seat");
        let method = manager.get_input_method(&seat, &handle, ());
        let mut heard = Heard::default();
        queue.roundtrip(&mut heard).expect("the compositor");
        InputMethod { queue, method, heard }
    }

    /// Waits until what it hears is as wanted.
    #[track_caller]
    pub fn wait_until(&mut self, what: &str, is: impl Fn(&Heard) -> bool) {
        let started = Instant::now();
        while !is(&self.heard) {
            assert!(started.elapsed() < PATIENCE, "{what} does not happen: {:?}", self.heard);
            self.queue.roundtrip(&mut self.heard).expect("the compositor");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn done(&mut self) {
        self.method.commit(self.heard.done);
        self.queue.roundtrip(&mut self.heard).expect("the compositor");
    }

    /// Shows what it is about to write.
    pub fn compose(&mut self, text: &str) {
        let end = text.len() as i32;
        self.method.set_preedit_string(text.to_owned(), end, end);
        self.done();
    }

    /// Writes.
    pub fn write(&mut self, text: &str) {
        self.method.commit_string(text.to_owned());
        self.done();
    }

    /// Takes away bytes before the caret.
    pub fn delete(&mut self, before: u32) {
        self.method.delete_surrounding_text(before, 0);
        self.done();
    }
}

impl Dispatch<ZwpInputMethodV2, ()> for Heard {
    fn event(
        heard: &mut Heard,
        _method: &ZwpInputMethodV2,
        event: zwp_input_method_v2::Event,
        _data: &(),
        _connection: &Connection,
        _queue: &QueueHandle<Heard>,
    ) {
        match event {
            zwp_input_method_v2::Event::Activate => {
                *heard = Heard { active: true, done: heard.done, ..Heard::default() }
            }
            zwp_input_method_v2::Event::Deactivate => heard.active = false,
            zwp_input_method_v2::Event::SurroundingText { text, cursor, .. } => {
                heard.surrounding = Some((text, cursor))
            }
            zwp_input_method_v2::Event::Done => heard.done += 1,
            _ => {}
        }
    }
}

registry!(Heard);
deaf!(Heard: ZwpInputMethodManagerV2, WlSeat);
