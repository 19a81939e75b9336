CREATE TABLE AuditEntry (
  Sequence bigint NOT NULL CONSTRAINT PK_AuditEntry PRIMARY KEY,
  At datetimeoffset(7) NOT NULL,
  ActorId uniqueidentifier NOT NULL,
  ActorName nvarchar(200) NOT NULL,
  ActorKind nvarchar(10) NOT NULL CONSTRAINT CK_AuditEntry_ActorKind CHECK (ActorKind IN ('Person', 'Key', 'System')),
  Act nvarchar(100) NOT NULL,
  Subject nvarchar(300) NOT NULL,
  Payload nvarchar(max) NULL,
  Salt nvarchar(32) NULL,
  PayloadDigest nvarchar(64) NULL,
  PreviousHash nvarchar(64) NOT NULL,
  Hash nvarchar(64) NOT NULL
);
CREATE INDEX IX_AuditEntry_ActorId ON AuditEntry (ActorId, Sequence);
CREATE INDEX IX_AuditEntry_Act ON AuditEntry (Act, Sequence);
CREATE INDEX IX_AuditEntry_Subject ON AuditEntry (Subject, Sequence);

CREATE TABLE AuditHead (
  Id int NOT NULL CONSTRAINT PK_AuditHead PRIMARY KEY CONSTRAINT CK_AuditHead_One CHECK (Id = 1),
  EntryCount bigint NOT NULL,
  LastHash nvarchar(64) NOT NULL
);
INSERT INTO AuditHead (Id, EntryCount, LastHash) VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

CREATE TABLE TimelineEntry (
  Id uniqueidentifier NOT NULL CONSTRAINT PK_TimelineEntry PRIMARY KEY NONCLUSTERED,
  IncidentId uniqueidentifier NULL,
  ProgramId uniqueidentifier NULL,
  Kind nvarchar(40) NOT NULL,
  HappenedAt datetimeoffset(7) NOT NULL,
  RecordedAt datetimeoffset(7) NOT NULL,
  ActorId uniqueidentifier NOT NULL,
  ActorName nvarchar(200) NOT NULL,
  Title nvarchar(500) NOT NULL,
  Body nvarchar(max) NULL,
  Data nvarchar(max) NULL,
  IsPinned bit NOT NULL CONSTRAINT CK_TimelineEntry_IsPinned CHECK (IsPinned IN (0, 1)),
  Revision int NOT NULL
);
CREATE INDEX IX_TimelineEntry_Incident ON TimelineEntry (IncidentId, HappenedAt, Id);
CREATE INDEX IX_TimelineEntry_Program ON TimelineEntry (ProgramId, HappenedAt, Id);

CREATE TABLE TimelineRevision (
  EntryId uniqueidentifier NOT NULL,
  Revision int NOT NULL,
  Title nvarchar(500) NOT NULL,
  Body nvarchar(max) NULL,
  RevisedAt datetimeoffset(7) NOT NULL,
  ActorId uniqueidentifier NOT NULL,
  ActorName nvarchar(200) NOT NULL,
  CONSTRAINT PK_TimelineRevision PRIMARY KEY (EntryId, Revision),
  CONSTRAINT FK_TimelineRevision_Entry FOREIGN KEY (EntryId) REFERENCES TimelineEntry (Id)
);
