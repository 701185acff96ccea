-- A turn may wait until the turns before it have ended. Its messages are appended when it begins.
ALTER TABLE turn
    -- Since when it waited; absent when it began at once.
    ADD COLUMN queued_at timestamptz(3),
    -- The messages of a turn that waits: JSON, as text, because what is in it is kept to the character.
    ADD COLUMN input     text,
    DROP CONSTRAINT turn_state_check,
    ADD CONSTRAINT turn_state_check
        CHECK (state IN ('queued', 'running', 'awaiting-approval', 'completed', 'cancelled', 'failed')),
    ADD CONSTRAINT turn_input_check
        CHECK ((state = 'queued') = (input IS NOT NULL) AND (state <> 'queued' OR queued_at IS NOT NULL));

-- Of the unfinished turns of a conversation, one runs or awaits an approval; others wait for it.
DROP INDEX turn_unfinished;
CREATE UNIQUE INDEX turn_unfinished ON turn (conversation_id) WHERE finished_at IS NULL AND state <> 'queued';
