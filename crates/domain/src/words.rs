//! Enumerations that are stored and shown as words: one macro gives each its upper-case name in both ways.

/// A closed set of words, written in UPPER_CASE wherever it is stored, sent or recorded.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal),+ $(,)? })+) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            pub const fn word(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::words::UnknownWord;

            fn from_str(text: &str) -> Result<$name, $crate::words::UnknownWord> {
                match text {
                    $($word => Ok($name::$variant),)+
                    _ => Err($crate::words::UnknownWord { set: stringify!($name), word: text.to_owned() }),
                }
            }
        }
    )+ };
}
pub(crate) use words;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("«{word}» is no {set}")]
pub struct UnknownWord {
    pub set: &'static str,
    pub word: String,
}
