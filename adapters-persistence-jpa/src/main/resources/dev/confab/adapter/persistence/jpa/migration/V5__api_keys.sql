-- What clients show to prove who they are. The secret itself is not stored, only its SHA-256.
CREATE TABLE api_key (
    id           uuid PRIMARY KEY,
    owner_id     text COLLATE "C" NOT NULL,
    name         text NOT NULL,
    scopes       text[] NOT NULL,
    digest       bytea NOT NULL CHECK (length(digest) = 32),
    created_at   timestamptz(3) NOT NULL,
    expires_at   timestamptz(3),
    revoked_at   timestamptz(3),
    last_used_at timestamptz(3)
);

CREATE INDEX api_key_by_owner ON api_key (owner_id, id);
