-- The switch: what may be collected now, permits, pauses, and stops. The ingest gate: admitted and quarantined batches, and dispositions.

-- Keys of machines and of people. A key without a row in ApiKeyProgram is tied to no program.
CREATE TABLE ApiKey (
  Id TEXT NOT NULL,
  Name TEXT NOT NULL,
  KeyHash TEXT NOT NULL,
  Scopes TEXT NOT NULL,
  Region TEXT NULL,
  Categories TEXT NOT NULL,
  CreatedAt TEXT NOT NULL,
  CreatedById TEXT NOT NULL,
  CreatedByName TEXT NOT NULL,
  ExpiresAt TEXT NOT NULL,
  LastUsedAt TEXT NULL,
  RevokedAt TEXT NULL,
  RevokedByName TEXT NULL,
  CONSTRAINT PK_ApiKey PRIMARY KEY (Id),
  CONSTRAINT UQ_ApiKey_Hash UNIQUE (KeyHash)
) STRICT;
CREATE INDEX IX_ApiKey_CreatedAt ON ApiKey (CreatedAt, Id);

CREATE TABLE ApiKeyProgram (
  ApiKeyId TEXT NOT NULL,
  ProgramId TEXT NOT NULL,
  CONSTRAINT PK_ApiKeyProgram PRIMARY KEY (ApiKeyId, ProgramId),
  CONSTRAINT FK_ApiKeyProgram_Key FOREIGN KEY (ApiKeyId) REFERENCES ApiKey (Id),
  CONSTRAINT FK_ApiKeyProgram_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id)
) STRICT;
CREATE INDEX IX_ApiKeyProgram_Program ON ApiKeyProgram (ProgramId);

-- A collector is identified by its public key: the thumbprint is unique.
CREATE TABLE Collector (
  Id TEXT NOT NULL,
  Thumbprint TEXT NOT NULL,
  PublicX TEXT NOT NULL,
  PublicY TEXT NOT NULL,
  SecretHash TEXT NOT NULL,
  InstanceName TEXT NOT NULL,
  HostPseudonym TEXT NOT NULL,
  AppVersion TEXT NOT NULL,
  Bucket INTEGER NOT NULL,
  RegisteredAt TEXT NOT NULL,
  RevokedAt TEXT NULL,
  RevokedByName TEXT NULL,
  CONSTRAINT PK_Collector PRIMARY KEY (Id),
  CONSTRAINT UQ_Collector_Thumbprint UNIQUE (Thumbprint),
  CONSTRAINT UQ_Collector_Secret UNIQUE (SecretHash),
  CONSTRAINT CK_Collector_Bucket CHECK (Bucket BETWEEN 0 AND 9999)
) STRICT;
-- Every node reads these every few seconds.
CREATE INDEX IX_Collector_RevokedAt ON Collector (RevokedAt) WHERE RevokedAt IS NOT NULL;

-- One row a program. Renewals raise MaxPermitExp where the epoch is unchanged; every change of what may be collected raises the epoch.
CREATE TABLE ProgramSwitch (
  ProgramId TEXT NOT NULL,
  Epoch INTEGER NOT NULL,
  MaxPermitExp TEXT NULL,
  CONSTRAINT PK_ProgramSwitch PRIMARY KEY (ProgramId),
  CONSTRAINT FK_ProgramSwitch_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id)
) STRICT;

-- PopulationAt is null until the population is written: the pause itself is committed first. BufferPolicy is the instruction for the
-- collectors' buffers.
CREATE TABLE Pause (
  Id TEXT NOT NULL,
  ProgramId TEXT NOT NULL,
  IncidentId TEXT NULL,
  Cycle INTEGER NULL,
  Sev INTEGER NULL,
  PolicyVersion INTEGER NULL,
  Origin TEXT NOT NULL,
  Status TEXT NOT NULL,
  Categories TEXT NOT NULL,
  Regions TEXT NOT NULL,
  Reason TEXT NOT NULL,
  BufferPolicy TEXT NOT NULL,
  PlacedAt TEXT NOT NULL,
  PlacedById TEXT NOT NULL,
  PlacedByName TEXT NOT NULL,
  Deadline TEXT NULL,
  DrillEndsAt TEXT NULL,
  ActivatedAt TEXT NULL,
  ActivatedById TEXT NULL,
  ActivatedByName TEXT NULL,
  Epoch INTEGER NULL,
  GuaranteedAt TEXT NULL,
  GracePeriodSeconds INTEGER NULL,
  PopulationAt TEXT NULL,
  ReleasedShare INTEGER NOT NULL,
  FullyStoppedAt TEXT NULL,
  EndedAt TEXT NULL,
  EndedById TEXT NULL,
  EndedByName TEXT NULL,
  DeclineReason TEXT NULL,
  DecisionId TEXT NULL,
  DecisionLabel TEXT NULL,
  ChangedAt TEXT NOT NULL,
  ChangedBy TEXT NOT NULL,
  ChangedWhat TEXT NOT NULL,
  Version INTEGER NOT NULL,
  CONSTRAINT PK_Pause PRIMARY KEY (Id),
  CONSTRAINT FK_Pause_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id),
  CONSTRAINT FK_Pause_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id),
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
) STRICT;
CREATE INDEX IX_Pause_Program ON Pause (ProgramId, PlacedAt, Id);
CREATE INDEX IX_Pause_Incident ON Pause (IncidentId, PlacedAt, Id);
CREATE INDEX IX_Pause_Status ON Pause (Status, FullyStoppedAt);
CREATE INDEX IX_Pause_EndedAt ON Pause (EndedAt) WHERE EndedAt IS NOT NULL;

-- The history of what was allowed when: a row for each epoch, with what it allowed, by region. Terms is the rule as JSON: lifecycle,
-- categories, active pauses with scope and released share.
CREATE TABLE ProgramEpoch (
  ProgramId TEXT NOT NULL,
  Epoch INTEGER NOT NULL,
  At TEXT NOT NULL,
  Cause TEXT NOT NULL,
  PauseId TEXT NULL,
  Allowed TEXT NOT NULL,
  Terms TEXT NOT NULL,
  CONSTRAINT PK_ProgramEpoch PRIMARY KEY (ProgramId, Epoch),
  CONSTRAINT FK_ProgramEpoch_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id),
  CONSTRAINT FK_ProgramEpoch_Pause FOREIGN KEY (PauseId) REFERENCES Pause (Id),
  CONSTRAINT CK_ProgramEpoch_Cause CHECK (Cause IN ('Pause', 'Lift', 'DrillEnd', 'SealBuffers', 'Program'))
) STRICT;
CREATE INDEX IX_ProgramEpoch_At ON ProgramEpoch (ProgramId, At);

-- The enrolment of a collector and its latest permit: one row, renewed in place.
CREATE TABLE CollectorProgram (
  CollectorId TEXT NOT NULL,
  ProgramId TEXT NOT NULL,
  EnrolmentKeyId TEXT NOT NULL,
  Region TEXT NULL,
  Categories TEXT NOT NULL,
  PermitJti TEXT NULL,
  PermitIat TEXT NULL,
  PermitExp TEXT NULL,
  PermitEpoch INTEGER NULL,
  PermitCategories TEXT NULL,
  HeardAt TEXT NULL,
  EpochSeen INTEGER NOT NULL,
  LastSequence INTEGER NOT NULL,
  CONSTRAINT PK_CollectorProgram PRIMARY KEY (CollectorId, ProgramId),
  CONSTRAINT FK_CollectorProgram_Collector FOREIGN KEY (CollectorId) REFERENCES Collector (Id),
  CONSTRAINT FK_CollectorProgram_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id),
  CONSTRAINT FK_CollectorProgram_Key FOREIGN KEY (EnrolmentKeyId) REFERENCES ApiKey (Id)
) STRICT;
CREATE INDEX IX_CollectorProgram_Program ON CollectorProgram (ProgramId, PermitExp);

-- The population of a pause, fixed when it became active, with the proof of each stop.
CREATE TABLE PauseStop (
  PauseId TEXT NOT NULL,
  CollectorId TEXT NOT NULL,
  PermitJti TEXT NOT NULL,
  PermitExp TEXT NOT NULL,
  AckAt TEXT NULL,
  AckDigest TEXT NULL,
  AssuredAt TEXT NULL,
  ViolatedAt TEXT NULL,
  StoppedAfterMs INTEGER NULL,
  CONSTRAINT PK_PauseStop PRIMARY KEY (PauseId, CollectorId),
  CONSTRAINT FK_PauseStop_Pause FOREIGN KEY (PauseId) REFERENCES Pause (Id),
  CONSTRAINT FK_PauseStop_Collector FOREIGN KEY (CollectorId) REFERENCES Collector (Id)
) STRICT;
-- No index by collector: pauses that wait for a collector's acknowledgement are found by the active pauses, which are few.
CREATE INDEX IX_PauseStop_After ON PauseStop (PauseId, StoppedAfterMs);

-- Signed acknowledgements by the digest of their bytes: the same bytes again give the same receipt.
CREATE TABLE StopAck (
  Digest TEXT NOT NULL,
  CollectorId TEXT NOT NULL,
  ProgramId TEXT NOT NULL,
  Epoch INTEGER NOT NULL,
  ReceivedAt TEXT NOT NULL,
  Token TEXT NOT NULL,
  Receipt TEXT NOT NULL,
  CONSTRAINT PK_StopAck PRIMARY KEY (Digest),
  CONSTRAINT UQ_StopAck_Once UNIQUE (CollectorId, ProgramId, Epoch),
  CONSTRAINT FK_StopAck_Collector FOREIGN KEY (CollectorId) REFERENCES Collector (Id),
  CONSTRAINT FK_StopAck_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id)
) STRICT;

-- What is kept of a stop report when its rows about single collectors have expired: counts, the curve, and a digest over the
-- acknowledgements.
CREATE TABLE PauseStopSummary (
  PauseId TEXT NOT NULL,
  Population INTEGER NOT NULL,
  Confirmed INTEGER NOT NULL,
  Assured INTEGER NOT NULL,
  Pending INTEGER NOT NULL,
  Violating INTEGER NOT NULL,
  Idle INTEGER NOT NULL,
  Revoked INTEGER NOT NULL,
  LastAfterMs INTEGER NULL,
  BucketMs INTEGER NOT NULL,
  Curve TEXT NOT NULL,
  ProofsSha256 TEXT NOT NULL,
  ExpiredAt TEXT NOT NULL,
  CONSTRAINT PK_PauseStopSummary PRIMARY KEY (PauseId),
  CONSTRAINT FK_PauseStopSummary_Pause FOREIGN KEY (PauseId) REFERENCES Pause (Id)
) STRICT;

-- A staged resume, per pause. The last stage releases all. DueAt is set when the previous stage has begun.
CREATE TABLE PauseStage (
  PauseId TEXT NOT NULL,
  DecisionId TEXT NOT NULL,
  Ordinal INTEGER NOT NULL,
  DecisionLabel TEXT NOT NULL,
  Share INTEGER NOT NULL,
  SoakSeconds INTEGER NOT NULL,
  DueAt TEXT NULL,
  StartedAt TEXT NULL,
  StoppedAt TEXT NULL,
  CONSTRAINT PK_PauseStage PRIMARY KEY (PauseId, DecisionId, Ordinal),
  CONSTRAINT FK_PauseStage_Pause FOREIGN KEY (PauseId) REFERENCES Pause (Id),
  CONSTRAINT FK_PauseStage_Decision FOREIGN KEY (DecisionId) REFERENCES Decision (Id),
  CONSTRAINT CK_PauseStage_Share CHECK (Share BETWEEN 1 AND 100)
) STRICT;
CREATE INDEX IX_PauseStage_Due ON PauseStage (StartedAt, StoppedAt, DueAt);

-- One row per admitted or quarantined batch: its sequence range may not be used again, and the same batch gets the same answer. Rows of
-- admitted batches are kept for a configured time; then adjoining ranges become one merged row, which only records that its numbers were
-- used.
CREATE TABLE GateRange (
  ProgramId TEXT NOT NULL,
  CollectorId TEXT NOT NULL,
  FirstSequence INTEGER NOT NULL,
  LastSequence INTEGER NOT NULL,
  BatchId TEXT NOT NULL,
  Digest TEXT NOT NULL,
  Epoch INTEGER NOT NULL,
  CheckedAt TEXT NOT NULL,
  IsQuarantined INTEGER NOT NULL,
  IsMerged INTEGER NOT NULL,
  CONSTRAINT PK_GateRange PRIMARY KEY (ProgramId, CollectorId, FirstSequence),
  CONSTRAINT FK_GateRange_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id),
  CONSTRAINT FK_GateRange_Collector FOREIGN KEY (CollectorId) REFERENCES Collector (Id),
  CONSTRAINT CK_GateRange_Order CHECK (FirstSequence >= 0 AND LastSequence >= FirstSequence),
  CONSTRAINT CK_GateRange_IsQuarantined CHECK (IsQuarantined IN (0, 1)),
  CONSTRAINT CK_GateRange_IsMerged CHECK (IsMerged IN (0, 1))
) STRICT;
CREATE INDEX IX_GateRange_Due ON GateRange (IsMerged, IsQuarantined, ProgramId, CheckedAt);

-- Quarantined batches: metadata only, never content.
CREATE TABLE QuarantinedBatch (
  Id TEXT NOT NULL,
  ProgramId TEXT NOT NULL,
  CollectorId TEXT NOT NULL,
  PauseId TEXT NULL,
  Class TEXT NOT NULL,
  OnlyDrills INTEGER NOT NULL,
  Digest TEXT NOT NULL,
  FirstSequence INTEGER NOT NULL,
  LastSequence INTEGER NOT NULL,
  Items INTEGER NOT NULL,
  Categories TEXT NOT NULL,
  Region TEXT NULL,
  CollectedFrom TEXT NOT NULL,
  CollectedTo TEXT NOT NULL,
  Epoch INTEGER NOT NULL,
  QuarantinedAt TEXT NOT NULL,
  KeyId TEXT NOT NULL,
  KeyName TEXT NOT NULL,
  Disposition TEXT NULL,
  DisposedAt TEXT NULL,
  DisposedByName TEXT NULL,
  DisposeReason TEXT NULL,
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
) STRICT;
CREATE INDEX IX_QuarantinedBatch_Program ON QuarantinedBatch (ProgramId, QuarantinedAt, Id);
-- Undecided batches: the filter column is in the key, too, so that SQL Server need not look it up in the row.
CREATE INDEX IX_QuarantinedBatch_Undecided ON QuarantinedBatch (ProgramId, QuarantinedAt, Id, Class, OnlyDrills, Disposition)
  WHERE Disposition IS NULL;
CREATE INDEX IX_QuarantinedBatch_Violator ON QuarantinedBatch (ProgramId, CollectorId, Class, QuarantinedAt);

-- How many of a class were quarantined under a pause so far: timeline entries are written at powers of ten, not per batch.
CREATE TABLE QuarantineCounter (
  ProgramId TEXT NOT NULL,
  PauseId TEXT NOT NULL,
  Class TEXT NOT NULL,
  Batches INTEGER NOT NULL,
  CONSTRAINT PK_QuarantineCounter PRIMARY KEY (ProgramId, PauseId, Class),
  CONSTRAINT FK_QuarantineCounter_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id)
) STRICT;

-- Dispositions, in the order of the commits: ingestion continues from the last number that it has read.
CREATE TABLE GateDisposition (
  Number INTEGER NOT NULL,
  BatchId TEXT NOT NULL,
  ProgramId TEXT NOT NULL,
  Disposition TEXT NOT NULL,
  At TEXT NOT NULL,
  ById TEXT NOT NULL,
  ByName TEXT NOT NULL,
  Reason TEXT NOT NULL,
  CONSTRAINT PK_GateDisposition PRIMARY KEY (Number),
  CONSTRAINT FK_GateDisposition_Batch FOREIGN KEY (BatchId) REFERENCES QuarantinedBatch (Id),
  CONSTRAINT FK_GateDisposition_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id),
  CONSTRAINT CK_GateDisposition_What CHECK (Disposition IN ('Admit', 'Seal', 'Purge'))
) STRICT;
CREATE INDEX IX_GateDisposition_Program ON GateDisposition (ProgramId, Number);
-- Admitting and purging are final: of two concurrent dispositions one fails.
CREATE UNIQUE INDEX UX_GateDisposition_Final ON GateDisposition (BatchId) WHERE Disposition IN ('Admit', 'Purge');
CREATE INDEX IX_GateDisposition_At ON GateDisposition (Disposition, At, ProgramId);

CREATE TABLE GateDispositionHead (
  Id INTEGER NOT NULL,
  LastNumber INTEGER NOT NULL,
  CONSTRAINT PK_GateDispositionHead PRIMARY KEY (Id),
  CONSTRAINT CK_GateDispositionHead_One CHECK (Id = 1)
) STRICT;
INSERT INTO GateDispositionHead (Id, LastNumber) VALUES (1, 0);

-- Refused batches, counted: a flood of them writes a few audit records, not one each.
CREATE TABLE GateRefusal (
  KeyId TEXT NOT NULL,
  ProgramId TEXT NOT NULL,
  CollectorId TEXT NOT NULL,
  Reason TEXT NOT NULL,
  WindowStart TEXT NOT NULL,
  Refused INTEGER NOT NULL,
  CONSTRAINT PK_GateRefusal PRIMARY KEY (KeyId, ProgramId, CollectorId, Reason, WindowStart),
  CONSTRAINT FK_GateRefusal_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id)
) STRICT;
CREATE INDEX IX_GateRefusal_WindowStart ON GateRefusal (WindowStart);

-- One row per program whose collectors went on after a stop: open until somebody has taken ownership, or its batches were decided; new
-- evidence raises it again.
CREATE TABLE ViolationAlert (
  ProgramId TEXT NOT NULL,
  RaisedAt TEXT NOT NULL,
  SelfReported INTEGER NOT NULL,
  Ending TEXT NULL,
  EndedAt TEXT NULL,
  EndedByName TEXT NULL,
  Note TEXT NULL,
  Version INTEGER NOT NULL,
  CONSTRAINT PK_ViolationAlert PRIMARY KEY (ProgramId),
  CONSTRAINT FK_ViolationAlert_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id),
  CONSTRAINT CK_ViolationAlert_SelfReported CHECK (SelfReported IN (0, 1)),
  CONSTRAINT CK_ViolationAlert_Ending CHECK (Ending IN ('Acknowledged', 'Decided')),
  CONSTRAINT CK_ViolationAlert_Ended
    CHECK ((Ending IS NULL AND EndedAt IS NULL)
      OR (Ending IS NOT NULL AND EndedAt IS NOT NULL AND EndedByName IS NOT NULL))
) STRICT;
