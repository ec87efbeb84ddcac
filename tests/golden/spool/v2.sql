-- A spool as the program made it before 0003_refused.sql: migrations 1 and 2, two items put while the hub was busy.
-- Both directions of every peer in one row, so that an envelope costs one look-up. out_*: our stream to the peer.
-- in_*: its stream to us. due_*: what the process that may sign still has to say. The hub's intake writes in_* and judges
-- answers, its dispatch seals and sends: `ready` is how one tells the other that there is something to do.
CREATE TABLE spool_peer (
    peer             TEXT PRIMARY KEY,
    out_epoch        INTEGER NOT NULL DEFAULT 1,
    out_sealed_seq   INTEGER NOT NULL DEFAULT 0,
    out_prev         BLOB    NOT NULL DEFAULT (zeroblob(32)),   -- hash of envelope out_sealed_seq
    out_acked_seq    INTEGER NOT NULL DEFAULT 0,
    out_credit       INTEGER NOT NULL DEFAULT 16,
    out_put_item     INTEGER NOT NULL DEFAULT 0,                -- items are numbered per peer, for ever
    out_put_rows     INTEGER NOT NULL DEFAULT 0,
    out_sealed_item  INTEGER NOT NULL DEFAULT 0,
    out_sealed_rows  INTEGER NOT NULL DEFAULT 0,
    out_acked_item   INTEGER NOT NULL DEFAULT 0,
    out_acked_rows   INTEGER NOT NULL DEFAULT 0,
    out_first_item   INTEGER NOT NULL DEFAULT 0,                -- the epoch began behind this item
    out_first_rows   INTEGER NOT NULL DEFAULT 0,
    out_need_epoch   INTEGER NOT NULL DEFAULT 0,                -- and where the peer must have stood by then
    out_need_seq     INTEGER NOT NULL DEFAULT 0,
    out_asked_seq    INTEGER NOT NULL DEFAULT 0,                -- the peer misses everything from it; 0: nothing
    out_reason       TEXT    NOT NULL DEFAULT '' CHECK (out_reason IN ('', 'behind', 'fork', 'old-epoch')),
    out_peer_epoch   INTEGER NOT NULL DEFAULT 0,                -- what the peer had when it diverged
    out_peer_seq     INTEGER NOT NULL DEFAULT 0,
    in_epoch         INTEGER NOT NULL DEFAULT 0,
    in_up_to_seq     INTEGER NOT NULL DEFAULT 0,
    in_recent        BLOB    NOT NULL DEFAULT (zeroblob(512)),
    in_refused       TEXT    NOT NULL DEFAULT '' CHECK (in_refused IN ('', 'behind', 'fork', 'old-epoch')),
    in_contact_ms    INTEGER NOT NULL DEFAULT 0,
    in_forged        INTEGER NOT NULL DEFAULT 0,
    in_gaps          INTEGER NOT NULL DEFAULT 0,
    in_duplicates    INTEGER NOT NULL DEFAULT 0,
    due_ack          INTEGER NOT NULL DEFAULT 0,
    due_resend_epoch INTEGER NOT NULL DEFAULT 0,
    due_resend_seq   INTEGER NOT NULL DEFAULT 0,                -- 0: nothing to ask for
    due_diverged     TEXT    NOT NULL DEFAULT '' CHECK (due_diverged IN ('', 'behind', 'fork', 'old-epoch')),
    ready            INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX spool_peer_ready ON spool_peer (peer) WHERE ready = 1;

CREATE TABLE spool_item (
    peer   TEXT    NOT NULL,
    item   INTEGER NOT NULL,
    kind   INTEGER NOT NULL,
    rows   INTEGER NOT NULL,
    put_ms INTEGER NOT NULL,
    body   BLOB    NOT NULL,
    UNIQUE (peer, item)
);
CREATE INDEX spool_item_put ON spool_item (put_ms);

-- Sealed envelopes are sent again byte for byte, also when a peer comes back from a backup, for as long as the history is kept.
CREATE TABLE spool_sealed (
    peer      TEXT    NOT NULL,
    epoch     INTEGER NOT NULL,
    seq       INTEGER NOT NULL,
    last_item INTEGER NOT NULL,
    last_rows INTEGER NOT NULL,                                 -- of the peer's items up to last_item
    sealed_ms INTEGER NOT NULL,
    hash      BLOB    NOT NULL,
    bytes     BLOB    NOT NULL,
    UNIQUE (peer, epoch, seq)
);
CREATE INDEX spool_sealed_made ON spool_sealed (sealed_ms);
CREATE TABLE migration(area TEXT NOT NULL, number INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY(area, number)) WITHOUT ROWID;
ALTER TABLE spool_peer ADD COLUMN in_credit INTEGER NOT NULL DEFAULT 16;
ALTER TABLE spool_peer ADD COLUMN in_busy_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE spool_peer ADD COLUMN out_busy_until_ms INTEGER NOT NULL DEFAULT 0;
INSERT INTO migration VALUES ('spool', 1, '0001_spool.sql'), ('spool', 2, '0002_busy.sql');
INSERT INTO spool_peer(peer, out_put_item, out_put_rows, out_credit, out_busy_until_ms, in_credit, in_busy_ms, ready) VALUES ('hub', 2, 30, 1, 1000500, 4, 2000, 1);
INSERT INTO spool_item(peer, item, kind, rows, put_ms, body) VALUES ('hub', 1, 1, 10, 900000, 'old one'), ('hub', 2, 1, 20, 900001, 'old two');
