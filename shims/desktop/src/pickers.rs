//! Lets people choose files.

use std::path::PathBuf;

use crate::Reply;

/// What is chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Wanted {
    /// One file that is there.
    #[default]
    File,
    /// Some of them.
    Files,
    /// A folder.
    Folder,
    /// A new file, or one to write over; with several names, a folder to put them all in.
    NewFiles,
}

/// Files of a kind.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// What people call them.
    pub name: String,
    /// Patterns of names: `*.txt`.
    pub patterns: Vec<String>,
    /// MIME types: `image/*`.
    pub types: Vec<String>,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Question {
    /// What is chosen.
    pub wanted: Wanted,
    /// What stands above the question.
    pub title: String,
    /// Kinds of files, the first one is shown first; none for all.
    pub filters: Vec<Filter>,
    /// The folder to begin in.
    pub folder: Option<PathBuf>,
    /// The names that new files get when nobody types others.
    pub names: Vec<String>,
}

/// Asks for files.
pub trait Pickers {
    /// Asks; the answer comes when somebody has chosen, and is empty when they did not want to.
    fn choose(&self, question: Question, reply: Reply<Vec<PathBuf>>);
}

/// Nobody is there to choose: every question is answered as by somebody who does not want to.
pub struct NoPickers;

impl Pickers for NoPickers {
    fn choose(&self, _question: Question, reply: Reply<Vec<PathBuf>>) {
        reply.send(Ok(Vec::new()));
    }
}
