-- User search. sqlite/0003_search.sql is the same schema, but for the trigram index: here an index of pg_trgm,
-- there a table of FTS5.

CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- Keys are compared by code point, as SQLite does: ranges find prefixes.
ALTER TABLE users ALTER COLUMN handle_key TYPE text COLLATE "C";

-- The display name as it is searched (domain::types::fold). For rows of earlier versions an approximation.
ALTER TABLE users ADD COLUMN search_name text COLLATE "C" NOT NULL DEFAULT '';
UPDATE users SET search_name = lower(display_name);
ALTER TABLE users ADD COLUMN search_text text COLLATE "C" NOT NULL
    GENERATED ALWAYS AS (' ' || handle_key || E' \n ' || search_name || ' ') STORED;

CREATE INDEX users_by_visible_handle_key ON users (handle_key)
    WHERE verified_at IS NOT NULL AND disabled_at IS NULL;
CREATE INDEX users_by_visible_search_name ON users (search_name, handle_key)
    WHERE verified_at IS NOT NULL AND disabled_at IS NULL;
-- Without a pending list, which every search would have to read through.
CREATE INDEX users_by_visible_trigrams ON users USING gin (search_text gin_trgm_ops) WITH (fastupdate = off)
    WHERE verified_at IS NOT NULL AND disabled_at IS NULL;
