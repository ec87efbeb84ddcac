-- Why a written number and name are a person: one row per way of writing, the decision for all rows that are written so.
CREATE TABLE person_link (
    number TEXT NOT NULL,                   -- as in the source, 15 or 18 characters
    name TEXT NOT NULL,                     -- as in the source
    person INTEGER NOT NULL REFERENCES person(id),
    tier INTEGER NOT NULL CHECK (tier IN (1, 2)),
    explanation TEXT NOT NULL,              -- 'first', 'equal', 'near', 'upgraded'
    decided_by TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (number, name)
) WITHOUT ROWID;
CREATE INDEX person_link_person ON person_link(person);

-- Chunks of records that were applied. After a new epoch a site offers again what the hub may lack; what it has must not
-- count twice, nor bring an older version back over a newer one.
CREATE TABLE chunk (
    site TEXT NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (site, hash)
) WITHOUT ROWID;
