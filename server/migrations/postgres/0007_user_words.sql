-- Words of those who can be found, for spellings that are near: each from its start on, with what follows it, and
-- backwards from its end, with what comes before it. At most 34 characters, which is all that is compared, and a space.
-- sqlite/0007_user_words.sql is the same table.

CREATE TABLE user_words (
    backward boolean NOT NULL,
    text text COLLATE "C" NOT NULL,
    user_id uuid NOT NULL,
    PRIMARY KEY (backward, text, user_id)
);

CREATE FUNCTION words_of(handle_key text, search_name text) RETURNS TABLE (backward boolean, word text)
LANGUAGE sql IMMUTABLE AS $$
    SELECT false, handle_key || ' '
    UNION
    SELECT true, reverse(handle_key) || ' '
    UNION
    SELECT false, substr(search_name, n, 34) || ' ' FROM generate_series(1, length(search_name)) n
        WHERE n = 1 OR substr(search_name, n - 1, 1) = ' '
    UNION
    SELECT true, reverse(substr(search_name, n - 33, 34)) || ' ' FROM generate_series(1, length(search_name)) n
        WHERE n = length(search_name) OR substr(search_name, n + 1, 1) = ' '
$$;

CREATE FUNCTION add_user_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO user_words (backward, text, user_id)
        SELECT backward, word, NEW.id FROM words_of(NEW.handle_key, NEW.search_name) ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;

CREATE FUNCTION remove_user_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM user_words w USING words_of(OLD.handle_key, OLD.search_name) o
        WHERE w.backward = o.backward AND w.text = o.word AND w.user_id = OLD.id;
    RETURN NULL;
END
$$;

CREATE TRIGGER user_words_insert AFTER INSERT ON users FOR EACH ROW
WHEN (NEW.verified_at IS NOT NULL AND NEW.disabled_at IS NULL)
EXECUTE FUNCTION add_user_words();

-- Triggers of one event go off in the order of their names.
CREATE TRIGGER user_words_update_1 AFTER UPDATE OF handle_key, search_name, verified_at, disabled_at ON users FOR EACH ROW
WHEN (OLD.verified_at IS NOT NULL AND OLD.disabled_at IS NULL
    AND (OLD.handle_key, OLD.search_name, OLD.verified_at IS NULL, OLD.disabled_at IS NULL)
    IS DISTINCT FROM (NEW.handle_key, NEW.search_name, NEW.verified_at IS NULL, NEW.disabled_at IS NULL))
EXECUTE FUNCTION remove_user_words();

CREATE TRIGGER user_words_update_2 AFTER UPDATE OF handle_key, search_name, verified_at, disabled_at ON users FOR EACH ROW
WHEN (NEW.verified_at IS NOT NULL AND NEW.disabled_at IS NULL
    AND (OLD.handle_key, OLD.search_name, OLD.verified_at IS NULL, OLD.disabled_at IS NULL)
    IS DISTINCT FROM (NEW.handle_key, NEW.search_name, NEW.verified_at IS NULL, NEW.disabled_at IS NULL))
EXECUTE FUNCTION add_user_words();

CREATE TRIGGER user_words_delete AFTER DELETE ON users FOR EACH ROW
WHEN (OLD.verified_at IS NOT NULL AND OLD.disabled_at IS NULL)
EXECUTE FUNCTION remove_user_words();

INSERT INTO user_words (backward, text, user_id)
    SELECT w.backward, w.word, u.id FROM users u CROSS JOIN words_of(u.handle_key, u.search_name) w
    WHERE u.verified_at IS NOT NULL AND u.disabled_at IS NULL;
