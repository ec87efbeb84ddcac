-- findings
WITH said(subject, site, title, finding_rid, rule_of, day) AS (
WITH found AS (
                SELECT rid, site, unit_code, unit, rule_id, coalesce(decided_on, found_on) AS day FROM finding_entry
                WHERE 1 = 1 AND state = 'confirmed' AND qq_days(coalesce(decided_on, found_on)) + 365 > qq_days(?1)),
            many AS (SELECT unit_code FROM found GROUP BY unit_code HAVING count(*) >= 10),
            dealt AS (
                SELECT citizen_id_person AS person, unit_name, coalesce(decided_on, opened_on) AS day FROM discipline_case
                WHERE coalesce(qq_days(coalesce(decided_on, opened_on)) + 365 > qq_days(?1), 1 = 1)),
            held AS (
                SELECT o.unit_code FROM many AS m JOIN official AS o ON o.unit_code = m.unit_code JOIN dealt AS d ON d.person = o.citizen_id_person
                UNION
                SELECT f.unit_code FROM found AS f JOIN dealt AS d ON d.unit_name = f.unit
                UNION
                SELECT u.unit_code FROM many AS m JOIN unit AS u ON u.unit_code = m.unit_code JOIN dealt AS d ON d.unit_name = u.name)
            SELECT f.unit_code, f.site, coalesce(f.unit, f.unit_code), f.rid, f.rule_id, f.day
            FROM found AS f JOIN many AS m ON m.unit_code = f.unit_code
            WHERE f.unit_code NOT IN (SELECT unit_code FROM held)
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.findings, g.rules, g.first_on, g.last_on
FROM (SELECT hit.subject AS subject, 'nobody' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.title") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, count(DISTINCT "q.finding_rid") FILTER (WHERE clause IS NULL) AS findings, count(DISTINCT "q.rule_of") FILTER (WHERE clause IS NULL) AS rules, min("q.day") FILTER (WHERE clause IS NULL) AS first_on, max("q.day") FILTER (WHERE clause IS NULL) AS last_on
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.title AS "q.title", q.finding_rid AS "q.finding_rid", q.rule_of AS "q.rule_of", q.day AS "q.day", CAST(NULL AS INTEGER) AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
WITH said(subject, site, title, finding_rid, rule_of, day) AS (
WITH found AS (
                SELECT rid, site, unit_code, unit, rule_id, coalesce(decided_on, found_on) AS day FROM finding_entry
                WHERE unit_code IN (SELECT key FROM dirty_subject) AND state = 'confirmed' AND qq_days(coalesce(decided_on, found_on)) + 365 > qq_days(?1)),
            many AS (SELECT unit_code FROM found GROUP BY unit_code HAVING count(*) >= 10),
            dealt AS (
                SELECT citizen_id_person AS person, unit_name, coalesce(decided_on, opened_on) AS day FROM discipline_case
                WHERE coalesce(qq_days(coalesce(decided_on, opened_on)) + 365 > qq_days(?1), 1 = 1)),
            held AS (
                SELECT o.unit_code FROM many AS m JOIN official AS o ON o.unit_code = m.unit_code JOIN dealt AS d ON d.person = o.citizen_id_person
                UNION
                SELECT f.unit_code FROM found AS f JOIN dealt AS d ON d.unit_name = f.unit
                UNION
                SELECT u.unit_code FROM many AS m JOIN unit AS u ON u.unit_code = m.unit_code JOIN dealt AS d ON d.unit_name = u.name)
            SELECT f.unit_code, f.site, coalesce(f.unit, f.unit_code), f.rid, f.rule_id, f.day
            FROM found AS f JOIN many AS m ON m.unit_code = f.unit_code
            WHERE f.unit_code NOT IN (SELECT unit_code FROM held)
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.findings, g.rules, g.first_on, g.last_on
FROM (SELECT hit.subject AS subject, 'nobody' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.title") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, count(DISTINCT "q.finding_rid") FILTER (WHERE clause IS NULL) AS findings, count(DISTINCT "q.rule_of") FILTER (WHERE clause IS NULL) AS rules, min("q.day") FILTER (WHERE clause IS NULL) AS first_on, max("q.day") FILTER (WHERE clause IS NULL) AS last_on
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.title AS "q.title", q.finding_rid AS "q.finding_rid", q.rule_of AS "q.rule_of", q.day AS "q.day", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
WITH said(subject, site, title, finding_rid, rule_of, day) AS (
WITH found AS (
                SELECT rid, site, unit_code, unit, rule_id, coalesce(decided_on, found_on) AS day FROM finding_entry
                WHERE unit_code IN (SELECT key FROM hit_subject) AND state = 'confirmed' AND qq_days(coalesce(decided_on, found_on)) + 365 > qq_days(?1)),
            many AS (SELECT unit_code FROM found GROUP BY unit_code HAVING count(*) >= 10),
            dealt AS (
                SELECT citizen_id_person AS person, unit_name, coalesce(decided_on, opened_on) AS day FROM discipline_case
                WHERE coalesce(qq_days(coalesce(decided_on, opened_on)) + 365 > qq_days(?1), 1 = 1)),
            held AS (
                SELECT o.unit_code FROM many AS m JOIN official AS o ON o.unit_code = m.unit_code JOIN dealt AS d ON d.person = o.citizen_id_person
                UNION
                SELECT f.unit_code FROM found AS f JOIN dealt AS d ON d.unit_name = f.unit
                UNION
                SELECT u.unit_code FROM many AS m JOIN unit AS u ON u.unit_code = m.unit_code JOIN dealt AS d ON d.unit_name = u.name)
            SELECT f.unit_code, f.site, coalesce(f.unit, f.unit_code), f.rid, f.rule_id, f.day
            FROM found AS f JOIN many AS m ON m.unit_code = f.unit_code
            WHERE f.unit_code NOT IN (SELECT unit_code FROM held)
)
SELECT DISTINCT s.subject AS subject, 'nobody' AS episode, 1 AS source, e.rid AS rid, e.version AS version, e.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN finding_entry AS e
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND e.rid = q.finding_rid
  AND ?1 > 0
ORDER BY 1, 2, 3, 4

-- touches
SELECT unit_code FROM official WHERE citizen_id_person IN (SELECT person FROM dirty_person)
            UNION
            SELECT unit_code FROM finding_entry WHERE unit IN (SELECT key FROM dirty_key)
            UNION
            SELECT unit_code FROM unit WHERE name IN (SELECT key FROM dirty_key)

-- need
SELECT count(*) FROM (SELECT 1 FROM finding_entry LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM discipline_case LIMIT 1) AS found
