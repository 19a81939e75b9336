-- Used by every layer: numbers, idempotent requests, leases of jobs, keys, the audit log and timelines.

-- The last number issued, by name.
CREATE TABLE Counter (
  Name TEXT NOT NULL,
  LastValue INTEGER NOT NULL,
  CONSTRAINT PK_Counter PRIMARY KEY (Name)
) STRICT;

-- Requests that carried an Idempotency-Key, with their answers.
CREATE TABLE IdempotencyRecord (
  RequestKey TEXT NOT NULL,
  CallerId TEXT NOT NULL,
  Digest TEXT NOT NULL,
  Status INTEGER NULL,
  ContentType TEXT NULL,
  Location TEXT NULL,
  Body TEXT NULL,
  CreatedAt TEXT NOT NULL,
  CONSTRAINT PK_IdempotencyRecord PRIMARY KEY (CallerId, RequestKey)
) STRICT;
CREATE INDEX IX_IdempotencyRecord_CreatedAt ON IdempotencyRecord (CreatedAt);

-- Which process runs a job, and until when.
CREATE TABLE JobLease (
  Name TEXT NOT NULL,
  Holder TEXT NOT NULL,
  LeasedUntil TEXT NOT NULL,
  CONSTRAINT PK_JobLease PRIMARY KEY (Name)
) STRICT;

-- A withdrawn key is known to others: it no longer signs, and nothing that it signed is accepted.
CREATE TABLE KeyRecord (
  Id TEXT NOT NULL,
  Purpose TEXT NOT NULL,
  PublicX TEXT NULL,
  PublicY TEXT NULL,
  Secret TEXT NOT NULL,
  CreatedAt TEXT NOT NULL,
  RetiredAt TEXT NULL,
  WithdrawnAt TEXT NULL,
  WithdrawnByName TEXT NULL,
  WithdrawReason TEXT NULL,
  CONSTRAINT PK_KeyRecord PRIMARY KEY (Id),
  CONSTRAINT CK_KeyRecord_Purpose CHECK (Purpose IN ('signing', 'data-protection')),
  CONSTRAINT CK_KeyRecord_Withdrawn
    CHECK ((WithdrawnAt IS NULL AND WithdrawReason IS NULL)
      OR (WithdrawnAt IS NOT NULL AND WithdrawnByName IS NOT NULL AND WithdrawReason IS NOT NULL))
) STRICT;

-- The audit log: a chain of hashes in the order of the commits.
CREATE TABLE AuditEntry (
  Sequence INTEGER NOT NULL,
  At TEXT NOT NULL,
  ActorId TEXT NOT NULL,
  ActorName TEXT NOT NULL,
  ActorKind TEXT NOT NULL,
  Act TEXT NOT NULL,
  Subject TEXT NOT NULL,
  Payload TEXT NULL,
  Salt TEXT NULL,
  PayloadDigest TEXT NULL,
  PreviousHash TEXT NOT NULL,
  Hash TEXT NOT NULL,
  CONSTRAINT PK_AuditEntry PRIMARY KEY (Sequence),
  CONSTRAINT CK_AuditEntry_ActorKind CHECK (ActorKind IN ('Person', 'Key', 'System'))
) STRICT;
CREATE INDEX IX_AuditEntry_ActorId ON AuditEntry (ActorId, Sequence);
CREATE INDEX IX_AuditEntry_Act ON AuditEntry (Act, Sequence);
CREATE INDEX IX_AuditEntry_Subject ON AuditEntry (Subject, Sequence);
CREATE INDEX IX_AuditEntry_At ON AuditEntry (At, Sequence);
CREATE INDEX IX_AuditEntry_ActorName ON AuditEntry (ActorName, Sequence);

-- One row: the end of the chain.
CREATE TABLE AuditHead (
  Id INTEGER NOT NULL,
  EntryCount INTEGER NOT NULL,
  LastHash TEXT NOT NULL,
  CONSTRAINT PK_AuditHead PRIMARY KEY (Id),
  CONSTRAINT CK_AuditHead_One CHECK (Id = 1)
) STRICT;
INSERT INTO AuditHead (Id, EntryCount, LastHash) VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

-- What happened to an incident or a program.
CREATE TABLE TimelineEntry (
  Id TEXT NOT NULL,
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
  About TEXT NULL,
  IsPinned INTEGER NOT NULL,
  Revision INTEGER NOT NULL,
  CONSTRAINT PK_TimelineEntry PRIMARY KEY (Id),
  CONSTRAINT CK_TimelineEntry_IsPinned CHECK (IsPinned IN (0, 1))
) STRICT;
CREATE UNIQUE INDEX IX_TimelineEntry_Incident ON TimelineEntry (IncidentId, HappenedAt, Id);
CREATE INDEX IX_TimelineEntry_Program ON TimelineEntry (ProgramId, HappenedAt, Id) WHERE ProgramId IS NOT NULL;

-- The previous text of a revised note.
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
