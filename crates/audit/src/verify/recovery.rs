//! A new epoch of a log, which opens with the last checkpoint of the one before.

use crate::leaf::Leaf;
use crate::tree::Hash;
use crate::value::Value;

/// What `log.recovered/v1`, the first leaf of an epoch after the first, says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recovery {
    /// The origin of the epoch before.
    pub previous: String,
    /// The last checkpoint of that epoch.
    pub size: u64,
    pub root: Hash,
    /// A code of the operator.
    pub reason: String,
}

impl Recovery {
    /// `None` for every other leaf than the first, and for one that says something else.
    #[must_use]
    pub fn of(leaf: &Leaf) -> Option<Self> {
        if leaf.place().seq != 0 || leaf.draft().kind != "log.recovered/v1" {
            return None;
        }
        let Value::Object(data) = &leaf.draft().data else { return None };
        let text = |name| match data.get(name) {
            Some(Value::String(text)) => Some(text.clone()),
            _ => None,
        };
        let size = match data.get("size") {
            Some(Value::Integer(size)) => u64::try_from(size.get()).ok()?,
            _ => return None,
        };
        Some(Self { previous: text("previous")?, size, root: text("root")?.parse().ok()?, reason: text("reason")? })
    }
}
