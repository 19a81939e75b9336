-- Rotation of API keys, the networks that they are bound to, and how many collectors they may enrol.
ALTER TABLE ApiKey ADD OldKeyHash nvarchar(64) COLLATE Latin1_General_100_BIN2 NULL;
ALTER TABLE ApiKey ADD OldKeyUntil datetimeoffset(7) NULL;
ALTER TABLE ApiKey ADD RotatedAt datetimeoffset(7) NULL;
ALTER TABLE ApiKey ADD Networks nvarchar(2000) NULL;
ALTER TABLE ApiKey ADD MaxCollectors int NOT NULL CONSTRAINT DF_ApiKey_MaxCollectors DEFAULT 10000;
ALTER TABLE ApiKey ADD Enrolled int NOT NULL CONSTRAINT DF_ApiKey_Enrolled DEFAULT 0;
GO
CREATE UNIQUE INDEX IX_ApiKey_OldKeyHash ON ApiKey (OldKeyHash) WHERE OldKeyHash IS NOT NULL;
