-- How fresh each source was when the rule was last computed: what its findings rest on, however old a source has become since.
CREATE TABLE rule_freshness (
    rule TEXT NOT NULL,
    dataset TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (rule, dataset)
) WITHOUT ROWID;

-- What persons decided on a rule's findings, by the site asked. The triggers move it in the transaction that decides, and the note by
-- which the analysis sees that somebody did.
CREATE TABLE decision_count (
    rule TEXT NOT NULL,
    site TEXT NOT NULL,
    decision TEXT NOT NULL,
    findings INTEGER NOT NULL,
    PRIMARY KEY (rule, site, decision)
) WITHOUT ROWID;
INSERT INTO decision_count(rule, site, decision, findings) SELECT rule, site, decision, count(*) FROM finding
    WHERE decision IN ('confirmed', 'refuted', 'unclear') GROUP BY rule, site, decision;
INSERT INTO note(key, value) VALUES ('decisions', 0);
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
