-- The hub's own tables. Records stand in rec_<dataset>, made from the catalog (common/model/ddl.h).

CREATE TABLE site (
    id TEXT PRIMARY KEY,
    unit_code TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    version TEXT NOT NULL DEFAULT '',       -- of the program, by its heartbeat
    waiting_rows INTEGER NOT NULL DEFAULT 0,
    files_waiting INTEGER NOT NULL DEFAULT 0,
    rejected_rows INTEGER NOT NULL DEFAULT 0,
    disk_free INTEGER NOT NULL DEFAULT 0,
    heartbeat_ms INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

CREATE TABLE batch (
    id INTEGER PRIMARY KEY,                 -- the hub's order of merging: valid_from and valid_to count in it
    site TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    created_ms INTEGER NOT NULL,
    received_ms INTEGER NOT NULL,
    catalog BLOB NOT NULL,
    rows INTEGER NOT NULL DEFAULT 0,
    UNIQUE (site, epoch, seq)
);

-- Row counts of each import of each site: the hub's side of the ledger.
CREATE TABLE tally (
    site TEXT NOT NULL,
    import_id TEXT NOT NULL,
    dataset TEXT NOT NULL,
    merged INTEGER NOT NULL DEFAULT 0,      -- new rows and new versions, and tombstones
    duplicate INTEGER NOT NULL DEFAULT 0,
    quarantined INTEGER NOT NULL DEFAULT 0,
    conflict INTEGER NOT NULL DEFAULT 0,    -- of merged: another site had supplied the version before
    sum_fen INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (site, import_id, dataset)
) WITHOUT ROWID;

-- What the sites said at the end of each file: the other side.
CREATE TABLE file_end (
    site TEXT NOT NULL,
    import_id TEXT NOT NULL,
    dataset TEXT NOT NULL,
    file_name TEXT NOT NULL,
    file_hash BLOB NOT NULL,
    rows INTEGER NOT NULL,
    accepted INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    sum_fen INTEGER NOT NULL,
    imported_ms INTEGER NOT NULL,
    is_equal INTEGER NOT NULL,
    PRIMARY KEY (site, import_id)
) WITHOUT ROWID;

CREATE TABLE quarantine (
    id INTEGER PRIMARY KEY,
    site TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    import_id TEXT NOT NULL,
    dataset TEXT NOT NULL,
    code TEXT NOT NULL,
    reason_zh TEXT NOT NULL,
    reason_en TEXT NOT NULL,
    rows INTEGER NOT NULL,                  -- records inside
    kind INTEGER NOT NULL,                  -- of the item, wire/message.h
    body BLOB NOT NULL,                     -- the item, or the rows of it that were refused
    received_ms INTEGER NOT NULL,
    replayed_ms INTEGER
);

CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    id18 TEXT NOT NULL,
    name TEXT NOT NULL,                     -- as first written
    name_key TEXT NOT NULL                  -- normalised
);
CREATE INDEX person_id18 ON person(id18);

-- Persons whose rows changed since the analysis last looked. `taken` are being looked at now.
CREATE TABLE dirty (person INTEGER PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE dirty_taken (person INTEGER PRIMARY KEY) WITHOUT ROWID;

CREATE TABLE freshness (dataset TEXT PRIMARY KEY, at_ms INTEGER NOT NULL) WITHOUT ROWID;

CREATE TABLE finding (
    id INTEGER PRIMARY KEY,
    rule TEXT NOT NULL,
    rule_version INTEGER NOT NULL,
    rule_hash BLOB NOT NULL,
    subject INTEGER NOT NULL REFERENCES person(id),
    episode TEXT NOT NULL,
    life TEXT NOT NULL CHECK (life IN ('new', 'continuing', 'ended', 'superseded', 'withdrawn')),
    decision TEXT NOT NULL CHECK (decision IN ('to_verify', 'site_answered', 'confirmed', 'refuted', 'unclear')),
    status TEXT NOT NULL CHECK (status IN ('live', 'observe')),
    level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 5),
    points INTEGER NOT NULL,
    tier INTEGER NOT NULL CHECK (tier IN (1, 2)),
    amount_fen INTEGER NOT NULL,
    site TEXT NOT NULL,
    result BLOB NOT NULL,
    say_zh TEXT NOT NULL,
    say_en TEXT NOT NULL,
    today INTEGER NOT NULL,
    first_ms INTEGER NOT NULL,
    last_ms INTEGER NOT NULL,
    UNIQUE (rule, subject, episode)
);
CREATE INDEX finding_list ON finding(level DESC, points DESC, id);

CREATE TABLE evidence (
    finding INTEGER NOT NULL REFERENCES finding(id),
    source INTEGER NOT NULL,
    role TEXT NOT NULL,
    dataset TEXT NOT NULL,
    rid INTEGER NOT NULL,
    version INTEGER NOT NULL,
    row_hash BLOB NOT NULL,
    PRIMARY KEY (finding, source, rid)
) WITHOUT ROWID;

CREATE TABLE finding_event (
    id INTEGER PRIMARY KEY,
    finding INTEGER NOT NULL REFERENCES finding(id),
    at_ms INTEGER NOT NULL,
    kind TEXT NOT NULL,
    by TEXT NOT NULL,
    note TEXT NOT NULL
);
CREATE INDEX finding_event_finding ON finding_event(finding);

-- A finding in hand: the prompt that asks about it and what came back, each step with its time on the hub.
CREATE TABLE matter (
    id INTEGER PRIMARY KEY,
    document_id TEXT NOT NULL UNIQUE,
    finding INTEGER NOT NULL REFERENCES finding(id),
    type TEXT NOT NULL,
    site TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('sent', 'delivered', 'read', 'signed', 'answered', 'withdrawn')),
    title_zh TEXT NOT NULL,
    title_en TEXT NOT NULL,
    due INTEGER NOT NULL,
    sent_ms INTEGER NOT NULL,
    delivered_ms INTEGER,
    read_ms INTEGER,
    signed_ms INTEGER,
    signed_by TEXT NOT NULL DEFAULT '',
    answered_ms INTEGER,
    answered_by TEXT NOT NULL DEFAULT '',
    withdrawn_ms INTEGER
);
CREATE INDEX matter_finding ON matter(finding);

CREATE TABLE matter_answer (
    matter INTEGER NOT NULL REFERENCES matter(id),
    position INTEGER NOT NULL,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (matter, position)
) WITHOUT ROWID;

CREATE TABLE coverage (
    rule TEXT PRIMARY KEY,
    zh TEXT NOT NULL,
    en TEXT NOT NULL,
    version INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('computable', 'not_computable', 'observe')),
    reason_zh TEXT NOT NULL,
    reason_en TEXT NOT NULL,
    flagged INTEGER NOT NULL,
    clear INTEGER NOT NULL,
    evaluated_ms INTEGER NOT NULL,
    took_us INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE user (
    name TEXT PRIMARY KEY,
    password TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('collector', 'analyst', 'case_office', 'approver', 'supervision_office',
        'system_admin', 'security_admin', 'audit_admin'))
) WITHOUT ROWID;

CREATE TABLE note (key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
