-- findings
WITH said(subject, site, title, state, link, award_rid, price, company_rid, role_rid, bid_rid, official_rid, kin_rid, expert_rid, tier) AS (
WITH lot AS (
                SELECT t.lot_no, t.title, t.state, t.notice_on, t.buyer, t.buyer_uscc, t.agency_uscc, w.rid, w.site, w.winner_uscc, w.price
                FROM tender AS t JOIN award AS w ON w.lot_no = t.lot_no WHERE 1 = 1),
            firm AS (
                SELECT l.rid, l.lot_no, c.legal_rep_id_person AS person, c.legal_rep_id_tier AS tier, c.rid AS company_rid,
                    CAST(NULL AS BIGINT) AS role_rid, CAST(NULL AS BIGINT) AS bid_rid
                FROM lot AS l JOIN company AS c ON c.uscc = l.winner_uscc WHERE c.legal_rep_id_tier <= 2
                UNION ALL
                SELECT l.rid, l.lot_no, r.citizen_id_person, r.citizen_id_tier, NULL, r.rid, NULL
                FROM lot AS l JOIN company_role AS r ON r.uscc = l.winner_uscc
                WHERE r.citizen_id_tier <= 2 AND r.from_day <= l.notice_on AND (r.to_day IS NULL OR r.to_day >= l.notice_on)
                    AND (r.role <> 'holder' OR r.share >= 25 * 100)
                UNION ALL
                SELECT l.rid, l.lot_no, b.delegate_id_person, b.delegate_id_tier, NULL, NULL, b.rid
                FROM lot AS l JOIN bid AS b ON b.lot_no = l.lot_no AND b.bidder_uscc = l.winner_uscc WHERE b.delegate_id_tier <= 2),
            buyer AS (
                SELECT l.rid, l.notice_on, u.unit_code FROM lot AS l JOIN unit AS u ON u.name = l.buyer
                UNION
                SELECT l.rid, l.notice_on, u.unit_code FROM lot AS l JOIN unit AS u ON u.uscc = l.buyer_uscc),
            clerk AS (
                SELECT y.rid, o.citizen_id_person AS person, o.citizen_id_tier AS tier, o.rid AS official_rid,
                    CASE WHEN o.village_cadre = 1 OR o.rank LIKE 'state%' OR o.rank LIKE 'province%' OR o.rank LIKE 'bureau%'
                        OR o.rank LIKE 'county%' OR o.rank LIKE 'town%' THEN 1 ELSE 0 END AS leads
                FROM buyer AS y JOIN official AS o ON o.unit_code = y.unit_code
                WHERE o.citizen_id_tier <= 2 AND o.post_from <= y.notice_on AND (o.post_to IS NULL OR o.post_to >= y.notice_on)),
            expert_of AS (
                SELECT l.rid, e.citizen_id_person AS person, e.citizen_id_tier AS tier, e.rid AS expert_rid
                FROM lot AS l JOIN expert AS e ON e.lot_no = l.lot_no WHERE e.citizen_id_tier <= 2),
            agent AS (
                SELECT l.rid, c.legal_rep_id_person AS person, c.legal_rep_id_tier AS tier, c.rid AS company_rid, CAST(NULL AS BIGINT) AS role_rid
                FROM lot AS l JOIN company AS c ON c.uscc = l.agency_uscc WHERE c.legal_rep_id_tier <= 2
                UNION ALL
                SELECT l.rid, r.citizen_id_person, r.citizen_id_tier, NULL, r.rid
                FROM lot AS l JOIN company_role AS r ON r.uscc = l.agency_uscc
                WHERE r.citizen_id_tier <= 2 AND r.from_day <= l.notice_on AND (r.to_day IS NULL OR r.to_day >= l.notice_on)
                    AND (r.role <> 'holder' OR r.share >= 25 * 100)),
            linked AS (
                SELECT f.rid, '10' AS link, f.company_rid, f.role_rid, f.bid_rid, x.official_rid, CAST(NULL AS BIGINT) AS kin_rid, CAST(NULL AS BIGINT) AS expert_rid,
                    CASE WHEN f.tier = 2 OR x.tier = 2 THEN 2 ELSE 1 END AS tier
                FROM firm AS f JOIN clerk AS x ON x.rid = f.rid AND x.person = f.person
                UNION ALL
                SELECT f.rid, '20', f.company_rid, f.role_rid, f.bid_rid, x.official_rid, k.rid, NULL,
                    CASE WHEN f.tier = 2 OR x.tier = 2 OR k.kin_id_tier = 2 OR k.official_id_tier = 2 THEN 2 ELSE 1 END
                FROM firm AS f JOIN kin AS k ON k.kin_id_person = f.person JOIN clerk AS x ON x.rid = f.rid AND x.person = k.official_id_person
                WHERE x.leads = 1 AND k.kin_id_tier <= 2 AND k.official_id_tier <= 2 AND k.relation NOT IN ('01', '99') AND k.to_day IS NULL
                UNION ALL
                SELECT f.rid, '30', f.company_rid, f.role_rid, f.bid_rid, NULL, NULL, x.expert_rid,
                    CASE WHEN f.tier = 2 OR x.tier = 2 THEN 2 ELSE 1 END
                FROM firm AS f JOIN expert_of AS x ON x.rid = f.rid AND x.person = f.person
                UNION ALL
                SELECT f.rid, '40', f.company_rid, f.role_rid, f.bid_rid, NULL, k.rid, x.expert_rid,
                    CASE WHEN f.tier = 2 OR x.tier = 2 OR k.kin_id_tier = 2 OR k.official_id_tier = 2 THEN 2 ELSE 1 END
                FROM firm AS f JOIN kin AS k ON k.kin_id_person = f.person JOIN expert_of AS x ON x.rid = f.rid AND x.person = k.official_id_person
                WHERE k.kin_id_tier <= 2 AND k.official_id_tier <= 2 AND k.relation NOT IN ('01', '99') AND k.to_day IS NULL
                UNION ALL
                SELECT f.rid, '50', coalesce(f.company_rid, x.company_rid), coalesce(f.role_rid, x.role_rid), f.bid_rid, NULL, NULL, NULL,
                    CASE WHEN f.tier = 2 OR x.tier = 2 THEN 2 ELSE 1 END
                FROM firm AS f JOIN agent AS x ON x.rid = f.rid AND x.person = f.person)
            SELECT l.lot_no, l.site, l.title, l.state, n.link, l.rid, l.price, n.company_rid, n.role_rid, n.bid_rid, n.official_rid, n.kin_rid, n.expert_rid, n.tier
            FROM linked AS n JOIN lot AS l ON l.rid = n.rid
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN g.own = 1 THEN 5 WHEN 1 = 1 THEN 4 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.closest, g.ways, g.own
FROM (SELECT hit.subject AS subject, 'linked' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.title") AS called, coalesce(max("q.price") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.link") FILTER (WHERE clause IS NULL) AS closest, count(DISTINCT "q.link") FILTER (WHERE clause IS NULL) AS ways, max(CASE WHEN "q.link" = '10' THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS own
FROM (SELECT q.subject AS subject, q.tier AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.title AS "q.title", q.state AS "q.state", q.link AS "q.link", q.award_rid AS "q.award_rid", q.price AS "q.price", q.company_rid AS "q.company_rid", q.role_rid AS "q.role_rid", q.bid_rid AS "q.bid_rid", q.official_rid AS "q.official_rid", q.kin_rid AS "q.kin_rid", q.expert_rid AS "q.expert_rid", q.tier AS "q.tier", CASE WHEN q.state IN ('cancelled', 'unsuccessful') THEN 1 END AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
WITH said(subject, site, title, state, link, award_rid, price, company_rid, role_rid, bid_rid, official_rid, kin_rid, expert_rid, tier) AS (
WITH lot AS (
                SELECT t.lot_no, t.title, t.state, t.notice_on, t.buyer, t.buyer_uscc, t.agency_uscc, w.rid, w.site, w.winner_uscc, w.price
                FROM tender AS t JOIN award AS w ON w.lot_no = t.lot_no WHERE t.lot_no IN (SELECT key FROM dirty_subject)),
            firm AS (
                SELECT l.rid, l.lot_no, c.legal_rep_id_person AS person, c.legal_rep_id_tier AS tier, c.rid AS company_rid,
                    CAST(NULL AS BIGINT) AS role_rid, CAST(NULL AS BIGINT) AS bid_rid
                FROM lot AS l JOIN company AS c ON c.uscc = l.winner_uscc WHERE c.legal_rep_id_tier <= 2
                UNION ALL
                SELECT l.rid, l.lot_no, r.citizen_id_person, r.citizen_id_tier, NULL, r.rid, NULL
                FROM lot AS l JOIN company_role AS r ON r.uscc = l.winner_uscc
                WHERE r.citizen_id_tier <= 2 AND r.from_day <= l.notice_on AND (r.to_day IS NULL OR r.to_day >= l.notice_on)
                    AND (r.role <> 'holder' OR r.share >= 25 * 100)
                UNION ALL
                SELECT l.rid, l.lot_no, b.delegate_id_person, b.delegate_id_tier, NULL, NULL, b.rid
                FROM lot AS l JOIN bid AS b ON b.lot_no = l.lot_no AND b.bidder_uscc = l.winner_uscc WHERE b.delegate_id_tier <= 2),
            buyer AS (
                SELECT l.rid, l.notice_on, u.unit_code FROM lot AS l JOIN unit AS u ON u.name = l.buyer
                UNION
                SELECT l.rid, l.notice_on, u.unit_code FROM lot AS l JOIN unit AS u ON u.uscc = l.buyer_uscc),
            clerk AS (
                SELECT y.rid, o.citizen_id_person AS person, o.citizen_id_tier AS tier, o.rid AS official_rid,
                    CASE WHEN o.village_cadre = 1 OR o.rank LIKE 'state%' OR o.rank LIKE 'province%' OR o.rank LIKE 'bureau%'
                        OR o.rank LIKE 'county%' OR o.rank LIKE 'town%' THEN 1 ELSE 0 END AS leads
                FROM buyer AS y JOIN official AS o ON o.unit_code = y.unit_code
                WHERE o.citizen_id_tier <= 2 AND o.post_from <= y.notice_on AND (o.post_to IS NULL OR o.post_to >= y.notice_on)),
            expert_of AS (
                SELECT l.rid, e.citizen_id_person AS person, e.citizen_id_tier AS tier, e.rid AS expert_rid
                FROM lot AS l JOIN expert AS e ON e.lot_no = l.lot_no WHERE e.citizen_id_tier <= 2),
            agent AS (
                SELECT l.rid, c.legal_rep_id_person AS person, c.legal_rep_id_tier AS tier, c.rid AS company_rid, CAST(NULL AS BIGINT) AS role_rid
                FROM lot AS l JOIN company AS c ON c.uscc = l.agency_uscc WHERE c.legal_rep_id_tier <= 2
                UNION ALL
                SELECT l.rid, r.citizen_id_person, r.citizen_id_tier, NULL, r.rid
                FROM lot AS l JOIN company_role AS r ON r.uscc = l.agency_uscc
                WHERE r.citizen_id_tier <= 2 AND r.from_day <= l.notice_on AND (r.to_day IS NULL OR r.to_day >= l.notice_on)
                    AND (r.role <> 'holder' OR r.share >= 25 * 100)),
            linked AS (
                SELECT f.rid, '10' AS link, f.company_rid, f.role_rid, f.bid_rid, x.official_rid, CAST(NULL AS BIGINT) AS kin_rid, CAST(NULL AS BIGINT) AS expert_rid,
                    CASE WHEN f.tier = 2 OR x.tier = 2 THEN 2 ELSE 1 END AS tier
                FROM firm AS f JOIN clerk AS x ON x.rid = f.rid AND x.person = f.person
                UNION ALL
                SELECT f.rid, '20', f.company_rid, f.role_rid, f.bid_rid, x.official_rid, k.rid, NULL,
                    CASE WHEN f.tier = 2 OR x.tier = 2 OR k.kin_id_tier = 2 OR k.official_id_tier = 2 THEN 2 ELSE 1 END
                FROM firm AS f JOIN kin AS k ON k.kin_id_person = f.person JOIN clerk AS x ON x.rid = f.rid AND x.person = k.official_id_person
                WHERE x.leads = 1 AND k.kin_id_tier <= 2 AND k.official_id_tier <= 2 AND k.relation NOT IN ('01', '99') AND k.to_day IS NULL
                UNION ALL
                SELECT f.rid, '30', f.company_rid, f.role_rid, f.bid_rid, NULL, NULL, x.expert_rid,
                    CASE WHEN f.tier = 2 OR x.tier = 2 THEN 2 ELSE 1 END
                FROM firm AS f JOIN expert_of AS x ON x.rid = f.rid AND x.person = f.person
                UNION ALL
                SELECT f.rid, '40', f.company_rid, f.role_rid, f.bid_rid, NULL, k.rid, x.expert_rid,
                    CASE WHEN f.tier = 2 OR x.tier = 2 OR k.kin_id_tier = 2 OR k.official_id_tier = 2 THEN 2 ELSE 1 END
                FROM firm AS f JOIN kin AS k ON k.kin_id_person = f.person JOIN expert_of AS x ON x.rid = f.rid AND x.person = k.official_id_person
                WHERE k.kin_id_tier <= 2 AND k.official_id_tier <= 2 AND k.relation NOT IN ('01', '99') AND k.to_day IS NULL
                UNION ALL
                SELECT f.rid, '50', coalesce(f.company_rid, x.company_rid), coalesce(f.role_rid, x.role_rid), f.bid_rid, NULL, NULL, NULL,
                    CASE WHEN f.tier = 2 OR x.tier = 2 THEN 2 ELSE 1 END
                FROM firm AS f JOIN agent AS x ON x.rid = f.rid AND x.person = f.person)
            SELECT l.lot_no, l.site, l.title, l.state, n.link, l.rid, l.price, n.company_rid, n.role_rid, n.bid_rid, n.official_rid, n.kin_rid, n.expert_rid, n.tier
            FROM linked AS n JOIN lot AS l ON l.rid = n.rid
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN g.own = 1 THEN 5 WHEN 1 = 1 THEN 4 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.closest, g.ways, g.own
FROM (SELECT hit.subject AS subject, 'linked' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.title") AS called, coalesce(max("q.price") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.link") FILTER (WHERE clause IS NULL) AS closest, count(DISTINCT "q.link") FILTER (WHERE clause IS NULL) AS ways, max(CASE WHEN "q.link" = '10' THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS own
FROM (SELECT q.subject AS subject, q.tier AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.title AS "q.title", q.state AS "q.state", q.link AS "q.link", q.award_rid AS "q.award_rid", q.price AS "q.price", q.company_rid AS "q.company_rid", q.role_rid AS "q.role_rid", q.bid_rid AS "q.bid_rid", q.official_rid AS "q.official_rid", q.kin_rid AS "q.kin_rid", q.expert_rid AS "q.expert_rid", q.tier AS "q.tier", CASE WHEN q.state IN ('cancelled', 'unsuccessful') THEN 1 END AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
WITH said(subject, site, title, state, link, award_rid, price, company_rid, role_rid, bid_rid, official_rid, kin_rid, expert_rid, tier) AS (
WITH lot AS (
                SELECT t.lot_no, t.title, t.state, t.notice_on, t.buyer, t.buyer_uscc, t.agency_uscc, w.rid, w.site, w.winner_uscc, w.price
                FROM tender AS t JOIN award AS w ON w.lot_no = t.lot_no WHERE t.lot_no IN (SELECT key FROM hit_subject)),
            firm AS (
                SELECT l.rid, l.lot_no, c.legal_rep_id_person AS person, c.legal_rep_id_tier AS tier, c.rid AS company_rid,
                    CAST(NULL AS BIGINT) AS role_rid, CAST(NULL AS BIGINT) AS bid_rid
                FROM lot AS l JOIN company AS c ON c.uscc = l.winner_uscc WHERE c.legal_rep_id_tier <= 2
                UNION ALL
                SELECT l.rid, l.lot_no, r.citizen_id_person, r.citizen_id_tier, NULL, r.rid, NULL
                FROM lot AS l JOIN company_role AS r ON r.uscc = l.winner_uscc
                WHERE r.citizen_id_tier <= 2 AND r.from_day <= l.notice_on AND (r.to_day IS NULL OR r.to_day >= l.notice_on)
                    AND (r.role <> 'holder' OR r.share >= 25 * 100)
                UNION ALL
                SELECT l.rid, l.lot_no, b.delegate_id_person, b.delegate_id_tier, NULL, NULL, b.rid
                FROM lot AS l JOIN bid AS b ON b.lot_no = l.lot_no AND b.bidder_uscc = l.winner_uscc WHERE b.delegate_id_tier <= 2),
            buyer AS (
                SELECT l.rid, l.notice_on, u.unit_code FROM lot AS l JOIN unit AS u ON u.name = l.buyer
                UNION
                SELECT l.rid, l.notice_on, u.unit_code FROM lot AS l JOIN unit AS u ON u.uscc = l.buyer_uscc),
            clerk AS (
                SELECT y.rid, o.citizen_id_person AS person, o.citizen_id_tier AS tier, o.rid AS official_rid,
                    CASE WHEN o.village_cadre = 1 OR o.rank LIKE 'state%' OR o.rank LIKE 'province%' OR o.rank LIKE 'bureau%'
                        OR o.rank LIKE 'county%' OR o.rank LIKE 'town%' THEN 1 ELSE 0 END AS leads
                FROM buyer AS y JOIN official AS o ON o.unit_code = y.unit_code
                WHERE o.citizen_id_tier <= 2 AND o.post_from <= y.notice_on AND (o.post_to IS NULL OR o.post_to >= y.notice_on)),
            expert_of AS (
                SELECT l.rid, e.citizen_id_person AS person, e.citizen_id_tier AS tier, e.rid AS expert_rid
                FROM lot AS l JOIN expert AS e ON e.lot_no = l.lot_no WHERE e.citizen_id_tier <= 2),
            agent AS (
                SELECT l.rid, c.legal_rep_id_person AS person, c.legal_rep_id_tier AS tier, c.rid AS company_rid, CAST(NULL AS BIGINT) AS role_rid
                FROM lot AS l JOIN company AS c ON c.uscc = l.agency_uscc WHERE c.legal_rep_id_tier <= 2
                UNION ALL
                SELECT l.rid, r.citizen_id_person, r.citizen_id_tier, NULL, r.rid
                FROM lot AS l JOIN company_role AS r ON r.uscc = l.agency_uscc
                WHERE r.citizen_id_tier <= 2 AND r.from_day <= l.notice_on AND (r.to_day IS NULL OR r.to_day >= l.notice_on)
                    AND (r.role <> 'holder' OR r.share >= 25 * 100)),
            linked AS (
                SELECT f.rid, '10' AS link, f.company_rid, f.role_rid, f.bid_rid, x.official_rid, CAST(NULL AS BIGINT) AS kin_rid, CAST(NULL AS BIGINT) AS expert_rid,
                    CASE WHEN f.tier = 2 OR x.tier = 2 THEN 2 ELSE 1 END AS tier
                FROM firm AS f JOIN clerk AS x ON x.rid = f.rid AND x.person = f.person
                UNION ALL
                SELECT f.rid, '20', f.company_rid, f.role_rid, f.bid_rid, x.official_rid, k.rid, NULL,
                    CASE WHEN f.tier = 2 OR x.tier = 2 OR k.kin_id_tier = 2 OR k.official_id_tier = 2 THEN 2 ELSE 1 END
                FROM firm AS f JOIN kin AS k ON k.kin_id_person = f.person JOIN clerk AS x ON x.rid = f.rid AND x.person = k.official_id_person
                WHERE x.leads = 1 AND k.kin_id_tier <= 2 AND k.official_id_tier <= 2 AND k.relation NOT IN ('01', '99') AND k.to_day IS NULL
                UNION ALL
                SELECT f.rid, '30', f.company_rid, f.role_rid, f.bid_rid, NULL, NULL, x.expert_rid,
                    CASE WHEN f.tier = 2 OR x.tier = 2 THEN 2 ELSE 1 END
                FROM firm AS f JOIN expert_of AS x ON x.rid = f.rid AND x.person = f.person
                UNION ALL
                SELECT f.rid, '40', f.company_rid, f.role_rid, f.bid_rid, NULL, k.rid, x.expert_rid,
                    CASE WHEN f.tier = 2 OR x.tier = 2 OR k.kin_id_tier = 2 OR k.official_id_tier = 2 THEN 2 ELSE 1 END
                FROM firm AS f JOIN kin AS k ON k.kin_id_person = f.person JOIN expert_of AS x ON x.rid = f.rid AND x.person = k.official_id_person
                WHERE k.kin_id_tier <= 2 AND k.official_id_tier <= 2 AND k.relation NOT IN ('01', '99') AND k.to_day IS NULL
                UNION ALL
                SELECT f.rid, '50', coalesce(f.company_rid, x.company_rid), coalesce(f.role_rid, x.role_rid), f.bid_rid, NULL, NULL, NULL,
                    CASE WHEN f.tier = 2 OR x.tier = 2 THEN 2 ELSE 1 END
                FROM firm AS f JOIN agent AS x ON x.rid = f.rid AND x.person = f.person)
            SELECT l.lot_no, l.site, l.title, l.state, n.link, l.rid, l.price, n.company_rid, n.role_rid, n.bid_rid, n.official_rid, n.kin_rid, n.expert_rid, n.tier
            FROM linked AS n JOIN lot AS l ON l.rid = n.rid
)
SELECT DISTINCT s.subject AS subject, 'linked' AS episode, 1 AS source, w.rid AS rid, w.version AS version, w.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN award AS w
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND w.rid = q.award_rid
  AND ?1 > 0
  AND NOT coalesce((q.state IN ('cancelled', 'unsuccessful')), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, 'linked' AS episode, 2 AS source, c.rid AS rid, c.version AS version, c.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN company AS c
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND c.rid = q.company_rid
  AND ?1 > 0
  AND NOT coalesce((q.state IN ('cancelled', 'unsuccessful')), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, 'linked' AS episode, 3 AS source, r.rid AS rid, r.version AS version, r.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN company_role AS r
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND r.rid = q.role_rid
  AND ?1 > 0
  AND NOT coalesce((q.state IN ('cancelled', 'unsuccessful')), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, 'linked' AS episode, 4 AS source, b.rid AS rid, b.version AS version, b.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN bid AS b
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND b.rid = q.bid_rid
  AND ?1 > 0
  AND NOT coalesce((q.state IN ('cancelled', 'unsuccessful')), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, 'linked' AS episode, 5 AS source, o.rid AS rid, o.version AS version, o.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN official AS o
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND o.rid = q.official_rid
  AND ?1 > 0
  AND NOT coalesce((q.state IN ('cancelled', 'unsuccessful')), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, 'linked' AS episode, 6 AS source, k.rid AS rid, k.version AS version, k.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN kin AS k
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND k.rid = q.kin_rid
  AND ?1 > 0
  AND NOT coalesce((q.state IN ('cancelled', 'unsuccessful')), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, 'linked' AS episode, 7 AS source, e.rid AS rid, e.version AS version, e.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN expert AS e
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND e.rid = q.expert_rid
  AND ?1 > 0
  AND NOT coalesce((q.state IN ('cancelled', 'unsuccessful')), 0)
ORDER BY 1, 2, 3, 4

-- touches
SELECT lot_no FROM award WHERE winner_uscc IN (SELECT key FROM dirty_key)
            UNION
            SELECT lot_no FROM tender WHERE buyer IN (SELECT key FROM dirty_key) OR buyer_uscc IN (SELECT key FROM dirty_key) OR agency_uscc IN (SELECT key FROM dirty_key)
            UNION
            SELECT t.lot_no FROM unit AS u JOIN tender AS t ON t.buyer = u.name
            WHERE u.unit_code IN (SELECT key FROM dirty_key) OR u.unit_code IN (SELECT o.unit_code FROM official AS o WHERE o.citizen_id_person IN (SELECT person FROM dirty_person))
            UNION
            SELECT t.lot_no FROM unit AS u JOIN tender AS t ON t.buyer_uscc = u.uscc
            WHERE u.unit_code IN (SELECT key FROM dirty_key) OR u.unit_code IN (SELECT o.unit_code FROM official AS o WHERE o.citizen_id_person IN (SELECT person FROM dirty_person))
            UNION
            SELECT w.lot_no FROM company AS c JOIN award AS w ON w.winner_uscc = c.uscc WHERE c.legal_rep_id_person IN (SELECT person FROM dirty_person)
            UNION
            SELECT w.lot_no FROM company_role AS r JOIN award AS w ON w.winner_uscc = r.uscc WHERE r.citizen_id_person IN (SELECT person FROM dirty_person)
            UNION
            SELECT t.lot_no FROM company AS c JOIN tender AS t ON t.agency_uscc = c.uscc WHERE c.legal_rep_id_person IN (SELECT person FROM dirty_person)
            UNION
            SELECT t.lot_no FROM company_role AS r JOIN tender AS t ON t.agency_uscc = r.uscc WHERE r.citizen_id_person IN (SELECT person FROM dirty_person)
            UNION
            SELECT lot_no FROM bid WHERE delegate_id_person IN (SELECT person FROM dirty_person)
            UNION
            SELECT lot_no FROM expert WHERE citizen_id_person IN (SELECT person FROM dirty_person)

-- need
SELECT count(*) FROM (SELECT 1 FROM award LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM tender LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM company LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM official LIMIT 1) AS found
