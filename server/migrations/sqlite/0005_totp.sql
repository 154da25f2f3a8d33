-- The second factor: a secret that authenticators share, and codes for who has lost theirs.
-- postgres/0005_totp.sql is the same schema.

-- Set while the second factor is on.
ALTER TABLE users ADD COLUMN totp_enabled_at TEXT;

-- A setup that waits for its first code has an end; a secret that is in use has none.
-- last_step: the newest time step of which a code was accepted.
CREATE TABLE totp_secrets (
    user_id BLOB NOT NULL PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    secret BLOB NOT NULL,
    key_id TEXT NOT NULL,
    last_step INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    expires_at TEXT
) STRICT;
CREATE INDEX totp_secrets_by_expires_at ON totp_secrets (expires_at);

CREATE TABLE backup_codes (
    user_id BLOB NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    code_hash BLOB NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (user_id, code_hash)
) STRICT;
