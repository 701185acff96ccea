-- Who wrote a message, where the role is not enough.
ALTER TABLE message ADD COLUMN author text;

-- When the content of a message was removed; its row stays, so that the positions of the others do. The condition holds off an older version
-- of the service that still runs and would edit it.
ALTER TABLE message ADD COLUMN removed_at timestamptz(3);
ALTER TABLE message ADD CONSTRAINT removed_message_is_empty
    CHECK (removed_at IS NULL OR (text = '' AND data IS NULL AND author IS NULL AND metadata = '{}')) NOT VALID;
ALTER TABLE message VALIDATE CONSTRAINT removed_message_is_empty;
