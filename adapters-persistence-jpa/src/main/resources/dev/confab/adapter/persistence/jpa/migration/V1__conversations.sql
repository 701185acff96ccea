-- A conversation is the unit of consistency: every commit updates its one row, and nothing is written without that.

-- Numbers the lives of conversations: an id may be used again after a purge, and a head that an instance remembers from the
-- earlier life must not pass for one of the later.
CREATE SEQUENCE conversation_life;

CREATE TABLE conversation (
    id                       uuid PRIMARY KEY,
    life                     bigint NOT NULL DEFAULT nextval('conversation_life'),
    revision                 bigint NOT NULL CHECK (revision >= 1),
    owner_id                 text COLLATE "C" NOT NULL,
    title                    text,
    metadata                 jsonb NOT NULL,
    version                  bigint NOT NULL CHECK (version >= 1),
    message_count            integer NOT NULL CHECK (message_count >= 0),
    created_at               timestamptz(3) NOT NULL,
    updated_at               timestamptz(3) NOT NULL,
    deleted_at               timestamptz(3),
    forked_from_conversation uuid,
    forked_from_message      uuid,
    digest                   bytea NOT NULL CHECK (length(digest) = 32),
    -- The title's terms and the owner's mark, as message.terms.
    title_terms              text[] COLLATE "C" NOT NULL,
    -- The transaction that last wrote this row: what the change feed's poll asks for.
    changed_in               xid8 NOT NULL DEFAULT pg_current_xact_id()
);

CREATE INDEX conversation_by_update ON conversation (owner_id, updated_at DESC, id) WHERE deleted_at IS NULL;
CREATE INDEX conversation_by_creation ON conversation (owner_id, created_at DESC, id) WHERE deleted_at IS NULL;
CREATE INDEX conversation_by_deletion ON conversation (owner_id, deleted_at DESC, id) WHERE deleted_at IS NOT NULL;
CREATE INDEX conversation_bin ON conversation (deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX conversation_by_change ON conversation (changed_in);
CREATE INDEX conversation_by_title ON conversation USING gin (title_terms) WHERE title IS NOT NULL;

CREATE TABLE message (
    conversation_id uuid NOT NULL REFERENCES conversation ON DELETE CASCADE,
    position        integer NOT NULL CHECK (position >= 1),
    id              uuid NOT NULL,
    role            text NOT NULL CHECK (role IN ('USER', 'ASSISTANT', 'SYSTEM', 'TOOL')),
    text            text NOT NULL,
    data            text,
    metadata        jsonb NOT NULL,
    created_at      timestamptz(3) NOT NULL,
    edited_at       timestamptz(3),
    version         bigint NOT NULL CHECK (version >= 1),
    digest          bytea NOT NULL CHECK (length(digest) = 32),
    -- Message.weight(), so that an answer's size is known before its texts are read.
    weight          integer NOT NULL,
    -- The text's distinct terms, after the owner's mark ("O:" and the owner's id; a term has no upper case): one index finds
    -- the words of one owner.
    terms           text[] COLLATE "C" NOT NULL,
    PRIMARY KEY (conversation_id, position),
    CONSTRAINT message_id_in_conversation UNIQUE (conversation_id, id)
);

CREATE INDEX message_by_version ON message (conversation_id, version);
CREATE INDEX message_by_terms ON message USING gin (terms);
