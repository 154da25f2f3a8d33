//! Values that are valid by construction: parse, don't validate.

mod email;
mod folded;
mod handle;
mod ids;
mod password;
mod profile;
mod token;

pub use email::{Email, InvalidEmail};
pub use folded::fold;
pub use handle::{Handle, InvalidHandle};
pub use ids::{ActionId, ConnectionId, MailId, SessionId, UserId, uuid_v7};
pub use password::{InvalidPassword, Password};
pub use profile::{Bio, DisplayName, InvalidText, Patch};
pub use token::{SecretToken, TokenHash};
