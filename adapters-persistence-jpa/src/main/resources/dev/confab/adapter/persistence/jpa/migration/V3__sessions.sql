-- When a conversation goes with the temporary session that it began with.
ALTER TABLE conversation ADD COLUMN expires_at timestamptz(3);

CREATE INDEX conversation_by_expiry ON conversation (expires_at) WHERE expires_at IS NOT NULL;

-- Sessions and turns are written only by the statement that updates their conversation's row, as messages are.

CREATE TABLE session (
    conversation_id uuid NOT NULL REFERENCES conversation ON DELETE CASCADE,
    id              uuid NOT NULL,
    -- Grows in the order in which the conversation's sessions began.
    ordinal         bigint NOT NULL,
    owner_id        text COLLATE "C" NOT NULL,
    name            text,
    -- Absent when the session is permanent.
    expires_at      timestamptz(3),
    instructions    text,
    model           text,
    -- Text and no jsonb: it is kept to the character.
    context         text NOT NULL,
    version         bigint NOT NULL CHECK (version >= 1),
    created_at      timestamptz(3) NOT NULL,
    updated_at      timestamptz(3) NOT NULL,
    activated_at    timestamptz(3) NOT NULL,
    digest          bytea NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (conversation_id, id)
);

CREATE INDEX session_by_id ON session (owner_id, id);
CREATE INDEX session_by_creation ON session (owner_id, created_at DESC, id, conversation_id);
CREATE INDEX session_by_activation ON session (owner_id, activated_at DESC, id DESC, conversation_id DESC);
CREATE INDEX session_by_expiry ON session (expires_at) WHERE expires_at IS NOT NULL;

CREATE TABLE turn (
    conversation_id   uuid NOT NULL REFERENCES conversation ON DELETE CASCADE,
    id                uuid NOT NULL,
    -- Grows in the order in which the conversation's turns began.
    ordinal           bigint NOT NULL,
    -- Of a session that may be over: its turns stay.
    session_id        uuid NOT NULL,
    prompt_message_id uuid NOT NULL,
    reply_message_id  uuid,
    state             text NOT NULL
        CHECK (state IN ('running', 'awaiting-approval', 'completed', 'cancelled', 'failed')),
    lease_until       timestamptz(3),
    said              text,
    failure_code      text,
    failure_detail    text,
    step              integer NOT NULL CHECK (step >= 1),
    started_at        timestamptz(3) NOT NULL,
    finished_at       timestamptz(3),
    -- JSON, as text: what is in it is kept to the character.
    rounds            text NOT NULL,
    prompt_tokens     bigint CHECK (prompt_tokens >= 0),
    completion_tokens bigint CHECK (completion_tokens >= 0),
    digest            bytea NOT NULL CHECK (length(digest) = 32),
    PRIMARY KEY (conversation_id, id),
    CHECK ((state = 'running') = (lease_until IS NOT NULL) AND (state = 'running') = (said IS NOT NULL)),
    CHECK ((state = 'failed') = (failure_code IS NOT NULL) AND (state = 'failed') = (failure_detail IS NOT NULL)),
    CHECK ((state IN ('completed', 'cancelled', 'failed')) = (finished_at IS NOT NULL)),
    CHECK ((prompt_tokens IS NULL) = (completion_tokens IS NULL))
);

-- The application sees to it; this is what would catch its error.
CREATE UNIQUE INDEX turn_unfinished ON turn (conversation_id) WHERE finished_at IS NULL;
CREATE INDEX turn_by_id ON turn (id);
CREATE INDEX turn_by_lease ON turn (lease_until) WHERE lease_until IS NOT NULL;
