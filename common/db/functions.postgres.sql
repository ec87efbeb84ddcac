-- The functions of db_functions.c in PostgreSQL's words, for the driver that is to come: there a migration, today run by
-- tests/golden/rules/postgres.py against what SQLite gives. What is not in the table of db_functions.c is for use in here.

-- Days off and worked instead, and the years with a notice: filled from the catalog's working days.
CREATE TABLE qq_calendar(day BIGINT PRIMARY KEY, is_worked BOOLEAN NOT NULL);
CREATE TABLE qq_calendar_years(first_year BIGINT NOT NULL, last_year BIGINT NOT NULL);

-- Dates
CREATE FUNCTION qq_days(ymd BIGINT) RETURNS BIGINT IMMUTABLE STRICT LANGUAGE SQL AS $f$
    SELECT (make_date((ymd / 10000)::INT, (ymd / 100 % 100)::INT, (ymd % 100)::INT) - DATE '1970-01-01')::BIGINT $f$;
CREATE FUNCTION qq_months(ym BIGINT) RETURNS BIGINT IMMUTABLE STRICT LANGUAGE SQL AS $f$
    SELECT ym / 100 * 12 + ym % 100 - 1 $f$;
CREATE FUNCTION qq_ymd(day BIGINT) RETURNS BIGINT IMMUTABLE STRICT LANGUAGE SQL AS $f$
    SELECT to_char(DATE '1970-01-01' + least(greatest(day, -719162), 2932896)::INT, 'YYYYMMDD')::BIGINT $f$;
CREATE FUNCTION qq_month_of(ymd BIGINT) RETURNS BIGINT IMMUTABLE STRICT LANGUAGE SQL AS $f$
    SELECT ymd / 100 $f$;
CREATE FUNCTION qq_hour(at BIGINT) RETURNS BIGINT IMMUTABLE STRICT LANGUAGE SQL AS $f$
    SELECT at / 10000 % 100 $f$;
CREATE FUNCTION qq_is_date(ymd BIGINT) RETURNS BOOLEAN IMMUTABLE STRICT LANGUAGE SQL AS $f$
    SELECT CASE WHEN ymd NOT BETWEEN 10101 AND 99991231 OR ymd / 100 % 100 NOT BETWEEN 1 AND 12 THEN FALSE
        ELSE ymd % 100 BETWEEN 1 AND extract(day FROM make_date((ymd / 10000)::INT, (ymd / 100 % 100)::INT, 1)
            + INTERVAL '1 month' - INTERVAL '1 day') END $f$;

-- Working days; unknown in a year without a notice
CREATE FUNCTION qq_is_known_day(ymd BIGINT) RETURNS BOOLEAN STABLE STRICT LANGUAGE SQL AS $f$
    SELECT qq_is_date(ymd) AND EXISTS (SELECT 1 FROM qq_calendar_years WHERE ymd / 10000 BETWEEN first_year AND last_year) $f$;
CREATE FUNCTION qq_is_workday(ymd BIGINT) RETURNS BIGINT STABLE STRICT LANGUAGE SQL AS $f$
    SELECT CASE WHEN qq_is_known_day(ymd) THEN
        coalesce((SELECT is_worked FROM qq_calendar WHERE day = ymd), (qq_days(ymd) + 3) % 7 < 5)::INT::BIGINT END $f$;
CREATE FUNCTION qq_weekdays_until(day BIGINT) RETURNS BIGINT IMMUTABLE STRICT LANGUAGE SQL AS $f$
    SELECT (day + 3) / 7 * 5 + least((day + 3) % 7 + 1, 5) $f$;
CREATE FUNCTION qq_workdays(after BIGINT, until BIGINT) RETURNS BIGINT STABLE STRICT LANGUAGE SQL AS $f$
    SELECT CASE WHEN NOT (qq_is_known_day(after) AND qq_is_known_day(until)) THEN NULL WHEN until <= after THEN 0
        ELSE qq_weekdays_until(qq_days(until)) - qq_weekdays_until(qq_days(after))
            + (SELECT coalesce(sum(CASE WHEN is_worked THEN 1 ELSE -1 END), 0)::BIGINT FROM qq_calendar
               WHERE day > after AND day <= until) END $f$;
CREATE FUNCTION qq_workday_add(ymd BIGINT, n BIGINT) RETURNS BIGINT STABLE STRICT LANGUAGE SQL AS $f$
    SELECT CASE WHEN n BETWEEN 0 AND 10000 AND qq_is_known_day(ymd) AND qq_is_known_day(day) THEN day END
    FROM (SELECT CASE WHEN n = 0 THEN ymd ELSE (
        SELECT qq_ymd(d) FROM generate_series(qq_days(ymd) + 1, qq_days(ymd) + 67 + 2 * n) AS d
        LEFT JOIN qq_calendar AS c ON c.day = qq_ymd(d)
        WHERE coalesce(c.is_worked, (d + 3) % 7 < 5) ORDER BY d OFFSET greatest(n - 1, 0) LIMIT 1) END AS day) AS x $f$;

-- Persons and things
CREATE FUNCTION qq_born(id TEXT) RETURNS BIGINT IMMUTABLE STRICT LANGUAGE SQL AS $f$
    SELECT b FROM (SELECT CASE
        WHEN id ~ '^[0-9]{15}$' THEN ('19' || substr(id, 7, 6))::BIGINT
        WHEN id ~ '^[0-9]{17}[0-9Xx]$' AND upper(substr(id, 18, 1)) = substr('10X98765432', 1 + (
            SELECT sum(w * substr(id, i::INT, 1)::INT)::INT % 11
            FROM unnest(ARRAY[7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) WITH ORDINALITY AS u(w, i)), 1)
        THEN substr(id, 7, 8)::BIGINT END AS b) AS x
    WHERE b >= 18500101 AND qq_is_date(b) $f$;
CREATE FUNCTION qq_age(id TEXT, ymd BIGINT) RETURNS BIGINT IMMUTABLE STRICT LANGUAGE SQL AS $f$
    SELECT (ymd - b) / 10000 FROM (SELECT qq_born(id) AS b) AS x
    WHERE ymd BETWEEN b AND 99991231 AND (ymd - b) / 10000 <= 130 $f$;
CREATE FUNCTION qq_thing(key TEXT) RETURNS BIGINT IMMUTABLE STRICT LANGUAGE SQL AS $f$
    SELECT -((('x' || substr(encode(sha256(convert_to(key, 'UTF8')), 'hex'), 1, 16))::BIT(64)::BIGINT >> 2)
        & 4611686018427387903) - 1 $f$;

-- Texts: base/likeness.h
CREATE FUNCTION qq_plain(x TEXT) RETURNS TEXT IMMUTABLE STRICT LANGUAGE SQL AS $f$
    SELECT regexp_replace(translate(left(x, 1000),
        'ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ０１２３４５６７８９ABCDEFGHIJKLMNOPQRSTUVWXYZ',
        'abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz'),
        '[^a-z0-9\u00c0-\u1fff\u2070-\u2fff\u3005\u3007\u3040-\u30fa\u30fc-\ufefe\uff00\uff5f-\U0010ffff]', '', 'g') $f$;
CREATE FUNCTION qq_pairs(plain TEXT) RETURNS TABLE(pair TEXT, n BIGINT) IMMUTABLE STRICT LANGUAGE SQL AS $f$
    SELECT substr(plain, i, 2), count(*) FROM generate_series(1, char_length(plain) - 1) AS i GROUP BY 1 $f$;
CREATE FUNCTION qq_similar(x TEXT, y TEXT) RETURNS BIGINT IMMUTABLE STRICT LANGUAGE SQL AS $f$
    SELECT CASE WHEN a = '' OR b = '' THEN NULL
        WHEN char_length(a) = 1 OR char_length(b) = 1 THEN CASE WHEN a = b THEN 100 ELSE 0 END
        ELSE 200 * (SELECT coalesce(sum(least(p.n, q.n)), 0)::BIGINT FROM qq_pairs(a) AS p JOIN qq_pairs(b) AS q USING (pair))
            / (char_length(a) + char_length(b) - 2) END
    FROM (SELECT qq_plain(x) AS a, qq_plain(y) AS b) AS p $f$;
CREATE FUNCTION qq_contains(x TEXT, word TEXT) RETURNS BIGINT IMMUTABLE STRICT LANGUAGE SQL AS $f$
    SELECT CASE WHEN qq_plain(word) <> '' THEN (strpos(qq_plain(x), qq_plain(word)) > 0)::INT::BIGINT END $f$;
CREATE FUNCTION qq_begins(x TEXT, n BIGINT) RETURNS TEXT IMMUTABLE STRICT LANGUAGE SQL AS $f$
    SELECT left(x, least(greatest(n, 0), 2147483647)::INT) $f$;

-- Tails of distributions: stats/tail.c. Where exp() would be too small for PostgreSQL, it is 0.
CREATE FUNCTION qq_exp(x FLOAT8) RETURNS FLOAT8 IMMUTABLE STRICT LANGUAGE SQL AS $f$
    SELECT CASE WHEN x < -600 THEN 0 ELSE exp(x) END $f$;
-- Stirling's series (Abramowitz and Stegun, 6.1.41) from 15 on.
CREATE FUNCTION qq_log_gamma(of FLOAT8) RETURNS FLOAT8 IMMUTABLE STRICT LANGUAGE plpgsql AS $f$
DECLARE
    x FLOAT8 := of;
    below FLOAT8 := 0;
BEGIN
    WHILE x < 15 LOOP
        below := below + ln(x);
        x := x + 1;
    END LOOP;
    RETURN (x - 0.5) * ln(x) - x + 0.918938533204672742 + 1 / (12 * x) - 1 / (360 * x ^ 3) + 1 / (1260 * x ^ 5)
        - 1 / (1680 * x ^ 7) - below;
END $f$;
CREATE FUNCTION qq_chi_square_tail(x FLOAT8, freedom BIGINT) RETURNS FLOAT8 IMMUTABLE STRICT LANGUAGE plpgsql AS $f$
DECLARE
    a FLOAT8 := freedom / 2.0;
    y FLOAT8 := x / 2;
    b FLOAT8 := y + 1 - a;
    c FLOAT8 := 1e300;
    d FLOAT8;
    sum FLOAT8 := 1 / a;
    term FLOAT8 := 1 / a;
    change FLOAT8 := 0;
    i FLOAT8 := 1;
BEGIN
    IF y <= 0 THEN
        RETURN 1;
    END IF;
    IF y < a + 1 THEN
        WHILE term > sum * 1e-15 LOOP
            term := term * (y / (a + i));
            sum := sum + term;
            i := i + 1;
        END LOOP;
        RETURN 1 - sum * qq_exp(a * ln(y) - y - qq_log_gamma(a));
    END IF;
    d := 1 / b;
    sum := d;
    WHILE abs(change - 1) > 1e-15 AND i < 10000000 LOOP
        b := b + 2;
        d := 1 / (-i * (i - a) * d + b);
        c := b - i * (i - a) / c;
        change := d * c;
        sum := sum * change;
        i := i + 1;
    END LOOP;
    RETURN sum * qq_exp(a * ln(y) - y - qq_log_gamma(a));
END $f$;
CREATE FUNCTION qq_sum_up(k BIGINT, n BIGINT, p FLOAT8) RETURNS FLOAT8 IMMUTABLE STRICT LANGUAGE plpgsql AS $f$
DECLARE
    term FLOAT8 := qq_exp(qq_log_gamma(n + 1) - qq_log_gamma(k + 1) - qq_log_gamma(n - k + 1) + k * ln(p) + (n - k) * ln(1 - p));
    sum FLOAT8 := term;
    i BIGINT := k;
BEGIN
    WHILE i < n AND term > sum * 1e-15 LOOP
        term := term * ((n - i)::FLOAT8 / (i + 1) * p / (1 - p));
        sum := sum + term;
        i := i + 1;
    END LOOP;
    RETURN sum;
END $f$;
CREATE FUNCTION qq_binomial_p(k BIGINT, n BIGINT, p FLOAT8) RETURNS FLOAT8 IMMUTABLE STRICT LANGUAGE SQL AS $f$
    SELECT CASE WHEN n NOT BETWEEN 0 AND 10000000 OR NOT p BETWEEN 0 AND 1 THEN NULL
        WHEN k <= 0 THEN 1 WHEN k > n OR p = 0 THEN 0 WHEN p = 1 THEN 1
        WHEN k >= n * p THEN least(qq_sum_up(k, n, p), 1)
        ELSE greatest(1 - qq_sum_up(n - k + 1, n, 1 - p), 0) END $f$;
CREATE FUNCTION qq_robust_z(x FLOAT8, median FLOAT8, mad FLOAT8) RETURNS FLOAT8 IMMUTABLE STRICT LANGUAGE SQL AS $f$
    SELECT CASE WHEN mad > 0 THEN 0.6745 * (x - median) / mad END $f$;

-- Aggregates: gathered into an array, which plpgsql lengthens in place; a parameter stands before the values.
CREATE FUNCTION qq_gather(so_far BIGINT[], x BIGINT) RETURNS BIGINT[] IMMUTABLE STRICT LANGUAGE plpgsql AS $f$
BEGIN so_far := array_append(so_far, x); RETURN so_far; END $f$;
CREATE FUNCTION qq_gather(so_far BIGINT[], x BIGINT, parameter BIGINT) RETURNS BIGINT[] IMMUTABLE STRICT LANGUAGE plpgsql AS $f$
BEGIN
    IF cardinality(so_far) = 0 THEN so_far := ARRAY[parameter]; END IF;
    so_far := array_append(so_far, x);
    RETURN so_far;
END $f$;
CREATE FUNCTION qq_gather(so_far FLOAT8[], x FLOAT8) RETURNS FLOAT8[] IMMUTABLE STRICT LANGUAGE plpgsql AS $f$
BEGIN so_far := array_append(so_far, x); RETURN so_far; END $f$;
CREATE FUNCTION qq_gather(so_far FLOAT8[], x FLOAT8, parameter FLOAT8) RETURNS FLOAT8[] IMMUTABLE STRICT LANGUAGE plpgsql AS $f$
BEGIN
    IF cardinality(so_far) = 0 THEN so_far := ARRAY[parameter]; END IF;
    so_far := array_append(so_far, x);
    RETURN so_far;
END $f$;

CREATE FUNCTION qq_place(x BIGINT[], h BIGINT) RETURNS BIGINT IMMUTABLE LANGUAGE SQL AS $f$
    SELECT CASE WHEN v BETWEEN -9223372036854775808 AND 9223372036854775807 THEN v::BIGINT END
    FROM (SELECT s[least(greatest(h / 12, 1), n)]::NUMERIC * (12 - h % 12) + s[least(h / 12 + 1, n)]::NUMERIC * (h % 12) AS v
          FROM (SELECT array_agg(v ORDER BY v) AS s, count(*) AS n FROM unnest(x) AS v) AS o) AS p $f$;
CREATE FUNCTION qq_q1_end(x BIGINT[]) RETURNS BIGINT IMMUTABLE LANGUAGE SQL AS $f$
    SELECT qq_place(x, 3 * cardinality(x)::BIGINT + 5) $f$;
CREATE FUNCTION qq_q3_end(x BIGINT[]) RETURNS BIGINT IMMUTABLE LANGUAGE SQL AS $f$
    SELECT qq_place(x, 9 * cardinality(x)::BIGINT + 7) $f$;
CREATE AGGREGATE qq_q1_x12(BIGINT) (SFUNC = qq_gather, STYPE = BIGINT[], INITCOND = '{}', FINALFUNC = qq_q1_end);
CREATE AGGREGATE qq_q3_x12(BIGINT) (SFUNC = qq_gather, STYPE = BIGINT[], INITCOND = '{}', FINALFUNC = qq_q3_end);

CREATE FUNCTION qq_sorted(x FLOAT8[]) RETURNS FLOAT8[] IMMUTABLE STRICT LANGUAGE SQL AS $f$
    SELECT array_agg(v ORDER BY v) FROM unnest(x) AS v $f$;
CREATE FUNCTION qq_at(sorted FLOAT8[], p FLOAT8) RETURNS FLOAT8 IMMUTABLE STRICT LANGUAGE SQL AS $f$
    SELECT CASE WHEN NOT p BETWEEN 0 AND 1 THEN NULL WHEN h <= 1 THEN sorted[1] WHEN h >= n THEN sorted[n]
        ELSE sorted[floor(h)::INT] + (h - floor(h)) * (sorted[floor(h)::INT + 1] - sorted[floor(h)::INT]) END
    FROM (SELECT n, (n + 1::FLOAT8 / 3) * p + 1::FLOAT8 / 3 AS h FROM (SELECT cardinality(sorted) AS n) AS m) AS o $f$;
CREATE FUNCTION qq_quantile_end(x FLOAT8[]) RETURNS FLOAT8 IMMUTABLE STRICT LANGUAGE SQL AS $f$
    SELECT qq_at(qq_sorted(x[2:]), x[1]) $f$;
CREATE FUNCTION qq_median_end(x FLOAT8[]) RETURNS FLOAT8 IMMUTABLE STRICT LANGUAGE SQL AS $f$
    SELECT s[(n + 1) / 2] + (s[n / 2 + 1] - s[(n + 1) / 2]) / 2 FROM (SELECT qq_sorted(x) AS s, cardinality(x) AS n) AS o $f$;
CREATE FUNCTION qq_mad_end(x FLOAT8[]) RETURNS FLOAT8 IMMUTABLE STRICT LANGUAGE SQL AS $f$
    SELECT qq_median_end((SELECT array_agg(abs(v - m)) FROM unnest(x) AS v)) FROM (SELECT qq_median_end(x) AS m) AS o $f$;
CREATE FUNCTION qq_fence_low_end(x FLOAT8[]) RETURNS FLOAT8 IMMUTABLE STRICT LANGUAGE SQL AS $f$
    SELECT qq_at(s, 0.25) - x[1] * (qq_at(s, 0.75) - qq_at(s, 0.25)) FROM (SELECT qq_sorted(x[2:]) AS s) AS o $f$;
CREATE FUNCTION qq_fence_high_end(x FLOAT8[]) RETURNS FLOAT8 IMMUTABLE STRICT LANGUAGE SQL AS $f$
    SELECT qq_at(s, 0.75) + x[1] * (qq_at(s, 0.75) - qq_at(s, 0.25)) FROM (SELECT qq_sorted(x[2:]) AS s) AS o $f$;
CREATE FUNCTION qq_stddev_end(x FLOAT8[]) RETURNS FLOAT8 IMMUTABLE STRICT LANGUAGE SQL AS $f$
    SELECT CASE WHEN cardinality(x) > 1 THEN sqrt((SELECT sum((v - m) * (v - m)) FROM unnest(x) AS v) / (cardinality(x) - 1)) END
    FROM (SELECT sum(v) / cardinality(x) AS m FROM unnest(x) AS v) AS o $f$;
CREATE AGGREGATE qq_quantile(FLOAT8, FLOAT8) (SFUNC = qq_gather, STYPE = FLOAT8[], INITCOND = '{}', FINALFUNC = qq_quantile_end);
CREATE AGGREGATE qq_median(FLOAT8) (SFUNC = qq_gather, STYPE = FLOAT8[], INITCOND = '{}', FINALFUNC = qq_median_end);
CREATE AGGREGATE qq_mad(FLOAT8) (SFUNC = qq_gather, STYPE = FLOAT8[], INITCOND = '{}', FINALFUNC = qq_mad_end);
CREATE AGGREGATE qq_fence_low(FLOAT8, FLOAT8) (SFUNC = qq_gather, STYPE = FLOAT8[], INITCOND = '{}', FINALFUNC = qq_fence_low_end);
CREATE AGGREGATE qq_fence_high(FLOAT8, FLOAT8) (SFUNC = qq_gather, STYPE = FLOAT8[], INITCOND = '{}', FINALFUNC = qq_fence_high_end);
CREATE AGGREGATE qq_stddev(FLOAT8) (SFUNC = qq_gather, STYPE = FLOAT8[], INITCOND = '{}', FINALFUNC = qq_stddev_end);

-- Digits: stats/digits.c
CREATE FUNCTION qq_benford_end(x BIGINT[], digits INT) RETURNS FLOAT8 IMMUTABLE STRICT LANGUAGE SQL AS $f$
    WITH head(d) AS (SELECT left(v::TEXT, digits)::INT FROM unnest(x[2:]) AS v WHERE v >= 1000),
    seen(d, n) AS (SELECT d, count(*) FROM head GROUP BY d),
    total(n) AS (SELECT count(*) FROM head)
    SELECT CASE WHEN total.n > 0 AND total.n >= x[1] THEN
        (SELECT sum(abs(coalesce(seen.n, 0)::FLOAT8 / total.n - log(1 + 1::FLOAT8 / g)))
         FROM generate_series((10 ^ (digits - 1))::INT, (10 ^ digits)::INT - 1) AS g LEFT JOIN seen ON seen.d = g)
        / (9 * 10 ^ (digits - 1)) END
    FROM total $f$;
CREATE FUNCTION qq_benford1_end(x BIGINT[]) RETURNS FLOAT8 IMMUTABLE STRICT LANGUAGE SQL AS $f$ SELECT qq_benford_end(x, 1) $f$;
CREATE FUNCTION qq_benford2_end(x BIGINT[]) RETURNS FLOAT8 IMMUTABLE STRICT LANGUAGE SQL AS $f$ SELECT qq_benford_end(x, 2) $f$;
CREATE FUNCTION qq_chi2_end(x BIGINT[]) RETURNS FLOAT8 IMMUTABLE STRICT LANGUAGE SQL AS $f$
    WITH seen(d, n) AS (SELECT v, count(*) FROM unnest(x) AS v WHERE v BETWEEN 0 AND 99 GROUP BY v),
    total(e) AS (SELECT sum(n)::FLOAT8 / 100 FROM seen)
    SELECT (SELECT sum((coalesce(seen.n, 0) - e) * (coalesce(seen.n, 0) - e) / e)
            FROM generate_series(0, 99) AS g LEFT JOIN seen ON seen.d = g)
    FROM total WHERE e > 0 $f$;
CREATE FUNCTION qq_chi2_p_end(x BIGINT[]) RETURNS FLOAT8 IMMUTABLE STRICT LANGUAGE SQL AS $f$
    SELECT qq_chi_square_tail(qq_chi2_end(x), 99) $f$;
CREATE AGGREGATE qq_benford1(BIGINT, BIGINT) (SFUNC = qq_gather, STYPE = BIGINT[], INITCOND = '{}', FINALFUNC = qq_benford1_end);
CREATE AGGREGATE qq_benford2(BIGINT, BIGINT) (SFUNC = qq_gather, STYPE = BIGINT[], INITCOND = '{}', FINALFUNC = qq_benford2_end);
CREATE AGGREGATE qq_chi2(BIGINT) (SFUNC = qq_gather, STYPE = BIGINT[], INITCOND = '{}', FINALFUNC = qq_chi2_end);
CREATE AGGREGATE qq_chi2_p(BIGINT) (SFUNC = qq_gather, STYPE = BIGINT[], INITCOND = '{}', FINALFUNC = qq_chi2_p_end);
