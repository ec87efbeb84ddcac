-- Evidence packs that were asked for (common/evidence). The role with the signing key signs them; each is kept as it was handed out.
CREATE TABLE evidence_pack (
    id INTEGER PRIMARY KEY,
    finding INTEGER NOT NULL REFERENCES finding(id),
    by TEXT NOT NULL,
    asked_ms INTEGER NOT NULL,
    body TEXT NOT NULL,                     -- what is signed
    suite TEXT NOT NULL DEFAULT '',
    key TEXT NOT NULL DEFAULT '',           -- public, that verifies it
    signature BLOB,
    signed_ms INTEGER                       -- NULL: it waits
);
CREATE INDEX evidence_pack_waiting ON evidence_pack(id) WHERE signed_ms IS NULL;
