-- OpenKey is the program's id while a decision is open and its own id afterwards: at most one open decision a program.
CREATE TABLE Decision (
  Id uniqueidentifier NOT NULL CONSTRAINT PK_Decision PRIMARY KEY NONCLUSTERED,
  Number int NOT NULL,
  Code nvarchar(20) NOT NULL,
  ProgramId uniqueidentifier NOT NULL,
  ProgramCode nvarchar(24) NOT NULL,
  Status nvarchar(20) NOT NULL CONSTRAINT CK_Decision_Status CHECK (Status IN ('Preparing', 'Proposed', 'Decided')),
  Template nvarchar(20) NOT NULL CONSTRAINT CK_Decision_Template CHECK (Template IN ('Standard', 'PlacedInError')),
  ErrorClaim nvarchar(4000) NULL,
  WorstSev int NULL CONSTRAINT CK_Decision_WorstSev CHECK (WorstSev BETWEEN 0 AND 5),
  ToResume nvarchar(100) NOT NULL,
  ToTerminate nvarchar(100) NOT NULL,
  Outcome nvarchar(20) NULL CONSTRAINT CK_Decision_Outcome CHECK (Outcome IN ('Resume', 'ResumeWithConditions', 'StayPausedUntil', 'Terminate')),
  Rationale nvarchar(4000) NULL,
  StayUntil datetimeoffset(7) NULL,
  ProposerId uniqueidentifier NULL,
  ProposerName nvarchar(200) NULL,
  ProposedAt datetimeoffset(7) NULL,
  OpenedAt datetimeoffset(7) NOT NULL,
  AsksAgainAt datetimeoffset(7) NULL,
  PredecessorId uniqueidentifier NULL,
  DecidedAt datetimeoffset(7) NULL,
  Digest nvarchar(64) NULL,
  OpenKey uniqueidentifier NOT NULL,
  Version int NOT NULL,
  CONSTRAINT UQ_Decision_Number UNIQUE (Number),
  CONSTRAINT UQ_Decision_Code UNIQUE (Code),
  CONSTRAINT UQ_Decision_OpenKey UNIQUE (OpenKey),
  CONSTRAINT CK_Decision_Decided CHECK ((Status = 'Decided' AND DecidedAt IS NOT NULL AND Outcome IS NOT NULL AND OpenKey = Id) OR (Status <> 'Decided' AND DecidedAt IS NULL AND OpenKey = ProgramId))
);
CREATE INDEX IX_Decision_Program ON Decision (ProgramId, Number);
CREATE INDEX IX_Decision_Status ON Decision (Status, Number);

CREATE TABLE DecisionPause (
  DecisionId uniqueidentifier NOT NULL,
  PauseId uniqueidentifier NOT NULL,
  IncidentId uniqueidentifier NULL,
  InForceAt datetimeoffset(7) NOT NULL,
  CONSTRAINT PK_DecisionPause PRIMARY KEY NONCLUSTERED (DecisionId, PauseId),
  CONSTRAINT FK_DecisionPause_Decision FOREIGN KEY (DecisionId) REFERENCES Decision (Id)
);
CREATE INDEX IX_DecisionPause_Incident ON DecisionPause (IncidentId, DecisionId);
CREATE INDEX IX_DecisionPause_Pause ON DecisionPause (PauseId);

CREATE TABLE DecisionCriterion (
  DecisionId uniqueidentifier NOT NULL,
  Kind nvarchar(40) NOT NULL CONSTRAINT CK_DecisionCriterion_Kind CHECK (Kind IN ('RootCauseKnown', 'ExposureClosed', 'AccessLimited', 'EncryptionChecked', 'AccessReviewComplete', 'SafeguardsVerified', 'ClocksAnswered', 'PeopleTold', 'LateDataDealtWith', 'ReasonDealtWith', 'ErrorExplained', 'NothingExposed')),
  Status nvarchar(10) NOT NULL CONSTRAINT CK_DecisionCriterion_Status CHECK (Status IN ('Open', 'Met', 'Waived')),
  Note nvarchar(4000) NULL,
  ById uniqueidentifier NULL,
  ByName nvarchar(200) NULL,
  At datetimeoffset(7) NULL,
  CONSTRAINT PK_DecisionCriterion PRIMARY KEY NONCLUSTERED (DecisionId, Kind),
  CONSTRAINT FK_DecisionCriterion_Decision FOREIGN KEY (DecisionId) REFERENCES Decision (Id)
);

CREATE TABLE DecisionCondition (
  DecisionId uniqueidentifier NOT NULL,
  Ordinal int NOT NULL,
  What nvarchar(500) NOT NULL,
  OwnerId uniqueidentifier NOT NULL,
  OwnerName nvarchar(200) NOT NULL,
  DueAt datetimeoffset(7) NOT NULL,
  CONSTRAINT PK_DecisionCondition PRIMARY KEY NONCLUSTERED (DecisionId, Ordinal),
  CONSTRAINT FK_DecisionCondition_Decision FOREIGN KEY (DecisionId) REFERENCES Decision (Id)
);

CREATE TABLE DecisionApproval (
  DecisionId uniqueidentifier NOT NULL,
  Capacity nvarchar(10) NOT NULL CONSTRAINT CK_DecisionApproval_Capacity CHECK (Capacity IN ('Owner', 'Privacy', 'Executive', 'Second')),
  ActorId uniqueidentifier NOT NULL,
  ActorName nvarchar(200) NOT NULL,
  At datetimeoffset(7) NOT NULL,
  Digest nvarchar(64) NOT NULL,
  Comment nvarchar(4000) NULL,
  CONSTRAINT PK_DecisionApproval PRIMARY KEY NONCLUSTERED (DecisionId, Capacity),
  CONSTRAINT UQ_DecisionApproval_Actor UNIQUE (DecisionId, ActorId),
  CONSTRAINT FK_DecisionApproval_Decision FOREIGN KEY (DecisionId) REFERENCES Decision (Id)
);

CREATE TABLE DecisionLog (
  DecisionId uniqueidentifier NOT NULL,
  Ordinal int NOT NULL,
  At datetimeoffset(7) NOT NULL,
  ActorId uniqueidentifier NOT NULL,
  ActorName nvarchar(200) NOT NULL,
  Kind nvarchar(40) NOT NULL,
  Title nvarchar(300) NOT NULL,
  Body nvarchar(4000) NULL,
  CONSTRAINT PK_DecisionLog PRIMARY KEY NONCLUSTERED (DecisionId, Ordinal),
  CONSTRAINT FK_DecisionLog_Decision FOREIGN KEY (DecisionId) REFERENCES Decision (Id)
);

CREATE TABLE WorkTask (
  Id uniqueidentifier NOT NULL CONSTRAINT PK_WorkTask PRIMARY KEY NONCLUSTERED,
  Number int NOT NULL,
  Code nvarchar(20) NOT NULL,
  Kind nvarchar(12) NOT NULL CONSTRAINT CK_WorkTask_Kind CHECK (Kind IN ('General', 'Fix', 'Condition', 'Disposal')),
  Status nvarchar(14) NOT NULL CONSTRAINT CK_WorkTask_Status CHECK (Status IN ('Open', 'AwaitingCheck', 'Closed', 'Dropped')),
  What nvarchar(500) NOT NULL,
  OwnerId uniqueidentifier NULL,
  OwnerName nvarchar(200) NULL,
  DueAt datetimeoffset(7) NULL,
  MissedAt datetimeoffset(7) NULL,
  IncidentId uniqueidentifier NULL,
  ProgramId uniqueidentifier NULL,
  DecisionId uniqueidentifier NULL,
  DatasetId uniqueidentifier NULL,
  CreatedAt datetimeoffset(7) NOT NULL,
  DoneById uniqueidentifier NULL,
  DoneByName nvarchar(200) NULL,
  DoneAt datetimeoffset(7) NULL,
  DoneNote nvarchar(4000) NULL,
  ClosedById uniqueidentifier NULL,
  ClosedByName nvarchar(200) NULL,
  ClosedAt datetimeoffset(7) NULL,
  ClosedNote nvarchar(4000) NULL,
  Version int NOT NULL,
  ChangedBy nvarchar(200) NOT NULL,
  ChangedWhat nvarchar(300) NOT NULL,
  CONSTRAINT UQ_WorkTask_Number UNIQUE (Number),
  CONSTRAINT UQ_WorkTask_Code UNIQUE (Code),
  CONSTRAINT CK_WorkTask_FixChecked CHECK (Kind <> 'Fix' OR Status <> 'Closed' OR (DoneById IS NOT NULL AND DoneById <> ClosedById))
);
CREATE INDEX IX_WorkTask_Incident ON WorkTask (IncidentId, Number);
CREATE INDEX IX_WorkTask_Program ON WorkTask (ProgramId, Number);
CREATE INDEX IX_WorkTask_Decision ON WorkTask (DecisionId, Number);
CREATE INDEX IX_WorkTask_Owner ON WorkTask (OwnerId, Status, Number);
CREATE INDEX IX_WorkTask_Due ON WorkTask (Status, DueAt);
