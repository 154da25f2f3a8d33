//! How domain types are kept in columns. The domain itself knows no driver.

use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::{ColumnIndex, Database, Decode, Encode, FromRow, Row, Type};
use uuid::Uuid;

use crate::domain::types::{
    ActionId, ConnectionId, Email, Handle, MailId, SessionId, TokenHash, UserId,
};

/// `$kept` is the type of the column, `$read` what it is read as.
macro_rules! column {
    ($($name:ident: $kept:ty, |$value:ident| $get:expr, |$raw:ident: $read:ty| $make:expr;)+) => {$(
        impl<DB: Database> Type<DB> for $name
        where
            $kept: Type<DB>,
        {
            fn type_info() -> DB::TypeInfo {
                <$kept as Type<DB>>::type_info()
            }

            fn compatible(ty: &DB::TypeInfo) -> bool {
                <$kept as Type<DB>>::compatible(ty)
            }
        }

        impl<'q, DB: Database> Encode<'q, DB> for $name
        where
            $kept: Encode<'q, DB>,
        {
            fn encode_by_ref(&self, buf: &mut DB::ArgumentBuffer) -> Result<IsNull, BoxDynError> {
                let $value = self;
                <$kept as Encode<'q, DB>>::encode($get, buf)
            }
        }

        impl<'r, DB: Database> Decode<'r, DB> for $name
        where
            $read: Decode<'r, DB>,
        {
            fn decode(value: DB::ValueRef<'r>) -> Result<Self, BoxDynError> {
                let $raw = <$read as Decode<'r, DB>>::decode(value)?;
                Ok($make)
            }
        }
    )+};
}

column! {
    UserId: Uuid, |id| id.uuid(), |raw: Uuid| raw.into();
    SessionId: Uuid, |id| id.uuid(), |raw: Uuid| raw.into();
    ActionId: Uuid, |id| id.uuid(), |raw: Uuid| raw.into();
    MailId: Uuid, |id| id.uuid(), |raw: Uuid| raw.into();
    ConnectionId: Uuid, |id| id.uuid(), |raw: Uuid| raw.into();
    TokenHash: Vec<u8>, |hash| hash.as_bytes().to_vec(), |raw: Vec<u8>| <[u8; 32]>::try_from(raw)
        .map_err(|_| "not the hash of a token")?
        .into();
    Handle: String, |handle| handle.as_str().to_owned(), |raw: String| Handle::from_stored(raw);
}

/// Two columns: `email` and `email_key`.
impl<'r, R: Row> FromRow<'r, R> for Email
where
    &'static str: ColumnIndex<R>,
    String: Type<R::Database> + Decode<'r, R::Database>,
{
    fn from_row(row: &'r R) -> sqlx::Result<Self> {
        Ok(Self::from_stored(
            row.try_get("email")?,
            row.try_get("email_key")?,
        ))
    }
}
