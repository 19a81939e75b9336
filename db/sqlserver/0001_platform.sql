-- Used by every layer: numbers, idempotent requests, leases of jobs, keys, the audit log and timelines.

-- The last number issued, by name.
CREATE TABLE Counter (
  Name nvarchar(50) COLLATE Latin1_General_100_BIN2 NOT NULL,
  LastValue int NOT NULL,
  CONSTRAINT PK_Counter PRIMARY KEY (Name)
);

-- Requests that carried an Idempotency-Key, with their answers.
CREATE TABLE IdempotencyRecord (
  RequestKey nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  CallerId uniqueidentifier NOT NULL,
  Digest nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Status int NULL,
  ContentType nvarchar(200) NULL,
  Location nvarchar(1000) NULL,
  Body nvarchar(max) NULL,
  CreatedAt datetimeoffset(7) NOT NULL,
  CONSTRAINT PK_IdempotencyRecord PRIMARY KEY (CallerId, RequestKey)
);
CREATE INDEX IX_IdempotencyRecord_CreatedAt ON IdempotencyRecord (CreatedAt);

-- Which process runs a job, and until when.
CREATE TABLE JobLease (
  Name nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Holder uniqueidentifier NOT NULL,
  LeasedUntil datetimeoffset(7) NOT NULL,
  CONSTRAINT PK_JobLease PRIMARY KEY (Name)
);

-- A withdrawn key is known to others: it no longer signs, and nothing that it signed is accepted.
CREATE TABLE KeyRecord (
  Id uniqueidentifier NOT NULL,
  Purpose nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
  PublicX nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL,
  PublicY nvarchar(100) COLLATE Latin1_General_100_BIN2 NULL,
  Secret nvarchar(max) NOT NULL,
  CreatedAt datetimeoffset(7) NOT NULL,
  RetiredAt datetimeoffset(7) NULL,
  WithdrawnAt datetimeoffset(7) NULL,
  WithdrawnByName nvarchar(200) NULL,
  WithdrawReason nvarchar(max) NULL,
  CONSTRAINT PK_KeyRecord PRIMARY KEY (Id),
  CONSTRAINT CK_KeyRecord_Purpose CHECK (Purpose IN ('signing', 'data-protection')),
  CONSTRAINT CK_KeyRecord_Withdrawn
    CHECK ((WithdrawnAt IS NULL AND WithdrawReason IS NULL)
      OR (WithdrawnAt IS NOT NULL AND WithdrawnByName IS NOT NULL AND WithdrawReason IS NOT NULL))
);

-- The audit log: a chain of hashes in the order of the commits.
CREATE TABLE AuditEntry (
  Sequence bigint NOT NULL,
  At datetimeoffset(7) NOT NULL,
  ActorId uniqueidentifier NOT NULL,
  ActorName nvarchar(450) NOT NULL,
  ActorKind nvarchar(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Act nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Subject nvarchar(450) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Payload nvarchar(max) NULL,
  Salt nvarchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  PayloadDigest nvarchar(64) COLLATE Latin1_General_100_BIN2 NULL,
  PreviousHash nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Hash nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  CONSTRAINT PK_AuditEntry PRIMARY KEY (Sequence),
  CONSTRAINT CK_AuditEntry_ActorKind CHECK (ActorKind IN ('Person', 'Key', 'System'))
);
CREATE INDEX IX_AuditEntry_ActorId ON AuditEntry (ActorId, Sequence);
CREATE INDEX IX_AuditEntry_Act ON AuditEntry (Act, Sequence);
CREATE INDEX IX_AuditEntry_Subject ON AuditEntry (Subject, Sequence);
CREATE INDEX IX_AuditEntry_At ON AuditEntry (At, Sequence);
CREATE INDEX IX_AuditEntry_ActorName ON AuditEntry (ActorName, Sequence);

-- One row: the end of the chain.
CREATE TABLE AuditHead (
  Id int NOT NULL,
  EntryCount bigint NOT NULL,
  LastHash nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  CONSTRAINT PK_AuditHead PRIMARY KEY (Id),
  CONSTRAINT CK_AuditHead_One CHECK (Id = 1)
);
INSERT INTO AuditHead (Id, EntryCount, LastHash) VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

-- What happened to an incident or a program. Clustered in the order in which an incident's timeline is read; entries of programs only are
-- together at its beginning.
CREATE TABLE TimelineEntry (
  Id uniqueidentifier NOT NULL,
  IncidentId uniqueidentifier NULL,
  ProgramId uniqueidentifier NULL,
  Kind nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
  HappenedAt datetimeoffset(7) NOT NULL,
  RecordedAt datetimeoffset(7) NOT NULL,
  ActorId uniqueidentifier NOT NULL,
  ActorName nvarchar(450) NOT NULL,
  Title nvarchar(1000) NOT NULL,
  Body nvarchar(max) NULL,
  Data nvarchar(max) NULL,
  About nvarchar(max) NULL,
  IsPinned bit NOT NULL,
  Revision int NOT NULL,
  CONSTRAINT PK_TimelineEntry PRIMARY KEY NONCLUSTERED (Id),
  CONSTRAINT CK_TimelineEntry_IsPinned CHECK (IsPinned IN (0, 1))
);
CREATE UNIQUE CLUSTERED INDEX IX_TimelineEntry_Incident ON TimelineEntry (IncidentId, HappenedAt, Id);
CREATE INDEX IX_TimelineEntry_Program ON TimelineEntry (ProgramId, HappenedAt, Id) WHERE ProgramId IS NOT NULL;

-- The previous text of a revised note.
CREATE TABLE TimelineRevision (
  EntryId uniqueidentifier NOT NULL,
  Revision int NOT NULL,
  Title nvarchar(1000) NOT NULL,
  Body nvarchar(max) NULL,
  RevisedAt datetimeoffset(7) NOT NULL,
  ActorId uniqueidentifier NOT NULL,
  ActorName nvarchar(450) NOT NULL,
  CONSTRAINT PK_TimelineRevision PRIMARY KEY (EntryId, Revision),
  CONSTRAINT FK_TimelineRevision_Entry FOREIGN KEY (EntryId) REFERENCES TimelineEntry (Id)
);
