-- sqlite/0006_search_rows.sql keeps the indexed text beside its trigram index. Here the index leads to the row of
-- `users` at once, and there is nothing to do.
SELECT 1;
