//! 16 bytes, written as 32 lower-case hexadecimal digits.

/// Text that is not 32 lower-case hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must be 32 lower-case hexadecimal digits")]
pub struct NotHex;

/// Declares a type of 16 bytes.
macro_rules! hex128_type {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; 16]);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::hex128::NotHex;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                $crate::hex128::from_hex(text).map(Self)
            }
        }
    };
}
pub(crate) use hex128_type;

pub(crate) fn from_hex(text: &str) -> Result<[u8; 16], NotHex> {
    let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    if text.len() != 32 || !text.bytes().all(is_digit) {
        return Err(NotHex);
    }
    u128::from_str_radix(text, 16).map(u128::to_be_bytes).map_err(|_| NotHex)
}
