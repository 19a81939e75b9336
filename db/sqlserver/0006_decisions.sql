-- Decisions whether a program resumes or is terminated.

-- OpenKey is the program's id while a decision is open and its own id afterwards: at most one open decision a program.
CREATE TABLE Decision (
  Id uniqueidentifier NOT NULL,
  Number int NOT NULL,
  Code nvarchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  ProgramId uniqueidentifier NOT NULL,
  ProgramCode nvarchar(24) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Status nvarchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Template nvarchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  ErrorClaim nvarchar(max) NULL,
  WorstSev int NULL,
  ToResume nvarchar(100) NOT NULL,
  ToTerminate nvarchar(100) NOT NULL,
  Outcome nvarchar(20) COLLATE Latin1_General_100_BIN2 NULL,
  Rationale nvarchar(max) NULL,
  StayUntil datetimeoffset(7) NULL,
  ProposerId uniqueidentifier NULL,
  ProposerName nvarchar(200) NULL,
  ProposedAt datetimeoffset(7) NULL,
  OpenedAt datetimeoffset(7) NOT NULL,
  DueAgainAt datetimeoffset(7) NULL,
  PredecessorId uniqueidentifier NULL,
  DecidedAt datetimeoffset(7) NULL,
  Digest nvarchar(64) COLLATE Latin1_General_100_BIN2 NULL,
  OpenKey uniqueidentifier NOT NULL,
  Version int NOT NULL,
  CONSTRAINT PK_Decision PRIMARY KEY (Id),
  CONSTRAINT UQ_Decision_Number UNIQUE (Number),
  CONSTRAINT UQ_Decision_Code UNIQUE (Code),
  CONSTRAINT UQ_Decision_OpenKey UNIQUE (OpenKey),
  CONSTRAINT CK_Decision_Status CHECK (Status IN ('Preparing', 'Proposed', 'Decided')),
  CONSTRAINT CK_Decision_Template CHECK (Template IN ('Standard', 'PlacedInError')),
  CONSTRAINT CK_Decision_WorstSev CHECK (WorstSev BETWEEN 0 AND 5),
  CONSTRAINT CK_Decision_Outcome CHECK (Outcome IN ('Resume', 'ResumeWithConditions', 'StayPausedUntil', 'Terminate')),
  CONSTRAINT CK_Decision_Decided
    CHECK ((Status = 'Decided' AND DecidedAt IS NOT NULL AND Outcome IS NOT NULL AND OpenKey = Id)
      OR (Status <> 'Decided' AND DecidedAt IS NULL AND OpenKey = ProgramId))
);
CREATE INDEX IX_Decision_Program ON Decision (ProgramId, Number);
CREATE INDEX IX_Decision_Status ON Decision (Status, Number);
CREATE INDEX IX_Decision_DecidedAt ON Decision (DecidedAt, Id);

CREATE TABLE DecisionPause (
  DecisionId uniqueidentifier NOT NULL,
  PauseId uniqueidentifier NOT NULL,
  IncidentId uniqueidentifier NULL,
  ActivatedAt datetimeoffset(7) NOT NULL,
  CONSTRAINT PK_DecisionPause PRIMARY KEY (DecisionId, PauseId),
  CONSTRAINT FK_DecisionPause_Decision FOREIGN KEY (DecisionId) REFERENCES Decision (Id)
);
CREATE INDEX IX_DecisionPause_Incident ON DecisionPause (IncidentId, DecisionId);
CREATE INDEX IX_DecisionPause_Pause ON DecisionPause (PauseId);

CREATE TABLE DecisionCriterion (
  DecisionId uniqueidentifier NOT NULL,
  Kind nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Status nvarchar(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Note nvarchar(max) NULL,
  ById uniqueidentifier NULL,
  ByName nvarchar(200) NULL,
  At datetimeoffset(7) NULL,
  About nvarchar(400) NULL,
  CONSTRAINT PK_DecisionCriterion PRIMARY KEY (DecisionId, Kind),
  CONSTRAINT FK_DecisionCriterion_Decision FOREIGN KEY (DecisionId) REFERENCES Decision (Id),
  CONSTRAINT CK_DecisionCriterion_Kind
    CHECK (Kind IN ('RootCauseKnown', 'ExposureClosed', 'AccessLimited', 'EncryptionChecked', 'AccessReviewComplete',
      'SafeguardsVerified', 'ClocksAnswered', 'PeopleInformed', 'QuarantinedDataDisposed', 'ReasonResolved', 'ErrorExplained',
      'NothingExposed')),
  CONSTRAINT CK_DecisionCriterion_Status CHECK (Status IN ('Open', 'Met', 'Waived'))
);

CREATE TABLE DecisionCondition (
  DecisionId uniqueidentifier NOT NULL,
  Ordinal int NOT NULL,
  What nvarchar(2000) NOT NULL,
  OwnerId uniqueidentifier NOT NULL,
  OwnerName nvarchar(200) NOT NULL,
  DueAt datetimeoffset(7) NOT NULL,
  CONSTRAINT PK_DecisionCondition PRIMARY KEY (DecisionId, Ordinal),
  CONSTRAINT FK_DecisionCondition_Decision FOREIGN KEY (DecisionId) REFERENCES Decision (Id)
);

-- The stages of a resume, as they were proposed.
CREATE TABLE DecisionStage (
  DecisionId uniqueidentifier NOT NULL,
  Ordinal int NOT NULL,
  Share int NOT NULL,
  SoakSeconds int NOT NULL,
  CONSTRAINT PK_DecisionStage PRIMARY KEY (DecisionId, Ordinal),
  CONSTRAINT FK_DecisionStage_Decision FOREIGN KEY (DecisionId) REFERENCES Decision (Id),
  CONSTRAINT CK_DecisionStage_Share CHECK (Share BETWEEN 1 AND 99),
  CONSTRAINT CK_DecisionStage_Soak CHECK (SoakSeconds > 0)
);

CREATE TABLE DecisionApproval (
  DecisionId uniqueidentifier NOT NULL,
  Capacity nvarchar(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
  ActorId uniqueidentifier NOT NULL,
  ActorName nvarchar(200) NOT NULL,
  At datetimeoffset(7) NOT NULL,
  Digest nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Comment nvarchar(max) NULL,
  CONSTRAINT PK_DecisionApproval PRIMARY KEY (DecisionId, Capacity),
  CONSTRAINT UQ_DecisionApproval_Actor UNIQUE (DecisionId, ActorId),
  CONSTRAINT FK_DecisionApproval_Decision FOREIGN KEY (DecisionId) REFERENCES Decision (Id),
  CONSTRAINT CK_DecisionApproval_Capacity CHECK (Capacity IN ('Owner', 'Privacy', 'Executive', 'Second'))
);

CREATE TABLE DecisionLog (
  DecisionId uniqueidentifier NOT NULL,
  Ordinal int NOT NULL,
  At datetimeoffset(7) NOT NULL,
  ActorId uniqueidentifier NOT NULL,
  ActorName nvarchar(200) NOT NULL,
  Kind nvarchar(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Title nvarchar(300) NOT NULL,
  Body nvarchar(max) NULL,
  About nvarchar(400) NULL,
  CONSTRAINT PK_DecisionLog PRIMARY KEY (DecisionId, Ordinal),
  CONSTRAINT FK_DecisionLog_Decision FOREIGN KEY (DecisionId) REFERENCES Decision (Id)
);

-- A staged resume names the decision that it comes from.
ALTER TABLE PauseStage ADD CONSTRAINT FK_PauseStage_Decision FOREIGN KEY (DecisionId) REFERENCES Decision (Id);
