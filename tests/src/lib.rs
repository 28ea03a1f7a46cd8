//! Black-box tests: the built binary over fixture folders.
