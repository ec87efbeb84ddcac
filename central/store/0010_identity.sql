-- Who is who beyond an equal number (analysis.md 1). A person never loses its id: merged by somebody's decision it stands for the
-- person that is kept, and comes back when the decision is undone.
ALTER TABLE person ADD COLUMN birth INTEGER NOT NULL DEFAULT 0;   -- YYYYMMDD; 0: unknown. Without a number `id18` is empty
ALTER TABLE person ADD COLUMN merged_into INTEGER;                -- by the last decision about it
ALTER TABLE person ADD COLUMN cluster INTEGER;                    -- the person kept at the end of that chain; NULL: itself
UPDATE person SET birth = CAST(substr(id18, 7, 8) AS INTEGER);
DROP INDEX person_same_birth;
CREATE INDEX person_same_birth ON person(name_key, birth);
CREATE INDEX person_merged_into ON person(merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX person_cluster ON person(cluster) WHERE cluster IS NOT NULL;

-- As in 0002, but for ways of writing that have no number, and for persons whose tier is 3 or 4.
CREATE TABLE person_link_new (
    number TEXT NOT NULL,                   -- as in the source, 15 or 18 characters; else '~' and a hash of what stands beside the name
    name TEXT NOT NULL,                     -- as in the source
    person INTEGER NOT NULL REFERENCES person(id),  -- before any merge: whose it is now is said by that person's cluster
    tier INTEGER NOT NULL CHECK (tier BETWEEN 1 AND 4),
    explanation TEXT NOT NULL,              -- 'first', 'equal', 'near', 'upgraded', 'unnumbered'
    decided_by TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (number, name)
) WITHOUT ROWID;
INSERT INTO person_link_new SELECT number, name, person, tier, explanation, decided_by, at_ms FROM person_link;
DROP TABLE person_link;
ALTER TABLE person_link_new RENAME TO person_link;
CREATE INDEX person_link_person ON person_link(person);

-- What rows say of a person beside name and number, as hashes: enough to see that two say the same.
CREATE TABLE person_evidence (
    person INTEGER NOT NULL,                -- before any merge
    kind INTEGER NOT NULL,                  -- enum evidence_kind of common/model/dataset.h
    key INTEGER NOT NULL,
    PRIMARY KEY (person, kind, key)
) WITHOUT ROWID;

-- Two persons who may be one. What was decided is never asked again.
CREATE TABLE identity_pair (
    id INTEGER PRIMARY KEY,
    person INTEGER NOT NULL REFERENCES person(id),
    other INTEGER NOT NULL REFERENCES person(id),       -- the younger
    kind TEXT NOT NULL CHECK (kind IN ('same_number', 'same_birth', 'written', 'split')),
    tier INTEGER NOT NULL CHECK (tier IN (3, 4)),
    score INTEGER NOT NULL,
    explanation TEXT NOT NULL,              -- of identity/clue.h
    is_asked INTEGER NOT NULL,              -- 0: only noted (T4)
    opened_ms INTEGER NOT NULL,
    decision TEXT NOT NULL DEFAULT '' CHECK (decision IN ('', 'same', 'different', 'unclear')),
    decided_by TEXT NOT NULL DEFAULT '',
    decided_ms INTEGER NOT NULL DEFAULT 0,
    reason TEXT NOT NULL DEFAULT '',
    UNIQUE (person, other),
    CHECK (person < other)
);
CREATE INDEX identity_pair_open ON identity_pair(tier, score DESC, id) WHERE is_asked AND decision = '';
CREATE INDEX identity_pair_other ON identity_pair(other);

-- What persons decided about persons, and what was taken back.
CREATE TABLE identity_event (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('same', 'different', 'unclear', 'split')),
    pair INTEGER NOT NULL,
    kept INTEGER NOT NULL,                  -- the cluster that stays what it was called
    moved INTEGER NOT NULL,                 -- the one that was merged into it, or split off; 0: none was
    tier INTEGER NOT NULL,
    score INTEGER NOT NULL,
    explanation TEXT NOT NULL,
    by TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    reason TEXT NOT NULL,
    undone_by TEXT NOT NULL DEFAULT '',
    undone_ms INTEGER NOT NULL DEFAULT 0,   -- 0: it stands
    undone_reason TEXT NOT NULL DEFAULT ''
);
CREATE INDEX identity_event_pair ON identity_event(pair);
CREATE INDEX identity_event_kept ON identity_event(kept);
CREATE INDEX identity_event_moved ON identity_event(moved);
-- Whose the ways of writing were that a split took away.
CREATE TABLE identity_event_way (
    event INTEGER NOT NULL REFERENCES identity_event(id),
    number TEXT NOT NULL,
    name TEXT NOT NULL,
    person INTEGER NOT NULL,
    PRIMARY KEY (event, number, name)
) WITHOUT ROWID;

-- The contradictions (Q02, Q03) that are there already.
INSERT INTO identity_pair(person, other, kind, tier, score, explanation, is_asked, opened_ms)
    SELECT a.id, b.id, 'same_number', 4, 7, 'number agree; name differ; birth agree', 1, CAST(strftime('%s', 'now') AS INTEGER) * 1000
    FROM person AS a JOIN person AS b ON b.id18 = a.id18 AND b.id > a.id;
INSERT OR IGNORE INTO identity_pair(person, other, kind, tier, score, explanation, is_asked, opened_ms)
    SELECT a.id, b.id, 'same_birth', 4, 3, 'number differ; name agree; birth agree', 1, CAST(strftime('%s', 'now') AS INTEGER) * 1000
    FROM person AS a JOIN person AS b ON b.name_key = a.name_key AND b.birth = a.birth AND b.id > a.id
    AND substr(b.id18, 1, 4) = substr(a.id18, 1, 4) AND b.id18 <> a.id18;
