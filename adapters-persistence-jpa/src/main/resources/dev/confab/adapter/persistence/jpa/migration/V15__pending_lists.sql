-- PostgreSQL adds new entries of a GIN index to a list first, and each search goes through all of it: up to 4 MB by default, some 500 pages,
-- which takes longer than the rest of the page of a list. A shorter one is merged into the index more often, in smaller pieces.
ALTER INDEX conversation_by_label SET (gin_pending_list_limit = 128);
ALTER INDEX conversation_by_metadata SET (gin_pending_list_limit = 128);
ALTER INDEX conversation_by_title SET (gin_pending_list_limit = 128);
