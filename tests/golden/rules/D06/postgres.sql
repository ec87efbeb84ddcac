-- findings
WITH said(subject, site, number, decision_rid, contract_rid, decided, done) AS (
WITH d AS (SELECT * FROM decision WHERE 1 = 1 AND matter_no IS NOT NULL),
            decided AS (SELECT unit_code, matter_no, max(amount) AS amount, count(*) - count(amount) AS open FROM d GROUP BY unit_code, matter_no),
            named AS (
                SELECT x.unit_code, x.matter_no, c.rid, c.amount FROM decided AS x JOIN contract AS c ON c.contract_no = x.matter_no
                UNION
                SELECT x.unit_code, x.matter_no, c.rid, c.amount FROM decided AS x JOIN contract AS c ON c.lot_no = x.matter_no),
            done AS (SELECT unit_code, matter_no, CAST(sum(amount) AS BIGINT) AS amount FROM named GROUP BY unit_code, matter_no)
            SELECT d.unit_code, d.site, d.matter_no, d.rid, n.rid, x.amount, s.amount
            FROM decided AS x JOIN done AS s ON s.unit_code = x.unit_code AND s.matter_no = x.matter_no
                JOIN d ON d.unit_code = x.unit_code AND d.matter_no = x.matter_no
                JOIN named AS n ON n.unit_code = x.unit_code AND n.matter_no = x.matter_no
            WHERE x.open = 0 AND x.amount > 0 AND (s.amount - x.amount) * 100 > x.amount * 5
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.number, g.decided, g.done
FROM (SELECT hit.subject AS subject, "q.number" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, coalesce(max("q.done") FILTER (WHERE clause IS NULL) - max("q.decided") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.number") FILTER (WHERE clause IS NULL) AS number, max("q.decided") FILTER (WHERE clause IS NULL) AS decided, max("q.done") FILTER (WHERE clause IS NULL) AS done
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.number AS "q.number", q.decision_rid AS "q.decision_rid", q.contract_rid AS "q.contract_rid", q.decided AS "q.decided", q.done AS "q.done", CAST(NULL AS INTEGER) AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
WITH said(subject, site, number, decision_rid, contract_rid, decided, done) AS (
WITH d AS (SELECT * FROM decision WHERE unit_code IN (SELECT key FROM dirty_subject) AND matter_no IS NOT NULL),
            decided AS (SELECT unit_code, matter_no, max(amount) AS amount, count(*) - count(amount) AS open FROM d GROUP BY unit_code, matter_no),
            named AS (
                SELECT x.unit_code, x.matter_no, c.rid, c.amount FROM decided AS x JOIN contract AS c ON c.contract_no = x.matter_no
                UNION
                SELECT x.unit_code, x.matter_no, c.rid, c.amount FROM decided AS x JOIN contract AS c ON c.lot_no = x.matter_no),
            done AS (SELECT unit_code, matter_no, CAST(sum(amount) AS BIGINT) AS amount FROM named GROUP BY unit_code, matter_no)
            SELECT d.unit_code, d.site, d.matter_no, d.rid, n.rid, x.amount, s.amount
            FROM decided AS x JOIN done AS s ON s.unit_code = x.unit_code AND s.matter_no = x.matter_no
                JOIN d ON d.unit_code = x.unit_code AND d.matter_no = x.matter_no
                JOIN named AS n ON n.unit_code = x.unit_code AND n.matter_no = x.matter_no
            WHERE x.open = 0 AND x.amount > 0 AND (s.amount - x.amount) * 100 > x.amount * 5
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.number, g.decided, g.done
FROM (SELECT hit.subject AS subject, "q.number" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, coalesce(max("q.done") FILTER (WHERE clause IS NULL) - max("q.decided") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.number") FILTER (WHERE clause IS NULL) AS number, max("q.decided") FILTER (WHERE clause IS NULL) AS decided, max("q.done") FILTER (WHERE clause IS NULL) AS done
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.number AS "q.number", q.decision_rid AS "q.decision_rid", q.contract_rid AS "q.contract_rid", q.decided AS "q.decided", q.done AS "q.done", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
WITH said(subject, site, number, decision_rid, contract_rid, decided, done) AS (
WITH d AS (SELECT * FROM decision WHERE unit_code IN (SELECT key FROM hit_subject) AND matter_no IS NOT NULL),
            decided AS (SELECT unit_code, matter_no, max(amount) AS amount, count(*) - count(amount) AS open FROM d GROUP BY unit_code, matter_no),
            named AS (
                SELECT x.unit_code, x.matter_no, c.rid, c.amount FROM decided AS x JOIN contract AS c ON c.contract_no = x.matter_no
                UNION
                SELECT x.unit_code, x.matter_no, c.rid, c.amount FROM decided AS x JOIN contract AS c ON c.lot_no = x.matter_no),
            done AS (SELECT unit_code, matter_no, CAST(sum(amount) AS BIGINT) AS amount FROM named GROUP BY unit_code, matter_no)
            SELECT d.unit_code, d.site, d.matter_no, d.rid, n.rid, x.amount, s.amount
            FROM decided AS x JOIN done AS s ON s.unit_code = x.unit_code AND s.matter_no = x.matter_no
                JOIN d ON d.unit_code = x.unit_code AND d.matter_no = x.matter_no
                JOIN named AS n ON n.unit_code = x.unit_code AND n.matter_no = x.matter_no
            WHERE x.open = 0 AND x.amount > 0 AND (s.amount - x.amount) * 100 > x.amount * 5
)
SELECT DISTINCT s.subject AS subject, q.number AS episode, 1 AS source, d.rid AS rid, d.version AS version, d.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN decision AS d
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND d.rid = q.decision_rid
  AND $1 > 0
UNION ALL
SELECT DISTINCT s.subject AS subject, q.number AS episode, 2 AS source, c.rid AS rid, c.version AS version, c.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN contract AS c
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND c.rid = q.contract_rid
  AND $1 > 0
ORDER BY 1, 2, 3, 4

-- touches
SELECT unit_code FROM decision WHERE matter_no IN (SELECT key FROM dirty_key)
            UNION
            SELECT d.unit_code FROM contract AS c JOIN decision AS d ON d.matter_no = c.lot_no WHERE c.contract_no IN (SELECT key FROM dirty_key)

-- need
SELECT count(*) FROM (SELECT 1 FROM decision LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM contract LIMIT 1) AS found
