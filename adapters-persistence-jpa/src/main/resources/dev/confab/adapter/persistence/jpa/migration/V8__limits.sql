-- The sum of the weights of the conversation's messages, so that what an owner has stored is known without reading them.
ALTER TABLE conversation ADD COLUMN weight bigint NOT NULL DEFAULT 0;

UPDATE conversation SET weight = counted.weight
FROM (SELECT conversation_id, sum(weight) AS weight FROM message GROUP BY conversation_id) AS counted
WHERE id = counted.conversation_id;

-- Limits of a key; absent where those of the service are in force.
ALTER TABLE api_key
    ADD COLUMN requests_per_second integer,
    ADD COLUMN burst               integer,
    ADD COLUMN event_streams       integer,
    ADD COLUMN running_turns       integer,
    ADD COLUMN stored_bytes        bigint,
    ADD COLUMN conversations       integer,
    ADD CHECK ((requests_per_second IS NULL) = (burst IS NULL));
