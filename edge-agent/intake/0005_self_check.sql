-- What the unit checks of its own rows before anybody else does (rules marked `edge`). The rows themselves stand in rec_<dataset>, made from the
-- declarations (model/ddl.h): the current one of each key. Nothing here is a finding.
CREATE TABLE own_import (
    number    INTEGER PRIMARY KEY,          -- batch_id of the rows
    import_id TEXT NOT NULL UNIQUE
);
CREATE TABLE own_dataset (
    dataset   TEXT PRIMARY KEY,
    changes   INTEGER NOT NULL,             -- grows with every chunk
    rows      INTEGER NOT NULL,
    left_out  INTEGER NOT NULL              -- rows for which there was no room: its rules say so
) WITHOUT ROWID;
CREATE TABLE self_rule (                    -- the last run of each rule
    rule      TEXT PRIMARY KEY,
    rule_hash BLOB NOT NULL,                -- of the declaration that ran
    version   INTEGER NOT NULL,
    zh        TEXT NOT NULL,
    en        TEXT NOT NULL,
    check_zh  TEXT NOT NULL,                -- what a person looks at
    check_en  TEXT NOT NULL,
    day       INTEGER NOT NULL,             -- YYYYMMDD: the `today` of the run
    changes   INTEGER NOT NULL,             -- of its datasets, when it ran
    rows      INTEGER NOT NULL,             -- of its datasets
    hits      INTEGER NOT NULL,
    why       TEXT NOT NULL,                -- empty: computed; else 'rows', 'room', 'budget', 'failed'
    at_ms     INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE self_hit (
    id        INTEGER PRIMARY KEY,
    rule      TEXT NOT NULL,
    subject   TEXT NOT NULL,                -- what the thing is called, else its key; empty: a person
    episode   TEXT NOT NULL,
    level     INTEGER NOT NULL,
    say_zh    TEXT NOT NULL,
    say_en    TEXT NOT NULL
);
CREATE INDEX self_hit_by_rule ON self_hit (rule, level);
CREATE TABLE self_hit_row (
    hit       INTEGER NOT NULL REFERENCES self_hit (id) ON DELETE CASCADE,
    line      INTEGER NOT NULL,
    import_id TEXT NOT NULL,                -- the file it came in
    row       INTEGER NOT NULL,             -- as in import_problem: sheet × 10,000,000 + row
    shown_zh  TEXT NOT NULL,                -- "栏目：内容；…", without secret fields
    shown_en  TEXT NOT NULL,
    PRIMARY KEY (hit, line)
) WITHOUT ROWID;
