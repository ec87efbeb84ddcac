-- Which decision answered a pair: its own, or one about the same two clusters, or one that makes the answer plain.
ALTER TABLE identity_pair ADD COLUMN event INTEGER NOT NULL DEFAULT 0;
UPDATE identity_pair SET event = coalesce((SELECT max(id) FROM identity_event AS e WHERE e.pair = identity_pair.id AND e.undone_ms = 0), 0)
    WHERE decision <> '';
CREATE INDEX identity_pair_event ON identity_pair(event) WHERE event <> 0;

-- Between which two clusters a question stands now, the older first; one and the same when they were made one.
CREATE VIEW identity_now AS SELECT x.id, x.decision, min(coalesce(a.cluster, a.id), coalesce(b.cluster, b.id)) AS cluster,
    max(coalesce(a.cluster, a.id), coalesce(b.cluster, b.id)) AS other_cluster
    FROM identity_pair AS x JOIN person AS a ON a.id = x.person JOIN person AS b ON b.id = x.other;
