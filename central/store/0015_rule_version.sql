-- Rules that somebody proposed and somebody else let in, beside those of the catalog: each version with its text, for good.
CREATE TABLE rule_version (
    id INTEGER PRIMARY KEY,
    rule TEXT NOT NULL,
    version INTEGER NOT NULL,
    zh TEXT NOT NULL,
    en TEXT NOT NULL,
    hash BLOB NOT NULL,                     -- of the declaration
    text TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('draft', 'refused', 'published', 'retired')),
    proposed_by TEXT NOT NULL,
    proposed_ms INTEGER NOT NULL,
    decided_by TEXT NOT NULL DEFAULT '',    -- who let it in, or refused it
    decided_ms INTEGER NOT NULL DEFAULT 0,
    retired_by TEXT NOT NULL DEFAULT '',    -- who took it out, or let its successor in
    retired_ms INTEGER NOT NULL DEFAULT 0,
    valid_from INTEGER NOT NULL DEFAULT 0,  -- YYYYMMDD: the day it was let in
    valid_to INTEGER NOT NULL DEFAULT 0,    -- the day it was taken out; 0: it was not
    -- What it would have found on the day it was proposed, beside the version in force.
    before INTEGER NOT NULL,
    after INTEGER NOT NULL,
    appear INTEGER NOT NULL,
    disappear INTEGER NOT NULL,
    change INTEGER NOT NULL,
    CHECK (status NOT IN ('published', 'retired') OR (decided_by <> '' AND decided_by <> proposed_by))
);
CREATE UNIQUE INDEX rule_version_number ON rule_version(rule, version) WHERE status <> 'refused';
CREATE UNIQUE INDEX rule_version_published ON rule_version(rule) WHERE status = 'published';

-- Grows whenever another set of rules is in force: by it each role sees that it has to load them again.
INSERT INTO note(key, value) VALUES ('rules', 0);
CREATE TRIGGER rule_version_moves AFTER UPDATE OF status ON rule_version WHEN NEW.status IN ('published', 'retired') BEGIN
    UPDATE note SET value = value + 1 WHERE key = 'rules';
END;
