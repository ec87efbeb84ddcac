-- Of the envelopes that do not continue the peer's chain: which came last, when (Unix milliseconds) and how many since the
-- epoch began. Beside in_epoch and in_up_to_seq they are the other of two chains that speak with one key.
ALTER TABLE spool_peer ADD COLUMN in_refused_epoch INTEGER NOT NULL DEFAULT 0;
ALTER TABLE spool_peer ADD COLUMN in_refused_seq INTEGER NOT NULL DEFAULT 0;
ALTER TABLE spool_peer ADD COLUMN in_refused_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE spool_peer ADD COLUMN in_refused_count INTEGER NOT NULL DEFAULT 0;
-- When something of it was last applied: a chain that goes on after another was refused has a living twin.
ALTER TABLE spool_peer ADD COLUMN in_applied_ms INTEGER NOT NULL DEFAULT 0;
-- When an envelope last came that did not verify.
ALTER TABLE spool_peer ADD COLUMN in_forged_ms INTEGER NOT NULL DEFAULT 0;
