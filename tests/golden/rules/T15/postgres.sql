-- findings
WITH said(subject, site, title, state, link, users, bid_rid, company_rid, role_rid, kin_rid) AS (
WITH b AS (
                SELECT b.lot_no, b.rid, b.site, b.bidder_uscc, b.phone, b.email, b.deposit_account,
                    CASE WHEN b.delegate_id_tier <= 2 THEN b.delegate_id_person END AS delegate, t.title, t.state AS tender_state, t.notice_on
                FROM tender AS t JOIN bid AS b ON b.lot_no = t.lot_no
                WHERE 1 = 1 AND b.state NOT IN ('invited', 'withdrawn', 'unsubmitted')),
            firm AS (
                SELECT b.lot_no, b.rid, b.bidder_uscc, c.address, c.rid AS company_rid
                FROM b JOIN company AS c ON c.uscc = b.bidder_uscc),
            head AS (
                SELECT b.lot_no, b.rid, b.bidder_uscc, c.legal_rep_id_person AS person, 1 AS part, c.rid AS company_rid, CAST(NULL AS BIGINT) AS role_rid
                FROM b JOIN company AS c ON c.uscc = b.bidder_uscc WHERE c.legal_rep_id_tier <= 2
                UNION ALL
                SELECT b.lot_no, b.rid, b.bidder_uscc, r.citizen_id_person, CASE r.role WHEN 'holder' THEN 2 ELSE 3 END, NULL, r.rid
                FROM b JOIN company_role AS r ON r.uscc = b.bidder_uscc
                WHERE r.citizen_id_tier <= 2 AND r.from_day <= b.notice_on AND (r.to_day IS NULL OR r.to_day >= b.notice_on)
                    AND (r.role = 'manager' OR (r.role = 'holder' AND r.share >= 25 * 100))),
            spouse AS (
                SELECT official_id_person AS one, kin_id_person AS two, rid FROM kin
                WHERE relation = '10' AND official_id_tier <= 2 AND kin_id_tier <= 2
                UNION
                SELECT kin_id_person, official_id_person, rid FROM kin
                WHERE relation = '10' AND official_id_tier <= 2 AND kin_id_tier <= 2),
            linked AS (
                SELECT x.rid, CASE WHEN x.part = 1 AND y.part = 1 THEN '10' WHEN x.part <= 2 AND y.part <= 2 THEN '20' ELSE '30' END AS link,
                    CAST(NULL AS BIGINT) AS users, x.company_rid, x.role_rid, CAST(NULL AS BIGINT) AS kin_rid
                FROM head AS x JOIN head AS y ON y.lot_no = x.lot_no AND y.person = x.person AND y.bidder_uscc <> x.bidder_uscc
                UNION ALL
                SELECT x.rid, '40', NULL, x.company_rid, x.role_rid, k.rid
                FROM head AS x JOIN spouse AS k ON k.one = x.person
                    JOIN head AS y ON y.lot_no = x.lot_no AND y.person = k.two AND y.bidder_uscc <> x.bidder_uscc
                WHERE x.part <= 2 AND y.part <= 2
                UNION ALL
                SELECT x.rid, '50', NULL, NULL, NULL, NULL
                FROM b AS x JOIN b AS y ON y.lot_no = x.lot_no AND y.delegate = x.delegate AND y.bidder_uscc <> x.bidder_uscc
                UNION ALL
                SELECT x.rid, '60', (SELECT count(DISTINCT z.bidder_uscc) FROM bid AS z WHERE z.deposit_account = x.deposit_account), NULL, NULL, NULL
                FROM b AS x JOIN b AS y ON y.lot_no = x.lot_no AND y.deposit_account = x.deposit_account AND y.bidder_uscc <> x.bidder_uscc
                UNION ALL
                SELECT x.rid, '70', (SELECT count(DISTINCT z.bidder_uscc) FROM bid AS z WHERE z.phone = x.phone), NULL, NULL, NULL
                FROM b AS x JOIN b AS y ON y.lot_no = x.lot_no AND y.phone = x.phone AND y.bidder_uscc <> x.bidder_uscc
                UNION ALL
                SELECT x.rid, '80', (SELECT count(DISTINCT z.bidder_uscc) FROM bid AS z WHERE z.email = x.email), NULL, NULL, NULL
                FROM b AS x JOIN b AS y ON y.lot_no = x.lot_no AND y.email = x.email AND y.bidder_uscc <> x.bidder_uscc
                UNION ALL
                SELECT x.rid, '90', (SELECT count(*) FROM company AS z WHERE z.address = x.address), x.company_rid, NULL, NULL
                FROM firm AS x JOIN firm AS y ON y.lot_no = x.lot_no AND y.address = x.address AND y.bidder_uscc <> x.bidder_uscc)
            SELECT b.lot_no, b.site, b.title, b.tender_state, l.link, l.users, b.rid, l.company_rid, l.role_rid, l.kin_rid
            FROM linked AS l JOIN b ON b.rid = l.rid
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN g.one_head = 1 THEN 4 WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.bidders, g.ways, g.closest, g.one_head
FROM (SELECT hit.subject AS subject, 'linked' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.title") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, count(DISTINCT "q.bid_rid") FILTER (WHERE clause IS NULL) AS bidders, count(DISTINCT "q.link") FILTER (WHERE clause IS NULL) AS ways, min("q.link") FILTER (WHERE clause IS NULL) AS closest, max(CASE WHEN "q.link" IN ('10', '20') THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS one_head
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.title AS "q.title", q.state AS "q.state", q.link AS "q.link", q.users AS "q.users", q.bid_rid AS "q.bid_rid", q.company_rid AS "q.company_rid", q.role_rid AS "q.role_rid", q.kin_rid AS "q.kin_rid", CASE WHEN q.users > 10 THEN 1 WHEN q.state = 'cancelled' THEN 2 END AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
WITH said(subject, site, title, state, link, users, bid_rid, company_rid, role_rid, kin_rid) AS (
WITH b AS (
                SELECT b.lot_no, b.rid, b.site, b.bidder_uscc, b.phone, b.email, b.deposit_account,
                    CASE WHEN b.delegate_id_tier <= 2 THEN b.delegate_id_person END AS delegate, t.title, t.state AS tender_state, t.notice_on
                FROM tender AS t JOIN bid AS b ON b.lot_no = t.lot_no
                WHERE t.lot_no IN (SELECT key FROM dirty_subject) AND b.state NOT IN ('invited', 'withdrawn', 'unsubmitted')),
            firm AS (
                SELECT b.lot_no, b.rid, b.bidder_uscc, c.address, c.rid AS company_rid
                FROM b JOIN company AS c ON c.uscc = b.bidder_uscc),
            head AS (
                SELECT b.lot_no, b.rid, b.bidder_uscc, c.legal_rep_id_person AS person, 1 AS part, c.rid AS company_rid, CAST(NULL AS BIGINT) AS role_rid
                FROM b JOIN company AS c ON c.uscc = b.bidder_uscc WHERE c.legal_rep_id_tier <= 2
                UNION ALL
                SELECT b.lot_no, b.rid, b.bidder_uscc, r.citizen_id_person, CASE r.role WHEN 'holder' THEN 2 ELSE 3 END, NULL, r.rid
                FROM b JOIN company_role AS r ON r.uscc = b.bidder_uscc
                WHERE r.citizen_id_tier <= 2 AND r.from_day <= b.notice_on AND (r.to_day IS NULL OR r.to_day >= b.notice_on)
                    AND (r.role = 'manager' OR (r.role = 'holder' AND r.share >= 25 * 100))),
            spouse AS (
                SELECT official_id_person AS one, kin_id_person AS two, rid FROM kin
                WHERE relation = '10' AND official_id_tier <= 2 AND kin_id_tier <= 2
                UNION
                SELECT kin_id_person, official_id_person, rid FROM kin
                WHERE relation = '10' AND official_id_tier <= 2 AND kin_id_tier <= 2),
            linked AS (
                SELECT x.rid, CASE WHEN x.part = 1 AND y.part = 1 THEN '10' WHEN x.part <= 2 AND y.part <= 2 THEN '20' ELSE '30' END AS link,
                    CAST(NULL AS BIGINT) AS users, x.company_rid, x.role_rid, CAST(NULL AS BIGINT) AS kin_rid
                FROM head AS x JOIN head AS y ON y.lot_no = x.lot_no AND y.person = x.person AND y.bidder_uscc <> x.bidder_uscc
                UNION ALL
                SELECT x.rid, '40', NULL, x.company_rid, x.role_rid, k.rid
                FROM head AS x JOIN spouse AS k ON k.one = x.person
                    JOIN head AS y ON y.lot_no = x.lot_no AND y.person = k.two AND y.bidder_uscc <> x.bidder_uscc
                WHERE x.part <= 2 AND y.part <= 2
                UNION ALL
                SELECT x.rid, '50', NULL, NULL, NULL, NULL
                FROM b AS x JOIN b AS y ON y.lot_no = x.lot_no AND y.delegate = x.delegate AND y.bidder_uscc <> x.bidder_uscc
                UNION ALL
                SELECT x.rid, '60', (SELECT count(DISTINCT z.bidder_uscc) FROM bid AS z WHERE z.deposit_account = x.deposit_account), NULL, NULL, NULL
                FROM b AS x JOIN b AS y ON y.lot_no = x.lot_no AND y.deposit_account = x.deposit_account AND y.bidder_uscc <> x.bidder_uscc
                UNION ALL
                SELECT x.rid, '70', (SELECT count(DISTINCT z.bidder_uscc) FROM bid AS z WHERE z.phone = x.phone), NULL, NULL, NULL
                FROM b AS x JOIN b AS y ON y.lot_no = x.lot_no AND y.phone = x.phone AND y.bidder_uscc <> x.bidder_uscc
                UNION ALL
                SELECT x.rid, '80', (SELECT count(DISTINCT z.bidder_uscc) FROM bid AS z WHERE z.email = x.email), NULL, NULL, NULL
                FROM b AS x JOIN b AS y ON y.lot_no = x.lot_no AND y.email = x.email AND y.bidder_uscc <> x.bidder_uscc
                UNION ALL
                SELECT x.rid, '90', (SELECT count(*) FROM company AS z WHERE z.address = x.address), x.company_rid, NULL, NULL
                FROM firm AS x JOIN firm AS y ON y.lot_no = x.lot_no AND y.address = x.address AND y.bidder_uscc <> x.bidder_uscc)
            SELECT b.lot_no, b.site, b.title, b.tender_state, l.link, l.users, b.rid, l.company_rid, l.role_rid, l.kin_rid
            FROM linked AS l JOIN b ON b.rid = l.rid
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN g.one_head = 1 THEN 4 WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.bidders, g.ways, g.closest, g.one_head
FROM (SELECT hit.subject AS subject, 'linked' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.title") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, count(DISTINCT "q.bid_rid") FILTER (WHERE clause IS NULL) AS bidders, count(DISTINCT "q.link") FILTER (WHERE clause IS NULL) AS ways, min("q.link") FILTER (WHERE clause IS NULL) AS closest, max(CASE WHEN "q.link" IN ('10', '20') THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS one_head
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.title AS "q.title", q.state AS "q.state", q.link AS "q.link", q.users AS "q.users", q.bid_rid AS "q.bid_rid", q.company_rid AS "q.company_rid", q.role_rid AS "q.role_rid", q.kin_rid AS "q.kin_rid", CASE WHEN q.users > 10 THEN 1 WHEN q.state = 'cancelled' THEN 2 END AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
WITH said(subject, site, title, state, link, users, bid_rid, company_rid, role_rid, kin_rid) AS (
WITH b AS (
                SELECT b.lot_no, b.rid, b.site, b.bidder_uscc, b.phone, b.email, b.deposit_account,
                    CASE WHEN b.delegate_id_tier <= 2 THEN b.delegate_id_person END AS delegate, t.title, t.state AS tender_state, t.notice_on
                FROM tender AS t JOIN bid AS b ON b.lot_no = t.lot_no
                WHERE t.lot_no IN (SELECT key FROM hit_subject) AND b.state NOT IN ('invited', 'withdrawn', 'unsubmitted')),
            firm AS (
                SELECT b.lot_no, b.rid, b.bidder_uscc, c.address, c.rid AS company_rid
                FROM b JOIN company AS c ON c.uscc = b.bidder_uscc),
            head AS (
                SELECT b.lot_no, b.rid, b.bidder_uscc, c.legal_rep_id_person AS person, 1 AS part, c.rid AS company_rid, CAST(NULL AS BIGINT) AS role_rid
                FROM b JOIN company AS c ON c.uscc = b.bidder_uscc WHERE c.legal_rep_id_tier <= 2
                UNION ALL
                SELECT b.lot_no, b.rid, b.bidder_uscc, r.citizen_id_person, CASE r.role WHEN 'holder' THEN 2 ELSE 3 END, NULL, r.rid
                FROM b JOIN company_role AS r ON r.uscc = b.bidder_uscc
                WHERE r.citizen_id_tier <= 2 AND r.from_day <= b.notice_on AND (r.to_day IS NULL OR r.to_day >= b.notice_on)
                    AND (r.role = 'manager' OR (r.role = 'holder' AND r.share >= 25 * 100))),
            spouse AS (
                SELECT official_id_person AS one, kin_id_person AS two, rid FROM kin
                WHERE relation = '10' AND official_id_tier <= 2 AND kin_id_tier <= 2
                UNION
                SELECT kin_id_person, official_id_person, rid FROM kin
                WHERE relation = '10' AND official_id_tier <= 2 AND kin_id_tier <= 2),
            linked AS (
                SELECT x.rid, CASE WHEN x.part = 1 AND y.part = 1 THEN '10' WHEN x.part <= 2 AND y.part <= 2 THEN '20' ELSE '30' END AS link,
                    CAST(NULL AS BIGINT) AS users, x.company_rid, x.role_rid, CAST(NULL AS BIGINT) AS kin_rid
                FROM head AS x JOIN head AS y ON y.lot_no = x.lot_no AND y.person = x.person AND y.bidder_uscc <> x.bidder_uscc
                UNION ALL
                SELECT x.rid, '40', NULL, x.company_rid, x.role_rid, k.rid
                FROM head AS x JOIN spouse AS k ON k.one = x.person
                    JOIN head AS y ON y.lot_no = x.lot_no AND y.person = k.two AND y.bidder_uscc <> x.bidder_uscc
                WHERE x.part <= 2 AND y.part <= 2
                UNION ALL
                SELECT x.rid, '50', NULL, NULL, NULL, NULL
                FROM b AS x JOIN b AS y ON y.lot_no = x.lot_no AND y.delegate = x.delegate AND y.bidder_uscc <> x.bidder_uscc
                UNION ALL
                SELECT x.rid, '60', (SELECT count(DISTINCT z.bidder_uscc) FROM bid AS z WHERE z.deposit_account = x.deposit_account), NULL, NULL, NULL
                FROM b AS x JOIN b AS y ON y.lot_no = x.lot_no AND y.deposit_account = x.deposit_account AND y.bidder_uscc <> x.bidder_uscc
                UNION ALL
                SELECT x.rid, '70', (SELECT count(DISTINCT z.bidder_uscc) FROM bid AS z WHERE z.phone = x.phone), NULL, NULL, NULL
                FROM b AS x JOIN b AS y ON y.lot_no = x.lot_no AND y.phone = x.phone AND y.bidder_uscc <> x.bidder_uscc
                UNION ALL
                SELECT x.rid, '80', (SELECT count(DISTINCT z.bidder_uscc) FROM bid AS z WHERE z.email = x.email), NULL, NULL, NULL
                FROM b AS x JOIN b AS y ON y.lot_no = x.lot_no AND y.email = x.email AND y.bidder_uscc <> x.bidder_uscc
                UNION ALL
                SELECT x.rid, '90', (SELECT count(*) FROM company AS z WHERE z.address = x.address), x.company_rid, NULL, NULL
                FROM firm AS x JOIN firm AS y ON y.lot_no = x.lot_no AND y.address = x.address AND y.bidder_uscc <> x.bidder_uscc)
            SELECT b.lot_no, b.site, b.title, b.tender_state, l.link, l.users, b.rid, l.company_rid, l.role_rid, l.kin_rid
            FROM linked AS l JOIN b ON b.rid = l.rid
)
SELECT DISTINCT s.subject AS subject, 'linked' AS episode, 1 AS source, b.rid AS rid, b.version AS version, b.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN bid AS b
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND b.rid = q.bid_rid
  AND $1 > 0
  AND NOT coalesce((q.users > 10), FALSE)
  AND NOT coalesce((q.state = 'cancelled'), FALSE)
UNION ALL
SELECT DISTINCT s.subject AS subject, 'linked' AS episode, 2 AS source, c.rid AS rid, c.version AS version, c.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN company AS c
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND c.rid = q.company_rid
  AND $1 > 0
  AND NOT coalesce((q.users > 10), FALSE)
  AND NOT coalesce((q.state = 'cancelled'), FALSE)
UNION ALL
SELECT DISTINCT s.subject AS subject, 'linked' AS episode, 3 AS source, r.rid AS rid, r.version AS version, r.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN company_role AS r
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND r.rid = q.role_rid
  AND $1 > 0
  AND NOT coalesce((q.users > 10), FALSE)
  AND NOT coalesce((q.state = 'cancelled'), FALSE)
UNION ALL
SELECT DISTINCT s.subject AS subject, 'linked' AS episode, 4 AS source, k.rid AS rid, k.version AS version, k.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN kin AS k
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND k.rid = q.kin_rid
  AND $1 > 0
  AND NOT coalesce((q.users > 10), FALSE)
  AND NOT coalesce((q.state = 'cancelled'), FALSE)
ORDER BY 1, 2, 3, 4

-- touches
SELECT lot_no FROM bid WHERE bidder_uscc IN (SELECT key FROM dirty_key) OR delegate_id_person IN (SELECT person FROM dirty_person)
                OR phone IN (SELECT key FROM dirty_key) OR email IN (SELECT key FROM dirty_key) OR deposit_account IN (SELECT key FROM dirty_key)
            UNION
            SELECT b.lot_no FROM company AS c JOIN bid AS b ON b.bidder_uscc = c.uscc
            WHERE c.address IN (SELECT key FROM dirty_key) OR c.legal_rep_id_person IN (SELECT person FROM dirty_person)
            UNION
            SELECT b.lot_no FROM company_role AS r JOIN bid AS b ON b.bidder_uscc = r.uscc WHERE r.citizen_id_person IN (SELECT person FROM dirty_person)

-- need
SELECT count(*) FROM (SELECT 1 FROM bid LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM tender LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM company LIMIT 1) AS found
