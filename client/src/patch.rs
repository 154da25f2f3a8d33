//! Absent, `null` and a value are three things.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What to do with a field that can be cleared. Leaving the field out of the request keeps it as it is.
///
/// ```no_run
/// # use accord_client::{Client, Patch};
/// # async fn run(client: Client) -> Result<(), Box<dyn std::error::Error>> {
/// client.update_me().body_map(|b| b.bio(Patch::set("First programmer."))).await?;
/// client.update_me().body_map(|b| b.bio(Patch::Null)).await?;
/// # Ok(()) }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Patch<T> {
    /// Clear the field.
    Null,
    /// Give the field this value.
    Set(T),
}

impl<T> Patch<T> {
    /// A new value for the field.
    pub fn set(value: impl Into<T>) -> Self {
        Self::Set(value.into())
    }
}

impl<T> From<T> for Patch<T> {
    fn from(value: T) -> Self {
        Self::Set(value)
    }
}

impl From<&str> for Patch<String> {
    fn from(value: &str) -> Self {
        Self::Set(value.to_owned())
    }
}

/// `None` clears the field.
impl<T> From<Option<T>> for Patch<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Self::Set)
    }
}

impl<T: Serialize> Serialize for Patch<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_none(),
            Self::Set(value) => value.serialize(serializer),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Option::deserialize(deserializer)?.into())
    }
}

#[cfg(test)]
mod tests {
    use crate::Patch;
    use crate::types::UpdateMeRequest;

    #[test]
    fn absent_null_and_a_value_are_three_things() {
        let json = |body: UpdateMeRequest| serde_json::to_string(&body).unwrap();
        assert_eq!(json(UpdateMeRequest::default()), "{}");
        assert_eq!(
            json(UpdateMeRequest {
                bio: Some(Patch::Null),
                ..Default::default()
            }),
            r#"{"bio":null}"#
        );
        assert_eq!(
            json(UpdateMeRequest {
                bio: Some("x".into()),
                ..Default::default()
            }),
            r#"{"bio":"x"}"#
        );
    }
}
