//! `@ohos:file.*`.

pub(super) mod fs;
