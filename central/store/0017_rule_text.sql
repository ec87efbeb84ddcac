-- The declarations that results rest on, each once: a catalog of tomorrow may not have them any more.
CREATE TABLE rule_text (
    hash BLOB PRIMARY KEY,                  -- of the rule
    file TEXT NOT NULL,
    text TEXT NOT NULL                      -- of the file in which it stands
) WITHOUT ROWID;
