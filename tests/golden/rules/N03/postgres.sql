-- findings
WITH said(subject, site, contract_rid, kind, amount, signed_on, below, above) AS (
WITH c AS (
                SELECT DISTINCT c.buyer, c.site, c.rid, c.amount, c.signed_on, t.kind, CAST(CASE WHEN t.kind = 'works' THEN 400000000 WHEN t.kind = 'goods' THEN 200000000 ELSE 100000000 END AS BIGINT) AS due_from
                FROM contract AS c JOIN tender AS t ON t.lot_no = c.lot_no WHERE 1 = 1),
            near AS (
                SELECT c.*, CASE WHEN amount < due_from THEN 1 ELSE 0 END AS is_below FROM c
                WHERE amount * 100 >= due_from * (100 - 5) AND amount * 100 < due_from * (100 + 5)),
            counts AS (SELECT buyer, kind, count(CASE WHEN is_below = 1 THEN 1 END) AS below, count(CASE WHEN is_below = 0 THEN 1 END) AS above
                FROM near GROUP BY buyer, kind)
            SELECT n.buyer, n.site, n.rid, n.kind, n.amount, n.signed_on, k.below, k.above
            FROM near AS n JOIN counts AS k ON k.buyer = n.buyer AND k.kind = n.kind
            WHERE n.is_below = 1 AND k.below >= 8 AND k.below >= 3 * k.above
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.kind, g.below, g.above, g.first_on, g.last_on
FROM (SELECT hit.subject AS subject, "q.kind" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.subject") AS called, coalesce(sum("q.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.kind") FILTER (WHERE clause IS NULL) AS kind, max("q.below") FILTER (WHERE clause IS NULL) AS below, max("q.above") FILTER (WHERE clause IS NULL) AS above, min("q.signed_on") FILTER (WHERE clause IS NULL) AS first_on, max("q.signed_on") FILTER (WHERE clause IS NULL) AS last_on
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.contract_rid AS "q.contract_rid", q.kind AS "q.kind", q.amount AS "q.amount", q.signed_on AS "q.signed_on", q.below AS "q.below", q.above AS "q.above", CAST(NULL AS INTEGER) AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
WITH said(subject, site, contract_rid, kind, amount, signed_on, below, above) AS (
WITH c AS (
                SELECT DISTINCT c.buyer, c.site, c.rid, c.amount, c.signed_on, t.kind, CAST(CASE WHEN t.kind = 'works' THEN 400000000 WHEN t.kind = 'goods' THEN 200000000 ELSE 100000000 END AS BIGINT) AS due_from
                FROM contract AS c JOIN tender AS t ON t.lot_no = c.lot_no WHERE c.buyer IN (SELECT key FROM dirty_subject)),
            near AS (
                SELECT c.*, CASE WHEN amount < due_from THEN 1 ELSE 0 END AS is_below FROM c
                WHERE amount * 100 >= due_from * (100 - 5) AND amount * 100 < due_from * (100 + 5)),
            counts AS (SELECT buyer, kind, count(CASE WHEN is_below = 1 THEN 1 END) AS below, count(CASE WHEN is_below = 0 THEN 1 END) AS above
                FROM near GROUP BY buyer, kind)
            SELECT n.buyer, n.site, n.rid, n.kind, n.amount, n.signed_on, k.below, k.above
            FROM near AS n JOIN counts AS k ON k.buyer = n.buyer AND k.kind = n.kind
            WHERE n.is_below = 1 AND k.below >= 8 AND k.below >= 3 * k.above
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.kind, g.below, g.above, g.first_on, g.last_on
FROM (SELECT hit.subject AS subject, "q.kind" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.subject") AS called, coalesce(sum("q.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.kind") FILTER (WHERE clause IS NULL) AS kind, max("q.below") FILTER (WHERE clause IS NULL) AS below, max("q.above") FILTER (WHERE clause IS NULL) AS above, min("q.signed_on") FILTER (WHERE clause IS NULL) AS first_on, max("q.signed_on") FILTER (WHERE clause IS NULL) AS last_on
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.contract_rid AS "q.contract_rid", q.kind AS "q.kind", q.amount AS "q.amount", q.signed_on AS "q.signed_on", q.below AS "q.below", q.above AS "q.above", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
WITH said(subject, site, contract_rid, kind, amount, signed_on, below, above) AS (
WITH c AS (
                SELECT DISTINCT c.buyer, c.site, c.rid, c.amount, c.signed_on, t.kind, CAST(CASE WHEN t.kind = 'works' THEN 400000000 WHEN t.kind = 'goods' THEN 200000000 ELSE 100000000 END AS BIGINT) AS due_from
                FROM contract AS c JOIN tender AS t ON t.lot_no = c.lot_no WHERE c.buyer IN (SELECT key FROM hit_subject)),
            near AS (
                SELECT c.*, CASE WHEN amount < due_from THEN 1 ELSE 0 END AS is_below FROM c
                WHERE amount * 100 >= due_from * (100 - 5) AND amount * 100 < due_from * (100 + 5)),
            counts AS (SELECT buyer, kind, count(CASE WHEN is_below = 1 THEN 1 END) AS below, count(CASE WHEN is_below = 0 THEN 1 END) AS above
                FROM near GROUP BY buyer, kind)
            SELECT n.buyer, n.site, n.rid, n.kind, n.amount, n.signed_on, k.below, k.above
            FROM near AS n JOIN counts AS k ON k.buyer = n.buyer AND k.kind = n.kind
            WHERE n.is_below = 1 AND k.below >= 8 AND k.below >= 3 * k.above
)
SELECT DISTINCT s.subject AS subject, q.kind AS episode, 1 AS source, c.rid AS rid, c.version AS version, c.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN contract AS c
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND c.rid = q.contract_rid
  AND $1 > 0
ORDER BY 1, 2, 3, 4

-- touches
SELECT buyer FROM contract WHERE lot_no IN (SELECT key FROM dirty_key)

-- need
SELECT count(*) FROM (SELECT 1 FROM contract LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM tender LIMIT 1) AS found
