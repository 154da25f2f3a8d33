-- User search. postgres/0003_search.sql is the same schema, but for the trigram index: here a table of FTS5,
-- there an index of pg_trgm.

-- The display name as it is searched (domain::types::fold). For rows of earlier versions an approximation.
ALTER TABLE users ADD COLUMN search_name TEXT NOT NULL DEFAULT '';
UPDATE users SET search_name = lower(display_name);
ALTER TABLE users ADD COLUMN search_text TEXT NOT NULL
    GENERATED ALWAYS AS (' ' || handle_key || ' ' || char(10) || ' ' || search_name || ' ') VIRTUAL;

CREATE INDEX users_by_visible_handle_key ON users (handle_key)
    WHERE verified_at IS NOT NULL AND disabled_at IS NULL;
CREATE INDEX users_by_visible_search_name ON users (search_name, handle_key)
    WHERE verified_at IS NOT NULL AND disabled_at IS NULL;

-- The trigram index holds those who can be found, by a number of their own: rowids of `users` may change (VACUUM).
-- Triggers keep it: no statement can forget to.
CREATE TABLE user_search_rows (
    number INTEGER NOT NULL PRIMARY KEY,
    user_id BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX user_search_rows_user_id ON user_search_rows (user_id);
CREATE VIRTUAL TABLE user_search USING fts5 (
    text, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1'
);

CREATE TRIGGER user_search_insert AFTER INSERT ON users
WHEN NEW.verified_at IS NOT NULL AND NEW.disabled_at IS NULL
BEGIN
    INSERT INTO user_search_rows (user_id) VALUES (NEW.id);
    INSERT INTO user_search (rowid, text)
        SELECT number, NEW.search_text FROM user_search_rows WHERE user_id = NEW.id;
END;

CREATE TRIGGER user_search_update AFTER UPDATE OF handle_key, search_name, verified_at, disabled_at ON users
WHEN OLD.search_text <> NEW.search_text
    OR (OLD.verified_at IS NOT NULL AND OLD.disabled_at IS NULL)
    <> (NEW.verified_at IS NOT NULL AND NEW.disabled_at IS NULL)
BEGIN
    DELETE FROM user_search WHERE rowid IN (SELECT number FROM user_search_rows WHERE user_id = OLD.id);
    DELETE FROM user_search_rows WHERE user_id = OLD.id;
    INSERT INTO user_search_rows (user_id)
        SELECT NEW.id WHERE NEW.verified_at IS NOT NULL AND NEW.disabled_at IS NULL;
    INSERT INTO user_search (rowid, text)
        SELECT number, NEW.search_text FROM user_search_rows WHERE user_id = NEW.id;
END;

CREATE TRIGGER user_search_delete AFTER DELETE ON users
BEGIN
    DELETE FROM user_search WHERE rowid IN (SELECT number FROM user_search_rows WHERE user_id = OLD.id);
    DELETE FROM user_search_rows WHERE user_id = OLD.id;
END;

INSERT INTO user_search_rows (user_id)
    SELECT id FROM users WHERE verified_at IS NOT NULL AND disabled_at IS NULL ORDER BY created_at;
INSERT INTO user_search (rowid, text)
    SELECT r.number, u.search_text FROM user_search_rows r JOIN users u ON u.id = r.user_id;
