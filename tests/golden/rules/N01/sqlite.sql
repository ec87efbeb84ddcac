-- findings
WITH said(subject, site, digit, payment_rid, amount, paid_on, n, of_digit, expected, first_mad, two_mad) AS (
WITH law(digit, share) AS (VALUES ('1', 0.30103), ('2', 0.176091), ('3', 0.124939), ('4', 0.09691), ('5', 0.0791812),
                ('6', 0.0669468), ('7', 0.0579919), ('8', 0.0511525), ('9', 0.0457575)),
            paid AS (
                SELECT c.buyer, p.site, p.rid, p.amount, p.paid_on, substr(CAST(p.amount AS TEXT), 1, 1) AS digit
                FROM contract AS c JOIN tr_payment AS p ON p.contract_no = c.contract_no WHERE 1 = 1 AND p.amount >= 1000),
            payer AS (
                SELECT buyer, count(*) AS n, CAST(round(100000 * coalesce(qq_benford1(amount, 500), 0)) AS BIGINT) AS first_mad,
                    CAST(round(100000 * coalesce(qq_benford2(amount, 1000), 0)) AS BIGINT) AS two_mad
                FROM paid GROUP BY buyer HAVING count(*) >= 500 AND max(amount) >= 100 * min(amount)),
            counts AS (SELECT buyer, digit, count(*) AS o FROM paid GROUP BY buyer, digit),
            excess AS (
                SELECT y.buyer, y.n, y.first_mad, y.two_mad, k.digit, k.o, y.n * w.share AS e,
                    row_number() OVER (PARTITION BY y.buyer ORDER BY k.o - y.n * w.share DESC, k.digit) AS place,
                    CASE WHEN k.o - y.n * w.share > 0.5 AND (k.o - y.n * w.share - 0.5) * (k.o - y.n * w.share - 0.5)
                        >= 3.8416 * y.n * w.share * (1 - w.share) THEN 1 ELSE 0 END AS is_more
                FROM payer AS y JOIN counts AS k ON k.buyer = y.buyer JOIN law AS w ON w.digit = k.digit
                WHERE y.first_mad > 1500 OR y.two_mad > 220)
            SELECT p.buyer, p.site, x.digit, p.rid, p.amount, p.paid_on, x.n, x.o, CAST(round(x.e) AS BIGINT), x.first_mad, x.two_mad
            FROM excess AS x JOIN paid AS p ON p.buyer = x.buyer AND p.digit = x.digit
            WHERE x.place = 1 AND x.is_more = 1
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.payments, g.digit, g.of_digit, g.expected, g.first_mad, g.two_mad
FROM (SELECT hit.subject AS subject, 'digits' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.subject") AS called, coalesce(max("q.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, max("q.n") FILTER (WHERE clause IS NULL) AS payments, min("q.digit") FILTER (WHERE clause IS NULL) AS digit, max("q.of_digit") FILTER (WHERE clause IS NULL) AS of_digit, max("q.expected") FILTER (WHERE clause IS NULL) AS expected, max("q.first_mad") FILTER (WHERE clause IS NULL) AS first_mad, max("q.two_mad") FILTER (WHERE clause IS NULL) AS two_mad
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.digit AS "q.digit", q.payment_rid AS "q.payment_rid", q.amount AS "q.amount", q.paid_on AS "q.paid_on", q.n AS "q.n", q.of_digit AS "q.of_digit", q.expected AS "q.expected", q.first_mad AS "q.first_mad", q.two_mad AS "q.two_mad", CAST(NULL AS INTEGER) AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- findings of the dirty
WITH said(subject, site, digit, payment_rid, amount, paid_on, n, of_digit, expected, first_mad, two_mad) AS (
WITH law(digit, share) AS (VALUES ('1', 0.30103), ('2', 0.176091), ('3', 0.124939), ('4', 0.09691), ('5', 0.0791812),
                ('6', 0.0669468), ('7', 0.0579919), ('8', 0.0511525), ('9', 0.0457575)),
            paid AS (
                SELECT c.buyer, p.site, p.rid, p.amount, p.paid_on, substr(CAST(p.amount AS TEXT), 1, 1) AS digit
                FROM contract AS c JOIN tr_payment AS p ON p.contract_no = c.contract_no WHERE c.buyer IN (SELECT key FROM dirty_subject) AND p.amount >= 1000),
            payer AS (
                SELECT buyer, count(*) AS n, CAST(round(100000 * coalesce(qq_benford1(amount, 500), 0)) AS BIGINT) AS first_mad,
                    CAST(round(100000 * coalesce(qq_benford2(amount, 1000), 0)) AS BIGINT) AS two_mad
                FROM paid GROUP BY buyer HAVING count(*) >= 500 AND max(amount) >= 100 * min(amount)),
            counts AS (SELECT buyer, digit, count(*) AS o FROM paid GROUP BY buyer, digit),
            excess AS (
                SELECT y.buyer, y.n, y.first_mad, y.two_mad, k.digit, k.o, y.n * w.share AS e,
                    row_number() OVER (PARTITION BY y.buyer ORDER BY k.o - y.n * w.share DESC, k.digit) AS place,
                    CASE WHEN k.o - y.n * w.share > 0.5 AND (k.o - y.n * w.share - 0.5) * (k.o - y.n * w.share - 0.5)
                        >= 3.8416 * y.n * w.share * (1 - w.share) THEN 1 ELSE 0 END AS is_more
                FROM payer AS y JOIN counts AS k ON k.buyer = y.buyer JOIN law AS w ON w.digit = k.digit
                WHERE y.first_mad > 1500 OR y.two_mad > 220)
            SELECT p.buyer, p.site, x.digit, p.rid, p.amount, p.paid_on, x.n, x.o, CAST(round(x.e) AS BIGINT), x.first_mad, x.two_mad
            FROM excess AS x JOIN paid AS p ON p.buyer = x.buyer AND p.digit = x.digit
            WHERE x.place = 1 AND x.is_more = 1
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.payments, g.digit, g.of_digit, g.expected, g.first_mad, g.two_mad
FROM (SELECT hit.subject AS subject, 'digits' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, min("q.subject") AS called, coalesce(max("q.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, max("q.n") FILTER (WHERE clause IS NULL) AS payments, min("q.digit") FILTER (WHERE clause IS NULL) AS digit, max("q.of_digit") FILTER (WHERE clause IS NULL) AS of_digit, max("q.expected") FILTER (WHERE clause IS NULL) AS expected, max("q.first_mad") FILTER (WHERE clause IS NULL) AS first_mad, max("q.two_mad") FILTER (WHERE clause IS NULL) AS two_mad
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.digit AS "q.digit", q.payment_rid AS "q.payment_rid", q.amount AS "q.amount", q.paid_on AS "q.paid_on", q.n AS "q.n", q.of_digit AS "q.of_digit", q.expected AS "q.expected", q.first_mad AS "q.first_mad", q.two_mad AS "q.two_mad", CAST(NULL AS INTEGER) AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND ?1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode

-- evidence
WITH said(subject, site, digit, payment_rid, amount, paid_on, n, of_digit, expected, first_mad, two_mad) AS (
WITH law(digit, share) AS (VALUES ('1', 0.30103), ('2', 0.176091), ('3', 0.124939), ('4', 0.09691), ('5', 0.0791812),
                ('6', 0.0669468), ('7', 0.0579919), ('8', 0.0511525), ('9', 0.0457575)),
            paid AS (
                SELECT c.buyer, p.site, p.rid, p.amount, p.paid_on, substr(CAST(p.amount AS TEXT), 1, 1) AS digit
                FROM contract AS c JOIN tr_payment AS p ON p.contract_no = c.contract_no WHERE c.buyer IN (SELECT key FROM hit_subject) AND p.amount >= 1000),
            payer AS (
                SELECT buyer, count(*) AS n, CAST(round(100000 * coalesce(qq_benford1(amount, 500), 0)) AS BIGINT) AS first_mad,
                    CAST(round(100000 * coalesce(qq_benford2(amount, 1000), 0)) AS BIGINT) AS two_mad
                FROM paid GROUP BY buyer HAVING count(*) >= 500 AND max(amount) >= 100 * min(amount)),
            counts AS (SELECT buyer, digit, count(*) AS o FROM paid GROUP BY buyer, digit),
            excess AS (
                SELECT y.buyer, y.n, y.first_mad, y.two_mad, k.digit, k.o, y.n * w.share AS e,
                    row_number() OVER (PARTITION BY y.buyer ORDER BY k.o - y.n * w.share DESC, k.digit) AS place,
                    CASE WHEN k.o - y.n * w.share > 0.5 AND (k.o - y.n * w.share - 0.5) * (k.o - y.n * w.share - 0.5)
                        >= 3.8416 * y.n * w.share * (1 - w.share) THEN 1 ELSE 0 END AS is_more
                FROM payer AS y JOIN counts AS k ON k.buyer = y.buyer JOIN law AS w ON w.digit = k.digit
                WHERE y.first_mad > 1500 OR y.two_mad > 220)
            SELECT p.buyer, p.site, x.digit, p.rid, p.amount, p.paid_on, x.n, x.o, CAST(round(x.e) AS BIGINT), x.first_mad, x.two_mad
            FROM excess AS x JOIN paid AS p ON p.buyer = x.buyer AND p.digit = x.digit
            WHERE x.place = 1 AND x.is_more = 1
)
SELECT DISTINCT s.subject AS subject, 'digits' AS episode, 1 AS source, p.rid AS rid, p.version AS version, p.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN tr_payment AS p
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND p.rid = q.payment_rid
  AND ?1 > 0
ORDER BY 1, 2, 3, 4

-- touches
SELECT buyer FROM contract WHERE contract_no IN (SELECT key FROM dirty_key)

-- need
SELECT count(*) FROM (SELECT 1 FROM tr_payment LIMIT 1) AS found

-- need
SELECT count(*) FROM (SELECT 1 FROM contract LIMIT 1) AS found
