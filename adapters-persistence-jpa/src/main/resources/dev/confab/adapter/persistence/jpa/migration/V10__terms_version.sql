-- The version of the tokenizer that made a row's terms. Rows of an earlier version are rewritten while the service runs.
ALTER TABLE message ADD COLUMN terms_version smallint NOT NULL DEFAULT 1;
ALTER TABLE conversation ADD COLUMN title_terms_version smallint NOT NULL DEFAULT 1;

-- What is still to be rewritten; empty most of the time. A later version of the tokenizer replaces both.
CREATE INDEX message_with_old_terms ON message (conversation_id, position) WHERE terms_version < 2;
CREATE INDEX conversation_with_old_terms ON conversation (id) WHERE title_terms_version < 2 AND title IS NOT NULL;

-- During a rolling upgrade, instances that do not know the version still write. Their new rows have the default; when they replace terms, these
-- triggers set it. They put the owner's mark before the terms; since then it is after them.
CREATE FUNCTION set_first_terms_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.terms_version := 1;
    RETURN NEW;
END
$$;

CREATE TRIGGER message_has_old_terms BEFORE UPDATE OF terms ON message FOR EACH ROW
WHEN (starts_with(NEW.terms[1], 'O:') AND cardinality(NEW.terms) > 1)
EXECUTE FUNCTION set_first_terms_version();

CREATE FUNCTION set_first_title_terms_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.title_terms_version := 1;
    RETURN NEW;
END
$$;

CREATE TRIGGER conversation_has_old_terms BEFORE UPDATE OF title_terms ON conversation FOR EACH ROW
WHEN (starts_with(NEW.title_terms[1], 'O:') AND cardinality(NEW.title_terms) > 1)
EXECUTE FUNCTION set_first_title_terms_version();
