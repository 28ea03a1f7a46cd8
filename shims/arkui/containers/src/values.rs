//! How containers read what they are told in the same way.

use concord_ui::component::Method;
use concord_ui::units::{Length, Unit};
use concord_ui::value::Value;

/// Most items that are built out of sight.
const MOST_CACHED: usize = 1000;

/// A length; vp for a bare number.
pub(crate) fn length(value: &Value) -> Option<Length> {
    Length::from_value(value, Unit::Vp)
}

/// `cachedCount`: how many items are built out of sight, when the app says it.
pub(crate) fn cached_count(value: &Value) -> Option<usize> {
    value.as_index().map(|count| count.min(MOST_CACHED))
}

/// `syncLoad`: items are always there in the layout that shows them.
pub(crate) const SYNC_LOAD: Method = Method { name: "syncLoad", apply: |_, _| Value::Undefined };

/// `supportEmptyBranchInLazyLoading`: a branch without an item is none in any case.
pub(crate) const EMPTY_BRANCHES: Method =
    Method { name: "supportEmptyBranchInLazyLoading", apply: |_, _| Value::Undefined };
