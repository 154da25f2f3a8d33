-- Identities at providers, linked to accounts.
-- postgres/0004_oauth.sql is the same schema; a test compares the two.

CREATE TABLE oauth_connections (
    id BLOB NOT NULL PRIMARY KEY,
    user_id BLOB NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    provider TEXT NOT NULL,
    provider_user_id TEXT NOT NULL,
    email TEXT,
    display_name TEXT,
    created_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX oauth_connections_provider_provider_user_id ON oauth_connections (provider, provider_user_id);
CREATE UNIQUE INDEX oauth_connections_user_id_provider ON oauth_connections (user_id, provider);
