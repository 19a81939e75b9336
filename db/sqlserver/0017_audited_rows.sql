-- The digest of the rows of an audited table as the last audit record about them has it, with its salt.
CREATE TABLE RowDigest (
  TableName nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
  RowsKey nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Sequence bigint NOT NULL,
  Salt nvarchar(32) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Digest nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  CONSTRAINT PK_RowDigest PRIMARY KEY (TableName, RowsKey)
);
CREATE INDEX IX_RowDigest_Sequence ON RowDigest (Sequence);
GO

-- Privacy removed the entry's texts, of every revision; what remains says so.
ALTER TABLE TimelineEntry ADD RedactedAt datetimeoffset(7) NULL, RedactedByName nvarchar(450) NULL, RedactReason nvarchar(max) NULL;
GO
