-- findings
WITH said(subject, site, unit, number, name, contract_rid, project_rid, acted_on, amount, above) AS (
WITH act AS (
                SELECT u.unit_code, u.parent, u.name AS unit, c.site, c.rid AS contract_rid, CAST(NULL AS BIGINT) AS project_rid,
                    c.contract_no AS number, c.lot_no, t.project_no, coalesce(c.name, c.contract_no) AS name, c.signed_on AS acted_on, c.amount
                FROM unit AS u JOIN contract AS c ON c.buyer = u.name LEFT JOIN tender AS t ON t.lot_no = c.lot_no
                WHERE 1 = 1 AND c.amount >= CASE WHEN coalesce(t.kind, 'works') = 'works' THEN 100000000 ELSE 50000000 END
                UNION ALL
                SELECT u.unit_code, u.parent, u.name, p.site, NULL, p.rid, p.project_no, NULL, NULL, p.name, p.started_on, p.approved_amount
                FROM unit AS u JOIN project AS p ON p.owner_unit = u.name
                WHERE 1 = 1 AND p.approved_amount >= CASE WHEN 'works' = 'works' THEN 100000000 ELSE 50000000 END AND p.started_on IS NOT NULL),
            decided AS (
                SELECT a.contract_rid, a.project_rid, max(CASE WHEN d.unit_code = a.unit_code THEN 1 ELSE 0 END) AS own
                FROM act AS a JOIN decision AS d ON d.unit_code = a.unit_code OR d.unit_code = a.parent
                WHERE d.met_on <= a.acted_on AND (d.matter_no IN (a.number, a.lot_no, a.project_no)
                    OR qq_similar(d.topic, a.name) >= 85 OR qq_contains(d.topic, a.name) = 1 OR qq_contains(a.name, d.topic) = 1
                    OR abs(d.amount - a.amount) * 100 <= a.amount * 1)
                GROUP BY a.contract_rid, a.project_rid)
            SELECT a.unit_code, a.site, a.unit, a.number, a.name, a.contract_rid, a.project_rid, a.acted_on, a.amount, x.own IS NOT NULL
            FROM act AS a LEFT JOIN decided AS x ON coalesce(x.contract_rid, -x.project_rid) = coalesce(a.contract_rid, -a.project_rid)
            WHERE coalesce(x.own, 0) = 0
                AND EXISTS (SELECT 1 FROM decision AS d WHERE d.unit_code = a.unit_code AND d.met_on <= a.acted_on)
                AND EXISTS (SELECT 1 FROM decision AS d WHERE d.unit_code = a.unit_code AND d.met_on > a.acted_on)
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.number, g.acted_on
FROM (SELECT hit.subject AS subject, "q.number" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.unit") AS called, coalesce(max("q.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.number") FILTER (WHERE clause IS NULL) AS number, min("q.acted_on") FILTER (WHERE clause IS NULL) AS acted_on
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.unit AS "q.unit", q.number AS "q.number", q.name AS "q.name", q.contract_rid AS "q.contract_rid", q.project_rid AS "q.project_rid", q.acted_on AS "q.acted_on", q.amount AS "q.amount", q.above AS "q.above", CASE WHEN q.above THEN 1 END AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
WITH said(subject, site, unit, number, name, contract_rid, project_rid, acted_on, amount, above) AS (
WITH act AS (
                SELECT u.unit_code, u.parent, u.name AS unit, c.site, c.rid AS contract_rid, CAST(NULL AS BIGINT) AS project_rid,
                    c.contract_no AS number, c.lot_no, t.project_no, coalesce(c.name, c.contract_no) AS name, c.signed_on AS acted_on, c.amount
                FROM unit AS u JOIN contract AS c ON c.buyer = u.name LEFT JOIN tender AS t ON t.lot_no = c.lot_no
                WHERE u.unit_code IN (SELECT key FROM dirty_subject) AND c.amount >= CASE WHEN coalesce(t.kind, 'works') = 'works' THEN 100000000 ELSE 50000000 END
                UNION ALL
                SELECT u.unit_code, u.parent, u.name, p.site, NULL, p.rid, p.project_no, NULL, NULL, p.name, p.started_on, p.approved_amount
                FROM unit AS u JOIN project AS p ON p.owner_unit = u.name
                WHERE u.unit_code IN (SELECT key FROM dirty_subject) AND p.approved_amount >= CASE WHEN 'works' = 'works' THEN 100000000 ELSE 50000000 END AND p.started_on IS NOT NULL),
            decided AS (
                SELECT a.contract_rid, a.project_rid, max(CASE WHEN d.unit_code = a.unit_code THEN 1 ELSE 0 END) AS own
                FROM act AS a JOIN decision AS d ON d.unit_code = a.unit_code OR d.unit_code = a.parent
                WHERE d.met_on <= a.acted_on AND (d.matter_no IN (a.number, a.lot_no, a.project_no)
                    OR qq_similar(d.topic, a.name) >= 85 OR qq_contains(d.topic, a.name) = 1 OR qq_contains(a.name, d.topic) = 1
                    OR abs(d.amount - a.amount) * 100 <= a.amount * 1)
                GROUP BY a.contract_rid, a.project_rid)
            SELECT a.unit_code, a.site, a.unit, a.number, a.name, a.contract_rid, a.project_rid, a.acted_on, a.amount, x.own IS NOT NULL
            FROM act AS a LEFT JOIN decided AS x ON coalesce(x.contract_rid, -x.project_rid) = coalesce(a.contract_rid, -a.project_rid)
            WHERE coalesce(x.own, 0) = 0
                AND EXISTS (SELECT 1 FROM decision AS d WHERE d.unit_code = a.unit_code AND d.met_on <= a.acted_on)
                AND EXISTS (SELECT 1 FROM decision AS d WHERE d.unit_code = a.unit_code AND d.met_on > a.acted_on)
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.number, g.acted_on
FROM (SELECT hit.subject AS subject, "q.number" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.unit") AS called, coalesce(max("q.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.number") FILTER (WHERE clause IS NULL) AS number, min("q.acted_on") FILTER (WHERE clause IS NULL) AS acted_on
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.unit AS "q.unit", q.number AS "q.number", q.name AS "q.name", q.contract_rid AS "q.contract_rid", q.project_rid AS "q.project_rid", q.acted_on AS "q.acted_on", q.amount AS "q.amount", q.above AS "q.above", CASE WHEN q.above THEN 1 END AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
WITH said(subject, site, unit, number, name, contract_rid, project_rid, acted_on, amount, above) AS (
WITH act AS (
                SELECT u.unit_code, u.parent, u.name AS unit, c.site, c.rid AS contract_rid, CAST(NULL AS BIGINT) AS project_rid,
                    c.contract_no AS number, c.lot_no, t.project_no, coalesce(c.name, c.contract_no) AS name, c.signed_on AS acted_on, c.amount
                FROM unit AS u JOIN contract AS c ON c.buyer = u.name LEFT JOIN tender AS t ON t.lot_no = c.lot_no
                WHERE u.unit_code IN (SELECT key FROM hit_subject) AND c.amount >= CASE WHEN coalesce(t.kind, 'works') = 'works' THEN 100000000 ELSE 50000000 END
                UNION ALL
                SELECT u.unit_code, u.parent, u.name, p.site, NULL, p.rid, p.project_no, NULL, NULL, p.name, p.started_on, p.approved_amount
                FROM unit AS u JOIN project AS p ON p.owner_unit = u.name
                WHERE u.unit_code IN (SELECT key FROM hit_subject) AND p.approved_amount >= CASE WHEN 'works' = 'works' THEN 100000000 ELSE 50000000 END AND p.started_on IS NOT NULL),
            decided AS (
                SELECT a.contract_rid, a.project_rid, max(CASE WHEN d.unit_code = a.unit_code THEN 1 ELSE 0 END) AS own
                FROM act AS a JOIN decision AS d ON d.unit_code = a.unit_code OR d.unit_code = a.parent
                WHERE d.met_on <= a.acted_on AND (d.matter_no IN (a.number, a.lot_no, a.project_no)
                    OR qq_similar(d.topic, a.name) >= 85 OR qq_contains(d.topic, a.name) = 1 OR qq_contains(a.name, d.topic) = 1
                    OR abs(d.amount - a.amount) * 100 <= a.amount * 1)
                GROUP BY a.contract_rid, a.project_rid)
            SELECT a.unit_code, a.site, a.unit, a.number, a.name, a.contract_rid, a.project_rid, a.acted_on, a.amount, x.own IS NOT NULL
            FROM act AS a LEFT JOIN decided AS x ON coalesce(x.contract_rid, -x.project_rid) = coalesce(a.contract_rid, -a.project_rid)
            WHERE coalesce(x.own, 0) = 0
                AND EXISTS (SELECT 1 FROM decision AS d WHERE d.unit_code = a.unit_code AND d.met_on <= a.acted_on)
                AND EXISTS (SELECT 1 FROM decision AS d WHERE d.unit_code = a.unit_code AND d.met_on > a.acted_on)
)
SELECT DISTINCT s.subject AS subject, q.number AS episode, 1 AS source, c.rid AS rid, c.version AS version, c.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN contract AS c
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND c.rid = q.contract_rid
  AND ?1 > 0
  AND NOT coalesce((q.above), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, q.number AS episode, 2 AS source, p.rid AS rid, p.version AS version, p.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN project AS p
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND p.rid = q.project_rid
  AND ?1 > 0
  AND NOT coalesce((q.above), 0)
ORDER BY 1, 2, 3, 4

-- touches
SELECT unit_code FROM unit WHERE name IN (SELECT key FROM dirty_key) OR parent IN (SELECT key FROM dirty_key)
            UNION
            SELECT u.unit_code FROM contract AS c JOIN unit AS u ON u.name = c.buyer WHERE c.lot_no IN (SELECT key FROM dirty_key)

-- need
SELECT count(*) FROM (SELECT 1 FROM decision LIMIT 20) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM unit LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM contract LIMIT 1) AS found
