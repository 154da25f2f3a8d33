//! The macros that the generated code calls.

/// An operation's error: a variant for each code that the contract lists, one for any other, one for no answer at all.
macro_rules! operation_error {
    (
        $(#[$doc:meta])*
        pub $error:ident for $operation:literal {
            $( $(#[$code_doc:meta])* $variant:ident = $($status:literal)|+, $code:literal; )*
        }
    ) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub enum $error {
            $( $(#[$code_doc])* $variant(crate::Problem), )*
            /// A code that this version of the contract does not list for the operation.
            Unknown(crate::Problem),
            /// There was no answer, or none that can be read.
            Transport(crate::TransportError),
        }

        impl $error {
            /// What the server said, if it said anything.
            pub fn problem(&self) -> Option<&crate::Problem> {
                match self {
                    $( Self::$variant(problem) => Some(problem), )*
                    Self::Unknown(problem) => Some(problem),
                    Self::Transport(_) => None,
                }
            }
        }

        impl crate::OperationError for $error {
            const OPERATION: &'static str = $operation;

            fn problem(&self) -> Option<&crate::Problem> {
                self.problem()
            }

            fn transport(&self) -> Option<&crate::TransportError> {
                match self {
                    Self::Transport(error) => Some(error),
                    _ => None,
                }
            }
        }

        impl From<crate::Error<crate::types::Error>> for $error {
            fn from(error: crate::Error<crate::types::Error>) -> Self {
                match crate::problem::sort(error) {
                    Err(error) => Self::Transport(error),
                    Ok(problem) => match (problem.status, problem.code.as_str()) {
                        $( ($($status)|+, $code) => Self::$variant(problem), )*
                        _ => Self::Unknown(problem),
                    },
                }
            }
        }

        impl From<crate::TransportError> for $error {
            fn from(error: crate::TransportError) -> Self {
                Self::Transport(error)
            }
        }

        impl std::fmt::Display for $error {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!($operation, ": "))?;
                match self.problem() {
                    Some(problem) => problem.fmt(f),
                    None => f.write_str("no usable answer"),
                }
            }
        }

        impl std::error::Error for $error {
            fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
                match self {
                    Self::Transport(error) => Some(error),
                    _ => None,
                }
            }
        }
    };
}

/// `.await` on an operation's builder.
macro_rules! operation_call {
    ($builder:ident -> $answer:ty, $error:ident) => {
        impl<'a> std::future::IntoFuture for builder::$builder<'a> {
            type Output = Result<$answer, $error>;
            type IntoFuture = futures::future::BoxFuture<'a, Self::Output>;

            fn into_future(self) -> Self::IntoFuture {
                Box::pin(async move { Ok(self.send().await?.into_inner()) })
            }
        }
    };
}

/// A string enum that may grow: values of a newer contract arrive as `Other`.
macro_rules! open_enum {
    (
        $(#[$doc:meta])*
        pub $name:ident { $( $variant:ident = $value:literal, )* }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[allow(missing_docs)]
        pub enum $name {
            $( #[doc = concat!("`", $value, "`")] $variant, )*
            /// A value that this version of the contract does not know.
            Other(String),
        }

        impl $name {
            /// Every value that this version of the contract knows.
            pub const KNOWN: &'static [&'static str] = &[$( $value ),*];

            /// The value as it travels.
            pub fn as_str(&self) -> &str {
                match self {
                    $( Self::$variant => $value, )*
                    Self::Other(value) => value,
                }
            }
        }

        impl From<&str> for $name {
            fn from(value: &str) -> Self {
                match value {
                    $( $value => Self::$variant, )*
                    other => Self::Other(other.to_owned()),
                }
            }
        }

        impl From<String> for $name {
            fn from(value: String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::convert::Infallible;

            fn from_str(value: &str) -> Result<Self, Self::Err> {
                Ok(Self::from(value))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Ok(Self::from(String::deserialize(deserializer)?))
            }
        }
    };
}

pub(crate) use {open_enum, operation_call, operation_error};
