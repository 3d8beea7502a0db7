//! Relay connections over the application's slices.

use app::{PageRequest, Slice};
use async_graphql::{
    OutputType,
    connection::{Connection, Edge},
};

use crate::error::Error;

/// # Errors
/// INVALID when `first` is negative. The application caps what is too large.
pub(crate) fn page(first: Option<i32>, default: u32, after: Option<String>) -> Result<PageRequest, Error> {
    let first = match first {
        None => default,
        Some(first) => {
            u32::try_from(first).map_err(|_| Error::invalid("FIRST_INVALID", "first must not be negative"))?
        }
    };
    Ok(PageRequest { first, after })
}

pub(crate) fn connection<T, N: OutputType>(
    slice: Slice<T>,
    had_after: bool,
    node: impl Fn(T) -> N,
) -> Connection<String, N> {
    let mut connection = Connection::new(had_after, slice.has_next);
    connection.edges.extend(slice.items.into_iter().map(|(cursor, item)| Edge::new(cursor, node(item))));
    connection
}
