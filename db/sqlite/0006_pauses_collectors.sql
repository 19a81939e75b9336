-- The switch: what may be collected now, who holds a permit, who asked for a pause, and who has stopped.

-- One row a program. Renewals raise MaxPermitExp where the epoch is still theirs; whatever changes what may be collected raises the epoch.
CREATE TABLE ProgramSwitch (
  ProgramId TEXT NOT NULL,
  Epoch INTEGER NOT NULL,
  MaxPermitExp TEXT NULL,
  CONSTRAINT PK_ProgramSwitch PRIMARY KEY (ProgramId),
  CONSTRAINT FK_ProgramSwitch_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id)
) STRICT;

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
  PlacedAt TEXT NOT NULL,
  PlacedById TEXT NOT NULL,
  PlacedByName TEXT NOT NULL,
  Deadline TEXT NULL,
  DrillEndsAt TEXT NULL,
  InForceAt TEXT NULL,
  InForceById TEXT NULL,
  InForceByName TEXT NULL,
  Epoch INTEGER NULL,
  GuaranteedAt TEXT NULL,
  GraceSeconds INTEGER NULL,
  ReleasedShare INTEGER NOT NULL,
  FullyStoppedAt TEXT NULL,
  EndedAt TEXT NULL,
  EndedById TEXT NULL,
  EndedByName TEXT NULL,
  DeclineReason TEXT NULL,
  DecisionId TEXT NULL,
  DecisionLabel TEXT NULL,
  Version INTEGER NOT NULL,
  CONSTRAINT PK_Pause PRIMARY KEY (Id),
  CONSTRAINT FK_Pause_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id),
  CONSTRAINT FK_Pause_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id),
  CONSTRAINT CK_Pause_Origin CHECK (Origin IN ('Person', 'Policy')),
  CONSTRAINT CK_Pause_Status CHECK (Status IN ('Proposed', 'InForce', 'Declined', 'Lifted')),
  CONSTRAINT CK_Pause_Released CHECK (ReleasedShare BETWEEN 0 AND 99),
  CONSTRAINT CK_Pause_Proposed CHECK (Status <> 'Proposed' OR Deadline IS NOT NULL),
  CONSTRAINT CK_Pause_InForce CHECK (Status NOT IN ('InForce', 'Lifted') OR (InForceAt IS NOT NULL AND Epoch IS NOT NULL AND GuaranteedAt IS NOT NULL AND GraceSeconds IS NOT NULL)),
  CONSTRAINT CK_Pause_Lifted CHECK (Status <> 'Lifted' OR DecisionId IS NOT NULL OR DrillEndsAt IS NOT NULL),
  CONSTRAINT CK_Pause_Declined CHECK (Status <> 'Declined' OR DeclineReason IS NOT NULL)
) STRICT;
CREATE INDEX IX_Pause_Program ON Pause (ProgramId, PlacedAt, Id);
CREATE INDEX IX_Pause_Incident ON Pause (IncidentId, PlacedAt, Id);
CREATE INDEX IX_Pause_Status ON Pause (Status, FullyStoppedAt);

-- The history of what was allowed when: a row for each epoch, with what it allowed, by region.
CREATE TABLE ProgramEpoch (
  ProgramId TEXT NOT NULL,
  Epoch INTEGER NOT NULL,
  At TEXT NOT NULL,
  Cause TEXT NOT NULL,
  PauseId TEXT NULL,
  Allowed TEXT NOT NULL,
  CONSTRAINT PK_ProgramEpoch PRIMARY KEY (ProgramId, Epoch),
  CONSTRAINT FK_ProgramEpoch_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id),
  CONSTRAINT FK_ProgramEpoch_Pause FOREIGN KEY (PauseId) REFERENCES Pause (Id),
  CONSTRAINT CK_ProgramEpoch_Cause CHECK (Cause IN ('Pause', 'Lift', 'DrillEnd', 'Reassert', 'Program'))
) STRICT;
CREATE INDEX IX_ProgramEpoch_At ON ProgramEpoch (ProgramId, At);

CREATE TABLE EnrolmentKey (
  Id TEXT NOT NULL,
  Name TEXT NOT NULL,
  KeyHash TEXT NOT NULL,
  Region TEXT NULL,
  Categories TEXT NOT NULL,
  CreatedAt TEXT NOT NULL,
  CreatedById TEXT NOT NULL,
  CreatedByName TEXT NOT NULL,
  ExpiresAt TEXT NOT NULL,
  RevokedAt TEXT NULL,
  RevokedByName TEXT NULL,
  CONSTRAINT PK_EnrolmentKey PRIMARY KEY (Id),
  CONSTRAINT UQ_EnrolmentKey_Hash UNIQUE (KeyHash)
) STRICT;

CREATE TABLE EnrolmentKeyProgram (
  EnrolmentKeyId TEXT NOT NULL,
  ProgramId TEXT NOT NULL,
  CONSTRAINT PK_EnrolmentKeyProgram PRIMARY KEY (EnrolmentKeyId, ProgramId),
  CONSTRAINT FK_EnrolmentKeyProgram_Key FOREIGN KEY (EnrolmentKeyId) REFERENCES EnrolmentKey (Id),
  CONSTRAINT FK_EnrolmentKeyProgram_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id)
) STRICT;
CREATE INDEX IX_EnrolmentKeyProgram_Program ON EnrolmentKeyProgram (ProgramId);

-- A collector is its public key; the thumbprint makes it so.
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

-- What a collector was enrolled for, and the latest permit that it was given: one row, renewed in place.
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
  CONSTRAINT FK_CollectorProgram_Key FOREIGN KEY (EnrolmentKeyId) REFERENCES EnrolmentKey (Id)
) STRICT;
CREATE INDEX IX_CollectorProgram_Program ON CollectorProgram (ProgramId, PermitExp);

-- The population of a pause, fixed when it came in force, with the proof that each has stopped.
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
CREATE INDEX IX_PauseStop_After ON PauseStop (PauseId, StoppedAfterMs);
CREATE INDEX IX_PauseStop_Collector ON PauseStop (CollectorId);

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
