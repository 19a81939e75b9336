-- Files that reporters attached to their flags, without their names. The files themselves are in the folder of the evidence, named by the
-- id; MessageId is null where the file belongs to the concern itself. Rows are added, never changed.
CREATE TABLE FlagAttachment (
  FlagId TEXT NOT NULL,
  Ordinal INTEGER NOT NULL,
  Id TEXT NOT NULL,
  MessageId TEXT NULL,
  Kind TEXT NOT NULL,
  Size INTEGER NOT NULL,
  Digest TEXT NOT NULL,
  AddedAt TEXT NOT NULL,
  CONSTRAINT PK_FlagAttachment PRIMARY KEY (FlagId, Ordinal),
  CONSTRAINT UQ_FlagAttachment_Id UNIQUE (Id),
  CONSTRAINT FK_FlagAttachment_Flag FOREIGN KEY (FlagId) REFERENCES Flag (Id),
  CONSTRAINT FK_FlagAttachment_FlagMessage FOREIGN KEY (MessageId) REFERENCES FlagMessage (Id),
  CONSTRAINT CK_FlagAttachment_Kind CHECK (Kind IN ('Jpeg', 'Png', 'Text')),
  CONSTRAINT CK_FlagAttachment_Size CHECK (Size > 0)
) STRICT;
