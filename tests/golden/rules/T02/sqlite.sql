-- findings
WITH said(subject, site, contract_rid, supplier, amount, signed_on, kind) AS (
WITH c AS (
                SELECT c.buyer, c.site, c.rid, coalesce(c.supplier_uscc, c.supplier) AS supplier, c.amount, c.signed_on, qq_days(c.signed_on) AS day,
                       t.kind, CASE WHEN t.kind = 'works' THEN 400000000 WHEN t.kind = 'goods' THEN 200000000 ELSE 100000000 END AS threshold
                FROM contract AS c JOIN tender AS t ON t.lot_no = c.lot_no
                WHERE 1 = 1 AND t.method NOT IN ('open', 'invited') AND t.state <> 'cancelled'),
            small AS (SELECT * FROM c WHERE amount < threshold),
            start AS (
                SELECT a.buyer, a.kind, a.day FROM small AS a JOIN small AS b ON b.buyer = a.buyer AND b.kind = a.kind
                    AND b.day >= a.day AND b.day < a.day + 90
                GROUP BY a.rid, a.buyer, a.kind, a.day, a.threshold HAVING count(*) >= 2 AND sum(b.amount) >= a.threshold)
            SELECT DISTINCT s.buyer, s.site, s.rid, s.supplier, s.amount, s.signed_on, s.kind
            FROM start JOIN small AS s ON s.buyer = start.buyer AND s.kind = start.kind AND s.day >= start.day AND s.day < start.day + 90
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN g.suppliers = 1 THEN 4 WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.contracts, g.suppliers, g.first_on, g.last_on, g.kind
FROM (SELECT hit.subject AS subject, "q.kind" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.subject") AS called, coalesce(sum("q.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, count(DISTINCT "q.contract_rid") FILTER (WHERE clause IS NULL) AS contracts, count(DISTINCT "q.supplier") FILTER (WHERE clause IS NULL) AS suppliers, min("q.signed_on") FILTER (WHERE clause IS NULL) AS first_on, max("q.signed_on") FILTER (WHERE clause IS NULL) AS last_on, min("q.kind") FILTER (WHERE clause IS NULL) AS kind
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.contract_rid AS "q.contract_rid", q.supplier AS "q.supplier", q.amount AS "q.amount", q.signed_on AS "q.signed_on", q.kind AS "q.kind", CAST(NULL AS INTEGER) AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
WITH said(subject, site, contract_rid, supplier, amount, signed_on, kind) AS (
WITH c AS (
                SELECT c.buyer, c.site, c.rid, coalesce(c.supplier_uscc, c.supplier) AS supplier, c.amount, c.signed_on, qq_days(c.signed_on) AS day,
                       t.kind, CASE WHEN t.kind = 'works' THEN 400000000 WHEN t.kind = 'goods' THEN 200000000 ELSE 100000000 END AS threshold
                FROM contract AS c JOIN tender AS t ON t.lot_no = c.lot_no
                WHERE c.buyer IN (SELECT key FROM dirty_subject) AND t.method NOT IN ('open', 'invited') AND t.state <> 'cancelled'),
            small AS (SELECT * FROM c WHERE amount < threshold),
            start AS (
                SELECT a.buyer, a.kind, a.day FROM small AS a JOIN small AS b ON b.buyer = a.buyer AND b.kind = a.kind
                    AND b.day >= a.day AND b.day < a.day + 90
                GROUP BY a.rid, a.buyer, a.kind, a.day, a.threshold HAVING count(*) >= 2 AND sum(b.amount) >= a.threshold)
            SELECT DISTINCT s.buyer, s.site, s.rid, s.supplier, s.amount, s.signed_on, s.kind
            FROM start JOIN small AS s ON s.buyer = start.buyer AND s.kind = start.kind AND s.day >= start.day AND s.day < start.day + 90
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN g.suppliers = 1 THEN 4 WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.contracts, g.suppliers, g.first_on, g.last_on, g.kind
FROM (SELECT hit.subject AS subject, "q.kind" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.subject") AS called, coalesce(sum("q.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, count(DISTINCT "q.contract_rid") FILTER (WHERE clause IS NULL) AS contracts, count(DISTINCT "q.supplier") FILTER (WHERE clause IS NULL) AS suppliers, min("q.signed_on") FILTER (WHERE clause IS NULL) AS first_on, max("q.signed_on") FILTER (WHERE clause IS NULL) AS last_on, min("q.kind") FILTER (WHERE clause IS NULL) AS kind
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.contract_rid AS "q.contract_rid", q.supplier AS "q.supplier", q.amount AS "q.amount", q.signed_on AS "q.signed_on", q.kind AS "q.kind", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
WITH said(subject, site, contract_rid, supplier, amount, signed_on, kind) AS (
WITH c AS (
                SELECT c.buyer, c.site, c.rid, coalesce(c.supplier_uscc, c.supplier) AS supplier, c.amount, c.signed_on, qq_days(c.signed_on) AS day,
                       t.kind, CASE WHEN t.kind = 'works' THEN 400000000 WHEN t.kind = 'goods' THEN 200000000 ELSE 100000000 END AS threshold
                FROM contract AS c JOIN tender AS t ON t.lot_no = c.lot_no
                WHERE c.buyer IN (SELECT key FROM hit_subject) AND t.method NOT IN ('open', 'invited') AND t.state <> 'cancelled'),
            small AS (SELECT * FROM c WHERE amount < threshold),
            start AS (
                SELECT a.buyer, a.kind, a.day FROM small AS a JOIN small AS b ON b.buyer = a.buyer AND b.kind = a.kind
                    AND b.day >= a.day AND b.day < a.day + 90
                GROUP BY a.rid, a.buyer, a.kind, a.day, a.threshold HAVING count(*) >= 2 AND sum(b.amount) >= a.threshold)
            SELECT DISTINCT s.buyer, s.site, s.rid, s.supplier, s.amount, s.signed_on, s.kind
            FROM start JOIN small AS s ON s.buyer = start.buyer AND s.kind = start.kind AND s.day >= start.day AND s.day < start.day + 90
)
SELECT DISTINCT s.subject AS subject, q.kind AS episode, 1 AS source, c.rid AS rid, c.version AS version, c.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN contract AS c
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND c.rid = q.contract_rid
  AND ?1 > 0
ORDER BY 1, 2, 3, 4

-- touches
SELECT buyer FROM contract WHERE lot_no IN (SELECT key FROM dirty_key)

-- need
SELECT count(*) FROM (SELECT 1 FROM contract LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM tender LIMIT 1) AS found
