-- findings
WITH said(subject, site, bidder, bid_rid, lot_no, won, lots, inside, winners, firms) AS (
WITH entry AS (
                SELECT DISTINCT b.bidder_uscc AS firm, b.lot_no, t.notice_on, qq_months(qq_month_of(t.notice_on)) AS month, t.kind,
                    CASE WHEN EXISTS (SELECT 1 FROM award AS w WHERE w.lot_no = b.lot_no AND w.winner_uscc = b.bidder_uscc) THEN 1 ELSE 0 END AS won
                FROM bid AS b JOIN tender AS t ON t.lot_no = b.lot_no
                WHERE b.state IN ('valid', 'disqualified') AND t.method NOT IN ('single', 'direct') AND t.state NOT IN ('cancelled', 'unsuccessful')
                    AND EXISTS (SELECT 1 FROM award AS w WHERE w.lot_no = b.lot_no)),
            pair AS (
                SELECT a.firm AS one, b.firm AS two, a.lot_no, a.month
                FROM entry AS a JOIN entry AS b ON b.lot_no = a.lot_no AND b.firm > a.firm),
            often AS (
                SELECT one, two FROM pair GROUP BY one, two HAVING count(DISTINCT lot_no) >= 5),
            core AS (
                SELECT x.one AS a, x.two AS b, y.two AS c
                FROM often AS x JOIN often AS y ON y.one = x.one AND y.two > x.two JOIN often AS z ON z.one = x.two AND z.two = y.two),
            met AS (
                SELECT DISTINCT core.a, core.b, core.c, p.lot_no, p.month
                FROM core JOIN pair AS p ON p.one = core.a AND p.two = core.b JOIN entry AS e ON e.firm = core.c AND e.lot_no = p.lot_no),
            dense AS (
                SELECT DISTINCT o.a, o.b, o.c
                FROM met AS o JOIN met AS n ON n.a = o.a AND n.b = o.b AND n.c = o.c AND n.month >= o.month AND n.month < o.month + 24
                GROUP BY o.a, o.b, o.c, o.lot_no HAVING count(DISTINCT n.lot_no) >= 5),
            either AS (SELECT one, two FROM often UNION SELECT two, one FROM often),
            member AS (
                SELECT a, b, c, a AS firm FROM dense UNION SELECT a, b, c, b FROM dense UNION SELECT a, b, c, c FROM dense
                UNION
                SELECT d.a, d.b, d.c, x.two FROM dense AS d JOIN either AS x ON x.one = d.a JOIN either AS y ON y.one = d.b AND y.two = x.two
                    JOIN either AS z ON z.one = d.c AND z.two = x.two),
            result AS (
                SELECT m.a, m.b, m.c, m.lot_no, e.firm AS winner
                FROM met AS m JOIN member AS g ON g.a = m.a AND g.b = m.b AND g.c = m.c
                    JOIN entry AS e ON e.lot_no = m.lot_no AND e.firm = g.firm AND e.won = 1),
            turn AS (SELECT a, b, c, winner, count(DISTINCT lot_no) AS won FROM result GROUP BY a, b, c, winner),
            ring AS (
                SELECT d.a, d.b, d.c, (SELECT count(DISTINCT m.lot_no) FROM met AS m WHERE m.a = d.a AND m.b = d.b AND m.c = d.c) AS lots,
                    (SELECT count(DISTINCT r.lot_no) FROM result AS r WHERE r.a = d.a AND r.b = d.b AND r.c = d.c) AS inside,
                    (SELECT count(*) FROM turn AS n WHERE n.a = d.a AND n.b = d.b AND n.c = d.c) AS winners,
                    (SELECT max(n.won) FROM turn AS n WHERE n.a = d.a AND n.b = d.b AND n.c = d.c) AS most
                FROM dense AS d),
            kept AS (SELECT * FROM ring WHERE inside * 100 >= lots * 80 AND winners >= 3 AND most * 2 <= lots),
            shown AS (
                SELECT g.firm, m.lot_no, k.lots, k.inside, k.winners
                FROM kept AS k JOIN member AS g ON g.a = k.a AND g.b = k.b AND g.c = k.c JOIN met AS m ON m.a = k.a AND m.b = k.b AND m.c = k.c)
            SELECT e.firm, b.site, b.bidder, b.rid, e.lot_no, e.won = 1, max(s.lots), max(s.inside), max(s.winners),
                (SELECT count(DISTINCT o.firm) FROM entry AS o WHERE o.kind = e.kind)
            FROM shown AS s JOIN entry AS e ON e.firm = s.firm AND e.lot_no = s.lot_no JOIN bid AS b ON b.bidder_uscc = e.firm AND b.lot_no = e.lot_no
            WHERE 1 = 1
            GROUP BY e.firm, b.site, b.bidder, b.rid, e.lot_no, e.won, e.kind
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.lots, g.inside, g.winners, g.own, g.won
FROM (SELECT hit.subject AS subject, 'ring' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.bidder") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, max("q.lots") FILTER (WHERE clause IS NULL) AS lots, max("q.inside") FILTER (WHERE clause IS NULL) AS inside, max("q.winners") FILTER (WHERE clause IS NULL) AS winners, count(DISTINCT "q.lot_no") FILTER (WHERE clause IS NULL) AS own, max(CASE WHEN "q.won" THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS won
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.bidder AS "q.bidder", q.bid_rid AS "q.bid_rid", q.lot_no AS "q.lot_no", q.won AS "q.won", q.lots AS "q.lots", q.inside AS "q.inside", q.winners AS "q.winners", q.firms AS "q.firms", CASE WHEN q.firms <= 10 THEN 1 END AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
WITH said(subject, site, bidder, bid_rid, lot_no, won, lots, inside, winners, firms) AS (
WITH entry AS (
                SELECT DISTINCT b.bidder_uscc AS firm, b.lot_no, t.notice_on, qq_months(qq_month_of(t.notice_on)) AS month, t.kind,
                    CASE WHEN EXISTS (SELECT 1 FROM award AS w WHERE w.lot_no = b.lot_no AND w.winner_uscc = b.bidder_uscc) THEN 1 ELSE 0 END AS won
                FROM bid AS b JOIN tender AS t ON t.lot_no = b.lot_no
                WHERE b.state IN ('valid', 'disqualified') AND t.method NOT IN ('single', 'direct') AND t.state NOT IN ('cancelled', 'unsuccessful')
                    AND EXISTS (SELECT 1 FROM award AS w WHERE w.lot_no = b.lot_no)),
            pair AS (
                SELECT a.firm AS one, b.firm AS two, a.lot_no, a.month
                FROM entry AS a JOIN entry AS b ON b.lot_no = a.lot_no AND b.firm > a.firm),
            often AS (
                SELECT one, two FROM pair GROUP BY one, two HAVING count(DISTINCT lot_no) >= 5),
            core AS (
                SELECT x.one AS a, x.two AS b, y.two AS c
                FROM often AS x JOIN often AS y ON y.one = x.one AND y.two > x.two JOIN often AS z ON z.one = x.two AND z.two = y.two),
            met AS (
                SELECT DISTINCT core.a, core.b, core.c, p.lot_no, p.month
                FROM core JOIN pair AS p ON p.one = core.a AND p.two = core.b JOIN entry AS e ON e.firm = core.c AND e.lot_no = p.lot_no),
            dense AS (
                SELECT DISTINCT o.a, o.b, o.c
                FROM met AS o JOIN met AS n ON n.a = o.a AND n.b = o.b AND n.c = o.c AND n.month >= o.month AND n.month < o.month + 24
                GROUP BY o.a, o.b, o.c, o.lot_no HAVING count(DISTINCT n.lot_no) >= 5),
            either AS (SELECT one, two FROM often UNION SELECT two, one FROM often),
            member AS (
                SELECT a, b, c, a AS firm FROM dense UNION SELECT a, b, c, b FROM dense UNION SELECT a, b, c, c FROM dense
                UNION
                SELECT d.a, d.b, d.c, x.two FROM dense AS d JOIN either AS x ON x.one = d.a JOIN either AS y ON y.one = d.b AND y.two = x.two
                    JOIN either AS z ON z.one = d.c AND z.two = x.two),
            result AS (
                SELECT m.a, m.b, m.c, m.lot_no, e.firm AS winner
                FROM met AS m JOIN member AS g ON g.a = m.a AND g.b = m.b AND g.c = m.c
                    JOIN entry AS e ON e.lot_no = m.lot_no AND e.firm = g.firm AND e.won = 1),
            turn AS (SELECT a, b, c, winner, count(DISTINCT lot_no) AS won FROM result GROUP BY a, b, c, winner),
            ring AS (
                SELECT d.a, d.b, d.c, (SELECT count(DISTINCT m.lot_no) FROM met AS m WHERE m.a = d.a AND m.b = d.b AND m.c = d.c) AS lots,
                    (SELECT count(DISTINCT r.lot_no) FROM result AS r WHERE r.a = d.a AND r.b = d.b AND r.c = d.c) AS inside,
                    (SELECT count(*) FROM turn AS n WHERE n.a = d.a AND n.b = d.b AND n.c = d.c) AS winners,
                    (SELECT max(n.won) FROM turn AS n WHERE n.a = d.a AND n.b = d.b AND n.c = d.c) AS most
                FROM dense AS d),
            kept AS (SELECT * FROM ring WHERE inside * 100 >= lots * 80 AND winners >= 3 AND most * 2 <= lots),
            shown AS (
                SELECT g.firm, m.lot_no, k.lots, k.inside, k.winners
                FROM kept AS k JOIN member AS g ON g.a = k.a AND g.b = k.b AND g.c = k.c JOIN met AS m ON m.a = k.a AND m.b = k.b AND m.c = k.c)
            SELECT e.firm, b.site, b.bidder, b.rid, e.lot_no, e.won = 1, max(s.lots), max(s.inside), max(s.winners),
                (SELECT count(DISTINCT o.firm) FROM entry AS o WHERE o.kind = e.kind)
            FROM shown AS s JOIN entry AS e ON e.firm = s.firm AND e.lot_no = s.lot_no JOIN bid AS b ON b.bidder_uscc = e.firm AND b.lot_no = e.lot_no
            WHERE e.firm IN (SELECT key FROM dirty_subject)
            GROUP BY e.firm, b.site, b.bidder, b.rid, e.lot_no, e.won, e.kind
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.lots, g.inside, g.winners, g.own, g.won
FROM (SELECT hit.subject AS subject, 'ring' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.bidder") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, max("q.lots") FILTER (WHERE clause IS NULL) AS lots, max("q.inside") FILTER (WHERE clause IS NULL) AS inside, max("q.winners") FILTER (WHERE clause IS NULL) AS winners, count(DISTINCT "q.lot_no") FILTER (WHERE clause IS NULL) AS own, max(CASE WHEN "q.won" THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS won
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.bidder AS "q.bidder", q.bid_rid AS "q.bid_rid", q.lot_no AS "q.lot_no", q.won AS "q.won", q.lots AS "q.lots", q.inside AS "q.inside", q.winners AS "q.winners", q.firms AS "q.firms", CASE WHEN q.firms <= 10 THEN 1 END AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
WITH said(subject, site, bidder, bid_rid, lot_no, won, lots, inside, winners, firms) AS (
WITH entry AS (
                SELECT DISTINCT b.bidder_uscc AS firm, b.lot_no, t.notice_on, qq_months(qq_month_of(t.notice_on)) AS month, t.kind,
                    CASE WHEN EXISTS (SELECT 1 FROM award AS w WHERE w.lot_no = b.lot_no AND w.winner_uscc = b.bidder_uscc) THEN 1 ELSE 0 END AS won
                FROM bid AS b JOIN tender AS t ON t.lot_no = b.lot_no
                WHERE b.state IN ('valid', 'disqualified') AND t.method NOT IN ('single', 'direct') AND t.state NOT IN ('cancelled', 'unsuccessful')
                    AND EXISTS (SELECT 1 FROM award AS w WHERE w.lot_no = b.lot_no)),
            pair AS (
                SELECT a.firm AS one, b.firm AS two, a.lot_no, a.month
                FROM entry AS a JOIN entry AS b ON b.lot_no = a.lot_no AND b.firm > a.firm),
            often AS (
                SELECT one, two FROM pair GROUP BY one, two HAVING count(DISTINCT lot_no) >= 5),
            core AS (
                SELECT x.one AS a, x.two AS b, y.two AS c
                FROM often AS x JOIN often AS y ON y.one = x.one AND y.two > x.two JOIN often AS z ON z.one = x.two AND z.two = y.two),
            met AS (
                SELECT DISTINCT core.a, core.b, core.c, p.lot_no, p.month
                FROM core JOIN pair AS p ON p.one = core.a AND p.two = core.b JOIN entry AS e ON e.firm = core.c AND e.lot_no = p.lot_no),
            dense AS (
                SELECT DISTINCT o.a, o.b, o.c
                FROM met AS o JOIN met AS n ON n.a = o.a AND n.b = o.b AND n.c = o.c AND n.month >= o.month AND n.month < o.month + 24
                GROUP BY o.a, o.b, o.c, o.lot_no HAVING count(DISTINCT n.lot_no) >= 5),
            either AS (SELECT one, two FROM often UNION SELECT two, one FROM often),
            member AS (
                SELECT a, b, c, a AS firm FROM dense UNION SELECT a, b, c, b FROM dense UNION SELECT a, b, c, c FROM dense
                UNION
                SELECT d.a, d.b, d.c, x.two FROM dense AS d JOIN either AS x ON x.one = d.a JOIN either AS y ON y.one = d.b AND y.two = x.two
                    JOIN either AS z ON z.one = d.c AND z.two = x.two),
            result AS (
                SELECT m.a, m.b, m.c, m.lot_no, e.firm AS winner
                FROM met AS m JOIN member AS g ON g.a = m.a AND g.b = m.b AND g.c = m.c
                    JOIN entry AS e ON e.lot_no = m.lot_no AND e.firm = g.firm AND e.won = 1),
            turn AS (SELECT a, b, c, winner, count(DISTINCT lot_no) AS won FROM result GROUP BY a, b, c, winner),
            ring AS (
                SELECT d.a, d.b, d.c, (SELECT count(DISTINCT m.lot_no) FROM met AS m WHERE m.a = d.a AND m.b = d.b AND m.c = d.c) AS lots,
                    (SELECT count(DISTINCT r.lot_no) FROM result AS r WHERE r.a = d.a AND r.b = d.b AND r.c = d.c) AS inside,
                    (SELECT count(*) FROM turn AS n WHERE n.a = d.a AND n.b = d.b AND n.c = d.c) AS winners,
                    (SELECT max(n.won) FROM turn AS n WHERE n.a = d.a AND n.b = d.b AND n.c = d.c) AS most
                FROM dense AS d),
            kept AS (SELECT * FROM ring WHERE inside * 100 >= lots * 80 AND winners >= 3 AND most * 2 <= lots),
            shown AS (
                SELECT g.firm, m.lot_no, k.lots, k.inside, k.winners
                FROM kept AS k JOIN member AS g ON g.a = k.a AND g.b = k.b AND g.c = k.c JOIN met AS m ON m.a = k.a AND m.b = k.b AND m.c = k.c)
            SELECT e.firm, b.site, b.bidder, b.rid, e.lot_no, e.won = 1, max(s.lots), max(s.inside), max(s.winners),
                (SELECT count(DISTINCT o.firm) FROM entry AS o WHERE o.kind = e.kind)
            FROM shown AS s JOIN entry AS e ON e.firm = s.firm AND e.lot_no = s.lot_no JOIN bid AS b ON b.bidder_uscc = e.firm AND b.lot_no = e.lot_no
            WHERE e.firm IN (SELECT key FROM hit_subject)
            GROUP BY e.firm, b.site, b.bidder, b.rid, e.lot_no, e.won, e.kind
)
SELECT DISTINCT s.subject AS subject, 'ring' AS episode, 1 AS source, b.rid AS rid, b.version AS version, b.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN bid AS b
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND b.rid = q.bid_rid
  AND $1 > 0
  AND NOT coalesce((q.firms <= 10), FALSE)
ORDER BY 1, 2, 3, 4

-- need
SELECT count(*) FROM (SELECT 1 FROM bid LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM award LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM tender LIMIT 1) AS found
