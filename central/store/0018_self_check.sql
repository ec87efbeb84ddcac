-- The rules marked `edge` that ran at a site, by its own word: from which declaration (compared with the hub's own), over how many rows, how many
-- hits. Not what they said: that is the unit's to mend.
CREATE TABLE self_check (
    site      TEXT NOT NULL,
    rule      TEXT NOT NULL,
    rule_hash BLOB NOT NULL,
    version   INTEGER NOT NULL,
    rows      INTEGER NOT NULL,
    hits      INTEGER NOT NULL,
    why       TEXT NOT NULL,                -- empty: computed; else why not
    at_ms     INTEGER NOT NULL,             -- by the site's clock
    PRIMARY KEY (site, rule)
) WITHOUT ROWID;
