-- Words of those who can be found, for spellings that are near: each from its start on, with what follows it, and
-- backwards from its end, with what comes before it. At most 34 characters, which is all that is compared, and a space.
-- postgres/0007_user_words.sql is the same table.

CREATE TABLE user_words (
    backward INTEGER NOT NULL,
    text TEXT NOT NULL,
    user_id BLOB NOT NULL,
    PRIMARY KEY (backward, text, user_id)
) STRICT, WITHOUT ROWID;

-- Where a word may start or end: a name is not longer (domain::types::fold may make eighteen characters of one).
CREATE TABLE user_search_positions (n INTEGER NOT NULL PRIMARY KEY) STRICT;
INSERT INTO user_search_positions (n)
    WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < 1000) SELECT n FROM counted;

CREATE VIEW user_search_words AS
    SELECT id AS user_id, 0 AS backward, handle_key || ' ' AS text FROM users
        WHERE verified_at IS NOT NULL AND disabled_at IS NULL
    UNION ALL
    SELECT id, 0, substr(search_name, p.n, 34) || ' ' FROM users
        CROSS JOIN user_search_positions p ON p.n <= length(search_name)
        WHERE verified_at IS NOT NULL AND disabled_at IS NULL
        AND (p.n = 1 OR substr(search_name, p.n - 1, 1) = ' ')
    UNION ALL
    SELECT id, 1, (
            SELECT group_concat(substr(handle_key, q.n, 1), '' ORDER BY q.n DESC) FROM user_search_positions q
            WHERE q.n <= length(handle_key)
        ) || ' ' FROM users
        WHERE verified_at IS NOT NULL AND disabled_at IS NULL
    UNION ALL
    SELECT id, 1, (
            SELECT group_concat(substr(search_name, q.n, 1), '' ORDER BY q.n DESC) FROM user_search_positions q
            WHERE q.n BETWEEN p.n - 33 AND p.n
        ) || ' ' FROM users
        CROSS JOIN user_search_positions p ON p.n <= length(search_name)
        WHERE verified_at IS NOT NULL AND disabled_at IS NULL
        AND (p.n = length(search_name) OR substr(search_name, p.n + 1, 1) = ' ');

-- The view shows what was before a change, and what is after it.
CREATE TRIGGER user_words_insert AFTER INSERT ON users
WHEN NEW.verified_at IS NOT NULL AND NEW.disabled_at IS NULL
BEGIN
    INSERT INTO user_words (backward, text, user_id)
        SELECT backward, text, user_id FROM user_search_words WHERE user_id = NEW.id ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER user_words_before_update
BEFORE UPDATE OF handle_key, search_name, verified_at, disabled_at ON users
WHEN (OLD.handle_key, OLD.search_name, OLD.verified_at IS NULL, OLD.disabled_at IS NULL)
    IS NOT (NEW.handle_key, NEW.search_name, NEW.verified_at IS NULL, NEW.disabled_at IS NULL)
BEGIN
    DELETE FROM user_words WHERE (backward, text, user_id) IN (
        SELECT backward, text, user_id FROM user_search_words WHERE user_id = OLD.id
    );
END;

CREATE TRIGGER user_words_after_update
AFTER UPDATE OF handle_key, search_name, verified_at, disabled_at ON users
WHEN (OLD.handle_key, OLD.search_name, OLD.verified_at IS NULL, OLD.disabled_at IS NULL)
    IS NOT (NEW.handle_key, NEW.search_name, NEW.verified_at IS NULL, NEW.disabled_at IS NULL)
BEGIN
    INSERT INTO user_words (backward, text, user_id)
        SELECT backward, text, user_id FROM user_search_words WHERE user_id = NEW.id ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER user_words_before_delete BEFORE DELETE ON users
WHEN OLD.verified_at IS NOT NULL AND OLD.disabled_at IS NULL
BEGIN
    DELETE FROM user_words WHERE (backward, text, user_id) IN (
        SELECT backward, text, user_id FROM user_search_words WHERE user_id = OLD.id
    );
END;

INSERT INTO user_words (backward, text, user_id)
    SELECT backward, text, user_id FROM user_search_words WHERE TRUE ORDER BY 1, 2, 3 ON CONFLICT DO NOTHING;
