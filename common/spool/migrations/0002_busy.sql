-- What is granted to the peer, and until when the peer asked for a pause (Unix milliseconds).
ALTER TABLE spool_peer ADD COLUMN in_credit INTEGER NOT NULL DEFAULT 16;
ALTER TABLE spool_peer ADD COLUMN in_busy_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE spool_peer ADD COLUMN out_busy_until_ms INTEGER NOT NULL DEFAULT 0;
