-- A fork copies messages with their ids, and search asks which conversations hold a message. So the index has the message's id first; what asks
-- for a message of one conversation finds it there as well.
ALTER TABLE message
    DROP CONSTRAINT message_id_in_conversation,
    ADD CONSTRAINT message_id_in_conversation UNIQUE (id, conversation_id);
