//! Sound through the mixer of the desktop, and what files hold of it.
#![forbid(unsafe_code)]
