//! ID tokens, true and forged.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use contract_tests::prelude::*;
use openidconnect::core::{CoreJwsSigningAlgorithm, CoreRsaPrivateSigningKey};
use openidconnect::{JsonWebKeyId, PrivateSigningKey as _};
use sha2::{Digest as _, Sha256};

use super::{CLIENT, Fake, Forgery, Grant, lock};

const KEY: &str = include_str!("../key.pem");

impl Fake {
    pub(super) fn id_token(&self, grant: &Grant) -> Option<String> {
        let (forgery, iat, kid) = {
            let settings = lock(&self.0.settings);
            (settings.forgery.clone(), settings.iat, settings.key_id)
        };
        let person = &grant.person;
        let mut head = json!({ "alg": "RS256", "typ": "JWT", "kid": kid.unwrap_or("one") });
        let mut claims = json!({
            "iss": self.url(), "azp": CLIENT, "aud": CLIENT, "sub": person.id,
            "email": person.email, "email_verified": person.email_verified,
            "name": person.name, "picture": *lock(&self.0.avatar), "nonce": grant.nonce,
            "iat": iat, "exp": iat + 3600,
        });
        let fields = claims.as_object_mut().expect("claims");
        fields.retain(|_, value| !value.is_null());
        match &forgery {
            Forgery::Claim(name, value) => drop(fields.insert((*name).to_owned(), value.clone())),
            Forgery::Without(name) => drop(fields.remove(*name)),
            Forgery::Header(name, value) => head[*name] = value.clone(),
            Forgery::Unsigned => head["alg"] = json!("none"),
            Forgery::HmacWithPublicKey => head["alg"] = json!("HS256"),
            Forgery::NoToken => return None,
            Forgery::Text(text) => return Some((*text).to_owned()),
            _ => {}
        }
        let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", encode(&head), encode(&claims));
        let mut signature = match forgery {
            Forgery::Unsigned => Vec::new(),
            Forgery::HmacWithPublicKey => {
                hmac_sha256(public_key("one").to_string().as_bytes(), &signed)
            }
            _ => private_key("one")
                .sign(
                    &CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
                    signed.as_bytes(),
                )
                .expect("a signature"),
        };
        if matches!(forgery, Forgery::OtherSignature) {
            signature[0] ^= 1;
        }
        let signed = match forgery {
            Forgery::OtherClaims => {
                claims["sub"] = json!("somebody else");
                format!("{}.{}", encode(&head), encode(&claims))
            }
            _ => signed,
        };
        Some(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }
}

fn private_key(kid: &str) -> CoreRsaPrivateSigningKey {
    CoreRsaPrivateSigningKey::from_pem(KEY, Some(JsonWebKeyId::new(kid.to_owned()))).expect("a key")
}

pub(super) fn public_key(kid: &str) -> Value {
    serde_json::to_value(private_key(kid).as_verification_key()).expect("JSON")
}

/// RFC 2104.
fn hmac_sha256(key: &[u8], message: &str) -> Vec<u8> {
    let mut block = [0u8; 64];
    block[..32].copy_from_slice(&Sha256::digest(key));
    let pad = |byte: u8| block.map(|b| b ^ byte);
    let inner = Sha256::new()
        .chain_update(pad(0x36))
        .chain_update(message)
        .finalize();
    Sha256::new()
        .chain_update(pad(0x5c))
        .chain_update(inner)
        .finalize()
        .to_vec()
}
