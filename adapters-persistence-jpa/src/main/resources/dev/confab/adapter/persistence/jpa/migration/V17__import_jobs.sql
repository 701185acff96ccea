-- Files that other applications exported, and the jobs that import them.

-- A file that is uploaded. Without a job it is incomplete, and nobody can see it; left by a crashed instance, it is removed.
CREATE TABLE import_upload (
    id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    touched_at timestamptz(3) NOT NULL DEFAULT clock_timestamp()
);

-- Pieces of 1 MiB, the last one shorter.
CREATE TABLE import_piece (
    upload_id uuid NOT NULL REFERENCES import_upload ON DELETE CASCADE,
    number    integer NOT NULL CHECK (number >= 0),
    bytes     bytea NOT NULL CHECK (length(bytes) <= 1048576),
    PRIMARY KEY (upload_id, number)
);

-- Most exports are compressed already.
ALTER TABLE import_piece ALTER COLUMN bytes SET STORAGE EXTERNAL;

CREATE TABLE import_job (
    id               uuid PRIMARY KEY,
    owner_id         text COLLATE "C" NOT NULL,
    -- The number of the owner's last erasure when the upload began.
    fence            bigint NOT NULL,
    -- Absent once the job has ended.
    upload_id        uuid REFERENCES import_upload,
    file_name        text NOT NULL,
    format           text,
    zone             text,
    date_order       text,
    dry_run          boolean NOT NULL,
    size             bigint NOT NULL,
    digest           text NOT NULL,
    -- The limits of the owner; absent for none.
    max_bytes        bigint,
    max_conversations integer,
    created_at       timestamptz(3) NOT NULL,
    state            text NOT NULL CHECK (state IN ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
    cancel_requested boolean NOT NULL DEFAULT false,
    finished_at      timestamptz(3),
    failure          text,
    progress         text NOT NULL DEFAULT '',
    -- What the holder was about to do.
    plan             text NOT NULL DEFAULT '',
    -- How many parts the report has.
    parts            integer NOT NULL DEFAULT 0,
    -- The instance that runs it, until then.
    holder           uuid,
    held_until       timestamptz(3),
    CHECK ((finished_at IS NULL) = (state IN ('queued', 'running'))),
    CHECK ((holder IS NULL) = (held_until IS NULL))
);

CREATE INDEX import_job_by_owner ON import_job (owner_id, created_at DESC, id);
CREATE INDEX import_job_unfinished ON import_job (created_at, id) WHERE finished_at IS NULL;
CREATE INDEX import_job_finished ON import_job (finished_at) WHERE finished_at IS NOT NULL;
CREATE UNIQUE INDEX import_job_by_upload ON import_job (upload_id) WHERE upload_id IS NOT NULL;

CREATE TABLE import_report_part (
    job_id uuid NOT NULL REFERENCES import_job ON DELETE CASCADE,
    number integer NOT NULL,
    text   text NOT NULL,
    PRIMARY KEY (job_id, number)
);
