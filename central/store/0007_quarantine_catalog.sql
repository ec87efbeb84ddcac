-- Under which catalog of the hub it was set aside: under another one it is worth another try, which the hub makes by itself.
ALTER TABLE quarantine ADD COLUMN catalog BLOB;
CREATE INDEX quarantine_open ON quarantine(id) WHERE replayed_ms IS NULL;
