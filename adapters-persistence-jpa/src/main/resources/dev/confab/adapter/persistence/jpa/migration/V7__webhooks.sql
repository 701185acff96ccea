-- Where owners want to be told of changes. The secret signs what is sent, so it must be readable.
CREATE TABLE webhook (
    id              uuid PRIMARY KEY,
    owner_id        text COLLATE "C" NOT NULL,
    url             text NOT NULL,
    events          text[] NOT NULL,
    secret          text NOT NULL,
    created_at      timestamptz(3) NOT NULL,
    -- Absent while the webhook is enabled.
    disabled_reason text,
    -- Since when it is enabled or disabled.
    state_since     timestamptz(3) NOT NULL,
    failed_at       timestamptz(3),
    failed_event    text,
    failure         text,
    -- The instance that delivers it, until then.
    holder          uuid,
    held_until      timestamptz(3),
    CHECK ((failed_at IS NULL) = (failed_event IS NULL) AND (failed_at IS NULL) = (failure IS NULL)),
    CHECK ((holder IS NULL) = (held_until IS NULL))
);

CREATE INDEX webhook_by_owner ON webhook (owner_id, id);

-- Up to where a webhook has been told of a conversation. No reference to the conversation: its row says that there is a purge to tell.
CREATE TABLE webhook_cursor (
    webhook_id      uuid NOT NULL REFERENCES webhook ON DELETE CASCADE,
    conversation_id uuid NOT NULL,
    version         bigint NOT NULL CHECK (version >= 0),
    turn_id         uuid,
    turn_step       integer,
    failing_since   timestamptz(3),
    PRIMARY KEY (webhook_id, conversation_id),
    CHECK ((turn_id IS NULL) = (turn_step IS NULL))
);
