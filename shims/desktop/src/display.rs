//! A display: windows that people see, and what they do with them.
//!
//! Positions and sizes are logical pixels (the desktop's own unit, before scaling) unless they say px.

use crate::exchange::{Channel, Delivery, DragAction, Dragging, Offer};
use crate::text_field::TextField;
use std::os::fd::BorrowedFd;

/// A window of a [`Display`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WindowId(pub u32);

/// What a window is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WindowOptions {
    /// What stands above it.
    pub title: String,
    /// Which application it belongs to: the base name of a desktop file.
    pub app_id: String,
    /// The size of the content while nobody says otherwise.
    pub size: (u32, u32),
    /// How small and how large people can make it.
    pub limits: Limits,
    /// The window that it belongs to and stays above of.
    pub parent: Option<WindowId>,
    /// Its parent takes no input while it is open.
    pub modal: bool,
    /// It has a frame with its title, from the desktop or, where that draws none, from the display itself.
    pub framed: bool,
    /// What is behind it shows through where its picture is not opaque.
    pub transparent: bool,
}

/// How small and how large people can make the content of a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Limits {
    /// The least width and height.
    pub min: (u32, u32),
    /// The largest width and height; 0 where there is no limit.
    pub max: (u32, u32),
}

impl Limits {
    /// The nearest size that is allowed. The least size wins over the largest one.
    pub fn clamp(&self, size: (u32, u32)) -> (u32, u32) {
        let side = |side: u32, min: u32, max: u32| if max == 0 { side.max(min) } else { side.min(max).max(min) };
        (side(size.0, self.min.0, self.max.0), side(size.1, self.min.1, self.max.1))
    }
}

/// What a popup is to be: a picture beside something in a window, above all else, that may leave the window. It has no frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PopupOptions {
    /// The window, or the popup, that it belongs to.
    pub parent: WindowId,
    /// What it stands beside, in the content of its parent.
    pub anchor: Area,
    /// The point of the anchor that it is put at: -1 for the left or upper edge, 1 for the right or lower one, 0 for the middle.
    pub at: (i8, i8),
    /// To where it extends from that point: -1 to the left or up, 1 to the right or down, 0 to both sides.
    pub towards: (i8, i8),
    /// Whether it may change sides where there is no room: horizontally, vertically. It is shifted into the screen in any case.
    pub flips: (bool, bool),
    /// How far from its place it is moved, to the right and down.
    pub offset: (i32, i32),
    /// The size of its picture.
    pub size: (u32, u32),
    /// The part of the picture that its place is about; what is outside of it, such as a shadow, may lie outside of the screen.
    pub body: Area,
    /// The part of the picture that takes input.
    pub input: Area,
    /// It goes when people press something elsewhere ([`Event::Close`]); until then it has the keyboard, as far as the desktop says.
    pub grabs: bool,
}

/// A rectangle of logical pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Area {
    /// From the left.
    pub x: i32,
    /// From the top.
    pub y: i32,
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

/// How a window is shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placement {
    /// The size of the content.
    pub size: (u32, u32),
    /// Where the picture of a popup is in the content of its parent; none for windows, which are where people put them.
    pub position: Option<(i32, i32)>,
    /// Pixels of the picture to a logical pixel.
    pub scale: f64,
    /// It fills the room that windows have.
    pub maximized: bool,
    /// It fills an output.
    pub fullscreen: bool,
    /// It is the one that people work with.
    pub active: bool,
    /// The desktop says that nobody sees it: it is minimised, on another workspace, or the screen is locked. Not all desktops
    /// say so.
    pub suspended: bool,
    /// The monitor that it is on, or most of it; none while that is unknown.
    pub output: Option<OutputId>,
}

impl Placement {
    /// The size of the picture in px.
    pub fn pixels(&self) -> (u32, u32) {
        let px = |length: u32| (f64::from(length) * self.scale).round() as u32;
        (px(self.size.0), px(self.size.1))
    }
}

/// A monitor of a [`Display`]. Numbers are not used again while the display lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OutputId(pub u32);

/// A monitor.
#[derive(Debug, Clone, PartialEq)]
pub struct Output {
    /// Which.
    pub id: OutputId,
    /// Its name, for instance `DP-1`.
    pub name: String,
    /// Where its top left corner is among the monitors, in logical pixels.
    pub position: (i32, i32),
    /// Width and height in px, as people see them: sides of a monitor that is turned have changed places.
    pub pixels: (u32, u32),
    /// By how many quarters the picture is turned, against the clock.
    pub turned: u8,
    /// Pixels to a logical pixel.
    pub scale: f64,
    /// Pictures per second; 0 where unknown.
    pub refresh: f64,
    /// Width and height in mm, as people see them; 0 where unknown.
    pub millimetres: (u32, u32),
}

/// Which button of a pointer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Button {
    /// The first.
    Left,
    /// The second.
    Right,
    /// The wheel.
    Middle,
    /// At the thumb.
    Back,
    /// At the thumb.
    Forward,
}

/// What scrolls.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Scroller {
    /// A wheel, by so many of its steps to the right and down; those of fine wheels have parts.
    Wheel {
        /// Steps.
        steps: (f64, f64),
    },
    /// Fingers on a touchpad: [`Pointing::ScrollEnd`] says when they leave it.
    Fingers,
    /// Something else that moves steadily.
    Other,
}

/// What a pointer or a finger does. Positions are in the content of the window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Pointing {
    /// The pointer comes into the window.
    Enter {
        /// Where.
        at: (f64, f64),
    },
    /// It leaves.
    Leave,
    /// It moves.
    Move {
        /// Where.
        at: (f64, f64),
    },
    /// A button goes down or up.
    Button {
        /// Which.
        button: Button,
        /// Down, not up.
        pressed: bool,
    },
    /// Wheel or touchpad.
    Scroll {
        /// How far the view shall move over the content: to the right and down.
        by: (f64, f64),
        /// What turns or moves.
        with: Scroller,
    },
    /// Fingers have left the touchpad.
    ScrollEnd,
    /// A finger comes down.
    TouchDown {
        /// Which, while it is down.
        finger: i32,
        /// Where.
        at: (f64, f64),
    },
    /// It moves.
    TouchMove {
        /// Which, while it is down.
        finger: i32,
        /// Where.
        at: (f64, f64),
    },
    /// It is lifted.
    TouchUp {
        /// Which, while it is down.
        finger: i32,
    },
    /// The desktop has taken all of them.
    TouchCancel,
}

/// What the keyboard and input methods do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typing {
    /// A key goes down or up.
    Key {
        /// Its symbol without modifiers, as XKB numbers them: `a` is 0x61 wherever the layout has it.
        symbol: u32,
        /// Down.
        pressed: bool,
        /// It is held, and this is one of its repetitions.
        repeated: bool,
        /// What it writes, after layout and compose.
        text: Option<String>,
    },
    /// Other modifiers are held. Some keyboards tell of these only, and not of the keys.
    Modifiers {
        /// Control.
        ctrl: bool,
        /// Shift.
        shift: bool,
        /// Alt.
        alt: bool,
        /// The one with a logo on it.
        logo: bool,
        /// Caps lock is on.
        caps_lock: bool,
        /// Num lock is on.
        num_lock: bool,
    },
    /// An input method shows what it is about to write. Positions are bytes of the text; none when the cursor is hidden.
    Preedit {
        /// The text.
        text: String,
        /// The selected part of it, from and to.
        cursor: Option<(usize, usize)>,
    },
    /// An input method writes.
    Commit {
        /// The text.
        text: String,
    },
    /// An input method takes away bytes before and behind the cursor.
    Delete {
        /// Bytes before the cursor.
        before: usize,
        /// Bytes behind it.
        after: usize,
    },
}

/// What has happened. Times are milliseconds of a clock of the display.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// A window is shown like this from now on; a picture of this size is wanted.
    Placed {
        /// Which.
        window: WindowId,
        /// How.
        placement: Placement,
    },
    /// It may be drawn again.
    Ready {
        /// Which.
        window: WindowId,
    },
    /// Somebody wants it gone. A popup is gone already, and only has to be closed.
    Close {
        /// Which.
        window: WindowId,
    },
    /// Somebody put it away with its own frame. Desktops do not tell when they do it themselves.
    Minimized {
        /// Which.
        window: WindowId,
    },
    /// Pointer, wheel, fingers.
    Pointing {
        /// Which.
        window: WindowId,
        /// When, by a clock of the display that counts milliseconds.
        time: u32,
        /// What.
        what: Pointing,
    },
    /// Keys, text.
    Typing {
        /// Which.
        window: WindowId,
        /// When, by a clock of the display that counts milliseconds.
        time: u32,
        /// What.
        what: Typing,
    },
    /// The window gets or loses the keyboard.
    Keyboard {
        /// Which.
        window: WindowId,
        /// It has it now.
        gained: bool,
    },
    /// Another program has put something on the clipboard, or selected something.
    Offered {
        /// Which.
        channel: Channel,
    },
    /// Other programs can put their dialogs above a window from now on.
    Exported {
        /// Which.
        window: WindowId,
        /// What they know it by, in words of the desktop portal.
        handle: String,
    },
    /// Something is dragged over a window.
    Dragging {
        /// Which.
        window: WindowId,
        /// When, by a clock of the display that counts milliseconds.
        time: u32,
        /// What.
        what: Dragging,
    },
    /// What was dragged out of a window ([`Display::start_drag`]) has been let go.
    DragEnded {
        /// What became of it; nothing when nobody took it.
        action: Option<DragAction>,
    },
    /// A monitor came, went or changed.
    Outputs,
}

/// What a pointer looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cursor {
    /// An arrow.
    Default,
    /// Over what can be clicked.
    Pointer,
    /// Over text.
    Text,
    /// Over text whose lines stand upright.
    VerticalText,
    /// Something takes its time.
    Wait,
    /// Something takes its time, and one may go on meanwhile.
    Progress,
    /// Something will be copied.
    Copy,
    /// Anything can be scrolled to.
    AllScroll,
    /// For precise picking.
    Crosshair,
    /// Something is moved.
    Move,
    /// What cannot be done.
    NotAllowed,
    /// Open hand.
    Grab,
    /// Closed hand.
    Grabbing,
    /// Wider, narrower.
    ResizeHorizontal,
    /// Higher, lower.
    ResizeVertical,
    /// The edge on the right.
    ResizeEast,
    /// The edge on the left.
    ResizeWest,
    /// The upper edge.
    ResizeNorth,
    /// The lower edge.
    ResizeSouth,
    /// The upper right corner.
    ResizeNorthEast,
    /// The upper left corner.
    ResizeNorthWest,
    /// The lower right corner.
    ResizeSouthEast,
    /// The lower left corner.
    ResizeSouthWest,
    /// Both, from the top left.
    ResizeNwse,
    /// Both, from the top right.
    ResizeNesw,
    /// Help.
    Help,
    /// Closer.
    ZoomIn,
    /// Further.
    ZoomOut,
    /// None at all.
    Hidden,
    /// The app's own picture ([`Display::set_cursor_picture`]).
    Own,
}

/// A rectangle of px.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PixelRect {
    /// From the left.
    pub x: u32,
    /// From the top.
    pub y: u32,
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

/// A picture: rows of RGBA with 8 bits each, alpha multiplied in.
#[derive(Debug, Clone, Copy)]
pub struct Picture<'a> {
    /// px in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// `width * height * 4` bytes.
    pub rgba: &'a [u8],
}

/// A picture that goes with the pointer: what is dragged, or the pointer itself.
#[derive(Debug, Clone, Copy)]
pub struct PointerIcon<'a> {
    /// The picture.
    pub picture: Picture<'a>,
    /// Pixels of it to a logical pixel.
    pub scale: f64,
    /// Where in it the pointer is, in logical pixels.
    pub hotspot: (f64, f64),
}

/// What a person may do to a window with its frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FrameAction {
    /// Follow the pointer.
    Move,
    /// Fill the room that there is, or no more.
    Maximize(bool),
    /// Fill the output, or no more.
    Fullscreen(bool),
    /// Go away until it is called back.
    Minimize,
}

/// The display has gone or does not work.
#[derive(Debug, thiserror::Error)]
pub enum DisplayError {
    /// There is none.
    #[error(
        "there is no Wayland display: {0}; start Concord in a Wayland session, or run without a window (--headless)"
    )]
    None(String),
    /// It lacks something that is needed.
    #[error("the Wayland compositor does not offer {0}; a newer one is needed, or run without a window (--headless)")]
    Lacks(&'static str),
    /// The connection broke.
    #[error("the connection to the Wayland compositor ended: {0}")]
    Gone(String),
    /// Memory for pictures.
    #[error("no memory for the picture of a window: {0}")]
    Memory(#[source] std::io::Error),
}

/// A screen with people in front of it.
pub trait Display {
    /// Readable when [`Display::dispatch`] has something to do.
    fn descriptor(&self) -> BorrowedFd<'_>;

    /// Sends what waits, hears what has come.
    ///
    /// # Errors
    /// When the connection has ended.
    fn dispatch(&mut self) -> Result<Vec<Event>, DisplayError>;

    /// When [`Display::dispatch`] wants to be called although nothing came, for a key that is held: milliseconds from now.
    fn due(&self) -> Option<u64>;

    /// The monitors.
    fn outputs(&self) -> Vec<Output>;

    /// Opens a window. Its [`Event::Placed`] follows; nothing can be shown before.
    fn open(&mut self, options: &WindowOptions) -> WindowId;

    /// Whether there can be popups ([`Display::open_popup`]).
    fn has_popups(&self) -> bool {
        false
    }

    /// Opens a popup, which counts as a window from then on: its [`Event::Placed`] follows. None where there are no popups, or no
    /// such parent. It grabs only when its parent is the latest popup that does, or a window while none does.
    fn open_popup(&mut self, _options: &PopupOptions) -> Option<WindowId> {
        None
    }

    /// Changes size and place of a popup; its parent and whether it grabs stay as they are. [`Event::Placed`] follows.
    fn move_popup(&mut self, _popup: WindowId, _options: &PopupOptions) {}

    /// Closes a window or a popup, and the popups that belong to it.
    fn close(&mut self, window: WindowId);

    /// Changes what stands above a window.
    fn set_title(&mut self, window: WindowId, title: &str);

    /// Does what a frame's buttons do.
    fn act(&mut self, window: WindowId, action: FrameAction);

    /// Asks for another size of a window that is not maximized.
    fn resize(&mut self, window: WindowId, size: (u32, u32));

    /// Changes how small and how large people can make a window. Its size changes when it is beyond that.
    fn set_limits(&mut self, window: WindowId, limits: Limits);

    /// A token of whoever has started the app or asked it for something: the window that is opened or raised next shows it, and may
    /// come to the front. Displays without tokens ignore it.
    fn set_launch_token(&mut self, token: String) {
        drop(token);
    }

    /// Asks for a window to be brought to the front, and back when it is minimised. The desktop may only hint at it.
    fn raise(&mut self, window: WindowId);

    /// Edges in px of the icons that [`Display::set_icon`] wants; none when the desktop takes icons from desktop files only.
    fn icon_sizes(&self) -> Vec<u32>;

    /// The icon of a window in several sizes, each as wide as high.
    ///
    /// # Errors
    /// When there is no memory for it.
    fn set_icon(&mut self, window: WindowId, pictures: &[Picture<'_>]) -> Result<(), DisplayError>;

    /// Whether what the display draws itself has dark colours.
    fn set_dark(&mut self, dark: bool);

    /// Whether a picture shown now would be seen; if not, [`Event::Ready`] follows.
    fn is_ready(&self, window: WindowId) -> bool;

    /// Whether anybody looks: pictures for a display without eyes need not be drawn.
    fn is_seen(&self) -> bool {
        true
    }

    /// Shows a picture of which `damage` differs from the one before.
    ///
    /// # Errors
    /// When there is no memory for it.
    fn present(&mut self, window: WindowId, picture: Picture<'_>, damage: &[PixelRect]) -> Result<(), DisplayError>;

    /// What the pointer looks like over our windows.
    fn set_cursor(&mut self, cursor: Cursor);

    /// What [`Cursor::Own`] looks like.
    ///
    /// # Errors
    /// When there is no memory for it.
    fn set_cursor_picture(&mut self, _icon: PointerIcon<'_>) -> Result<(), DisplayError> {
        Ok(())
    }

    /// Offers something to other programs: by what a person has just done, else the display may refuse. Nothing takes back what
    /// was offered.
    fn offer(&mut self, channel: Channel, offer: Offer);

    /// The types of what is offered now, by others or by this program.
    fn offered(&self, channel: Channel) -> Vec<String>;

    /// Asks for what is offered, as one of its types.
    fn receive(&mut self, channel: Channel, mime: &str) -> Option<Delivery>;

    /// Whether what is dragged over a window would be taken there, and what would become of it.
    fn accept_drag(&mut self, action: Option<DragAction>);

    /// What was dropped has been read, or is not wanted.
    fn finish_drag(&mut self, taken: bool);

    /// Drags something out of a window, while a button or finger is down in it. The window hears no more of that pointer, only of
    /// what is dragged. Returns false when the display cannot do so.
    fn start_drag(&mut self, window: WindowId, offer: Offer, may_move: bool, icon: Option<PointerIcon<'_>>) -> bool;

    /// What takes text now, for input methods.
    fn set_text_field(&mut self, field: Option<&TextField>);
}
