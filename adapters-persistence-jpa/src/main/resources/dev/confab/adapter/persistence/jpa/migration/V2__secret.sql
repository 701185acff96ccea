-- Made once and at random, so that all instances over this database sign with the same and nobody has to configure it.
CREATE TABLE secret (
    purpose text PRIMARY KEY,
    value   bytea NOT NULL CHECK (length(value) = 32)
);

-- Two UUIDs of version 4: 244 bits from the server's strong random numbers.
INSERT INTO secret (purpose, value)
VALUES ('cursors', sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())));
