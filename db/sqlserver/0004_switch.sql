-- The switch: what may be collected now, permits, pauses, and stops. The ingest gate: admitted and quarantined batches, and dispositions.

-- Keys of machines and of people. A key without a row in ApiKeyProgram is tied to no program.
CREATE TABLE ApiKey (
  Id uniqueidentifier NOT NULL,
  Name nvarchar(400) NOT NULL,
  KeyHash nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Scopes nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Region nvarchar(16) COLLATE Latin1_General_100_BIN2 NULL,
  Categories nvarchar(4000) NOT NULL,
  CreatedAt datetimeoffset(7) NOT NULL,
  CreatedById uniqueidentifier NOT NULL,
  CreatedByName nvarchar(200) NOT NULL,
  ExpiresAt datetimeoffset(7) NOT NULL,
  LastUsedAt datetimeoffset(7) NULL,
  RevokedAt datetimeoffset(7) NULL,
  RevokedByName nvarchar(200) NULL,
  CONSTRAINT PK_ApiKey PRIMARY KEY (Id),
  CONSTRAINT UQ_ApiKey_Hash UNIQUE (KeyHash)
);
CREATE INDEX IX_ApiKey_CreatedAt ON ApiKey (CreatedAt, Id);

CREATE TABLE ApiKeyProgram (
  ApiKeyId uniqueidentifier NOT NULL,
  ProgramId uniqueidentifier NOT NULL,
  CONSTRAINT PK_ApiKeyProgram PRIMARY KEY (ApiKeyId, ProgramId),
  CONSTRAINT FK_ApiKeyProgram_Key FOREIGN KEY (ApiKeyId) REFERENCES ApiKey (Id),
  CONSTRAINT FK_ApiKeyProgram_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id)
);
CREATE INDEX IX_ApiKeyProgram_Program ON ApiKeyProgram (ProgramId);

-- A collector is identified by its public key: the thumbprint is unique.
CREATE TABLE Collector (
  Id uniqueidentifier NOT NULL,
  Thumbprint nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  PublicX nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  PublicY nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  SecretHash nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  InstanceName nvarchar(400) NOT NULL,
  HostPseudonym nvarchar(400) NOT NULL,
  AppVersion nvarchar(200) NOT NULL,
  Bucket int NOT NULL,
  RegisteredAt datetimeoffset(7) NOT NULL,
  RevokedAt datetimeoffset(7) NULL,
  RevokedByName nvarchar(200) NULL,
  CONSTRAINT PK_Collector PRIMARY KEY (Id),
  CONSTRAINT UQ_Collector_Thumbprint UNIQUE (Thumbprint),
  CONSTRAINT UQ_Collector_Secret UNIQUE (SecretHash),
  CONSTRAINT CK_Collector_Bucket CHECK (Bucket BETWEEN 0 AND 9999)
);
-- Every node reads these every few seconds.
CREATE INDEX IX_Collector_RevokedAt ON Collector (RevokedAt) WHERE RevokedAt IS NOT NULL;

-- One row a program. Renewals raise MaxPermitExp where the epoch is unchanged; every change of what may be collected raises the epoch.
CREATE TABLE ProgramSwitch (
  ProgramId uniqueidentifier NOT NULL,
  Epoch bigint NOT NULL,
  MaxPermitExp datetimeoffset(7) NULL,
  CONSTRAINT PK_ProgramSwitch PRIMARY KEY (ProgramId),
  CONSTRAINT FK_ProgramSwitch_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id)
);

-- PopulationAt is null until the population is written: the pause itself is committed first. BufferPolicy is the instruction for the
-- collectors' buffers.
CREATE TABLE Pause (
  Id uniqueidentifier NOT NULL,
  ProgramId uniqueidentifier NOT NULL,
  IncidentId uniqueidentifier NULL,
  Cycle int NULL,
  Sev int NULL,
  PolicyVersion int NULL,
  Origin nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Status nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Categories nvarchar(4000) NOT NULL,
  Regions nvarchar(2000) NOT NULL,
  Reason nvarchar(max) NOT NULL,
  BufferPolicy nvarchar(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
  PlacedAt datetimeoffset(7) NOT NULL,
  PlacedById uniqueidentifier NOT NULL,
  PlacedByName nvarchar(200) NOT NULL,
  Deadline datetimeoffset(7) NULL,
  DrillEndsAt datetimeoffset(7) NULL,
  ActivatedAt datetimeoffset(7) NULL,
  ActivatedById uniqueidentifier NULL,
  ActivatedByName nvarchar(200) NULL,
  Epoch bigint NULL,
  GuaranteedAt datetimeoffset(7) NULL,
  GracePeriodSeconds int NULL,
  PopulationAt datetimeoffset(7) NULL,
  ReleasedShare int NOT NULL,
  FullyStoppedAt datetimeoffset(7) NULL,
  EndedAt datetimeoffset(7) NULL,
  EndedById uniqueidentifier NULL,
  EndedByName nvarchar(200) NULL,
  DeclineReason nvarchar(max) NULL,
  DecisionId uniqueidentifier NULL,
  DecisionLabel nvarchar(400) NULL,
  ChangedAt datetimeoffset(7) NOT NULL,
  ChangedBy nvarchar(200) NOT NULL,
  ChangedWhat nvarchar(400) NOT NULL,
  Version int NOT NULL,
  CONSTRAINT PK_Pause PRIMARY KEY (Id),
  CONSTRAINT FK_Pause_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id),
  CONSTRAINT CK_Pause_Origin CHECK (Origin IN ('Person', 'Policy')),
  CONSTRAINT CK_Pause_Status CHECK (Status IN ('Proposed', 'Active', 'Declined', 'Lifted')),
  CONSTRAINT CK_Pause_Released CHECK (ReleasedShare BETWEEN 0 AND 99),
  CONSTRAINT CK_Pause_Proposed CHECK (Status <> 'Proposed' OR Deadline IS NOT NULL),
  CONSTRAINT CK_Pause_Activated
    CHECK (Status NOT IN ('Active', 'Lifted')
      OR (ActivatedAt IS NOT NULL AND Epoch IS NOT NULL AND GuaranteedAt IS NOT NULL AND GracePeriodSeconds IS NOT NULL)),
  CONSTRAINT CK_Pause_Lifted CHECK (Status <> 'Lifted' OR DecisionId IS NOT NULL OR DrillEndsAt IS NOT NULL),
  CONSTRAINT CK_Pause_Declined CHECK (Status <> 'Declined' OR DeclineReason IS NOT NULL),
  CONSTRAINT CK_Pause_BufferPolicy CHECK (BufferPolicy IN ('Hold', 'Seal') AND (BufferPolicy = 'Hold' OR DrillEndsAt IS NULL))
);
CREATE INDEX IX_Pause_Program ON Pause (ProgramId, PlacedAt, Id);
CREATE INDEX IX_Pause_Incident ON Pause (IncidentId, PlacedAt, Id);
CREATE INDEX IX_Pause_Status ON Pause (Status, FullyStoppedAt);
CREATE INDEX IX_Pause_EndedAt ON Pause (EndedAt) WHERE EndedAt IS NOT NULL;

-- The history of what was allowed when: a row for each epoch, with what it allowed, by region. Terms is the rule as JSON: lifecycle,
-- categories, active pauses with scope and released share.
CREATE TABLE ProgramEpoch (
  ProgramId uniqueidentifier NOT NULL,
  Epoch bigint NOT NULL,
  At datetimeoffset(7) NOT NULL,
  Cause nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
  PauseId uniqueidentifier NULL,
  Allowed nvarchar(max) NOT NULL,
  Terms nvarchar(max) NOT NULL,
  CONSTRAINT PK_ProgramEpoch PRIMARY KEY (ProgramId, Epoch),
  CONSTRAINT FK_ProgramEpoch_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id),
  CONSTRAINT FK_ProgramEpoch_Pause FOREIGN KEY (PauseId) REFERENCES Pause (Id),
  CONSTRAINT CK_ProgramEpoch_Cause CHECK (Cause IN ('Pause', 'Lift', 'DrillEnd', 'SealBuffers', 'Program'))
);
CREATE INDEX IX_ProgramEpoch_At ON ProgramEpoch (ProgramId, At);

-- The enrolment of a collector and its latest permit: one row, renewed in place.
CREATE TABLE CollectorProgram (
  CollectorId uniqueidentifier NOT NULL,
  ProgramId uniqueidentifier NOT NULL,
  EnrolmentKeyId uniqueidentifier NOT NULL,
  Region nvarchar(16) COLLATE Latin1_General_100_BIN2 NULL,
  Categories nvarchar(4000) NOT NULL,
  PermitJti nvarchar(64) COLLATE Latin1_General_100_BIN2 NULL,
  PermitIat datetimeoffset(7) NULL,
  PermitExp datetimeoffset(7) NULL,
  PermitEpoch bigint NULL,
  PermitCategories nvarchar(4000) NULL,
  HeardAt datetimeoffset(7) NULL,
  EpochSeen bigint NOT NULL,
  LastSequence bigint NOT NULL,
  CONSTRAINT PK_CollectorProgram PRIMARY KEY (CollectorId, ProgramId),
  CONSTRAINT FK_CollectorProgram_Collector FOREIGN KEY (CollectorId) REFERENCES Collector (Id),
  CONSTRAINT FK_CollectorProgram_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id),
  CONSTRAINT FK_CollectorProgram_Key FOREIGN KEY (EnrolmentKeyId) REFERENCES ApiKey (Id)
);
CREATE INDEX IX_CollectorProgram_Program ON CollectorProgram (ProgramId, PermitExp);

-- The population of a pause, fixed when it became active, with the proof of each stop.
CREATE TABLE PauseStop (
  PauseId uniqueidentifier NOT NULL,
  CollectorId uniqueidentifier NOT NULL,
  PermitJti nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  PermitExp datetimeoffset(7) NOT NULL,
  AckAt datetimeoffset(7) NULL,
  AckDigest nvarchar(64) COLLATE Latin1_General_100_BIN2 NULL,
  AssuredAt datetimeoffset(7) NULL,
  ViolatedAt datetimeoffset(7) NULL,
  StoppedAfterMs int NULL,
  CONSTRAINT PK_PauseStop PRIMARY KEY (PauseId, CollectorId),
  CONSTRAINT FK_PauseStop_Pause FOREIGN KEY (PauseId) REFERENCES Pause (Id),
  CONSTRAINT FK_PauseStop_Collector FOREIGN KEY (CollectorId) REFERENCES Collector (Id)
);
-- No index by collector: pauses that wait for a collector's acknowledgement are found by the active pauses, which are few.
CREATE INDEX IX_PauseStop_After ON PauseStop (PauseId, StoppedAfterMs);
ALTER TABLE PauseStop SET (LOCK_ESCALATION = DISABLE);

-- Signed acknowledgements by the digest of their bytes: the same bytes again give the same receipt.
-- Clustered by collector: a digest is random.
CREATE TABLE StopAck (
  Digest nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  CollectorId uniqueidentifier NOT NULL,
  ProgramId uniqueidentifier NOT NULL,
  Epoch bigint NOT NULL,
  ReceivedAt datetimeoffset(7) NOT NULL,
  Token nvarchar(max) NOT NULL,
  Receipt nvarchar(max) NOT NULL,
  CONSTRAINT PK_StopAck PRIMARY KEY NONCLUSTERED (Digest),
  CONSTRAINT UQ_StopAck_Once UNIQUE CLUSTERED (CollectorId, ProgramId, Epoch),
  CONSTRAINT FK_StopAck_Collector FOREIGN KEY (CollectorId) REFERENCES Collector (Id),
  CONSTRAINT FK_StopAck_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id)
);

-- What is kept of a stop report when its rows about single collectors have expired: counts, the curve, and a digest over the
-- acknowledgements.
CREATE TABLE PauseStopSummary (
  PauseId uniqueidentifier NOT NULL,
  Population bigint NOT NULL,
  Confirmed bigint NOT NULL,
  Assured bigint NOT NULL,
  Pending bigint NOT NULL,
  Violating bigint NOT NULL,
  Idle bigint NOT NULL,
  Revoked bigint NOT NULL,
  LastAfterMs int NULL,
  BucketMs int NOT NULL,
  Curve nvarchar(max) NOT NULL,
  ProofsSha256 nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  ExpiredAt datetimeoffset(7) NOT NULL,
  CONSTRAINT PK_PauseStopSummary PRIMARY KEY (PauseId),
  CONSTRAINT FK_PauseStopSummary_Pause FOREIGN KEY (PauseId) REFERENCES Pause (Id)
);

-- A staged resume, per pause. The last stage releases all. DueAt is set when the previous stage has begun.
CREATE TABLE PauseStage (
  PauseId uniqueidentifier NOT NULL,
  DecisionId uniqueidentifier NOT NULL,
  Ordinal int NOT NULL,
  DecisionLabel nvarchar(400) NOT NULL,
  Share int NOT NULL,
  SoakSeconds int NOT NULL,
  DueAt datetimeoffset(7) NULL,
  StartedAt datetimeoffset(7) NULL,
  StoppedAt datetimeoffset(7) NULL,
  CONSTRAINT PK_PauseStage PRIMARY KEY (PauseId, DecisionId, Ordinal),
  CONSTRAINT FK_PauseStage_Pause FOREIGN KEY (PauseId) REFERENCES Pause (Id),
  CONSTRAINT CK_PauseStage_Share CHECK (Share BETWEEN 1 AND 100)
);
CREATE INDEX IX_PauseStage_Due ON PauseStage (StartedAt, StoppedAt, DueAt);

-- One row per admitted or quarantined batch: its sequence range may not be used again, and the same batch gets the same answer. Rows of
-- admitted batches are kept for a configured time; then adjoining ranges become one merged row, which only records that its numbers were
-- used.
CREATE TABLE GateRange (
  ProgramId uniqueidentifier NOT NULL,
  CollectorId uniqueidentifier NOT NULL,
  FirstSequence bigint NOT NULL,
  LastSequence bigint NOT NULL,
  BatchId uniqueidentifier NOT NULL,
  Digest nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Epoch bigint NOT NULL,
  CheckedAt datetimeoffset(7) NOT NULL,
  IsQuarantined bit NOT NULL,
  IsMerged bit NOT NULL,
  CONSTRAINT PK_GateRange PRIMARY KEY (ProgramId, CollectorId, FirstSequence),
  CONSTRAINT FK_GateRange_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id),
  CONSTRAINT FK_GateRange_Collector FOREIGN KEY (CollectorId) REFERENCES Collector (Id),
  CONSTRAINT CK_GateRange_Order CHECK (FirstSequence >= 0 AND LastSequence >= FirstSequence),
  CONSTRAINT CK_GateRange_IsQuarantined CHECK (IsQuarantined IN (0, 1)),
  CONSTRAINT CK_GateRange_IsMerged CHECK (IsMerged IN (0, 1))
);
CREATE INDEX IX_GateRange_Due ON GateRange (IsMerged, IsQuarantined, ProgramId, CheckedAt);

-- Quarantined batches: metadata only, never content.
CREATE TABLE QuarantinedBatch (
  Id uniqueidentifier NOT NULL,
  ProgramId uniqueidentifier NOT NULL,
  CollectorId uniqueidentifier NOT NULL,
  PauseId uniqueidentifier NULL,
  Class nvarchar(1) COLLATE Latin1_General_100_BIN2 NOT NULL,
  OnlyDrills bit NOT NULL,
  Digest nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  FirstSequence bigint NOT NULL,
  LastSequence bigint NOT NULL,
  Items bigint NOT NULL,
  Categories nvarchar(4000) NOT NULL,
  Region nvarchar(16) COLLATE Latin1_General_100_BIN2 NULL,
  CollectedFrom datetimeoffset(7) NOT NULL,
  CollectedTo datetimeoffset(7) NOT NULL,
  Epoch bigint NOT NULL,
  QuarantinedAt datetimeoffset(7) NOT NULL,
  KeyId uniqueidentifier NOT NULL,
  KeyName nvarchar(400) NOT NULL,
  Disposition nvarchar(16) COLLATE Latin1_General_100_BIN2 NULL,
  DisposedAt datetimeoffset(7) NULL,
  DisposedByName nvarchar(200) NULL,
  DisposeReason nvarchar(max) NULL,
  CONSTRAINT PK_QuarantinedBatch PRIMARY KEY (Id),
  CONSTRAINT UQ_QuarantinedBatch_Batch UNIQUE (ProgramId, CollectorId, FirstSequence, LastSequence, Digest),
  CONSTRAINT FK_QuarantinedBatch_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id),
  CONSTRAINT FK_QuarantinedBatch_Collector FOREIGN KEY (CollectorId) REFERENCES Collector (Id),
  CONSTRAINT FK_QuarantinedBatch_Pause FOREIGN KEY (PauseId) REFERENCES Pause (Id),
  CONSTRAINT CK_QuarantinedBatch_Class CHECK (Class IN ('A', 'B', 'C')),
  CONSTRAINT CK_QuarantinedBatch_OnlyDrills CHECK (OnlyDrills IN (0, 1)),
  CONSTRAINT CK_QuarantinedBatch_Disposition CHECK (Disposition IN ('Admit', 'Seal', 'Purge')),
  CONSTRAINT CK_QuarantinedBatch_Admit CHECK (Disposition <> 'Admit' OR Class <> 'C'),
  CONSTRAINT CK_QuarantinedBatch_Disposed
    CHECK ((Disposition IS NULL AND DisposedAt IS NULL)
      OR (Disposition IS NOT NULL AND DisposedAt IS NOT NULL AND DisposedByName IS NOT NULL AND DisposeReason IS NOT NULL))
);
CREATE INDEX IX_QuarantinedBatch_Program ON QuarantinedBatch (ProgramId, QuarantinedAt, Id);
-- Undecided batches: the filter column is in the key, too, so that SQL Server need not look it up in the row.
CREATE INDEX IX_QuarantinedBatch_Undecided ON QuarantinedBatch (ProgramId, QuarantinedAt, Id, Class, OnlyDrills, Disposition)
  WHERE Disposition IS NULL;
CREATE INDEX IX_QuarantinedBatch_Violator ON QuarantinedBatch (ProgramId, CollectorId, Class, QuarantinedAt);

-- How many of a class were quarantined under a pause so far: timeline entries are written at powers of ten, not per batch.
CREATE TABLE QuarantineCounter (
  ProgramId uniqueidentifier NOT NULL,
  PauseId uniqueidentifier NOT NULL,
  Class nvarchar(1) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Batches bigint NOT NULL,
  CONSTRAINT PK_QuarantineCounter PRIMARY KEY (ProgramId, PauseId, Class),
  CONSTRAINT FK_QuarantineCounter_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id)
);

-- Dispositions, in the order of the commits: ingestion continues from the last number that it has read.
CREATE TABLE GateDisposition (
  Number bigint NOT NULL,
  BatchId uniqueidentifier NOT NULL,
  ProgramId uniqueidentifier NOT NULL,
  Disposition nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
  At datetimeoffset(7) NOT NULL,
  ById uniqueidentifier NOT NULL,
  ByName nvarchar(200) NOT NULL,
  Reason nvarchar(max) NOT NULL,
  CONSTRAINT PK_GateDisposition PRIMARY KEY (Number),
  CONSTRAINT FK_GateDisposition_Batch FOREIGN KEY (BatchId) REFERENCES QuarantinedBatch (Id),
  CONSTRAINT FK_GateDisposition_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id),
  CONSTRAINT CK_GateDisposition_What CHECK (Disposition IN ('Admit', 'Seal', 'Purge'))
);
CREATE INDEX IX_GateDisposition_Program ON GateDisposition (ProgramId, Number);
-- Admitting and purging are final: of two concurrent dispositions one fails.
CREATE UNIQUE INDEX UX_GateDisposition_Final ON GateDisposition (BatchId) WHERE Disposition IN ('Admit', 'Purge');
CREATE INDEX IX_GateDisposition_At ON GateDisposition (Disposition, At, ProgramId);

CREATE TABLE GateDispositionHead (
  Id int NOT NULL,
  LastNumber bigint NOT NULL,
  CONSTRAINT PK_GateDispositionHead PRIMARY KEY (Id),
  CONSTRAINT CK_GateDispositionHead_One CHECK (Id = 1)
);
INSERT INTO GateDispositionHead (Id, LastNumber) VALUES (1, 0);

-- Refused batches, counted: a flood of them writes a few audit records, not one each.
CREATE TABLE GateRefusal (
  KeyId uniqueidentifier NOT NULL,
  ProgramId uniqueidentifier NOT NULL,
  CollectorId uniqueidentifier NOT NULL,
  Reason nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
  WindowStart datetimeoffset(7) NOT NULL,
  Refused bigint NOT NULL,
  CONSTRAINT PK_GateRefusal PRIMARY KEY (KeyId, ProgramId, CollectorId, Reason, WindowStart),
  CONSTRAINT FK_GateRefusal_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id)
);
CREATE INDEX IX_GateRefusal_WindowStart ON GateRefusal (WindowStart);

-- One row per program whose collectors went on after a stop: open until somebody has taken ownership, or its batches were decided; new
-- evidence raises it again.
CREATE TABLE ViolationAlert (
  ProgramId uniqueidentifier NOT NULL,
  RaisedAt datetimeoffset(7) NOT NULL,
  SelfReported bit NOT NULL,
  Ending nvarchar(12) COLLATE Latin1_General_100_BIN2 NULL,
  EndedAt datetimeoffset(7) NULL,
  EndedByName nvarchar(200) NULL,
  Note nvarchar(max) NULL,
  Version int NOT NULL,
  CONSTRAINT PK_ViolationAlert PRIMARY KEY (ProgramId),
  CONSTRAINT FK_ViolationAlert_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id),
  CONSTRAINT CK_ViolationAlert_SelfReported CHECK (SelfReported IN (0, 1)),
  CONSTRAINT CK_ViolationAlert_Ending CHECK (Ending IN ('Acknowledged', 'Decided')),
  CONSTRAINT CK_ViolationAlert_Ended
    CHECK ((Ending IS NULL AND EndedAt IS NULL)
      OR (Ending IS NOT NULL AND EndedAt IS NOT NULL AND EndedByName IS NOT NULL))
);
