-- Files that reporters attached to their flags, without their names. The files themselves are in the folder of the evidence, named by the
-- id; MessageId is null where the file belongs to the concern itself. Rows are added, never changed.
CREATE TABLE FlagAttachment (
  FlagId uniqueidentifier NOT NULL,
  Ordinal int NOT NULL,
  Id uniqueidentifier NOT NULL,
  MessageId uniqueidentifier NULL,
  Kind nvarchar(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Size bigint NOT NULL,
  Digest nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  AddedAt datetimeoffset(7) NOT NULL,
  CONSTRAINT PK_FlagAttachment PRIMARY KEY (FlagId, Ordinal),
  CONSTRAINT UQ_FlagAttachment_Id UNIQUE (Id),
  CONSTRAINT FK_FlagAttachment_Flag FOREIGN KEY (FlagId) REFERENCES Flag (Id),
  CONSTRAINT FK_FlagAttachment_FlagMessage FOREIGN KEY (MessageId) REFERENCES FlagMessage (Id),
  CONSTRAINT CK_FlagAttachment_Kind CHECK (Kind IN ('Jpeg', 'Png', 'Text')),
  CONSTRAINT CK_FlagAttachment_Size CHECK (Size > 0)
);
