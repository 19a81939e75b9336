-- The switch: what may be collected now, who holds a permit, who asked for a pause, and who has stopped.

-- One row a program. Renewals raise MaxPermitExp where the epoch is still theirs; whatever changes what may be collected raises the epoch.
CREATE TABLE ProgramSwitch (
  ProgramId uniqueidentifier NOT NULL,
  Epoch bigint NOT NULL,
  MaxPermitExp datetimeoffset(7) NULL,
  CONSTRAINT PK_ProgramSwitch PRIMARY KEY NONCLUSTERED (ProgramId),
  CONSTRAINT FK_ProgramSwitch_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id)
);

CREATE TABLE Pause (
  Id uniqueidentifier NOT NULL,
  ProgramId uniqueidentifier NOT NULL,
  IncidentId uniqueidentifier NULL,
  Cycle int NULL,
  Sev int NULL,
  PolicyVersion int NULL,
  Origin nvarchar(16) NOT NULL,
  Status nvarchar(16) NOT NULL,
  Categories nvarchar(4000) NOT NULL,
  Regions nvarchar(2000) NOT NULL,
  Reason nvarchar(2000) NOT NULL,
  PlacedAt datetimeoffset(7) NOT NULL,
  PlacedById uniqueidentifier NOT NULL,
  PlacedByName nvarchar(200) NOT NULL,
  Deadline datetimeoffset(7) NULL,
  DrillEndsAt datetimeoffset(7) NULL,
  InForceAt datetimeoffset(7) NULL,
  InForceById uniqueidentifier NULL,
  InForceByName nvarchar(200) NULL,
  Epoch bigint NULL,
  GuaranteedAt datetimeoffset(7) NULL,
  GraceSeconds int NULL,
  ReleasedShare int NOT NULL,
  FullyStoppedAt datetimeoffset(7) NULL,
  EndedAt datetimeoffset(7) NULL,
  EndedById uniqueidentifier NULL,
  EndedByName nvarchar(200) NULL,
  DeclineReason nvarchar(2000) NULL,
  DecisionId uniqueidentifier NULL,
  DecisionLabel nvarchar(400) NULL,
  Version int NOT NULL,
  CONSTRAINT PK_Pause PRIMARY KEY NONCLUSTERED (Id),
  CONSTRAINT FK_Pause_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id),
  CONSTRAINT FK_Pause_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id),
  CONSTRAINT CK_Pause_Origin CHECK (Origin IN ('Person', 'Policy')),
  CONSTRAINT CK_Pause_Status CHECK (Status IN ('Proposed', 'InForce', 'Declined', 'Lifted')),
  CONSTRAINT CK_Pause_Released CHECK (ReleasedShare BETWEEN 0 AND 99),
  CONSTRAINT CK_Pause_Proposed CHECK (Status <> 'Proposed' OR Deadline IS NOT NULL),
  CONSTRAINT CK_Pause_InForce CHECK (Status NOT IN ('InForce', 'Lifted') OR (InForceAt IS NOT NULL AND Epoch IS NOT NULL AND GuaranteedAt IS NOT NULL AND GraceSeconds IS NOT NULL)),
  CONSTRAINT CK_Pause_Lifted CHECK (Status <> 'Lifted' OR DecisionId IS NOT NULL OR DrillEndsAt IS NOT NULL),
  CONSTRAINT CK_Pause_Declined CHECK (Status <> 'Declined' OR DeclineReason IS NOT NULL)
);
CREATE INDEX IX_Pause_Program ON Pause (ProgramId, PlacedAt, Id);
CREATE INDEX IX_Pause_Incident ON Pause (IncidentId, PlacedAt, Id);
CREATE INDEX IX_Pause_Status ON Pause (Status, FullyStoppedAt);

-- The history of what was allowed when: a row for each epoch, with what it allowed, by region.
CREATE TABLE ProgramEpoch (
  ProgramId uniqueidentifier NOT NULL,
  Epoch bigint NOT NULL,
  At datetimeoffset(7) NOT NULL,
  Cause nvarchar(16) NOT NULL,
  PauseId uniqueidentifier NULL,
  Allowed nvarchar(max) NOT NULL,
  CONSTRAINT PK_ProgramEpoch PRIMARY KEY NONCLUSTERED (ProgramId, Epoch),
  CONSTRAINT FK_ProgramEpoch_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id),
  CONSTRAINT FK_ProgramEpoch_Pause FOREIGN KEY (PauseId) REFERENCES Pause (Id),
  CONSTRAINT CK_ProgramEpoch_Cause CHECK (Cause IN ('Pause', 'Lift', 'DrillEnd', 'Reassert', 'Program'))
);
CREATE INDEX IX_ProgramEpoch_At ON ProgramEpoch (ProgramId, At);

CREATE TABLE EnrolmentKey (
  Id uniqueidentifier NOT NULL,
  Name nvarchar(100) NOT NULL,
  KeyHash nvarchar(64) NOT NULL,
  Region nvarchar(16) NULL,
  Categories nvarchar(4000) NOT NULL,
  CreatedAt datetimeoffset(7) NOT NULL,
  CreatedById uniqueidentifier NOT NULL,
  CreatedByName nvarchar(200) NOT NULL,
  ExpiresAt datetimeoffset(7) NOT NULL,
  RevokedAt datetimeoffset(7) NULL,
  RevokedByName nvarchar(200) NULL,
  CONSTRAINT PK_EnrolmentKey PRIMARY KEY NONCLUSTERED (Id),
  CONSTRAINT UQ_EnrolmentKey_Hash UNIQUE (KeyHash)
);

CREATE TABLE EnrolmentKeyProgram (
  EnrolmentKeyId uniqueidentifier NOT NULL,
  ProgramId uniqueidentifier NOT NULL,
  CONSTRAINT PK_EnrolmentKeyProgram PRIMARY KEY NONCLUSTERED (EnrolmentKeyId, ProgramId),
  CONSTRAINT FK_EnrolmentKeyProgram_Key FOREIGN KEY (EnrolmentKeyId) REFERENCES EnrolmentKey (Id),
  CONSTRAINT FK_EnrolmentKeyProgram_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id)
);
CREATE INDEX IX_EnrolmentKeyProgram_Program ON EnrolmentKeyProgram (ProgramId);

-- A collector is its public key; the thumbprint makes it so.
CREATE TABLE Collector (
  Id uniqueidentifier NOT NULL,
  Thumbprint nvarchar(64) NOT NULL,
  PublicX nvarchar(64) NOT NULL,
  PublicY nvarchar(64) NOT NULL,
  SecretHash nvarchar(64) NOT NULL,
  InstanceName nvarchar(100) NOT NULL,
  HostPseudonym nvarchar(100) NOT NULL,
  AppVersion nvarchar(50) NOT NULL,
  Bucket int NOT NULL,
  RegisteredAt datetimeoffset(7) NOT NULL,
  RevokedAt datetimeoffset(7) NULL,
  RevokedByName nvarchar(200) NULL,
  CONSTRAINT PK_Collector PRIMARY KEY NONCLUSTERED (Id),
  CONSTRAINT UQ_Collector_Thumbprint UNIQUE (Thumbprint),
  CONSTRAINT UQ_Collector_Secret UNIQUE (SecretHash),
  CONSTRAINT CK_Collector_Bucket CHECK (Bucket BETWEEN 0 AND 9999)
);

-- What a collector was enrolled for, and the latest permit that it was given: one row, renewed in place.
CREATE TABLE CollectorProgram (
  CollectorId uniqueidentifier NOT NULL,
  ProgramId uniqueidentifier NOT NULL,
  EnrolmentKeyId uniqueidentifier NOT NULL,
  Region nvarchar(16) NULL,
  Categories nvarchar(4000) NOT NULL,
  PermitJti nvarchar(64) NULL,
  PermitIat datetimeoffset(7) NULL,
  PermitExp datetimeoffset(7) NULL,
  PermitEpoch bigint NULL,
  PermitCategories nvarchar(4000) NULL,
  HeardAt datetimeoffset(7) NULL,
  EpochSeen bigint NOT NULL,
  LastSequence bigint NOT NULL,
  CONSTRAINT PK_CollectorProgram PRIMARY KEY NONCLUSTERED (CollectorId, ProgramId),
  CONSTRAINT FK_CollectorProgram_Collector FOREIGN KEY (CollectorId) REFERENCES Collector (Id),
  CONSTRAINT FK_CollectorProgram_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id),
  CONSTRAINT FK_CollectorProgram_Key FOREIGN KEY (EnrolmentKeyId) REFERENCES EnrolmentKey (Id)
);
CREATE INDEX IX_CollectorProgram_Program ON CollectorProgram (ProgramId, PermitExp);

-- The population of a pause, fixed when it came in force, with the proof that each has stopped.
CREATE TABLE PauseStop (
  PauseId uniqueidentifier NOT NULL,
  CollectorId uniqueidentifier NOT NULL,
  PermitJti nvarchar(64) NOT NULL,
  PermitExp datetimeoffset(7) NOT NULL,
  AckAt datetimeoffset(7) NULL,
  AckDigest nvarchar(64) NULL,
  AssuredAt datetimeoffset(7) NULL,
  ViolatedAt datetimeoffset(7) NULL,
  StoppedAfterMs int NULL,
  CONSTRAINT PK_PauseStop PRIMARY KEY NONCLUSTERED (PauseId, CollectorId),
  CONSTRAINT FK_PauseStop_Pause FOREIGN KEY (PauseId) REFERENCES Pause (Id),
  CONSTRAINT FK_PauseStop_Collector FOREIGN KEY (CollectorId) REFERENCES Collector (Id)
);
CREATE INDEX IX_PauseStop_After ON PauseStop (PauseId, StoppedAfterMs);
CREATE INDEX IX_PauseStop_Collector ON PauseStop (CollectorId);

-- Signed acknowledgements by the digest of their bytes: the same bytes again give the same receipt.
CREATE TABLE StopAck (
  Digest nvarchar(64) NOT NULL,
  CollectorId uniqueidentifier NOT NULL,
  ProgramId uniqueidentifier NOT NULL,
  Epoch bigint NOT NULL,
  ReceivedAt datetimeoffset(7) NOT NULL,
  Token nvarchar(max) NOT NULL,
  Receipt nvarchar(max) NOT NULL,
  CONSTRAINT PK_StopAck PRIMARY KEY NONCLUSTERED (Digest),
  CONSTRAINT UQ_StopAck_Once UNIQUE (CollectorId, ProgramId, Epoch),
  CONSTRAINT FK_StopAck_Collector FOREIGN KEY (CollectorId) REFERENCES Collector (Id),
  CONSTRAINT FK_StopAck_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id)
);
