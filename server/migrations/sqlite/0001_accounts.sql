-- Accounts, sessions, one-time tokens, the mail queue and the action log.
-- postgres/0001_accounts.sql is the same schema; a test compares the two.
-- A unique index is called <table>_<columns>: the server reads that name back when it is violated.

CREATE TABLE users (
    id BLOB NOT NULL PRIMARY KEY,
    handle TEXT NOT NULL,
    handle_key TEXT NOT NULL,
    display_name TEXT NOT NULL,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL,
    verified_at TEXT,
    password_hash TEXT,
    bio TEXT,
    profile_image TEXT,
    banner_image TEXT,
    disabled_at TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX users_handle_key ON users (handle_key);
CREATE UNIQUE INDEX users_email_key ON users (email_key) WHERE verified_at IS NOT NULL;
CREATE INDEX users_by_email_key ON users (email_key);
CREATE INDEX users_unverified ON users (created_at) WHERE verified_at IS NULL;

-- idle_expires_at is never later than expires_at: it alone says whether a session is over.
CREATE TABLE sessions (
    id BLOB NOT NULL PRIMARY KEY,
    user_id BLOB NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    token_hash BLOB NOT NULL,
    persistent INTEGER NOT NULL CHECK (persistent IN (0, 1)),
    address TEXT NOT NULL,
    user_agent TEXT NOT NULL,
    created_at TEXT NOT NULL,
    last_used_at TEXT NOT NULL,
    authenticated_at TEXT NOT NULL,
    idle_expires_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    CHECK (idle_expires_at <= expires_at)
) STRICT;
CREATE UNIQUE INDEX sessions_token_hash ON sessions (token_hash);
CREATE INDEX sessions_by_user_id ON sessions (user_id);
CREATE INDEX sessions_by_idle_expires_at ON sessions (idle_expires_at);

CREATE TABLE tokens (
    hash BLOB NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL,
    user_id BLOB REFERENCES users (id) ON DELETE CASCADE,
    session_id BLOB REFERENCES sessions (id) ON DELETE CASCADE,
    email TEXT,
    data TEXT,
    binding BLOB,
    attempts INTEGER NOT NULL DEFAULT 0,
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL
) STRICT;
CREATE INDEX tokens_by_user_id_purpose ON tokens (user_id, purpose);
CREATE INDEX tokens_by_session_id ON tokens (session_id);
CREATE INDEX tokens_by_expires_at ON tokens (expires_at);

CREATE TABLE mails (
    id BLOB NOT NULL PRIMARY KEY,
    message_id TEXT NOT NULL,
    user_id BLOB,
    kind TEXT NOT NULL,
    key_id TEXT NOT NULL,
    payload BLOB NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('queued', 'sent', 'parked')),
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt_at TEXT NOT NULL,
    claimed_until TEXT,
    expires_at TEXT,
    last_error TEXT,
    created_at TEXT NOT NULL,
    sent_at TEXT
) STRICT;
CREATE UNIQUE INDEX mails_message_id ON mails (message_id);
CREATE INDEX mails_queued ON mails (next_attempt_at) WHERE status = 'queued';
CREATE INDEX mails_by_status_created_at ON mails (status, created_at);

CREATE TABLE action_logs (
    position INTEGER NOT NULL PRIMARY KEY,
    id BLOB NOT NULL,
    action TEXT NOT NULL,
    actor_id BLOB,
    resource_type TEXT NOT NULL,
    resource_id BLOB,
    public INTEGER NOT NULL CHECK (public IN (0, 1)),
    data TEXT NOT NULL,
    private_data TEXT,
    request_id TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX action_logs_id ON action_logs (id);
CREATE INDEX action_logs_by_public ON action_logs (public, position);
CREATE INDEX action_logs_by_actor_id ON action_logs (actor_id, position);
CREATE INDEX action_logs_by_resource_id ON action_logs (resource_id, position);
CREATE INDEX action_logs_by_action ON action_logs (action, position);

-- One row: the last position given out. Whoever updates it holds every later writer back until
-- it commits, so positions have no gaps and follow the order of commits.
CREATE TABLE action_clock (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    position INTEGER NOT NULL
) STRICT;
INSERT INTO action_clock (id, position) VALUES (1, 0);

CREATE TABLE attempts (
    key TEXT NOT NULL PRIMARY KEY,
    count INTEGER NOT NULL,
    window_ends_at TEXT NOT NULL,
    blocked_until TEXT
) STRICT;
CREATE INDEX attempts_by_window_ends_at ON attempts (window_ends_at);
