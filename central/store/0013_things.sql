-- Findings about things beside those about persons: a contract, a buyer, a company. `kind` is empty for persons, whose number the
-- subject is; of a thing it is thing_id of `key`, and `called` its name. Whoever refers to findings waits aside meanwhile.
CREATE TEMP TABLE kept_evidence AS SELECT * FROM evidence;
CREATE TEMP TABLE kept_event AS SELECT * FROM finding_event;
CREATE TEMP TABLE kept_matter AS SELECT * FROM matter;
CREATE TEMP TABLE kept_answer AS SELECT * FROM matter_answer;
CREATE TEMP TABLE kept_finding AS SELECT * FROM finding;
DELETE FROM matter_answer;
DELETE FROM matter;
DELETE FROM finding_event;
DELETE FROM evidence;
DROP TABLE finding;
CREATE TABLE finding (
    id INTEGER PRIMARY KEY,
    rule TEXT NOT NULL,
    rule_version INTEGER NOT NULL,
    rule_hash BLOB NOT NULL,
    kind TEXT NOT NULL DEFAULT '',
    subject INTEGER NOT NULL,
    key TEXT NOT NULL DEFAULT '',
    called TEXT NOT NULL DEFAULT '',
    episode TEXT NOT NULL,
    life TEXT NOT NULL CHECK (life IN ('new', 'continuing', 'ended', 'superseded', 'withdrawn')),
    decision TEXT NOT NULL CHECK (decision IN ('to_verify', 'site_answered', 'confirmed', 'refuted', 'unclear')),
    status TEXT NOT NULL CHECK (status IN ('live', 'observe')),
    level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 5),
    points INTEGER NOT NULL,
    tier INTEGER NOT NULL CHECK (tier IN (1, 2)),
    amount_fen INTEGER NOT NULL,
    site TEXT NOT NULL,
    result BLOB NOT NULL,
    say_zh TEXT NOT NULL,
    say_en TEXT NOT NULL,
    today INTEGER NOT NULL,
    first_ms INTEGER NOT NULL,
    last_ms INTEGER NOT NULL,
    UNIQUE (rule, subject, episode)
);
INSERT INTO finding SELECT id, rule, rule_version, rule_hash, '', subject, '', '', episode, life, decision, status, level, points, tier,
    amount_fen, site, result, say_zh, say_en, today, first_ms, last_ms FROM kept_finding;
CREATE INDEX finding_list ON finding(level DESC, points DESC, id);
INSERT INTO evidence SELECT * FROM kept_evidence;
INSERT INTO finding_event SELECT * FROM kept_event;
INSERT INTO matter SELECT * FROM kept_matter;
INSERT INTO matter_answer SELECT * FROM kept_answer;
DROP TABLE kept_evidence;
DROP TABLE kept_event;
DROP TABLE kept_matter;
DROP TABLE kept_answer;
DROP TABLE kept_finding;
CREATE TRIGGER finding_comes AFTER INSERT ON finding WHEN NEW.decision IN ('confirmed', 'refuted', 'unclear') BEGIN
    INSERT INTO decision_count(rule, site, decision, findings) VALUES (NEW.rule, NEW.site, NEW.decision, 1)
        ON CONFLICT(rule, site, decision) DO UPDATE SET findings = findings + 1;
END;
CREATE TRIGGER finding_decided AFTER UPDATE OF decision, site ON finding WHEN OLD.decision <> NEW.decision OR OLD.site <> NEW.site BEGIN
    UPDATE decision_count SET findings = findings - 1 WHERE rule = OLD.rule AND site = OLD.site AND decision = OLD.decision;
    INSERT INTO decision_count(rule, site, decision, findings) SELECT NEW.rule, NEW.site, NEW.decision, 1
        WHERE NEW.decision IN ('confirmed', 'refuted', 'unclear')
        ON CONFLICT(rule, site, decision) DO UPDATE SET findings = findings + 1;
    UPDATE note SET value = value + 1 WHERE key = 'decisions';
END;

-- How far the analysis has looked at each dataset in which rules follow things: rows with a higher rid are new to it.
CREATE TABLE looked (dataset TEXT PRIMARY KEY, rid INTEGER NOT NULL) WITHOUT ROWID;
