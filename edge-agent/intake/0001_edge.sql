-- The few tables of the agent beyond the spool. Times are Unix milliseconds, hashes are raw bytes.
CREATE TABLE import (
    id          TEXT PRIMARY KEY,           -- 32 hexadecimal digits, made once, travels with every row
    name        TEXT NOT NULL,              -- of the file in the drop folder
    file_hash   BLOB NOT NULL,
    size_bytes  INTEGER NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('reading', 'imported', 'archived', 'refused', 'abandoned')),
    dataset     TEXT NOT NULL,
    encoding    TEXT NOT NULL,
    position    INTEGER NOT NULL,           -- last row that is durable; advances with the rows in one transaction
    rows        INTEGER NOT NULL,           -- data rows: accepted + rejected
    accepted    INTEGER NOT NULL,
    rejected    INTEGER NOT NULL,
    warned      INTEGER NOT NULL,
    skipped     INTEGER NOT NULL,           -- totals rows and repeated headers
    listed      INTEGER NOT NULL,           -- lines of the report
    header_changed INTEGER NOT NULL,        -- row in which another header began; 0: none
    sum_fen     INTEGER NOT NULL,
    started_ms  INTEGER NOT NULL,
    finished_ms INTEGER NOT NULL,
    archive     TEXT NOT NULL,              -- where the file goes, relative to the drop folder
    note_zh     TEXT NOT NULL,
    note_en     TEXT NOT NULL,
    hub_ms      INTEGER NOT NULL DEFAULT 0, -- the hub's receipt for the file; 0: not yet
    hub_merged  INTEGER NOT NULL DEFAULT 0,
    hub_duplicate INTEGER NOT NULL DEFAULT 0,
    hub_quarantined INTEGER NOT NULL DEFAULT 0,
    hub_sum_fen INTEGER NOT NULL DEFAULT 0,
    hub_equal   INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX import_by_hash ON import (file_hash);
CREATE INDEX import_by_time ON import (started_ms);

-- What the officer reads in the report beside the file: one line per problem.
CREATE TABLE import_problem (
    import_id TEXT NOT NULL REFERENCES import (id),
    line      INTEGER NOT NULL,             -- of the report, from 1
    row       INTEGER NOT NULL,
    col       INTEGER NOT NULL,
    is_error  INTEGER NOT NULL,
    header    TEXT NOT NULL,
    value     TEXT NOT NULL,
    code      TEXT NOT NULL,
    zh        TEXT NOT NULL,
    en        TEXT NOT NULL,
    PRIMARY KEY (import_id, line)
) WITHOUT ROWID;

-- The hub's refusals of rows that this agent had accepted.
CREATE TABLE nack (
    id          INTEGER PRIMARY KEY,
    import_id   TEXT NOT NULL,
    dataset     TEXT NOT NULL,
    code        TEXT NOT NULL,
    sentence_zh TEXT NOT NULL,
    sentence_en TEXT NOT NULL,
    rows        TEXT NOT NULL,              -- row numbers, comma separated; empty: the whole batch
    received_ms INTEGER NOT NULL
);
CREATE INDEX nack_by_import ON nack (import_id);

CREATE TABLE document (
    id          TEXT PRIMARY KEY,
    type        TEXT NOT NULL,
    title_zh    TEXT NOT NULL,
    title_en    TEXT NOT NULL,
    body_zh     TEXT NOT NULL,
    body_en     TEXT NOT NULL,
    colour      TEXT NOT NULL,
    due         INTEGER NOT NULL,           -- YYYYMMDD
    created_ms  INTEGER NOT NULL,           -- at the hub
    facts_json  TEXT NOT NULL,
    received_ms INTEGER NOT NULL,
    read_ms     INTEGER NOT NULL DEFAULT 0,
    signed_ms   INTEGER NOT NULL DEFAULT 0,
    signed_by   TEXT NOT NULL DEFAULT '',
    answered_ms INTEGER NOT NULL DEFAULT 0,
    answered_by TEXT NOT NULL DEFAULT '',
    answers_json TEXT NOT NULL DEFAULT '',
    withdrawn_ms INTEGER NOT NULL DEFAULT 0,
    withdrawn_zh TEXT NOT NULL DEFAULT '',
    withdrawn_en TEXT NOT NULL DEFAULT ''
);
CREATE INDEX document_by_due ON document (due);

-- What came from the hub and could not be understood: kept and counted, never dropped.
CREATE TABLE unreadable (
    id          INTEGER PRIMARY KEY,
    kind        INTEGER NOT NULL,
    body        BLOB NOT NULL,
    reason      TEXT NOT NULL,
    received_ms INTEGER NOT NULL
);
