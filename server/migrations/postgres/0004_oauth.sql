-- Identities at providers, linked to accounts.
-- sqlite/0004_oauth.sql is the same schema; a test compares the two.

CREATE TABLE oauth_connections (
    id uuid NOT NULL PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    provider text NOT NULL,
    provider_user_id text NOT NULL,
    email text,
    display_name text,
    created_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX oauth_connections_provider_provider_user_id ON oauth_connections (provider, provider_user_id);
CREATE UNIQUE INDEX oauth_connections_user_id_provider ON oauth_connections (user_id, provider);
