-- What the officer said this unit has nothing to send of; said once for a dataset and a period. The hub, which opens these tables beside its own
-- for direct imports, keeps what all sites said in no_data.
CREATE TABLE empty_period (
    dataset   TEXT NOT NULL,
    first_day INTEGER NOT NULL,             -- YYYYMMDD, both included
    last_day  INTEGER NOT NULL,
    said_by   TEXT NOT NULL,
    at_ms     INTEGER NOT NULL,
    PRIMARY KEY (dataset, first_day, last_day)
) WITHOUT ROWID;
