-- An erasure of an owner refuses, in every instance, the creations of that owner that began before it.

-- Of an erased owner no name is kept, only a digest that nobody can compute without this secret.
INSERT INTO secret (purpose, value)
VALUES ('owners', sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())));

CREATE SEQUENCE erasure_number;

-- A row stays for a week: no request that began before the erasure is under way any longer.
CREATE TABLE erased_owner (
    digest    bytea PRIMARY KEY CHECK (length(digest) = 32),
    number    bigint NOT NULL,
    erased_at timestamptz(3) NOT NULL
);

CREATE INDEX erased_owner_by_time ON erased_owner (erased_at);

CREATE FUNCTION owner_digest(owner text) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(value || sha256(value || convert_to(owner, 'UTF8'))) FROM secret WHERE purpose = 'owners'
$$;

-- The second key of the owner's advisory lock; the first, 1668247141, tells these locks from all others. Two owners may share one.
CREATE FUNCTION owner_lock(digest bytea) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT ('x' || substr(encode(digest, 'hex'), 1, 8))::bit(32)::integer
$$;

-- Returns the owner, unless the owner was erased after the erasure with the number that the request knows. The lock is held until the
-- creation is committed. Each statement of a volatile function has a snapshot of its own, so the second one sees what was committed before
-- the first one had the lock.
CREATE FUNCTION owner_unless_erased(owner text, known bigint) RETURNS text LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    of_owner bytea := owner_digest(owner);
BEGIN
    PERFORM pg_advisory_xact_lock_shared(1668247141, owner_lock(of_owner));
    IF EXISTS (SELECT FROM erased_owner WHERE digest = of_owner AND number > known) THEN
        RAISE EXCEPTION 'the owner was erased after the request had begun' USING ERRCODE = 'CF001';
    END IF;
    RETURN owner;
END
$$;

-- Refuses what began before, and waits until what was admitted before is committed or undone. Returns the last life of a conversation that
-- had begun by then.
CREATE FUNCTION fence_owner(owner text) RETURNS bigint LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    of_owner bytea := owner_digest(owner);
BEGIN
    PERFORM pg_advisory_xact_lock(1668247141, owner_lock(of_owner));
    INSERT INTO erased_owner (digest, number, erased_at)
    VALUES (of_owner, nextval('erasure_number'), clock_timestamp())
    ON CONFLICT (digest) DO UPDATE SET number = excluded.number, erased_at = excluded.erased_at;
    RETURN (SELECT last_value FROM conversation_life);
END
$$;
