CREATE TABLE AuditEntry (
  Sequence INTEGER NOT NULL CONSTRAINT PK_AuditEntry PRIMARY KEY,
  At TEXT NOT NULL,
  ActorId TEXT NOT NULL,
  ActorName TEXT NOT NULL,
  ActorKind TEXT NOT NULL CONSTRAINT CK_AuditEntry_ActorKind CHECK (ActorKind IN ('Person', 'Key', 'System')),
  Act TEXT NOT NULL,
  Subject TEXT NOT NULL,
  Payload TEXT NULL,
  Salt TEXT NULL,
  PayloadDigest TEXT NULL,
  PreviousHash TEXT NOT NULL,
  Hash TEXT NOT NULL
) STRICT;
CREATE INDEX IX_AuditEntry_ActorId ON AuditEntry (ActorId, Sequence);
CREATE INDEX IX_AuditEntry_Act ON AuditEntry (Act, Sequence);
CREATE INDEX IX_AuditEntry_Subject ON AuditEntry (Subject, Sequence);

CREATE TABLE AuditHead (
  Id INTEGER NOT NULL CONSTRAINT PK_AuditHead PRIMARY KEY CONSTRAINT CK_AuditHead_One CHECK (Id = 1),
  EntryCount INTEGER NOT NULL,
  LastHash TEXT NOT NULL
) STRICT;
INSERT INTO AuditHead (Id, EntryCount, LastHash) VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

CREATE TABLE TimelineEntry (
  Id TEXT NOT NULL CONSTRAINT PK_TimelineEntry PRIMARY KEY,
  IncidentId TEXT NULL,
  ProgramId TEXT NULL,
  Kind TEXT NOT NULL,
  HappenedAt TEXT NOT NULL,
  RecordedAt TEXT NOT NULL,
  ActorId TEXT NOT NULL,
  ActorName TEXT NOT NULL,
  Title TEXT NOT NULL,
  Body TEXT NULL,
  Data TEXT NULL,
  IsPinned INTEGER NOT NULL CONSTRAINT CK_TimelineEntry_IsPinned CHECK (IsPinned IN (0, 1)),
  Revision INTEGER NOT NULL
) STRICT;
CREATE INDEX IX_TimelineEntry_Incident ON TimelineEntry (IncidentId, HappenedAt, Id);
CREATE INDEX IX_TimelineEntry_Program ON TimelineEntry (ProgramId, HappenedAt, Id);

CREATE TABLE TimelineRevision (
  EntryId TEXT NOT NULL,
  Revision INTEGER NOT NULL,
  Title TEXT NOT NULL,
  Body TEXT NULL,
  RevisedAt TEXT NOT NULL,
  ActorId TEXT NOT NULL,
  ActorName TEXT NOT NULL,
  CONSTRAINT PK_TimelineRevision PRIMARY KEY (EntryId, Revision),
  CONSTRAINT FK_TimelineRevision_Entry FOREIGN KEY (EntryId) REFERENCES TimelineEntry (Id)
) STRICT;
