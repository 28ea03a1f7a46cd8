//! Where a request leads, over all abc files of a run.

/// Where a request leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// Record by abc file and index.
    Record(usize, usize),
    /// System module by its request.
    System(String),
    /// Native library.
    Library {
        /// Module of the package that holds it.
        module: String,
        /// File name.
        file: String,
    },
}
