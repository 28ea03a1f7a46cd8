//! HTTP: one request from its options to the last byte of its answer, told to a function of the engine as it happens.

pub(crate) mod auth;
pub(crate) mod body;
pub(crate) mod cache;
pub(crate) mod client;
pub(crate) mod error;
pub(crate) mod exchange;
pub(crate) mod policy;
pub(crate) mod spec;
pub(crate) mod timing;
