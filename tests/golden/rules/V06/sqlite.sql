-- findings
WITH said(subject, site, tier, finding_no, entry_rid, kin_rid, relation, found_on, decided_on, himself) AS (
WITH e AS (
                SELECT handler_id_person AS handler, subject_id_person AS person, site, rid, finding_no, found_on, decided_on,
                    CASE WHEN handler_id_tier > subject_id_tier THEN handler_id_tier ELSE subject_id_tier END AS tier
                FROM finding_entry WHERE 1 = 1 AND handler_id_tier <= 2 AND subject_id_tier <= 2),
            pair AS (
                SELECT e.*, k.rid AS kin_rid, k.relation, k.to_day, k.official_id_tier, k.kin_id_tier
                FROM e JOIN kin AS k ON k.official_id_person = e.handler AND k.kin_id_person = e.person
                UNION ALL
                SELECT e.*, k.rid, k.relation, k.to_day, k.official_id_tier, k.kin_id_tier
                FROM e JOIN kin AS k ON k.kin_id_person = e.handler AND k.official_id_person = e.person)
            SELECT handler, site, CASE WHEN official_id_tier = 2 OR kin_id_tier = 2 THEN 2 ELSE tier END, finding_no, rid, kin_rid, relation,
                found_on, decided_on, 1 = 0
            FROM pair WHERE official_id_tier <= 2 AND kin_id_tier <= 2 AND (to_day IS NULL OR to_day >= found_on)
            UNION ALL
            SELECT handler, site, tier, finding_no, rid, NULL, NULL, found_on, decided_on, 1 = 1 FROM e WHERE handler = person
)
SELECT * FROM (
SELECT g.subject AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, CAST(NULL AS TEXT) AS key, g.called, g.relation, g.himself, g.found_on, g.decided_on
FROM (SELECT hit.subject AS subject, "q.finding_no" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.relation") FILTER (WHERE clause IS NULL) AS relation, max(CASE WHEN "q.himself" THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS himself, min("q.found_on") FILTER (WHERE clause IS NULL) AS found_on, max("q.decided_on") FILTER (WHERE clause IS NULL) AS decided_on
FROM (SELECT q.subject AS subject, q.tier AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.tier AS "q.tier", q.finding_no AS "q.finding_no", q.entry_rid AS "q.entry_rid", q.kin_rid AS "q.kin_rid", q.relation AS "q.relation", q.found_on AS "q.found_on", q.decided_on AS "q.decided_on", q.himself AS "q.himself", CAST(NULL AS INTEGER) AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
WITH said(subject, site, tier, finding_no, entry_rid, kin_rid, relation, found_on, decided_on, himself) AS (
WITH e AS (
                SELECT handler_id_person AS handler, subject_id_person AS person, site, rid, finding_no, found_on, decided_on,
                    CASE WHEN handler_id_tier > subject_id_tier THEN handler_id_tier ELSE subject_id_tier END AS tier
                FROM finding_entry WHERE handler_id_person IN (SELECT subject FROM dirty_subject) AND handler_id_tier <= 2 AND subject_id_tier <= 2),
            pair AS (
                SELECT e.*, k.rid AS kin_rid, k.relation, k.to_day, k.official_id_tier, k.kin_id_tier
                FROM e JOIN kin AS k ON k.official_id_person = e.handler AND k.kin_id_person = e.person
                UNION ALL
                SELECT e.*, k.rid, k.relation, k.to_day, k.official_id_tier, k.kin_id_tier
                FROM e JOIN kin AS k ON k.kin_id_person = e.handler AND k.official_id_person = e.person)
            SELECT handler, site, CASE WHEN official_id_tier = 2 OR kin_id_tier = 2 THEN 2 ELSE tier END, finding_no, rid, kin_rid, relation,
                found_on, decided_on, 1 = 0
            FROM pair WHERE official_id_tier <= 2 AND kin_id_tier <= 2 AND (to_day IS NULL OR to_day >= found_on)
            UNION ALL
            SELECT handler, site, tier, finding_no, rid, NULL, NULL, found_on, decided_on, 1 = 1 FROM e WHERE handler = person
)
SELECT * FROM (
SELECT g.subject AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, CAST(NULL AS TEXT) AS key, g.called, g.relation, g.himself, g.found_on, g.decided_on
FROM (SELECT hit.subject AS subject, "q.finding_no" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.relation") FILTER (WHERE clause IS NULL) AS relation, max(CASE WHEN "q.himself" THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS himself, min("q.found_on") FILTER (WHERE clause IS NULL) AS found_on, max("q.decided_on") FILTER (WHERE clause IS NULL) AS decided_on
FROM (SELECT q.subject AS subject, q.tier AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.tier AS "q.tier", q.finding_no AS "q.finding_no", q.entry_rid AS "q.entry_rid", q.kin_rid AS "q.kin_rid", q.relation AS "q.relation", q.found_on AS "q.found_on", q.decided_on AS "q.decided_on", q.himself AS "q.himself", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
WITH said(subject, site, tier, finding_no, entry_rid, kin_rid, relation, found_on, decided_on, himself) AS (
WITH e AS (
                SELECT handler_id_person AS handler, subject_id_person AS person, site, rid, finding_no, found_on, decided_on,
                    CASE WHEN handler_id_tier > subject_id_tier THEN handler_id_tier ELSE subject_id_tier END AS tier
                FROM finding_entry WHERE handler_id_person IN (SELECT subject FROM hit_subject) AND handler_id_tier <= 2 AND subject_id_tier <= 2),
            pair AS (
                SELECT e.*, k.rid AS kin_rid, k.relation, k.to_day, k.official_id_tier, k.kin_id_tier
                FROM e JOIN kin AS k ON k.official_id_person = e.handler AND k.kin_id_person = e.person
                UNION ALL
                SELECT e.*, k.rid, k.relation, k.to_day, k.official_id_tier, k.kin_id_tier
                FROM e JOIN kin AS k ON k.kin_id_person = e.handler AND k.official_id_person = e.person)
            SELECT handler, site, CASE WHEN official_id_tier = 2 OR kin_id_tier = 2 THEN 2 ELSE tier END, finding_no, rid, kin_rid, relation,
                found_on, decided_on, 1 = 0
            FROM pair WHERE official_id_tier <= 2 AND kin_id_tier <= 2 AND (to_day IS NULL OR to_day >= found_on)
            UNION ALL
            SELECT handler, site, tier, finding_no, rid, NULL, NULL, found_on, decided_on, 1 = 1 FROM e WHERE handler = person
)
SELECT DISTINCT s.subject AS subject, q.finding_no AS episode, 1 AS source, e.rid AS rid, e.version AS version, e.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN finding_entry AS e
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND e.rid = q.entry_rid
  AND ?1 > 0
UNION ALL
SELECT DISTINCT s.subject AS subject, q.finding_no AS episode, 2 AS source, k.rid AS rid, k.version AS version, k.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN kin AS k
WHERE q.subject = s.subject AND q.subject IS NOT NULL
  AND k.rid = q.kin_rid
  AND ?1 > 0
ORDER BY 1, 2, 3, 4

-- need
SELECT count(*) FROM (SELECT 1 FROM finding_entry LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM kin LIMIT 1) AS found
