-- What the broker's retained message says of the line to a site: a hint, apart from what the site itself reports in its
-- heartbeats and from what was acknowledged.
ALTER TABLE site ADD COLUMN online INTEGER NOT NULL DEFAULT 0;
ALTER TABLE site ADD COLUMN boot INTEGER NOT NULL DEFAULT 0;      -- starts of the agent
ALTER TABLE site ADD COLUMN state_ms INTEGER NOT NULL DEFAULT 0;  -- when it last changed; 0: never heard
