-- The terms of a message as what an index finds by words and by what words begin with; the index of an array finds whole words only. It has the
-- same entries as the index of the array had, and about its size.

-- Of more than a million bytes no tsvector can be made. A message with so many terms has one entry instead that no term is, '*', which every
-- search asks for: it looks through the terms of the row. The owner's mark is the last one, and was the first one in earlier versions.
CREATE FUNCTION words_of_long_message(terms text[]) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    IF octet_length(array_to_string(terms, '')) <= 1000000 THEN
        RETURN array_to_tsvector(terms);
    END IF;
    RETURN array_to_tsvector(ARRAY[terms[1], terms[cardinality(terms)], '*']);
END
$$;

-- A term has at most 100 UTF-16 characters, so 3,400 terms and the owner's mark are always short enough. Not strict, so that PostgreSQL can put
-- it in line.
CREATE FUNCTION message_words(terms text[]) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN cardinality(terms) <= 3400 THEN array_to_tsvector(terms) ELSE words_of_long_message(terms) END;

CREATE INDEX message_by_words ON message USING gin (message_words(terms));
-- Shorter than usual, as each search goes through it.
ALTER INDEX message_by_words SET (gin_pending_list_limit = 1024);
DROP INDEX message_by_terms;

-- By the owner's mark: what many messages have is found sooner among the newest than by their words.
CREATE INDEX message_by_owner ON message ((terms[cardinality(terms)]), created_at DESC);

-- The indexes are of expressions, which have no statistics until then.
ANALYZE message;
