-- How the owner keeps a conversation among the others.
ALTER TABLE conversation
    ADD COLUMN pinned   boolean NOT NULL DEFAULT false,
    ADD COLUMN archived boolean NOT NULL DEFAULT false,
    ADD COLUMN labels   text[] COLLATE "C" NOT NULL DEFAULT '{}';

-- A list shows archived conversations, or the others, or the first of each merged.
DROP INDEX conversation_by_update;
DROP INDEX conversation_by_creation;
CREATE INDEX conversation_by_update ON conversation (owner_id, archived, updated_at DESC, id) WHERE deleted_at IS NULL;
CREATE INDEX conversation_by_creation ON conversation (owner_id, archived, created_at DESC, id) WHERE deleted_at IS NULL;

-- An owner has few of these.
CREATE INDEX conversation_pinned ON conversation (owner_id, archived, updated_at DESC, id) WHERE deleted_at IS NULL AND pinned;
CREATE INDEX conversation_by_label ON conversation USING gin (labels) WHERE labels <> '{}';
CREATE INDEX conversation_by_metadata ON conversation USING gin (metadata jsonb_path_ops) WHERE metadata <> '{}';
