-- Keys of the rows that each file of a `whole` dataset has brought so far: what is missing in the next one has gone without a word.
CREATE TABLE whole_key (
    dataset   TEXT NOT NULL,
    key       BLOB NOT NULL,                -- the key's hash
    import_id TEXT NOT NULL,                -- the last import that had it
    row       INTEGER NOT NULL,
    PRIMARY KEY (dataset, key)
) WITHOUT ROWID;
