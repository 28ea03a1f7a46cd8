//! Installing apps: what is written, what goes away again, and what happens when somebody is killed in between.

mod bus;
mod desktop;
mod reader;
mod store;
mod surroundings;
