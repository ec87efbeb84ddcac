-- Rows that were refused, as they stood in the file, and the headers above them: the report of refused rows is made of these.
CREATE TABLE refused_row (
    import_id TEXT NOT NULL REFERENCES import (id),
    row       INTEGER NOT NULL,             -- as in import_problem: sheet × 10,000,000 + row
    is_header INTEGER NOT NULL,
    sheet     TEXT NOT NULL,                -- its name; empty in a file of text
    cells     BLOB NOT NULL,                -- each with its length in front (common/wire)
    PRIMARY KEY (import_id, row)
) WITHOUT ROWID;
