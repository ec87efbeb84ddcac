-- findings
WITH said(subject, site, agency, agency_key, winner, winner_key, tender_rid, award_rid, lots, by_agency, won) AS (
WITH t AS (
                SELECT t.buyer, t.site, t.rid, t.lot_no, t.agency, coalesce(t.agency_uscc, t.agency) AS agency_key, count(*) OVER (PARTITION BY t.buyer) AS lots
                FROM tender AS t WHERE 1 = 1 AND t.state <> 'cancelled'),
            a AS (
                SELECT t.*, count(*) OVER (PARTITION BY t.buyer, t.agency_key) AS by_agency FROM t WHERE t.agency_key IS NOT NULL AND t.lots >= 6),
            w AS (
                SELECT a.*, w.rid AS award_rid, w.winner, w.winner_uscc, count(*) OVER (PARTITION BY a.buyer, a.agency_key, w.winner_uscc) AS won
                FROM a JOIN award AS w ON w.lot_no = a.lot_no WHERE a.by_agency * 100 >= a.lots * 50)
            SELECT buyer, site, agency, agency_key, winner, winner_uscc, rid, award_rid, lots, by_agency, won
            FROM w WHERE won * 100 >= by_agency * 60
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.lots, g.by_agency, g.won, g.agency, g.winner
FROM (SELECT hit.subject AS subject, "q.agency_key" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.subject") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, max("q.lots") FILTER (WHERE clause IS NULL) AS lots, max("q.by_agency") FILTER (WHERE clause IS NULL) AS by_agency, max("q.won") FILTER (WHERE clause IS NULL) AS won, min("q.agency") FILTER (WHERE clause IS NULL) AS agency, min("q.winner") FILTER (WHERE clause IS NULL) AS winner
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.agency AS "q.agency", q.agency_key AS "q.agency_key", q.winner AS "q.winner", q.winner_key AS "q.winner_key", q.tender_rid AS "q.tender_rid", q.award_rid AS "q.award_rid", q.lots AS "q.lots", q.by_agency AS "q.by_agency", q.won AS "q.won", CAST(NULL AS INTEGER) AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
WITH said(subject, site, agency, agency_key, winner, winner_key, tender_rid, award_rid, lots, by_agency, won) AS (
WITH t AS (
                SELECT t.buyer, t.site, t.rid, t.lot_no, t.agency, coalesce(t.agency_uscc, t.agency) AS agency_key, count(*) OVER (PARTITION BY t.buyer) AS lots
                FROM tender AS t WHERE t.buyer IN (SELECT key FROM dirty_subject) AND t.state <> 'cancelled'),
            a AS (
                SELECT t.*, count(*) OVER (PARTITION BY t.buyer, t.agency_key) AS by_agency FROM t WHERE t.agency_key IS NOT NULL AND t.lots >= 6),
            w AS (
                SELECT a.*, w.rid AS award_rid, w.winner, w.winner_uscc, count(*) OVER (PARTITION BY a.buyer, a.agency_key, w.winner_uscc) AS won
                FROM a JOIN award AS w ON w.lot_no = a.lot_no WHERE a.by_agency * 100 >= a.lots * 50)
            SELECT buyer, site, agency, agency_key, winner, winner_uscc, rid, award_rid, lots, by_agency, won
            FROM w WHERE won * 100 >= by_agency * 60
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 2 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.lots, g.by_agency, g.won, g.agency, g.winner
FROM (SELECT hit.subject AS subject, "q.agency_key" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.subject") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, max("q.lots") FILTER (WHERE clause IS NULL) AS lots, max("q.by_agency") FILTER (WHERE clause IS NULL) AS by_agency, max("q.won") FILTER (WHERE clause IS NULL) AS won, min("q.agency") FILTER (WHERE clause IS NULL) AS agency, min("q.winner") FILTER (WHERE clause IS NULL) AS winner
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.agency AS "q.agency", q.agency_key AS "q.agency_key", q.winner AS "q.winner", q.winner_key AS "q.winner_key", q.tender_rid AS "q.tender_rid", q.award_rid AS "q.award_rid", q.lots AS "q.lots", q.by_agency AS "q.by_agency", q.won AS "q.won", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
WITH said(subject, site, agency, agency_key, winner, winner_key, tender_rid, award_rid, lots, by_agency, won) AS (
WITH t AS (
                SELECT t.buyer, t.site, t.rid, t.lot_no, t.agency, coalesce(t.agency_uscc, t.agency) AS agency_key, count(*) OVER (PARTITION BY t.buyer) AS lots
                FROM tender AS t WHERE t.buyer IN (SELECT key FROM hit_subject) AND t.state <> 'cancelled'),
            a AS (
                SELECT t.*, count(*) OVER (PARTITION BY t.buyer, t.agency_key) AS by_agency FROM t WHERE t.agency_key IS NOT NULL AND t.lots >= 6),
            w AS (
                SELECT a.*, w.rid AS award_rid, w.winner, w.winner_uscc, count(*) OVER (PARTITION BY a.buyer, a.agency_key, w.winner_uscc) AS won
                FROM a JOIN award AS w ON w.lot_no = a.lot_no WHERE a.by_agency * 100 >= a.lots * 50)
            SELECT buyer, site, agency, agency_key, winner, winner_uscc, rid, award_rid, lots, by_agency, won
            FROM w WHERE won * 100 >= by_agency * 60
)
SELECT DISTINCT s.subject AS subject, q.agency_key AS episode, 1 AS source, t.rid AS rid, t.version AS version, t.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN tender AS t
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND t.rid = q.tender_rid
  AND ?1 > 0
UNION ALL
SELECT DISTINCT s.subject AS subject, q.agency_key AS episode, 2 AS source, w.rid AS rid, w.version AS version, w.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN award AS w
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND w.rid = q.award_rid
  AND ?1 > 0
ORDER BY 1, 2, 3, 4

-- touches
SELECT buyer FROM tender WHERE lot_no IN (SELECT key FROM dirty_key)

-- need
SELECT count(*) FROM (SELECT 1 FROM tender LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM award LIMIT 1) AS found
