-- What a finding was each time it was put, and which state of the records it was found in: enough to find it again (analysis.md 3,
-- replay). Findings from before have none of these.
CREATE TABLE finding_result (
    id INTEGER PRIMARY KEY,
    finding INTEGER NOT NULL REFERENCES finding(id),
    batch INTEGER NOT NULL,                 -- what was merged up to this batch was seen …
    move INTEGER NOT NULL,                  -- … with the persons of rows as row_move had left them up to this one
    today INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    rule_version INTEGER NOT NULL,
    rule_hash BLOB NOT NULL,
    catalog BLOB NOT NULL,
    level INTEGER NOT NULL,
    tier INTEGER NOT NULL,
    amount_fen INTEGER NOT NULL,
    result BLOB NOT NULL
);
CREATE INDEX finding_result_finding ON finding_result(finding);

-- Rows that were filed under another person after they had been merged: whom they named before (0: nobody).
CREATE TABLE row_move (
    id INTEGER PRIMARY KEY,
    dataset TEXT NOT NULL,
    field TEXT NOT NULL,
    rid INTEGER NOT NULL,
    person INTEGER NOT NULL,
    tier INTEGER NOT NULL
);
CREATE INDEX row_move_row ON row_move(dataset, field, rid);
