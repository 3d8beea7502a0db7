//! The scalars of the schema.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use domain::time::Timestamp;

/// RFC 3339, UTC, milliseconds.
#[derive(Clone, Copy)]
pub struct DateTime(pub Timestamp);

#[Scalar]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        match value {
            Value::String(text) => {
                Timestamp::parse(&text).map(DateTime).ok_or_else(|| InputValueError::custom("no RFC 3339 time"))
            }
            other => Err(InputValueError::expected_type(other)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// A share in parts per million, 0 to 1000000.
#[derive(Clone, Copy)]
pub struct Ppm(pub domain::ppm::Ppm);

#[Scalar]
impl ScalarType for Ppm {
    fn parse(value: Value) -> InputValueResult<Self> {
        let parts = match &value {
            Value::Number(number) => number.as_u64().and_then(|parts| u32::try_from(parts).ok()),
            _ => return Err(InputValueError::expected_type(value)),
        };
        parts
            .and_then(|parts| domain::ppm::Ppm::try_from(parts).ok())
            .map(Ppm)
            .ok_or_else(|| InputValueError::custom("a whole number from 0 to 1000000 is needed"))
    }

    fn to_value(&self) -> Value {
        Value::from(self.0.get())
    }
}
