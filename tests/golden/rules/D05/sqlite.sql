-- findings
WITH said(subject, site, number, decision_rid, contract_rid, project_rid, kind, met_on, acted_on, amount) AS (
WITH d AS (SELECT * FROM decision WHERE 1 = 1 AND matter_no IS NOT NULL),
            named AS (
                SELECT d.rid, c.contract_no, c.rid AS contract_rid, c.signed_on FROM d JOIN contract AS c ON c.contract_no = d.matter_no
                UNION
                SELECT d.rid, c.contract_no, c.rid, c.signed_on FROM d JOIN contract AS c ON c.lot_no = d.matter_no
                UNION
                SELECT d.rid, c.contract_no, c.rid, c.signed_on
                FROM d JOIN tender AS t ON t.project_no = d.matter_no JOIN contract AS c ON c.lot_no = t.lot_no),
            act AS (
                SELECT d.rid, n.contract_rid, CAST(NULL AS BIGINT) AS project_rid, CASE WHEN d.kind = 'funds'
                    THEN (SELECT min(p.paid_on) FROM tr_payment AS p WHERE p.contract_no = n.contract_no) ELSE n.signed_on END AS acted_on
                FROM d JOIN named AS n ON n.rid = d.rid
                UNION ALL
                SELECT d.rid, NULL, p.rid, p.started_on FROM d JOIN project AS p ON p.project_no = d.matter_no WHERE d.kind <> 'funds')
            SELECT d.unit_code, d.site, d.matter_no, d.rid, a.contract_rid, a.project_rid, d.kind, d.met_on, a.acted_on, d.amount
            FROM act AS a JOIN d ON d.rid = a.rid
            WHERE a.acted_on < d.met_on
                AND NOT EXISTS (SELECT 1 FROM d AS o WHERE o.unit_code = d.unit_code AND o.matter_no = d.matter_no AND o.met_on <= a.acted_on)
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.number, g.met_on, g.acted_on, g.kind
FROM (SELECT hit.subject AS subject, "q.number" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, coalesce(max("q.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.number") FILTER (WHERE clause IS NULL) AS number, min("q.met_on") FILTER (WHERE clause IS NULL) AS met_on, min("q.acted_on") FILTER (WHERE clause IS NULL) AS acted_on, min("q.kind") FILTER (WHERE clause IS NULL) AS kind
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.number AS "q.number", q.decision_rid AS "q.decision_rid", q.contract_rid AS "q.contract_rid", q.project_rid AS "q.project_rid", q.kind AS "q.kind", q.met_on AS "q.met_on", q.acted_on AS "q.acted_on", q.amount AS "q.amount", CAST(NULL AS INTEGER) AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
WITH said(subject, site, number, decision_rid, contract_rid, project_rid, kind, met_on, acted_on, amount) AS (
WITH d AS (SELECT * FROM decision WHERE unit_code IN (SELECT key FROM dirty_subject) AND matter_no IS NOT NULL),
            named AS (
                SELECT d.rid, c.contract_no, c.rid AS contract_rid, c.signed_on FROM d JOIN contract AS c ON c.contract_no = d.matter_no
                UNION
                SELECT d.rid, c.contract_no, c.rid, c.signed_on FROM d JOIN contract AS c ON c.lot_no = d.matter_no
                UNION
                SELECT d.rid, c.contract_no, c.rid, c.signed_on
                FROM d JOIN tender AS t ON t.project_no = d.matter_no JOIN contract AS c ON c.lot_no = t.lot_no),
            act AS (
                SELECT d.rid, n.contract_rid, CAST(NULL AS BIGINT) AS project_rid, CASE WHEN d.kind = 'funds'
                    THEN (SELECT min(p.paid_on) FROM tr_payment AS p WHERE p.contract_no = n.contract_no) ELSE n.signed_on END AS acted_on
                FROM d JOIN named AS n ON n.rid = d.rid
                UNION ALL
                SELECT d.rid, NULL, p.rid, p.started_on FROM d JOIN project AS p ON p.project_no = d.matter_no WHERE d.kind <> 'funds')
            SELECT d.unit_code, d.site, d.matter_no, d.rid, a.contract_rid, a.project_rid, d.kind, d.met_on, a.acted_on, d.amount
            FROM act AS a JOIN d ON d.rid = a.rid
            WHERE a.acted_on < d.met_on
                AND NOT EXISTS (SELECT 1 FROM d AS o WHERE o.unit_code = d.unit_code AND o.matter_no = d.matter_no AND o.met_on <= a.acted_on)
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.number, g.met_on, g.acted_on, g.kind
FROM (SELECT hit.subject AS subject, "q.number" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, coalesce(max("q.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.number") FILTER (WHERE clause IS NULL) AS number, min("q.met_on") FILTER (WHERE clause IS NULL) AS met_on, min("q.acted_on") FILTER (WHERE clause IS NULL) AS acted_on, min("q.kind") FILTER (WHERE clause IS NULL) AS kind
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.number AS "q.number", q.decision_rid AS "q.decision_rid", q.contract_rid AS "q.contract_rid", q.project_rid AS "q.project_rid", q.kind AS "q.kind", q.met_on AS "q.met_on", q.acted_on AS "q.acted_on", q.amount AS "q.amount", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
WITH said(subject, site, number, decision_rid, contract_rid, project_rid, kind, met_on, acted_on, amount) AS (
WITH d AS (SELECT * FROM decision WHERE unit_code IN (SELECT key FROM hit_subject) AND matter_no IS NOT NULL),
            named AS (
                SELECT d.rid, c.contract_no, c.rid AS contract_rid, c.signed_on FROM d JOIN contract AS c ON c.contract_no = d.matter_no
                UNION
                SELECT d.rid, c.contract_no, c.rid, c.signed_on FROM d JOIN contract AS c ON c.lot_no = d.matter_no
                UNION
                SELECT d.rid, c.contract_no, c.rid, c.signed_on
                FROM d JOIN tender AS t ON t.project_no = d.matter_no JOIN contract AS c ON c.lot_no = t.lot_no),
            act AS (
                SELECT d.rid, n.contract_rid, CAST(NULL AS BIGINT) AS project_rid, CASE WHEN d.kind = 'funds'
                    THEN (SELECT min(p.paid_on) FROM tr_payment AS p WHERE p.contract_no = n.contract_no) ELSE n.signed_on END AS acted_on
                FROM d JOIN named AS n ON n.rid = d.rid
                UNION ALL
                SELECT d.rid, NULL, p.rid, p.started_on FROM d JOIN project AS p ON p.project_no = d.matter_no WHERE d.kind <> 'funds')
            SELECT d.unit_code, d.site, d.matter_no, d.rid, a.contract_rid, a.project_rid, d.kind, d.met_on, a.acted_on, d.amount
            FROM act AS a JOIN d ON d.rid = a.rid
            WHERE a.acted_on < d.met_on
                AND NOT EXISTS (SELECT 1 FROM d AS o WHERE o.unit_code = d.unit_code AND o.matter_no = d.matter_no AND o.met_on <= a.acted_on)
)
SELECT DISTINCT s.subject AS subject, q.number AS episode, 1 AS source, d.rid AS rid, d.version AS version, d.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN decision AS d
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND d.rid = q.decision_rid
  AND ?1 > 0
UNION ALL
SELECT DISTINCT s.subject AS subject, q.number AS episode, 2 AS source, c.rid AS rid, c.version AS version, c.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN contract AS c
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND c.rid = q.contract_rid
  AND ?1 > 0
UNION ALL
SELECT DISTINCT s.subject AS subject, q.number AS episode, 3 AS source, p.rid AS rid, p.version AS version, p.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN project AS p
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND p.rid = q.project_rid
  AND ?1 > 0
ORDER BY 1, 2, 3, 4

-- touches
SELECT unit_code FROM decision WHERE matter_no IN (SELECT key FROM dirty_key)
            UNION
            SELECT d.unit_code FROM contract AS c JOIN decision AS d ON d.matter_no = c.lot_no WHERE c.contract_no IN (SELECT key FROM dirty_key)
            UNION
            SELECT d.unit_code FROM tender AS t JOIN decision AS d ON d.matter_no = t.project_no WHERE t.lot_no IN (SELECT key FROM dirty_key)
            UNION
            SELECT d.unit_code FROM contract AS c JOIN tender AS t ON t.lot_no = c.lot_no JOIN decision AS d ON d.matter_no = t.project_no
            WHERE c.contract_no IN (SELECT key FROM dirty_key)

-- need
SELECT count(*) FROM (SELECT 1 FROM decision LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM contract LIMIT 1) AS found
