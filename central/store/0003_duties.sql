-- What sites said of periods for which they have nothing. What they owe is a dataset (common/catalog/datasets/duty.decl).
CREATE TABLE no_data (
    site TEXT NOT NULL,
    dataset TEXT NOT NULL,
    first_day INTEGER NOT NULL,
    last_day INTEGER NOT NULL,
    said_by TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (site, dataset, first_day, last_day)
) WITHOUT ROWID;

-- Of which days the rows of an import speak (the dataset's `period` field); 0: they do not say.
ALTER TABLE tally ADD COLUMN first_day INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tally ADD COLUMN last_day INTEGER NOT NULL DEFAULT 0;
