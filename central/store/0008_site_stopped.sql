-- By the site's own word: why it stopped sending until somebody has it begin a new epoch; empty: it did not.
ALTER TABLE site ADD COLUMN stopped TEXT NOT NULL DEFAULT '';
