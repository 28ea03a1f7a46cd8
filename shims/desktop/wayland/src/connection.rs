//! The connection: what the compositor offers, and what has been heard from it.

use crate::activation::Activation;
use crate::buffers::Buffers;
use crate::cursor::Cursors;
use crate::data_device::DataDevice;
use crate::frame::{FramePointer, Look};
use crate::icons::Icons;
use crate::keyboard::Keyboard;
use crate::outputs::Outputs;
use crate::pointer::Pointer;
use crate::popup::Popups;
use crate::primary::Primary;
use crate::sheet::Sheet;
use crate::text_input::TextInput;
use crate::touch::Touch;
use crate::window::{Window, Windows};
use concord_desktop::display::{
    Cursor, Display, DisplayError, Event, FrameAction, Limits, Output, Picture, PixelRect, PointerIcon, PopupOptions,
    WindowId, WindowOptions,
};
use concord_desktop::exchange::{Channel, Delivery, DragAction, Offer};
use concord_desktop::text_field::TextField;
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use wayland_client::globals::{BindError, GlobalList, GlobalListContents, registry_queue_init};
use wayland_client::protocol::wl_compositor::WlCompositor;
use wayland_client::protocol::wl_data_device_manager::WlDataDeviceManager;
use wayland_client::protocol::wl_region::WlRegion;
use wayland_client::protocol::wl_registry::{self, WlRegistry};
use wayland_client::protocol::wl_seat::{self, WlSeat};
use wayland_client::protocol::wl_shm::{self, WlShm};
use wayland_client::protocol::wl_shm_pool::WlShmPool;
use wayland_client::protocol::wl_subcompositor::WlSubcompositor;
use wayland_client::{Connection, Dispatch, EventQueue, QueueHandle, WEnum, delegate_noop};
use wayland_protocols::wp::cursor_shape::v1::client::wp_cursor_shape_manager_v1::WpCursorShapeManagerV1;
use wayland_protocols::wp::fractional_scale::v1::client::wp_fractional_scale_manager_v1::WpFractionalScaleManagerV1;
use wayland_protocols::wp::primary_selection::zv1::client::zwp_primary_selection_device_manager_v1::ZwpPrimarySelectionDeviceManagerV1;
use wayland_protocols::wp::text_input::zv3::client::zwp_text_input_manager_v3::ZwpTextInputManagerV3;
use wayland_protocols::wp::viewporter::client::wp_viewport::WpViewport;
use wayland_protocols::wp::viewporter::client::wp_viewporter::WpViewporter;
use wayland_protocols::xdg::decoration::zv1::client::zxdg_decoration_manager_v1::ZxdgDecorationManagerV1;
use wayland_protocols::xdg::dialog::v1::client::xdg_wm_dialog_v1::XdgWmDialogV1;
use wayland_protocols::xdg::foreign::zv2::client::zxdg_exporter_v2::ZxdgExporterV2;
use wayland_protocols::xdg::shell::client::xdg_wm_base::{self, XdgWmBase};

/// A [`Display`] that is a Wayland compositor.
pub struct WaylandDisplay {
    connection: Connection,
    queue: EventQueue<State>,
    state: State,
}

/// Everything that the compositor tells us of ends up here.
pub(crate) struct State {
    pub(crate) queue: QueueHandle<State>,
    pub(crate) globals: Globals,
    pub(crate) windows: Windows,
    pub(crate) popups: Popups,
    pub(crate) events: Vec<Event>,
    pub(crate) outputs: Outputs,
    pub(crate) pointer: Pointer,
    pub(crate) touch: Touch,
    pub(crate) keyboard: Keyboard,
    pub(crate) text_input: TextInput,
    pub(crate) data_device: DataDevice,
    pub(crate) primary: Primary,
    /// Pictures of what is dragged.
    pub(crate) icons: Buffers,
    pub(crate) cursors: Cursors,
    pub(crate) activation: Activation,
    pub(crate) window_icons: Icons,
    pub(crate) frame_pointer: FramePointer,
    pub(crate) look: Look,
    /// Frames have dark colours.
    pub(crate) dark: bool,
    /// The serial of the last thing that a person did, which proves that they did.
    pub(crate) last_serial: u32,
    /// The serial of the last button or finger that went down.
    pub(crate) press_serial: u32,
    /// The serial of the last press of a button, finger or key, as which something opens.
    pub(crate) opening_serial: u32,
    last_window: u32,
}

/// What the compositor offers.
pub(crate) struct Globals {
    pub(crate) compositor: WlCompositor,
    pub(crate) shm: WlShm,
    pub(crate) shell: XdgWmBase,
    pub(crate) seat: Option<WlSeat>,
    pub(crate) viewporter: Option<WpViewporter>,
    pub(crate) fractional_scale: Option<WpFractionalScaleManagerV1>,
    pub(crate) subcompositor: Option<WlSubcompositor>,
    pub(crate) decorations: Option<ZxdgDecorationManagerV1>,
    pub(crate) dialogs: Option<XdgWmDialogV1>,
    pub(crate) exporter: Option<ZxdgExporterV2>,
    /// Pictures may be handed over as they are, red first.
    pub(crate) red_first: bool,
}

fn bound<T>(result: Result<T, BindError>, name: &'static str) -> Result<T, DisplayError> {
    result.map_err(|_| DisplayError::Lacks(name))
}

impl WaylandDisplay {
    /// Connects to the compositor that `WAYLAND_DISPLAY` names.
    ///
    /// # Errors
    /// When there is none, or it lacks what windows need.
    pub fn connect() -> Result<WaylandDisplay, DisplayError> {
        WaylandDisplay::over(Connection::connect_to_env().map_err(|error| DisplayError::None(error.to_string()))?)
    }

    /// Talks to a compositor over this connection to its socket.
    ///
    /// # Errors
    /// When it lacks what windows need.
    pub fn connect_to(stream: UnixStream) -> Result<WaylandDisplay, DisplayError> {
        WaylandDisplay::over(Connection::from_socket(stream).map_err(|error| DisplayError::None(error.to_string()))?)
    }

    fn over(connection: Connection) -> Result<WaylandDisplay, DisplayError> {
        let (list, mut queue) =
            registry_queue_init::<State>(&connection).map_err(|error| DisplayError::None(error.to_string()))?;
        let handle = queue.handle();
        let globals = Globals::bind(&list, &handle)?;
        let cursors = Cursors::new(
            connection.clone(),
            globals.shm.clone(),
            globals.compositor.create_surface(&handle, ()),
            list.bind::<WpCursorShapeManagerV1, _, _>(&handle, 1..=1, ()).ok(),
        );
        let data_device = DataDevice::new(list.bind::<WlDataDeviceManager, _, _>(&handle, 1..=3, ()).ok());
        let primary = Primary::new(list.bind::<ZwpPrimarySelectionDeviceManagerV1, _, _>(&handle, 1..=1, ()).ok());
        let text_input = TextInput::new(list.bind::<ZwpTextInputManagerV3, _, _>(&handle, 1..=1, ()).ok());
        let outputs = Outputs::bind(&list, &handle);
        let mut state = State {
            queue: handle.clone(),
            globals,
            windows: Windows::new(),
            popups: Popups::new(),
            events: Vec::new(),
            outputs,
            pointer: Pointer::default(),
            touch: Touch::default(),
            keyboard: Keyboard::default(),
            text_input,
            data_device,
            primary,
            icons: Buffers::default(),
            cursors,
            activation: Activation::bind(&list, &handle),
            window_icons: Icons::bind(&list, &handle),
            frame_pointer: FramePointer::default(),
            look: Look::default(),
            dark: false,
            last_serial: 0,
            press_serial: 0,
            opening_serial: 0,
            last_window: 0,
        };
        if let Some(seat) = state.globals.seat.clone() {
            state.data_device.attach(&seat, &state.queue);
            state.primary.attach(&seat, &state.queue);
            state.text_input.attach(&seat, &state.queue);
        }
        // The second time what was said in answer to the first has been heard: formats, outputs, the seat.
        for _ in 0..2 {
            queue.roundtrip(&mut state).map_err(|error| DisplayError::Gone(error.to_string()))?;
        }
        Ok(WaylandDisplay { connection, queue, state })
    }

    fn gone(&self, error: &dyn std::fmt::Display) -> DisplayError {
        match self.connection.protocol_error() {
            Some(protocol) => DisplayError::Gone(protocol.to_string()),
            None => DisplayError::Gone(error.to_string()),
        }
    }

    /// Reads what has come, without waiting.
    fn read(&mut self) -> Result<(), DisplayError> {
        self.queue.dispatch_pending(&mut self.state).map_err(|error| self.gone(&error))?;
        if let Some(guard) = self.connection.prepare_read() {
            match guard.read() {
                Ok(_) => {}
                Err(wayland_client::backend::WaylandError::Io(error))
                    if error.kind() == std::io::ErrorKind::WouldBlock => {}
                Err(error) => return Err(self.gone(&error)),
            }
        }
        self.queue.dispatch_pending(&mut self.state).map_err(|error| self.gone(&error))?;
        Ok(())
    }

    /// Sends what waits: nothing may come from the compositor that would do so. If the connection has ended, the next dispatch says.
    fn send(&self) {
        if let Err(error) = self.flush() {
            tracing::debug!("not sent: {error}");
        }
    }

    fn flush(&self) -> Result<(), DisplayError> {
        match self.connection.flush() {
            Ok(()) => Ok(()),
            // The compositor is slow; the rest goes with the next flush.
            Err(wayland_client::backend::WaylandError::Io(error)) if error.kind() == std::io::ErrorKind::WouldBlock => {
                Ok(())
            }
            Err(error) => Err(self.gone(&error)),
        }
    }
}

impl Globals {
    fn bind(list: &GlobalList, queue: &QueueHandle<State>) -> Result<Globals, DisplayError> {
        Ok(Globals {
            compositor: bound(list.bind(queue, 3..=6, ()), "wl_compositor")?,
            shm: bound(list.bind(queue, 1..=1, ()), "wl_shm")?,
            shell: bound(list.bind(queue, 1..=6, ()), "xdg_wm_base (xdg-shell)")?,
            seat: list.bind(queue, 1..=8, ()).ok(),
            viewporter: list.bind(queue, 1..=1, ()).ok(),
            fractional_scale: list.bind(queue, 1..=1, ()).ok(),
            subcompositor: list.bind(queue, 1..=1, ()).ok(),
            decorations: list.bind(queue, 1..=1, ()).ok(),
            dialogs: list.bind(queue, 1..=1, ()).ok(),
            exporter: list.bind(queue, 1..=1, ()).ok(),
            red_first: false,
        })
    }
}

impl State {
    /// A number that no window has had.
    pub(crate) fn next_window(&mut self) -> WindowId {
        self.last_window += 1;
        WindowId(self.last_window)
    }
}

impl Display for WaylandDisplay {
    fn descriptor(&self) -> BorrowedFd<'_> {
        self.connection.as_fd()
    }

    fn dispatch(&mut self) -> Result<Vec<Event>, DisplayError> {
        self.flush()?;
        self.read()?;
        self.state.repeat_keys();
        self.flush()?;
        Ok(std::mem::take(&mut self.state.events))
    }

    fn due(&self) -> Option<u64> {
        self.state.keyboard.due()
    }

    fn outputs(&self) -> Vec<Output> {
        self.state.outputs.all()
    }

    fn open(&mut self, options: &WindowOptions) -> WindowId {
        let id = self.state.next_window();
        let parent = options.parent.and_then(|parent| self.state.windows.get(&parent));
        let window = Window::open(&self.state.globals, &self.state.queue, id, options, parent);
        self.state.activation.answer_launcher(window.surface());
        self.state.windows.insert(id, window);
        self.state.follow_outputs();
        id
    }

    fn has_popups(&self) -> bool {
        true
    }

    fn open_popup(&mut self, options: &PopupOptions) -> Option<WindowId> {
        self.state.open_popup(options)
    }

    fn move_popup(&mut self, popup: WindowId, options: &PopupOptions) {
        self.state.move_popup(popup, options);
    }

    fn close(&mut self, window: WindowId) {
        self.state.close_popups_of(window);
        self.state.close_popup(window);
        self.state.window_icons.forget(window);
        if let Some(window) = self.state.windows.remove(&window) {
            window.close();
        }
    }

    fn set_title(&mut self, window: WindowId, title: &str) {
        let State { windows, globals, queue, look, dark, .. } = &mut self.state;
        if let Some(window) = windows.get_mut(&window) {
            window.set_title(title);
            window.refresh_frame(look, *dark, globals, queue);
        }
    }

    fn act(&mut self, window: WindowId, action: FrameAction) {
        let (seat, serial) = (self.state.globals.seat.clone(), self.state.last_serial);
        if let Some(window) = self.state.windows.get(&window) {
            window.act(action, seat.as_ref(), serial);
        }
    }

    fn resize(&mut self, window: WindowId, size: (u32, u32)) {
        if let Some(found) = self.state.windows.get_mut(&window)
            && let Some(placement) = found.resize(size)
        {
            self.state.events.push(Event::Placed { window, placement });
        }
    }

    fn set_limits(&mut self, window: WindowId, limits: Limits) {
        if let Some(found) = self.state.windows.get_mut(&window)
            && let Some(placement) = found.set_limits(limits)
        {
            self.state.events.push(Event::Placed { window, placement });
        }
    }

    fn set_launch_token(&mut self, token: String) {
        self.state.activation.set_token(token);
    }

    fn raise(&mut self, window: WindowId) {
        self.state.ask_to_activate(window);
    }

    fn icon_sizes(&self) -> Vec<u32> {
        self.state.window_icons.sizes()
    }

    fn set_icon(&mut self, window: WindowId, pictures: &[Picture<'_>]) -> Result<(), DisplayError> {
        let State { windows, globals, window_icons, queue, .. } = &mut self.state;
        match windows.get(&window) {
            Some(found) => window_icons.show(window, found, pictures, globals, queue),
            None => Ok(()),
        }
    }

    fn set_dark(&mut self, dark: bool) {
        self.state.dark = dark;
        let State { windows, globals, queue, look, .. } = &mut self.state;
        for window in windows.values_mut() {
            window.refresh_frame(look, dark, globals, queue);
        }
    }

    fn is_ready(&self, window: WindowId) -> bool {
        self.state.sheet(window).is_some_and(Sheet::is_ready)
    }

    fn present(&mut self, window: WindowId, picture: Picture<'_>, damage: &[PixelRect]) -> Result<(), DisplayError> {
        let State { windows, popups, globals, queue, look, dark, .. } = &mut self.state;
        if let Some(window) = windows.get_mut(&window) {
            window.present(globals, queue, (look, *dark), picture, damage)?;
        } else if let Some(popup) = popups.get_mut(&window) {
            popup.present(globals, queue, picture, damage)?;
        }
        self.flush()
    }

    fn set_cursor(&mut self, cursor: Cursor) {
        self.state.show_cursor(cursor);
        self.send();
    }

    fn set_cursor_picture(&mut self, icon: PointerIcon<'_>) -> Result<(), DisplayError> {
        self.state.set_cursor_picture(icon)?;
        self.flush()
    }

    fn offer(&mut self, channel: Channel, offer: Offer) {
        let State { data_device, primary, queue, last_serial, .. } = &mut self.state;
        match channel {
            Channel::Clipboard => data_device.offer(offer, *last_serial, queue),
            Channel::Primary => primary.offer(offer, *last_serial, queue),
            // What is dragged is offered by dragging it.
            Channel::Drag => {}
        }
        self.send();
    }

    fn offered(&self, channel: Channel) -> Vec<String> {
        match channel {
            Channel::Primary => self.state.primary.types(),
            _ => self.state.data_device.types(channel),
        }
    }

    fn receive(&mut self, channel: Channel, mime: &str) -> Option<Delivery> {
        let delivery = match channel {
            Channel::Primary => self.state.primary.receive(mime),
            _ => self.state.data_device.receive(channel, mime),
        };
        // The request has to reach the owner before it can answer.
        self.flush().ok()?;
        delivery
    }

    fn accept_drag(&mut self, action: Option<DragAction>) {
        self.state.data_device.accept(action);
        self.send();
    }

    fn finish_drag(&mut self, taken: bool) {
        self.state.data_device.finish(taken);
        self.send();
    }

    fn start_drag(&mut self, window: WindowId, offer: Offer, may_move: bool, icon: Option<PointerIcon<'_>>) -> bool {
        let started = self.state.start_drag(window, offer, may_move, icon);
        self.send();
        started
    }

    fn set_text_field(&mut self, field: Option<&TextField>) {
        let field = field.map(|field| self.state.where_entered(field));
        self.state.text_input.set_field(field.as_ref());
        self.send();
    }
}

impl Dispatch<WlRegistry, GlobalListContents> for State {
    fn event(
        state: &mut State,
        registry: &WlRegistry,
        event: wl_registry::Event,
        _data: &GlobalListContents,
        _connection: &Connection,
        queue: &QueueHandle<State>,
    ) {
        match event {
            wl_registry::Event::Global { name, interface, version } if interface == "wl_output" => {
                state.outputs.add(registry, name, version, queue);
            }
            wl_registry::Event::GlobalRemove { name } if state.outputs.remove(name) => {
                state.events.push(Event::Outputs);
            }
            _ => {}
        }
    }
}

impl Dispatch<WlShm, ()> for State {
    fn event(
        state: &mut State,
        _shm: &WlShm,
        event: wl_shm::Event,
        _data: &(),
        _connection: &Connection,
        _queue: &QueueHandle<State>,
    ) {
        if let wl_shm::Event::Format { format: WEnum::Value(wl_shm::Format::Abgr8888) } = event {
            state.globals.red_first = true;
        }
    }
}

impl Dispatch<XdgWmBase, ()> for State {
    fn event(
        _state: &mut State,
        shell: &XdgWmBase,
        event: xdg_wm_base::Event,
        _data: &(),
        _connection: &Connection,
        _queue: &QueueHandle<State>,
    ) {
        if let xdg_wm_base::Event::Ping { serial } = event {
            shell.pong(serial);
        }
    }
}

impl Dispatch<WlSeat, ()> for State {
    fn event(
        state: &mut State,
        seat: &WlSeat,
        event: wl_seat::Event,
        _data: &(),
        _connection: &Connection,
        queue: &QueueHandle<State>,
    ) {
        if let wl_seat::Event::Capabilities { capabilities: WEnum::Value(capabilities) } = event {
            state.pointer.attach(seat, capabilities.contains(wl_seat::Capability::Pointer), queue);
            state.cursors.attach(state.pointer.device(), queue);
            state.touch.attach(seat, capabilities.contains(wl_seat::Capability::Touch), queue);
            state.keyboard.attach(seat, capabilities.contains(wl_seat::Capability::Keyboard), queue);
        }
    }
}

delegate_noop!(State: WlCompositor);
delegate_noop!(State: WlRegion);
delegate_noop!(State: WlShmPool);
delegate_noop!(State: WpViewporter);
delegate_noop!(State: WpViewport);
delegate_noop!(State: WpFractionalScaleManagerV1);
delegate_noop!(State: ZxdgDecorationManagerV1);
delegate_noop!(State: XdgWmDialogV1);
delegate_noop!(State: ZxdgExporterV2);
