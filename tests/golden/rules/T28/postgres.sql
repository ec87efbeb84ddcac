-- findings
WITH said(subject, site, title, state, award_rid, ban_rid, tender_rid, kind, listed_on, awarded_on, price) AS (
SELECT w.lot_no, w.site, t.title, t.state, w.rid, x.rid, t.rid, x.kind, x.from_day, coalesce(w.notified_on, w.notice_from), w.price
            FROM award AS w JOIN tender AS t ON t.lot_no = w.lot_no JOIN blacklist AS x ON x.party_id = w.winner_uscc
            WHERE 1 = 1 AND x.from_day <= coalesce(w.notified_on, w.notice_from)
                AND (x.to_day IS NULL OR x.to_day >= coalesce(w.notified_on, w.notice_from))
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 4 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.kind, g.listed_on, g.awarded_on
FROM (SELECT hit.subject AS subject, "q.kind" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.title") AS called, coalesce(max("q.price") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.kind") FILTER (WHERE clause IS NULL) AS kind, min("q.listed_on") FILTER (WHERE clause IS NULL) AS listed_on, max("q.awarded_on") FILTER (WHERE clause IS NULL) AS awarded_on
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.title AS "q.title", q.state AS "q.state", q.award_rid AS "q.award_rid", q.ban_rid AS "q.ban_rid", q.tender_rid AS "q.tender_rid", q.kind AS "q.kind", q.listed_on AS "q.listed_on", q.awarded_on AS "q.awarded_on", q.price AS "q.price", CASE WHEN q.state IN ('cancelled', 'unsuccessful') THEN 1 END AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
WITH said(subject, site, title, state, award_rid, ban_rid, tender_rid, kind, listed_on, awarded_on, price) AS (
SELECT w.lot_no, w.site, t.title, t.state, w.rid, x.rid, t.rid, x.kind, x.from_day, coalesce(w.notified_on, w.notice_from), w.price
            FROM award AS w JOIN tender AS t ON t.lot_no = w.lot_no JOIN blacklist AS x ON x.party_id = w.winner_uscc
            WHERE w.lot_no IN (SELECT key FROM dirty_subject) AND x.from_day <= coalesce(w.notified_on, w.notice_from)
                AND (x.to_day IS NULL OR x.to_day >= coalesce(w.notified_on, w.notice_from))
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 4 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.kind, g.listed_on, g.awarded_on
FROM (SELECT hit.subject AS subject, "q.kind" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.title") AS called, coalesce(max("q.price") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.kind") FILTER (WHERE clause IS NULL) AS kind, min("q.listed_on") FILTER (WHERE clause IS NULL) AS listed_on, max("q.awarded_on") FILTER (WHERE clause IS NULL) AS awarded_on
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.title AS "q.title", q.state AS "q.state", q.award_rid AS "q.award_rid", q.ban_rid AS "q.ban_rid", q.tender_rid AS "q.tender_rid", q.kind AS "q.kind", q.listed_on AS "q.listed_on", q.awarded_on AS "q.awarded_on", q.price AS "q.price", CASE WHEN q.state IN ('cancelled', 'unsuccessful') THEN 1 END AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
WITH said(subject, site, title, state, award_rid, ban_rid, tender_rid, kind, listed_on, awarded_on, price) AS (
SELECT w.lot_no, w.site, t.title, t.state, w.rid, x.rid, t.rid, x.kind, x.from_day, coalesce(w.notified_on, w.notice_from), w.price
            FROM award AS w JOIN tender AS t ON t.lot_no = w.lot_no JOIN blacklist AS x ON x.party_id = w.winner_uscc
            WHERE w.lot_no IN (SELECT key FROM hit_subject) AND x.from_day <= coalesce(w.notified_on, w.notice_from)
                AND (x.to_day IS NULL OR x.to_day >= coalesce(w.notified_on, w.notice_from))
)
SELECT DISTINCT s.subject AS subject, q.kind AS episode, 1 AS source, w.rid AS rid, w.version AS version, w.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN award AS w
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND w.rid = q.award_rid
  AND $1 > 0
  AND NOT coalesce((q.state IN ('cancelled', 'unsuccessful')), FALSE)
UNION ALL
SELECT DISTINCT s.subject AS subject, q.kind AS episode, 2 AS source, x.rid AS rid, x.version AS version, x.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN blacklist AS x
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND x.rid = q.ban_rid
  AND $1 > 0
  AND NOT coalesce((q.state IN ('cancelled', 'unsuccessful')), FALSE)
UNION ALL
SELECT DISTINCT s.subject AS subject, q.kind AS episode, 3 AS source, t.rid AS rid, t.version AS version, t.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN tender AS t
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND t.rid = q.tender_rid
  AND $1 > 0
  AND NOT coalesce((q.state IN ('cancelled', 'unsuccessful')), FALSE)
ORDER BY 1, 2, 3, 4

-- touches
SELECT lot_no FROM award WHERE winner_uscc IN (SELECT key FROM dirty_key)

-- need
SELECT count(*) FROM (SELECT 1 FROM award LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM tender LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM blacklist LIMIT 1) AS found
