-- The digest of the rows of an audited table as the last audit record about them has it, with its salt.
CREATE TABLE RowDigest (
  TableName TEXT NOT NULL,
  RowsKey TEXT NOT NULL,
  Sequence INTEGER NOT NULL,
  Salt TEXT NOT NULL,
  Digest TEXT NOT NULL,
  CONSTRAINT PK_RowDigest PRIMARY KEY (TableName, RowsKey)
) STRICT, WITHOUT ROWID;
CREATE INDEX IX_RowDigest_Sequence ON RowDigest (Sequence);

-- Privacy removed the entry's texts, of every revision; what remains says so.
ALTER TABLE TimelineEntry ADD COLUMN RedactedAt TEXT NULL;
ALTER TABLE TimelineEntry ADD COLUMN RedactedByName TEXT NULL;
ALTER TABLE TimelineEntry ADD COLUMN RedactReason TEXT NULL;
