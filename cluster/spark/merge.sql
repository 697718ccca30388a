-- The rules of `upstairs archive merge` as Spark SQL, over a view `records` with the columns of `upstairs schema archive`.
-- Each step names the rule of docs/archive.md that it follows. Strings are compared byte by byte, as Spark does by default.

WITH
-- 1. Of each page the newest reading counts; of two at one moment the one that comes first by archive and offset.
readings AS (
    SELECT *, first_value(struct(seen, archive, `offset`))
        OVER (PARTITION BY site, url ORDER BY seen DESC, archive, `offset`) AS newest
    FROM records WHERE record <> 'company'
),
fresh AS (SELECT * FROM readings WHERE newest = struct(seen, archive, `offset`)),

-- 2. What pages (and merged files) say of the company.
pages AS (
    SELECT site, seen, name, named_by, legal_name, register_number FROM (
        SELECT *, row_number() OVER (PARTITION BY site, url ORDER BY title) AS again FROM fresh WHERE record = 'page'
    ) WHERE again = 1
    UNION ALL
    SELECT site, seen, name, named_by, legal_name, register_number FROM records WHERE record = 'company'
),
names AS (
    SELECT site, name, named_by, row_number()
        OVER (PARTITION BY site ORDER BY named_by, count(*) DESC, octet_length(name), name) AS best
    FROM pages WHERE name IS NOT NULL AND named_by IS NOT NULL GROUP BY site, named_by, name
),
legal AS (
    SELECT site, legal_name, row_number()
        OVER (PARTITION BY site ORDER BY count(*) DESC, octet_length(legal_name), legal_name) AS best
    FROM pages WHERE legal_name IS NOT NULL GROUP BY site, legal_name
),
registers AS (
    SELECT site, register_number, row_number()
        OVER (PARTITION BY site ORDER BY count(*) DESC, octet_length(register_number), register_number) AS best
    FROM pages WHERE register_number IS NOT NULL GROUP BY site, register_number
),
moments AS (
    SELECT site, max(seen) AS seen FROM (SELECT site, seen FROM fresh UNION ALL SELECT site, seen FROM pages) GROUP BY site
),

-- 3. Of the procedures the one that says most.
policies AS (
    SELECT * FROM (
        SELECT *, row_number() OVER (
            PARTITION BY site
            ORDER BY coalesce(stages, 0) DESC, coalesce(bodies, 0) DESC, seen DESC, url, policy
        ) AS best FROM fresh WHERE record = 'policy'
    ) WHERE best = 1
),

-- 4. Of each value the sightings with the shortest addresses, and the first few of each rung; of each company the first 5,000.
weighed AS (
    SELECT *,
        CASE rung WHEN 'executive' THEN 8 WHEN 'management' THEN 7 WHEN 'complaints' THEN 6 WHEN 'supervisor' THEN 5
            WHEN 'adr' THEN 4 WHEN 'regulator' THEN 4 WHEN 'legal' THEN 3 WHEN 'specialist' THEN 3
            WHEN 'front_line' THEN 2 ELSE 1 END AS precedence,
        CASE place WHEN 'data' THEN 1 WHEN 'aside' THEN 2 WHEN 'header' THEN 3 WHEN 'footer' THEN 4
            WHEN 'nav' THEN 5 ELSE 0 END AS place_rank
    FROM fresh WHERE record = 'contact' AND value IS NOT NULL
),
counted AS (
    SELECT *,
        row_number() OVER (PARTITION BY site, channel, value, rung
            ORDER BY precedence DESC, place_rank, octet_length(url), url, quote) AS of_rung,
        row_number() OVER (PARTITION BY site, channel, value
            ORDER BY octet_length(url), url, place_rank, quote) AS of_value
    FROM weighed
),
ranked AS (
    SELECT *, row_number() OVER (PARTITION BY site
        ORDER BY precedence DESC, place_rank, octet_length(url), url, channel, value, quote) AS place_in_company
    FROM counted WHERE of_rung <= 8 OR of_value <= 40
),
kept AS (SELECT * FROM ranked WHERE place_in_company <= 5000),

-- 5. A site that names nobody and tells no procedure is no company.
sites AS (SELECT site FROM kept UNION SELECT site FROM policies)

SELECT 0 AS part, 0 AS line, 'company' AS record, sites.site, '' AS url, moments.seen, 'own_site' AS kind, '' AS archive,
    NULL AS title, NULL AS lang, names.name, names.named_by, legal.legal_name, registers.register_number,
    NULL AS channel, NULL AS value, NULL AS rung, NULL AS party, NULL AS label, NULL AS person, NULL AS role, NULL AS hours,
    NULL AS cost, NULL AS cost_note, NULL AS extension, NULL AS access, NULL AS place,
    array() AS languages, array() AS topics, array() AS notes, NULL AS because, NULL AS quote, NULL AS policy,
    0L AS `offset`, NULL AS stages, NULL AS bodies
FROM sites JOIN moments USING (site)
    LEFT JOIN names ON names.site = sites.site AND names.best = 1
    LEFT JOIN legal ON legal.site = sites.site AND legal.best = 1
    LEFT JOIN registers ON registers.site = sites.site AND registers.best = 1
UNION ALL
SELECT 1, place_in_company, record, site, url, seen, kind, archive, title, lang, name, named_by, legal_name, register_number,
    channel, value, rung, party, label, person, role, hours, cost, cost_note, extension, access, place,
    languages, topics, notes, because, quote, policy, `offset`, stages, bodies
FROM kept
UNION ALL
SELECT 2, 0, record, site, url, seen, kind, archive, title, lang, name, named_by, legal_name, register_number,
    channel, value, rung, party, label, person, role, hours, cost, cost_note, extension, access, place,
    languages, topics, notes, because, quote, policy, `offset`, stages, bodies
FROM policies
