-- findings
WITH said(subject, site, payment_rid, other_rid, twin, amount, other_amount, paid_on, reversed) AS (
WITH place(k) AS (VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12)),
            p AS (
                SELECT rid, site, contract_no, payment_no, paid_on, qq_days(paid_on) AS day, amount, CAST(amount AS TEXT) AS digits, invoice_no,
                    coalesce(payee_account, payee) AS payee
                FROM tr_payment WHERE amount > 0),
            pair AS (
                SELECT b.contract_no, b.site, b.rid, a.rid AS other, b.amount, a.amount AS other_amount, b.paid_on, a.contract_no AS other_contract,
                    CASE WHEN a.invoice_no = b.invoice_no THEN 'invoice'
                        WHEN b.day - a.day <= 7 AND a.amount = b.amount THEN 'amount'
                        WHEN b.day - a.day <= 7 AND length(a.digits) = length(b.digits) AND EXISTS (
                            SELECT 1 FROM place WHERE k < length(a.digits) AND substr(a.digits, k, 1) <> substr(a.digits, k + 1, 1)
                                AND substr(a.digits, 1, k - 1) || substr(a.digits, k + 1, 1) || substr(a.digits, k, 1) || substr(a.digits, k + 2)
                                    = b.digits) THEN 'digits' END AS twin
                FROM p AS b JOIN p AS a ON a.payee = b.payee
                WHERE 1 = 1 AND (b.day - a.day <= 7 OR a.invoice_no = b.invoice_no) AND (a.day < b.day OR (a.day = b.day
                    AND (a.contract_no < b.contract_no OR (a.contract_no = b.contract_no AND a.payment_no < b.payment_no)))))
            SELECT contract_no, site, rid, other, twin, amount, other_amount, paid_on,
                EXISTS (SELECT 1 FROM tr_payment AS back
                    WHERE back.contract_no IN (pair.contract_no, pair.other_contract) AND back.amount IN (-pair.amount, -pair.other_amount))
            FROM pair WHERE twin IS NOT NULL
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN g.invoice = 1 THEN 2 WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.payments, g.first_on, g.last_on, g.invoice, g.equal, g.swapped
FROM (SELECT hit.subject AS subject, 'twice' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, coalesce(max("q.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, count(DISTINCT "q.payment_rid") FILTER (WHERE clause IS NULL) AS payments, min("q.paid_on") FILTER (WHERE clause IS NULL) AS first_on, max("q.paid_on") FILTER (WHERE clause IS NULL) AS last_on, max(CASE WHEN "q.twin" = 'invoice' THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS invoice, max(CASE WHEN "q.twin" = 'amount' THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS equal, max(CASE WHEN "q.twin" = 'digits' THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS swapped
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.payment_rid AS "q.payment_rid", q.other_rid AS "q.other_rid", q.twin AS "q.twin", q.amount AS "q.amount", q.other_amount AS "q.other_amount", q.paid_on AS "q.paid_on", q.reversed AS "q.reversed", CASE WHEN q.reversed THEN 1 WHEN q.twin = 'invoice' AND q.amount <> q.other_amount THEN 2 END AS clause
FROM said AS q
WHERE q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- findings of the dirty
WITH said(subject, site, payment_rid, other_rid, twin, amount, other_amount, paid_on, reversed) AS (
WITH place(k) AS (VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12)),
            p AS (
                SELECT rid, site, contract_no, payment_no, paid_on, qq_days(paid_on) AS day, amount, CAST(amount AS TEXT) AS digits, invoice_no,
                    coalesce(payee_account, payee) AS payee
                FROM tr_payment WHERE amount > 0),
            pair AS (
                SELECT b.contract_no, b.site, b.rid, a.rid AS other, b.amount, a.amount AS other_amount, b.paid_on, a.contract_no AS other_contract,
                    CASE WHEN a.invoice_no = b.invoice_no THEN 'invoice'
                        WHEN b.day - a.day <= 7 AND a.amount = b.amount THEN 'amount'
                        WHEN b.day - a.day <= 7 AND length(a.digits) = length(b.digits) AND EXISTS (
                            SELECT 1 FROM place WHERE k < length(a.digits) AND substr(a.digits, k, 1) <> substr(a.digits, k + 1, 1)
                                AND substr(a.digits, 1, k - 1) || substr(a.digits, k + 1, 1) || substr(a.digits, k, 1) || substr(a.digits, k + 2)
                                    = b.digits) THEN 'digits' END AS twin
                FROM p AS b JOIN p AS a ON a.payee = b.payee
                WHERE b.contract_no IN (SELECT key FROM dirty_subject) AND (b.day - a.day <= 7 OR a.invoice_no = b.invoice_no) AND (a.day < b.day OR (a.day = b.day
                    AND (a.contract_no < b.contract_no OR (a.contract_no = b.contract_no AND a.payment_no < b.payment_no)))))
            SELECT contract_no, site, rid, other, twin, amount, other_amount, paid_on,
                EXISTS (SELECT 1 FROM tr_payment AS back
                    WHERE back.contract_no IN (pair.contract_no, pair.other_contract) AND back.amount IN (-pair.amount, -pair.other_amount))
            FROM pair WHERE twin IS NOT NULL
)
SELECT * FROM (
SELECT qq_thing(g.subject) AS subject, g.episode, g.tier, CASE WHEN g.invoice = 1 THEN 2 WHEN 1 = 1 THEN 1 END AS level, g.amount, g.site, g.kept, g.clause, g.subject AS key, g.called, g.payments, g.first_on, g.last_on, g.invoice, g.equal, g.swapped
FROM (SELECT hit.subject AS subject, 'twice' AS episode, max(tier) FILTER (WHERE clause IS NULL) AS tier, CAST(NULL AS TEXT) AS called, coalesce(max("q.amount") FILTER (WHERE clause IS NULL), 0) AS amount, min(site) FILTER (WHERE clause IS NULL) AS site, count(*) FILTER (WHERE clause IS NULL) AS kept, min(clause) AS clause, count(DISTINCT "q.payment_rid") FILTER (WHERE clause IS NULL) AS payments, min("q.paid_on") FILTER (WHERE clause IS NULL) AS first_on, max("q.paid_on") FILTER (WHERE clause IS NULL) AS last_on, max(CASE WHEN "q.twin" = 'invoice' THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS invoice, max(CASE WHEN "q.twin" = 'amount' THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS equal, max(CASE WHEN "q.twin" = 'digits' THEN 1 ELSE 0 END) FILTER (WHERE clause IS NULL) AS swapped
FROM (SELECT q.subject AS subject, 1 AS tier, coalesce(q.site, '') AS site, q.subject AS "q.subject", q.site AS "q.site", q.payment_rid AS "q.payment_rid", q.other_rid AS "q.other_rid", q.twin AS "q.twin", q.amount AS "q.amount", q.other_amount AS "q.other_amount", q.paid_on AS "q.paid_on", q.reversed AS "q.reversed", CASE WHEN q.reversed THEN 1 WHEN q.twin = 'invoice' AND q.amount <> q.other_amount THEN 2 END AS clause
FROM dirty_subject AS s CROSS JOIN said AS q
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND $1 > 0) AS hit
GROUP BY 1, 2) AS g) AS f
WHERE (f.kept > 0 AND f.level IS NOT NULL) OR f.clause IS NOT NULL
ORDER BY f.subject, f.episode COLLATE "C"

-- evidence
WITH said(subject, site, payment_rid, other_rid, twin, amount, other_amount, paid_on, reversed) AS (
WITH place(k) AS (VALUES (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12)),
            p AS (
                SELECT rid, site, contract_no, payment_no, paid_on, qq_days(paid_on) AS day, amount, CAST(amount AS TEXT) AS digits, invoice_no,
                    coalesce(payee_account, payee) AS payee
                FROM tr_payment WHERE amount > 0),
            pair AS (
                SELECT b.contract_no, b.site, b.rid, a.rid AS other, b.amount, a.amount AS other_amount, b.paid_on, a.contract_no AS other_contract,
                    CASE WHEN a.invoice_no = b.invoice_no THEN 'invoice'
                        WHEN b.day - a.day <= 7 AND a.amount = b.amount THEN 'amount'
                        WHEN b.day - a.day <= 7 AND length(a.digits) = length(b.digits) AND EXISTS (
                            SELECT 1 FROM place WHERE k < length(a.digits) AND substr(a.digits, k, 1) <> substr(a.digits, k + 1, 1)
                                AND substr(a.digits, 1, k - 1) || substr(a.digits, k + 1, 1) || substr(a.digits, k, 1) || substr(a.digits, k + 2)
                                    = b.digits) THEN 'digits' END AS twin
                FROM p AS b JOIN p AS a ON a.payee = b.payee
                WHERE b.contract_no IN (SELECT key FROM hit_subject) AND (b.day - a.day <= 7 OR a.invoice_no = b.invoice_no) AND (a.day < b.day OR (a.day = b.day
                    AND (a.contract_no < b.contract_no OR (a.contract_no = b.contract_no AND a.payment_no < b.payment_no)))))
            SELECT contract_no, site, rid, other, twin, amount, other_amount, paid_on,
                EXISTS (SELECT 1 FROM tr_payment AS back
                    WHERE back.contract_no IN (pair.contract_no, pair.other_contract) AND back.amount IN (-pair.amount, -pair.other_amount))
            FROM pair WHERE twin IS NOT NULL
)
SELECT DISTINCT s.subject AS subject, 'twice' AS episode, 1 AS source, p.rid AS rid, p.version AS version, p.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN tr_payment AS p
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND p.rid = q.payment_rid
  AND $1 > 0
  AND NOT coalesce((q.reversed), FALSE)
  AND NOT coalesce((q.twin = 'invoice' AND q.amount <> q.other_amount), FALSE)
UNION ALL
SELECT DISTINCT s.subject AS subject, 'twice' AS episode, 2 AS source, o.rid AS rid, o.version AS version, o.row_hash AS row_hash
FROM hit_subject AS s CROSS JOIN said AS q CROSS JOIN tr_payment AS o
WHERE q.subject = s.key AND q.subject IS NOT NULL
  AND o.rid = q.other_rid
  AND $1 > 0
  AND NOT coalesce((q.reversed), FALSE)
  AND NOT coalesce((q.twin = 'invoice' AND q.amount <> q.other_amount), FALSE)
ORDER BY 1, 2, 3, 4

-- touches
SELECT contract_no FROM tr_payment WHERE payee_account IN (SELECT key FROM dirty_key) OR payee IN (SELECT key FROM dirty_key)
            UNION SELECT b.contract_no FROM tr_payment AS a JOIN tr_payment AS b ON coalesce(b.payee_account, b.payee) = coalesce(a.payee_account, a.payee)
            WHERE a.contract_no IN (SELECT key FROM dirty_key)

-- need
SELECT count(*) FROM (SELECT 1 FROM tr_payment LIMIT 1) AS found
