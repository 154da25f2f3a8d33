-- The text that was indexed, beside its number: what the trigrams have found is looked through and put in order there,
-- and only what is wanted is read from `users`. postgres/0006_search_rows.sql has nothing to do: its index leads to the
-- row at once.

ALTER TABLE user_search_rows ADD COLUMN text TEXT NOT NULL DEFAULT '';
ALTER TABLE user_search_rows ADD COLUMN handle_key TEXT NOT NULL DEFAULT '';
UPDATE user_search_rows SET (text, handle_key) = (SELECT search_text, handle_key FROM users WHERE id = user_id);

DROP TRIGGER user_search_insert;
DROP TRIGGER user_search_update;

CREATE TRIGGER user_search_insert AFTER INSERT ON users
WHEN NEW.verified_at IS NOT NULL AND NEW.disabled_at IS NULL
BEGIN
    INSERT INTO user_search_rows (user_id, text, handle_key) VALUES (NEW.id, NEW.search_text, NEW.handle_key);
    INSERT INTO user_search (rowid, text)
        SELECT number, text FROM user_search_rows WHERE user_id = NEW.id;
END;

CREATE TRIGGER user_search_update AFTER UPDATE OF handle_key, search_name, verified_at, disabled_at ON users
WHEN OLD.search_text <> NEW.search_text
    OR (OLD.verified_at IS NOT NULL AND OLD.disabled_at IS NULL)
    <> (NEW.verified_at IS NOT NULL AND NEW.disabled_at IS NULL)
BEGIN
    DELETE FROM user_search WHERE rowid IN (SELECT number FROM user_search_rows WHERE user_id = OLD.id);
    DELETE FROM user_search_rows WHERE user_id = OLD.id;
    INSERT INTO user_search_rows (user_id, text, handle_key)
        SELECT NEW.id, NEW.search_text, NEW.handle_key
        WHERE NEW.verified_at IS NOT NULL AND NEW.disabled_at IS NULL;
    INSERT INTO user_search (rowid, text)
        SELECT number, text FROM user_search_rows WHERE user_id = NEW.id;
END;
