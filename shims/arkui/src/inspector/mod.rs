//! A page in the browser that shows what windows are made of; see the README.

mod door;
mod server;

pub(crate) use door::Door;
pub use door::{App, AskError, apps, ask, leave};
pub(crate) use server::Server;
pub use server::token;

use concord_paint::DisplayList;
use std::collections::VecDeque;
use std::sync::atomic::AtomicU64;
use std::sync::{Mutex, PoisonError};

/// Where to serve the page: a port of 127.0.0.1 (0 for any) and the secret part of its address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Port.
    pub port: u16,
    /// Letters and digits that nobody can guess; `None` for new ones.
    pub token: Option<String>,
}

/// What the main loop is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Question {
    /// All windows with their nodes.
    Tree,
    /// All of one node, by its number.
    Node(u64),
    /// What a window looks like, by the number of its root; the topmost one for 0.
    Picture(u64),
    /// Mark a node in its window; none for 0.
    Highlight(u64),
}

/// What it answers.
pub(crate) enum Answer {
    /// JSON.
    Json(String),
    /// What is to be drawn, and its size in px: drawing takes longer than the main loop should wait.
    Picture(DisplayList, u32, u32),
    /// There is no such thing.
    Nothing,
}

/// How long the parts of a frame took.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct FrameTimes {
    /// Frames are counted from 1.
    pub number: u64,
    /// The clock of the main loop, in ms.
    pub at: f64,
    /// Functions of the app and of the library that ran, in ms.
    pub update: f64,
    /// Measuring, placing, animations, events of layout, in ms.
    pub layout: f64,
    /// Drawing and handing over, in ms.
    pub draw: f64,
    /// Nodes that were out of date when layout began.
    pub dirty: usize,
    /// Nodes that there are.
    pub nodes: usize,
}

/// Frames that are remembered.
const FRAMES: usize = 240;

/// What the thread of the server knows without asking.
#[derive(Default)]
pub(crate) struct Shared {
    /// Number of the latest frame.
    pub latest: AtomicU64,
    frames: Mutex<VecDeque<FrameTimes>>,
}

impl Shared {
    /// Remembers a frame.
    pub fn push(&self, frame: FrameTimes) {
        let mut frames = self.frames.lock().unwrap_or_else(PoisonError::into_inner);
        frames.push_back(frame);
        while frames.len() > FRAMES {
            frames.pop_front();
        }
        self.latest.store(frame.number, std::sync::atomic::Ordering::Release);
    }

    /// Frames after the one with a number.
    pub fn since(&self, number: u64) -> Vec<FrameTimes> {
        let frames = self.frames.lock().unwrap_or_else(PoisonError::into_inner);
        frames.iter().filter(|frame| frame.number > number).copied().collect()
    }
}
