-- Rotation of API keys, the networks that they are bound to, and how many collectors they may enrol.
ALTER TABLE ApiKey ADD COLUMN OldKeyHash TEXT NULL;
ALTER TABLE ApiKey ADD COLUMN OldKeyUntil TEXT NULL;
ALTER TABLE ApiKey ADD COLUMN RotatedAt TEXT NULL;
ALTER TABLE ApiKey ADD COLUMN Networks TEXT NULL;
ALTER TABLE ApiKey ADD COLUMN MaxCollectors INTEGER NOT NULL CONSTRAINT DF_ApiKey_MaxCollectors DEFAULT 10000;
ALTER TABLE ApiKey ADD COLUMN Enrolled INTEGER NOT NULL CONSTRAINT DF_ApiKey_Enrolled DEFAULT 0;
CREATE UNIQUE INDEX IX_ApiKey_OldKeyHash ON ApiKey (OldKeyHash) WHERE OldKeyHash IS NOT NULL;
