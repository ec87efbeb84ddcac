-- Four-valued results, kept up to date by the persons that changed. `state`: 0 flagged, n the n-th `unless` of the rule in whose
-- favour the person is clear; who is in `member` and not here is clear without a word.
CREATE TABLE standing (
    rule TEXT NOT NULL,
    subject INTEGER NOT NULL,
    state INTEGER NOT NULL,
    PRIMARY KEY (rule, subject)
) WITHOUT ROWID;
CREATE TABLE standing_count (
    rule TEXT NOT NULL,
    state INTEGER NOT NULL,
    persons INTEGER NOT NULL,
    PRIMARY KEY (rule, state)
) WITHOUT ROWID;

-- The population of a source, "dataset.field": whoever a rule that begins there can look at.
CREATE TABLE member (
    source TEXT NOT NULL,
    subject INTEGER NOT NULL,
    PRIMARY KEY (source, subject)
) WITHOUT ROWID;
CREATE TABLE member_count (source TEXT PRIMARY KEY, persons INTEGER NOT NULL) WITHOUT ROWID;

ALTER TABLE coverage ADD COLUMN population INTEGER NOT NULL DEFAULT 0;

-- Rules that were put into trial by themselves: too many hits, or too many of them refuted. A person lets them go again.
CREATE TABLE rule_hold (
    rule TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason IN ('share', 'precision')),
    rule_hash BLOB NOT NULL,                -- of the declaration that was held
    counted INTEGER NOT NULL,               -- flagged persons, or confirmed findings
    of INTEGER NOT NULL,                    -- of so many persons, or decisions
    since_ms INTEGER NOT NULL,
    released_ms INTEGER NOT NULL DEFAULT 0, -- 0: it is held
    released_by TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (rule, reason, rule_hash)
) WITHOUT ROWID;
