-- What the officer said this unit has nothing to send of; said once for a dataset and a period.
CREATE TABLE no_data (
    dataset   TEXT NOT NULL,
    first_day INTEGER NOT NULL,             -- YYYYMMDD, both included
    last_day  INTEGER NOT NULL,
    said_by   TEXT NOT NULL,
    at_ms     INTEGER NOT NULL,
    PRIMARY KEY (dataset, first_day, last_day)
) WITHOUT ROWID;
