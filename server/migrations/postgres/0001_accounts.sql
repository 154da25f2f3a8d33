-- Accounts, sessions, one-time tokens, the mail queue and the action log.
-- sqlite/0001_accounts.sql is the same schema; a test compares the two.
-- A unique index is called <table>_<columns>: the server reads that name back when it is violated.

CREATE TABLE users (
    id uuid NOT NULL PRIMARY KEY,
    handle text NOT NULL,
    handle_key text NOT NULL,
    display_name text NOT NULL,
    email text NOT NULL,
    email_key text NOT NULL,
    verified_at timestamptz,
    password_hash text,
    bio text,
    profile_image text,
    banner_image text,
    disabled_at timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX users_handle_key ON users (handle_key);
CREATE UNIQUE INDEX users_email_key ON users (email_key) WHERE verified_at IS NOT NULL;
CREATE INDEX users_by_email_key ON users (email_key);
CREATE INDEX users_unverified ON users (created_at) WHERE verified_at IS NULL;

-- idle_expires_at is never later than expires_at: it alone says whether a session is over.
CREATE TABLE sessions (
    id uuid NOT NULL PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    token_hash bytea NOT NULL,
    persistent boolean NOT NULL,
    address text NOT NULL,
    user_agent text NOT NULL,
    created_at timestamptz NOT NULL,
    last_used_at timestamptz NOT NULL,
    authenticated_at timestamptz NOT NULL,
    idle_expires_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    CHECK (idle_expires_at <= expires_at)
);
CREATE UNIQUE INDEX sessions_token_hash ON sessions (token_hash);
CREATE INDEX sessions_by_user_id ON sessions (user_id);
CREATE INDEX sessions_by_idle_expires_at ON sessions (idle_expires_at);

CREATE TABLE tokens (
    hash bytea NOT NULL PRIMARY KEY,
    purpose text NOT NULL,
    user_id uuid REFERENCES users (id) ON DELETE CASCADE,
    session_id uuid REFERENCES sessions (id) ON DELETE CASCADE,
    email text,
    data text,
    binding bytea,
    attempts bigint NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX tokens_by_user_id_purpose ON tokens (user_id, purpose);
CREATE INDEX tokens_by_session_id ON tokens (session_id);
CREATE INDEX tokens_by_expires_at ON tokens (expires_at);

CREATE TABLE mails (
    id uuid NOT NULL PRIMARY KEY,
    message_id text NOT NULL,
    user_id uuid,
    kind text NOT NULL,
    key_id text NOT NULL,
    payload bytea NOT NULL,
    status text NOT NULL CHECK (status IN ('queued', 'sent', 'parked')),
    attempts bigint NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL,
    claimed_until timestamptz,
    expires_at timestamptz,
    last_error text,
    created_at timestamptz NOT NULL,
    sent_at timestamptz
);
CREATE UNIQUE INDEX mails_message_id ON mails (message_id);
CREATE INDEX mails_queued ON mails (next_attempt_at) WHERE status = 'queued';
CREATE INDEX mails_by_status_created_at ON mails (status, created_at);

CREATE TABLE action_logs (
    position bigint NOT NULL PRIMARY KEY,
    id uuid NOT NULL,
    action text NOT NULL,
    actor_id uuid,
    resource_type text NOT NULL,
    resource_id uuid,
    public boolean NOT NULL,
    data text NOT NULL,
    private_data text,
    request_id text NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX action_logs_id ON action_logs (id);
CREATE INDEX action_logs_by_public ON action_logs (public, position);
CREATE INDEX action_logs_by_actor_id ON action_logs (actor_id, position);
CREATE INDEX action_logs_by_resource_id ON action_logs (resource_id, position);
CREATE INDEX action_logs_by_action ON action_logs (action, position);

-- One row: the last position given out. Whoever updates it holds every later writer back until
-- it commits, so positions have no gaps and follow the order of commits.
CREATE TABLE action_clock (
    id bigint NOT NULL PRIMARY KEY CHECK (id = 1),
    position bigint NOT NULL
);
INSERT INTO action_clock (id, position) VALUES (1, 0);

CREATE TABLE attempts (
    key text NOT NULL PRIMARY KEY,
    count bigint NOT NULL,
    window_ends_at timestamptz NOT NULL,
    blocked_until timestamptz
);
CREATE INDEX attempts_by_window_ends_at ON attempts (window_ends_at);
