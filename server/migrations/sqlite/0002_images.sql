-- Stored pictures. Every object in the storage has a row, made before the object and deleted after it.
-- postgres/0002_images.sql is the same schema.

CREATE TABLE images (
    key TEXT NOT NULL PRIMARY KEY,
    -- Uploads that have announced the picture and not yet set or given it up.
    uploads INTEGER NOT NULL,
    touched_at TEXT NOT NULL,
    -- Set while the object is being deleted: it must not be announced again until it is gone.
    deleting_at TEXT
) STRICT;
CREATE INDEX users_by_profile_image ON users (profile_image) WHERE profile_image IS NOT NULL;
CREATE INDEX users_by_banner_image ON users (banner_image) WHERE banner_image IS NOT NULL;
