-- findings
WITH said(subject, site, title, state, fault, expert_rid, score_rid, bid_rid, company_rid, role_rid, insurance_rid, kin_rid, tier) AS (
WITH lot AS (SELECT lot_no, title, state, method, evaluation, notice_on FROM tender WHERE 1 = 1),
            panel AS (
                SELECT l.lot_no, e.rid, e.employer, e.citizen_id_person AS person, e.citizen_id_tier AS tier, coalesce(e.recusal, 0) AS recusal, l.notice_on,
                    l.method, count(*) OVER (PARTITION BY l.lot_no) AS seats,
                    count(CASE WHEN e.is_buyers = 1 THEN 1 END) OVER (PARTITION BY l.lot_no) AS inside
                FROM lot AS l JOIN expert AS e ON e.lot_no = l.lot_no),
            bidder AS (
                SELECT l.lot_no, b.rid AS bid_rid, b.bidder_uscc, b.bidder, l.notice_on
                FROM lot AS l JOIN bid AS b ON b.lot_no = l.lot_no WHERE b.state NOT IN ('invited', 'withdrawn', 'unsubmitted')),
            head AS (
                SELECT b.lot_no, b.bid_rid, c.legal_rep_id_person AS person, c.legal_rep_id_tier AS tier, 1 AS is_now, c.rid AS company_rid, CAST(NULL AS BIGINT) AS role_rid
                FROM bidder AS b JOIN company AS c ON c.uscc = b.bidder_uscc WHERE c.legal_rep_id_tier <= 2
                UNION ALL
                SELECT b.lot_no, b.bid_rid, r.citizen_id_person, r.citizen_id_tier, CASE WHEN r.to_day IS NULL OR r.to_day >= b.notice_on THEN 1 ELSE 0 END,
                    NULL, r.rid
                FROM bidder AS b JOIN company_role AS r ON r.uscc = b.bidder_uscc
                WHERE r.citizen_id_tier <= 2 AND r.from_day <= b.notice_on AND (r.role <> 'holder' OR r.share >= 25 * 100)
                    AND (r.to_day IS NULL OR qq_months(qq_month_of(b.notice_on)) - qq_months(qq_month_of(r.to_day)) <= 36)),
            score AS (
                SELECT l.lot_no, s.rid, s.expert_no, s.bidder_uscc, s.total FROM lot AS l JOIN expert_score AS s ON s.lot_no = l.lot_no
                WHERE coalesce(l.evaluation, 'score') = 'score'),
            whole AS (
                SELECT lot_no FROM score GROUP BY lot_no
                HAVING count(*) = count(DISTINCT expert_no) * count(DISTINCT bidder_uscc) AND count(DISTINCT bidder_uscc) >= 2 AND count(DISTINCT expert_no) > 3),
            won AS (
                SELECT s.lot_no, s.rid, s.expert_no, s.bidder_uscc, s.total FROM score AS s JOIN whole AS f ON f.lot_no = s.lot_no
                    JOIN award AS w ON w.lot_no = s.lot_no AND w.winner_uscc = s.bidder_uscc
                WHERE NOT EXISTS (SELECT 1 FROM award AS o WHERE o.lot_no = w.lot_no AND o.winner_uscc <> w.winner_uscc)),
            rest AS (
                SELECT a.lot_no, a.rid, a.total AS own, b.bidder_uscc, count(*) AS n, CAST(sum(b.total) AS BIGINT) AS total,
                    CAST(sum(b.total * b.total) AS BIGINT) AS squares, CASE WHEN b.bidder_uscc = a.bidder_uscc THEN 1 ELSE 0 END AS is_winner
                FROM won AS a JOIN score AS b ON b.lot_no = a.lot_no AND b.expert_no <> a.expert_no
                GROUP BY a.lot_no, a.rid, a.total, a.bidder_uscc, b.bidder_uscc),
            odd AS (
                SELECT lot_no, rid FROM rest AS r
                WHERE is_winner = 1 AND n * own > total AND n * squares > total * total
                    AND (n * own - total) * (n * own - total) * (n - 1) >= 2 * 2 * n * (n * squares - total * total)
                    AND EXISTS (SELECT 1 FROM rest AS o WHERE o.rid = r.rid AND o.is_winner = 0 AND o.total > r.total)),
            alike AS (
                SELECT lot_no FROM (
                    SELECT s.lot_no, s.bidder_uscc, max(s.total) - min(s.total) AS wide FROM score AS s JOIN whole AS f ON f.lot_no = s.lot_no
                    GROUP BY s.lot_no, s.bidder_uscc) AS spread
                GROUP BY lot_no HAVING max(wide) = 0),
            found AS (
                SELECT p.lot_no, '10' AS fault, p.rid AS expert_rid, CAST(NULL AS BIGINT) AS score_rid, b.bid_rid, CAST(NULL AS BIGINT) AS company_rid,
                    CAST(NULL AS BIGINT) AS role_rid, CAST(NULL AS BIGINT) AS insurance_rid, CAST(NULL AS BIGINT) AS kin_rid, 1 AS tier
                FROM panel AS p JOIN bidder AS b ON b.lot_no = p.lot_no
                WHERE p.recusal = 0 AND qq_contains(p.employer, b.bidder) = 1 AND qq_contains(b.bidder, p.employer) = 1
                UNION ALL
                SELECT p.lot_no, '10', p.rid, NULL, b.bid_rid, NULL, NULL, s.rid, NULL, CASE WHEN p.tier = 2 OR s.citizen_id_tier = 2 THEN 2 ELSE 1 END
                FROM panel AS p JOIN social_insurance AS s ON s.citizen_id_person = p.person
                    JOIN bidder AS b ON b.lot_no = p.lot_no AND b.bidder_uscc = s.employer_uscc
                WHERE p.recusal = 0 AND p.tier <= 2 AND s.citizen_id_tier <= 2 AND qq_months(s.month) <= qq_months(qq_month_of(p.notice_on))
                    AND qq_months(qq_month_of(p.notice_on)) - qq_months(s.month) <= 36
                UNION ALL
                SELECT p.lot_no, '10', p.rid, NULL, h.bid_rid, h.company_rid, h.role_rid, NULL, NULL, CASE WHEN p.tier = 2 OR h.tier = 2 THEN 2 ELSE 1 END
                FROM panel AS p JOIN head AS h ON h.lot_no = p.lot_no AND h.person = p.person WHERE p.recusal = 0 AND p.tier <= 2
                UNION ALL
                SELECT p.lot_no, '20', p.rid, NULL, h.bid_rid, h.company_rid, h.role_rid, NULL, k.rid,
                    CASE WHEN p.tier = 2 OR h.tier = 2 OR k.official_id_tier = 2 OR k.kin_id_tier = 2 THEN 2 ELSE 1 END
                FROM panel AS p JOIN kin AS k ON k.official_id_person = p.person JOIN head AS h ON h.lot_no = p.lot_no AND h.person = k.kin_id_person
                WHERE p.recusal = 0 AND p.tier <= 2 AND h.is_now = 1 AND k.official_id_tier <= 2 AND k.kin_id_tier <= 2
                    AND k.relation NOT IN ('01', '99') AND k.to_day IS NULL
                UNION ALL
                SELECT o.lot_no, '30', e.rid, o.rid, NULL, NULL, NULL, NULL, NULL, 1
                FROM odd AS o JOIN score AS s ON s.rid = o.rid LEFT JOIN expert AS e ON e.lot_no = s.lot_no AND e.expert_no = s.expert_no
                UNION ALL
                SELECT s.lot_no, '40', e.rid, s.rid, NULL, NULL, NULL, NULL, NULL, 1
                FROM alike AS a JOIN score AS s ON s.lot_no = a.lot_no LEFT JOIN expert AS e ON e.lot_no = s.lot_no AND e.expert_no = s.expert_no
                UNION ALL
                SELECT lot_no, '50', rid, NULL, NULL, NULL, NULL, NULL, NULL, 1 FROM panel WHERE seats < 5 AND method IN ('open', 'invited')
                UNION ALL
                SELECT lot_no, '60', rid, NULL, NULL, NULL, NULL, NULL, NULL, 1 FROM panel
                WHERE (seats - inside) * 3 < seats * 2 AND method IN ('open', 'invited'))
            SELECT t.lot_no, t.site, t.title, t.state, f.fault, f.expert_rid, f.score_rid, f.bid_rid, f.company_rid, f.role_rid, f.insurance_rid, f.kin_rid, f.tier
            FROM found AS f JOIN tender AS t ON t.lot_no = f.lot_no
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN g.linked = 1 THEN 4 WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.fault, g.experts, g.linked
FROM (SELECT hit.subject AS subject, "q.fault" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.title") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.fault") FILTER (WHERE clause IS NULL) AS fault, count(DISTINCT "q.expert_rid") FILTER (WHERE clause IS NULL) AS experts, max(CASE WHEN "q.fault" IN ('10', '20') THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS linked
FROM (SELECT q.subject AS subject, q.tier AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.title AS "q.title", q.state AS "q.state", q.fault AS "q.fault", q.expert_rid AS "q.expert_rid", q.score_rid AS "q.score_rid", q.bid_rid AS "q.bid_rid", q.company_rid AS "q.company_rid", q.role_rid AS "q.role_rid", q.insurance_rid AS "q.insurance_rid", q.kin_rid AS "q.kin_rid", q.tier AS "q.tier", CASE WHEN q.state = 'cancelled' THEN 1 END AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
WITH said(subject, site, title, state, fault, expert_rid, score_rid, bid_rid, company_rid, role_rid, insurance_rid, kin_rid, tier) AS (
WITH lot AS (SELECT lot_no, title, state, method, evaluation, notice_on FROM tender WHERE lot_no IN (SELECT key FROM dirty_subject)),
            panel AS (
                SELECT l.lot_no, e.rid, e.employer, e.citizen_id_person AS person, e.citizen_id_tier AS tier, coalesce(e.recusal, 0) AS recusal, l.notice_on,
                    l.method, count(*) OVER (PARTITION BY l.lot_no) AS seats,
                    count(CASE WHEN e.is_buyers = 1 THEN 1 END) OVER (PARTITION BY l.lot_no) AS inside
                FROM lot AS l JOIN expert AS e ON e.lot_no = l.lot_no),
            bidder AS (
                SELECT l.lot_no, b.rid AS bid_rid, b.bidder_uscc, b.bidder, l.notice_on
                FROM lot AS l JOIN bid AS b ON b.lot_no = l.lot_no WHERE b.state NOT IN ('invited', 'withdrawn', 'unsubmitted')),
            head AS (
                SELECT b.lot_no, b.bid_rid, c.legal_rep_id_person AS person, c.legal_rep_id_tier AS tier, 1 AS is_now, c.rid AS company_rid, CAST(NULL AS BIGINT) AS role_rid
                FROM bidder AS b JOIN company AS c ON c.uscc = b.bidder_uscc WHERE c.legal_rep_id_tier <= 2
                UNION ALL
                SELECT b.lot_no, b.bid_rid, r.citizen_id_person, r.citizen_id_tier, CASE WHEN r.to_day IS NULL OR r.to_day >= b.notice_on THEN 1 ELSE 0 END,
                    NULL, r.rid
                FROM bidder AS b JOIN company_role AS r ON r.uscc = b.bidder_uscc
                WHERE r.citizen_id_tier <= 2 AND r.from_day <= b.notice_on AND (r.role <> 'holder' OR r.share >= 25 * 100)
                    AND (r.to_day IS NULL OR qq_months(qq_month_of(b.notice_on)) - qq_months(qq_month_of(r.to_day)) <= 36)),
            score AS (
                SELECT l.lot_no, s.rid, s.expert_no, s.bidder_uscc, s.total FROM lot AS l JOIN expert_score AS s ON s.lot_no = l.lot_no
                WHERE coalesce(l.evaluation, 'score') = 'score'),
            whole AS (
                SELECT lot_no FROM score GROUP BY lot_no
                HAVING count(*) = count(DISTINCT expert_no) * count(DISTINCT bidder_uscc) AND count(DISTINCT bidder_uscc) >= 2 AND count(DISTINCT expert_no) > 3),
            won AS (
                SELECT s.lot_no, s.rid, s.expert_no, s.bidder_uscc, s.total FROM score AS s JOIN whole AS f ON f.lot_no = s.lot_no
                    JOIN award AS w ON w.lot_no = s.lot_no AND w.winner_uscc = s.bidder_uscc
                WHERE NOT EXISTS (SELECT 1 FROM award AS o WHERE o.lot_no = w.lot_no AND o.winner_uscc <> w.winner_uscc)),
            rest AS (
                SELECT a.lot_no, a.rid, a.total AS own, b.bidder_uscc, count(*) AS n, CAST(sum(b.total) AS BIGINT) AS total,
                    CAST(sum(b.total * b.total) AS BIGINT) AS squares, CASE WHEN b.bidder_uscc = a.bidder_uscc THEN 1 ELSE 0 END AS is_winner
                FROM won AS a JOIN score AS b ON b.lot_no = a.lot_no AND b.expert_no <> a.expert_no
                GROUP BY a.lot_no, a.rid, a.total, a.bidder_uscc, b.bidder_uscc),
            odd AS (
                SELECT lot_no, rid FROM rest AS r
                WHERE is_winner = 1 AND n * own > total AND n * squares > total * total
                    AND (n * own - total) * (n * own - total) * (n - 1) >= 2 * 2 * n * (n * squares - total * total)
                    AND EXISTS (SELECT 1 FROM rest AS o WHERE o.rid = r.rid AND o.is_winner = 0 AND o.total > r.total)),
            alike AS (
                SELECT lot_no FROM (
                    SELECT s.lot_no, s.bidder_uscc, max(s.total) - min(s.total) AS wide FROM score AS s JOIN whole AS f ON f.lot_no = s.lot_no
                    GROUP BY s.lot_no, s.bidder_uscc) AS spread
                GROUP BY lot_no HAVING max(wide) = 0),
            found AS (
                SELECT p.lot_no, '10' AS fault, p.rid AS expert_rid, CAST(NULL AS BIGINT) AS score_rid, b.bid_rid, CAST(NULL AS BIGINT) AS company_rid,
                    CAST(NULL AS BIGINT) AS role_rid, CAST(NULL AS BIGINT) AS insurance_rid, CAST(NULL AS BIGINT) AS kin_rid, 1 AS tier
                FROM panel AS p JOIN bidder AS b ON b.lot_no = p.lot_no
                WHERE p.recusal = 0 AND qq_contains(p.employer, b.bidder) = 1 AND qq_contains(b.bidder, p.employer) = 1
                UNION ALL
                SELECT p.lot_no, '10', p.rid, NULL, b.bid_rid, NULL, NULL, s.rid, NULL, CASE WHEN p.tier = 2 OR s.citizen_id_tier = 2 THEN 2 ELSE 1 END
                FROM panel AS p JOIN social_insurance AS s ON s.citizen_id_person = p.person
                    JOIN bidder AS b ON b.lot_no = p.lot_no AND b.bidder_uscc = s.employer_uscc
                WHERE p.recusal = 0 AND p.tier <= 2 AND s.citizen_id_tier <= 2 AND qq_months(s.month) <= qq_months(qq_month_of(p.notice_on))
                    AND qq_months(qq_month_of(p.notice_on)) - qq_months(s.month) <= 36
                UNION ALL
                SELECT p.lot_no, '10', p.rid, NULL, h.bid_rid, h.company_rid, h.role_rid, NULL, NULL, CASE WHEN p.tier = 2 OR h.tier = 2 THEN 2 ELSE 1 END
                FROM panel AS p JOIN head AS h ON h.lot_no = p.lot_no AND h.person = p.person WHERE p.recusal = 0 AND p.tier <= 2
                UNION ALL
                SELECT p.lot_no, '20', p.rid, NULL, h.bid_rid, h.company_rid, h.role_rid, NULL, k.rid,
                    CASE WHEN p.tier = 2 OR h.tier = 2 OR k.official_id_tier = 2 OR k.kin_id_tier = 2 THEN 2 ELSE 1 END
                FROM panel AS p JOIN kin AS k ON k.official_id_person = p.person JOIN head AS h ON h.lot_no = p.lot_no AND h.person = k.kin_id_person
                WHERE p.recusal = 0 AND p.tier <= 2 AND h.is_now = 1 AND k.official_id_tier <= 2 AND k.kin_id_tier <= 2
                    AND k.relation NOT IN ('01', '99') AND k.to_day IS NULL
                UNION ALL
                SELECT o.lot_no, '30', e.rid, o.rid, NULL, NULL, NULL, NULL, NULL, 1
                FROM odd AS o JOIN score AS s ON s.rid = o.rid LEFT JOIN expert AS e ON e.lot_no = s.lot_no AND e.expert_no = s.expert_no
                UNION ALL
                SELECT s.lot_no, '40', e.rid, s.rid, NULL, NULL, NULL, NULL, NULL, 1
                FROM alike AS a JOIN score AS s ON s.lot_no = a.lot_no LEFT JOIN expert AS e ON e.lot_no = s.lot_no AND e.expert_no = s.expert_no
                UNION ALL
                SELECT lot_no, '50', rid, NULL, NULL, NULL, NULL, NULL, NULL, 1 FROM panel WHERE seats < 5 AND method IN ('open', 'invited')
                UNION ALL
                SELECT lot_no, '60', rid, NULL, NULL, NULL, NULL, NULL, NULL, 1 FROM panel
                WHERE (seats - inside) * 3 < seats * 2 AND method IN ('open', 'invited'))
            SELECT t.lot_no, t.site, t.title, t.state, f.fault, f.expert_rid, f.score_rid, f.bid_rid, f.company_rid, f.role_rid, f.insurance_rid, f.kin_rid, f.tier
            FROM found AS f JOIN tender AS t ON t.lot_no = f.lot_no
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN g.linked = 1 THEN 4 WHEN 1 = 1 THEN 3 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.fault, g.experts, g.linked
FROM (SELECT hit.subject AS subject, "q.fault" AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.title") AS called, 0 AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, min("q.fault") FILTER (WHERE clause IS NULL) AS fault, count(DISTINCT "q.expert_rid") FILTER (WHERE clause IS NULL) AS experts, max(CASE WHEN "q.fault" IN ('10', '20') THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS linked
FROM (SELECT q.subject AS subject, q.tier AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.title AS "q.title", q.state AS "q.state", q.fault AS "q.fault", q.expert_rid AS "q.expert_rid", q.score_rid AS "q.score_rid", q.bid_rid AS "q.bid_rid", q.company_rid AS "q.company_rid", q.role_rid AS "q.role_rid", q.insurance_rid AS "q.insurance_rid", q.kin_rid AS "q.kin_rid", q.tier AS "q.tier", CASE WHEN q.state = 'cancelled' THEN 1 END AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
WITH said(subject, site, title, state, fault, expert_rid, score_rid, bid_rid, company_rid, role_rid, insurance_rid, kin_rid, tier) AS (
WITH lot AS (SELECT lot_no, title, state, method, evaluation, notice_on FROM tender WHERE lot_no IN (SELECT key FROM hit_subject)),
            panel AS (
                SELECT l.lot_no, e.rid, e.employer, e.citizen_id_person AS person, e.citizen_id_tier AS tier, coalesce(e.recusal, 0) AS recusal, l.notice_on,
                    l.method, count(*) OVER (PARTITION BY l.lot_no) AS seats,
                    count(CASE WHEN e.is_buyers = 1 THEN 1 END) OVER (PARTITION BY l.lot_no) AS inside
                FROM lot AS l JOIN expert AS e ON e.lot_no = l.lot_no),
            bidder AS (
                SELECT l.lot_no, b.rid AS bid_rid, b.bidder_uscc, b.bidder, l.notice_on
                FROM lot AS l JOIN bid AS b ON b.lot_no = l.lot_no WHERE b.state NOT IN ('invited', 'withdrawn', 'unsubmitted')),
            head AS (
                SELECT b.lot_no, b.bid_rid, c.legal_rep_id_person AS person, c.legal_rep_id_tier AS tier, 1 AS is_now, c.rid AS company_rid, CAST(NULL AS BIGINT) AS role_rid
                FROM bidder AS b JOIN company AS c ON c.uscc = b.bidder_uscc WHERE c.legal_rep_id_tier <= 2
                UNION ALL
                SELECT b.lot_no, b.bid_rid, r.citizen_id_person, r.citizen_id_tier, CASE WHEN r.to_day IS NULL OR r.to_day >= b.notice_on THEN 1 ELSE 0 END,
                    NULL, r.rid
                FROM bidder AS b JOIN company_role AS r ON r.uscc = b.bidder_uscc
                WHERE r.citizen_id_tier <= 2 AND r.from_day <= b.notice_on AND (r.role <> 'holder' OR r.share >= 25 * 100)
                    AND (r.to_day IS NULL OR qq_months(qq_month_of(b.notice_on)) - qq_months(qq_month_of(r.to_day)) <= 36)),
            score AS (
                SELECT l.lot_no, s.rid, s.expert_no, s.bidder_uscc, s.total FROM lot AS l JOIN expert_score AS s ON s.lot_no = l.lot_no
                WHERE coalesce(l.evaluation, 'score') = 'score'),
            whole AS (
                SELECT lot_no FROM score GROUP BY lot_no
                HAVING count(*) = count(DISTINCT expert_no) * count(DISTINCT bidder_uscc) AND count(DISTINCT bidder_uscc) >= 2 AND count(DISTINCT expert_no) > 3),
            won AS (
                SELECT s.lot_no, s.rid, s.expert_no, s.bidder_uscc, s.total FROM score AS s JOIN whole AS f ON f.lot_no = s.lot_no
                    JOIN award AS w ON w.lot_no = s.lot_no AND w.winner_uscc = s.bidder_uscc
                WHERE NOT EXISTS (SELECT 1 FROM award AS o WHERE o.lot_no = w.lot_no AND o.winner_uscc <> w.winner_uscc)),
            rest AS (
                SELECT a.lot_no, a.rid, a.total AS own, b.bidder_uscc, count(*) AS n, CAST(sum(b.total) AS BIGINT) AS total,
                    CAST(sum(b.total * b.total) AS BIGINT) AS squares, CASE WHEN b.bidder_uscc = a.bidder_uscc THEN 1 ELSE 0 END AS is_winner
                FROM won AS a JOIN score AS b ON b.lot_no = a.lot_no AND b.expert_no <> a.expert_no
                GROUP BY a.lot_no, a.rid, a.total, a.bidder_uscc, b.bidder_uscc),
            odd AS (
                SELECT lot_no, rid FROM rest AS r
                WHERE is_winner = 1 AND n * own > total AND n * squares > total * total
                    AND (n * own - total) * (n * own - total) * (n - 1) >= 2 * 2 * n * (n * squares - total * total)
                    AND EXISTS (SELECT 1 FROM rest AS o WHERE o.rid = r.rid AND o.is_winner = 0 AND o.total > r.total)),
            alike AS (
                SELECT lot_no FROM (
                    SELECT s.lot_no, s.bidder_uscc, max(s.total) - min(s.total) AS wide FROM score AS s JOIN whole AS f ON f.lot_no = s.lot_no
                    GROUP BY s.lot_no, s.bidder_uscc) AS spread
                GROUP BY lot_no HAVING max(wide) = 0),
            found AS (
                SELECT p.lot_no, '10' AS fault, p.rid AS expert_rid, CAST(NULL AS BIGINT) AS score_rid, b.bid_rid, CAST(NULL AS BIGINT) AS company_rid,
                    CAST(NULL AS BIGINT) AS role_rid, CAST(NULL AS BIGINT) AS insurance_rid, CAST(NULL AS BIGINT) AS kin_rid, 1 AS tier
                FROM panel AS p JOIN bidder AS b ON b.lot_no = p.lot_no
                WHERE p.recusal = 0 AND qq_contains(p.employer, b.bidder) = 1 AND qq_contains(b.bidder, p.employer) = 1
                UNION ALL
                SELECT p.lot_no, '10', p.rid, NULL, b.bid_rid, NULL, NULL, s.rid, NULL, CASE WHEN p.tier = 2 OR s.citizen_id_tier = 2 THEN 2 ELSE 1 END
                FROM panel AS p JOIN social_insurance AS s ON s.citizen_id_person = p.person
                    JOIN bidder AS b ON b.lot_no = p.lot_no AND b.bidder_uscc = s.employer_uscc
                WHERE p.recusal = 0 AND p.tier <= 2 AND s.citizen_id_tier <= 2 AND qq_months(s.month) <= qq_months(qq_month_of(p.notice_on))
                    AND qq_months(qq_month_of(p.notice_on)) - qq_months(s.month) <= 36
                UNION ALL
                SELECT p.lot_no, '10', p.rid, NULL, h.bid_rid, h.company_rid, h.role_rid, NULL, NULL, CASE WHEN p.tier = 2 OR h.tier = 2 THEN 2 ELSE 1 END
                FROM panel AS p JOIN head AS h ON h.lot_no = p.lot_no AND h.person = p.person WHERE p.recusal = 0 AND p.tier <= 2
                UNION ALL
                SELECT p.lot_no, '20', p.rid, NULL, h.bid_rid, h.company_rid, h.role_rid, NULL, k.rid,
                    CASE WHEN p.tier = 2 OR h.tier = 2 OR k.official_id_tier = 2 OR k.kin_id_tier = 2 THEN 2 ELSE 1 END
                FROM panel AS p JOIN kin AS k ON k.official_id_person = p.person JOIN head AS h ON h.lot_no = p.lot_no AND h.person = k.kin_id_person
                WHERE p.recusal = 0 AND p.tier <= 2 AND h.is_now = 1 AND k.official_id_tier <= 2 AND k.kin_id_tier <= 2
                    AND k.relation NOT IN ('01', '99') AND k.to_day IS NULL
                UNION ALL
                SELECT o.lot_no, '30', e.rid, o.rid, NULL, NULL, NULL, NULL, NULL, 1
                FROM odd AS o JOIN score AS s ON s.rid = o.rid LEFT JOIN expert AS e ON e.lot_no = s.lot_no AND e.expert_no = s.expert_no
                UNION ALL
                SELECT s.lot_no, '40', e.rid, s.rid, NULL, NULL, NULL, NULL, NULL, 1
                FROM alike AS a JOIN score AS s ON s.lot_no = a.lot_no LEFT JOIN expert AS e ON e.lot_no = s.lot_no AND e.expert_no = s.expert_no
                UNION ALL
                SELECT lot_no, '50', rid, NULL, NULL, NULL, NULL, NULL, NULL, 1 FROM panel WHERE seats < 5 AND method IN ('open', 'invited')
                UNION ALL
                SELECT lot_no, '60', rid, NULL, NULL, NULL, NULL, NULL, NULL, 1 FROM panel
                WHERE (seats - inside) * 3 < seats * 2 AND method IN ('open', 'invited'))
            SELECT t.lot_no, t.site, t.title, t.state, f.fault, f.expert_rid, f.score_rid, f.bid_rid, f.company_rid, f.role_rid, f.insurance_rid, f.kin_rid, f.tier
            FROM found AS f JOIN tender AS t ON t.lot_no = f.lot_no
)
SELECT DISTINCT s.subject AS subject, q.fault AS episode, 1 AS source, e.rid AS rid, e.version AS version, e.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN expert AS e
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND e.rid = q.expert_rid
  AND ?1 > 0
  AND NOT coalesce((q.state = 'cancelled'), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, q.fault AS episode, 2 AS source, x.rid AS rid, x.version AS version, x.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN expert_score AS x
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND x.rid = q.score_rid
  AND ?1 > 0
  AND NOT coalesce((q.state = 'cancelled'), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, q.fault AS episode, 3 AS source, b.rid AS rid, b.version AS version, b.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN bid AS b
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND b.rid = q.bid_rid
  AND ?1 > 0
  AND NOT coalesce((q.state = 'cancelled'), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, q.fault AS episode, 4 AS source, c.rid AS rid, c.version AS version, c.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN company AS c
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND c.rid = q.company_rid
  AND ?1 > 0
  AND NOT coalesce((q.state = 'cancelled'), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, q.fault AS episode, 5 AS source, r.rid AS rid, r.version AS version, r.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN company_role AS r
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND r.rid = q.role_rid
  AND ?1 > 0
  AND NOT coalesce((q.state = 'cancelled'), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, q.fault AS episode, 6 AS source, i.rid AS rid, i.version AS version, i.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN social_insurance AS i
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND i.rid = q.insurance_rid
  AND ?1 > 0
  AND NOT coalesce((q.state = 'cancelled'), 0)
UNION ALL
SELECT DISTINCT s.subject AS subject, q.fault AS episode, 7 AS source, k.rid AS rid, k.version AS version, k.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN kin AS k
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND k.rid = q.kin_rid
  AND ?1 > 0
  AND NOT coalesce((q.state = 'cancelled'), 0)
ORDER BY 1, 2, 3, 4

-- touches
SELECT lot_no FROM bid WHERE bidder_uscc IN (SELECT key FROM dirty_key)
            UNION
            SELECT lot_no FROM expert WHERE citizen_id_person IN (SELECT person FROM dirty_person)
            UNION
            SELECT b.lot_no FROM company AS c JOIN bid AS b ON b.bidder_uscc = c.uscc WHERE c.legal_rep_id_person IN (SELECT person FROM dirty_person)
            UNION
            SELECT b.lot_no FROM company_role AS r JOIN bid AS b ON b.bidder_uscc = r.uscc WHERE r.citizen_id_person IN (SELECT person FROM dirty_person)

-- need
SELECT count(*) FROM (SELECT 1 FROM tender LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM expert LIMIT 1) AS found
