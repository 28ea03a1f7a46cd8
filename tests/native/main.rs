//! Native libraries through the built binary: the fixtures' suites, crashes, and what is said of packages before anything runs.

mod crashes;
mod environments;
mod info;
mod package;
mod suites;
mod workers;
mod xcomponents;
