-- Whether the hub was told of the run: which declaration, over how many rows, how many hits; nothing of what it said.
ALTER TABLE self_rule ADD COLUMN is_told INTEGER NOT NULL DEFAULT 0;
