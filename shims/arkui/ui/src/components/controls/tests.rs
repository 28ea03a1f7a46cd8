//! What controls do and look like.
