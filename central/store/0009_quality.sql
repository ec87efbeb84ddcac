-- What sites noticed about a file as a whole (group Q): a word and a number each.
CREATE TABLE quality (
    site TEXT NOT NULL,
    import_id TEXT NOT NULL,
    dataset TEXT NOT NULL,
    fact TEXT NOT NULL,                     -- dated, old, deleted, unexplained, totals, totals_wrong, missing
    number INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (site, import_id, fact)
) WITHOUT ROWID;

-- Why rows were deleted, by the chunk that said so; the tombstones carry its batch.
CREATE TABLE deletion (
    batch_id INTEGER NOT NULL,
    dataset TEXT NOT NULL,
    site TEXT NOT NULL,
    import_id TEXT NOT NULL,
    reason TEXT NOT NULL,                   -- empty: none was given
    rows INTEGER NOT NULL,
    unknown INTEGER NOT NULL,               -- of these, keys that the hub did not have
    PRIMARY KEY (batch_id, dataset, import_id, reason)
) WITHOUT ROWID;

CREATE INDEX person_same_birth ON person(name_key, substr(id18, 7, 8));
