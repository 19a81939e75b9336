-- OpenKey is the program's id while a decision is open and its own id afterwards: at most one open decision a program.
CREATE TABLE Decision (
  Id TEXT NOT NULL CONSTRAINT PK_Decision PRIMARY KEY,
  Number INTEGER NOT NULL,
  Code TEXT NOT NULL,
  ProgramId TEXT NOT NULL,
  ProgramCode TEXT NOT NULL,
  Status TEXT NOT NULL CONSTRAINT CK_Decision_Status CHECK (Status IN ('Preparing', 'Proposed', 'Decided')),
  Template TEXT NOT NULL CONSTRAINT CK_Decision_Template CHECK (Template IN ('Standard', 'PlacedInError')),
  ErrorClaim TEXT NULL,
  WorstSev INTEGER NULL CONSTRAINT CK_Decision_WorstSev CHECK (WorstSev BETWEEN 0 AND 5),
  ToResume TEXT NOT NULL,
  ToTerminate TEXT NOT NULL,
  Outcome TEXT NULL CONSTRAINT CK_Decision_Outcome CHECK (Outcome IN ('Resume', 'ResumeWithConditions', 'StayPausedUntil', 'Terminate')),
  Rationale TEXT NULL,
  StayUntil TEXT NULL,
  ProposerId TEXT NULL,
  ProposerName TEXT NULL,
  ProposedAt TEXT NULL,
  OpenedAt TEXT NOT NULL,
  AsksAgainAt TEXT NULL,
  PredecessorId TEXT NULL,
  DecidedAt TEXT NULL,
  Digest TEXT NULL,
  OpenKey TEXT NOT NULL,
  Version INTEGER NOT NULL,
  CONSTRAINT UQ_Decision_Number UNIQUE (Number),
  CONSTRAINT UQ_Decision_Code UNIQUE (Code),
  CONSTRAINT UQ_Decision_OpenKey UNIQUE (OpenKey),
  CONSTRAINT CK_Decision_Decided CHECK ((Status = 'Decided' AND DecidedAt IS NOT NULL AND Outcome IS NOT NULL AND OpenKey = Id) OR (Status <> 'Decided' AND DecidedAt IS NULL AND OpenKey = ProgramId))
) STRICT;
CREATE INDEX IX_Decision_Program ON Decision (ProgramId, Number);
CREATE INDEX IX_Decision_Status ON Decision (Status, Number);

CREATE TABLE DecisionPause (
  DecisionId TEXT NOT NULL,
  PauseId TEXT NOT NULL,
  IncidentId TEXT NULL,
  InForceAt TEXT NOT NULL,
  CONSTRAINT PK_DecisionPause PRIMARY KEY (DecisionId, PauseId),
  CONSTRAINT FK_DecisionPause_Decision FOREIGN KEY (DecisionId) REFERENCES Decision (Id)
) STRICT;
CREATE INDEX IX_DecisionPause_Incident ON DecisionPause (IncidentId, DecisionId);
CREATE INDEX IX_DecisionPause_Pause ON DecisionPause (PauseId);

CREATE TABLE DecisionCriterion (
  DecisionId TEXT NOT NULL,
  Kind TEXT NOT NULL CONSTRAINT CK_DecisionCriterion_Kind CHECK (Kind IN ('RootCauseKnown', 'ExposureClosed', 'AccessLimited', 'EncryptionChecked', 'AccessReviewComplete', 'SafeguardsVerified', 'ClocksAnswered', 'PeopleTold', 'LateDataDealtWith', 'ReasonDealtWith', 'ErrorExplained', 'NothingExposed')),
  Status TEXT NOT NULL CONSTRAINT CK_DecisionCriterion_Status CHECK (Status IN ('Open', 'Met', 'Waived')),
  Note TEXT NULL,
  ById TEXT NULL,
  ByName TEXT NULL,
  At TEXT NULL,
  CONSTRAINT PK_DecisionCriterion PRIMARY KEY (DecisionId, Kind),
  CONSTRAINT FK_DecisionCriterion_Decision FOREIGN KEY (DecisionId) REFERENCES Decision (Id)
) STRICT;

CREATE TABLE DecisionCondition (
  DecisionId TEXT NOT NULL,
  Ordinal INTEGER NOT NULL,
  What TEXT NOT NULL,
  OwnerId TEXT NOT NULL,
  OwnerName TEXT NOT NULL,
  DueAt TEXT NOT NULL,
  CONSTRAINT PK_DecisionCondition PRIMARY KEY (DecisionId, Ordinal),
  CONSTRAINT FK_DecisionCondition_Decision FOREIGN KEY (DecisionId) REFERENCES Decision (Id)
) STRICT;

CREATE TABLE DecisionApproval (
  DecisionId TEXT NOT NULL,
  Capacity TEXT NOT NULL CONSTRAINT CK_DecisionApproval_Capacity CHECK (Capacity IN ('Owner', 'Privacy', 'Executive', 'Second')),
  ActorId TEXT NOT NULL,
  ActorName TEXT NOT NULL,
  At TEXT NOT NULL,
  Digest TEXT NOT NULL,
  Comment TEXT NULL,
  CONSTRAINT PK_DecisionApproval PRIMARY KEY (DecisionId, Capacity),
  CONSTRAINT UQ_DecisionApproval_Actor UNIQUE (DecisionId, ActorId),
  CONSTRAINT FK_DecisionApproval_Decision FOREIGN KEY (DecisionId) REFERENCES Decision (Id)
) STRICT;

CREATE TABLE DecisionLog (
  DecisionId TEXT NOT NULL,
  Ordinal INTEGER NOT NULL,
  At TEXT NOT NULL,
  ActorId TEXT NOT NULL,
  ActorName TEXT NOT NULL,
  Kind TEXT NOT NULL,
  Title TEXT NOT NULL,
  Body TEXT NULL,
  CONSTRAINT PK_DecisionLog PRIMARY KEY (DecisionId, Ordinal),
  CONSTRAINT FK_DecisionLog_Decision FOREIGN KEY (DecisionId) REFERENCES Decision (Id)
) STRICT;

CREATE TABLE WorkTask (
  Id TEXT NOT NULL CONSTRAINT PK_WorkTask PRIMARY KEY,
  Number INTEGER NOT NULL,
  Code TEXT NOT NULL,
  Kind TEXT NOT NULL CONSTRAINT CK_WorkTask_Kind CHECK (Kind IN ('General', 'Fix', 'Condition', 'Disposal')),
  Status TEXT NOT NULL CONSTRAINT CK_WorkTask_Status CHECK (Status IN ('Open', 'AwaitingCheck', 'Closed', 'Dropped')),
  What TEXT NOT NULL,
  OwnerId TEXT NULL,
  OwnerName TEXT NULL,
  DueAt TEXT NULL,
  MissedAt TEXT NULL,
  IncidentId TEXT NULL,
  ProgramId TEXT NULL,
  DecisionId TEXT NULL,
  DatasetId TEXT NULL,
  CreatedAt TEXT NOT NULL,
  DoneById TEXT NULL,
  DoneByName TEXT NULL,
  DoneAt TEXT NULL,
  DoneNote TEXT NULL,
  ClosedById TEXT NULL,
  ClosedByName TEXT NULL,
  ClosedAt TEXT NULL,
  ClosedNote TEXT NULL,
  Version INTEGER NOT NULL,
  ChangedBy TEXT NOT NULL,
  ChangedWhat TEXT NOT NULL,
  CONSTRAINT UQ_WorkTask_Number UNIQUE (Number),
  CONSTRAINT UQ_WorkTask_Code UNIQUE (Code),
  CONSTRAINT CK_WorkTask_FixChecked CHECK (Kind <> 'Fix' OR Status <> 'Closed' OR (DoneById IS NOT NULL AND DoneById <> ClosedById))
) STRICT;
CREATE INDEX IX_WorkTask_Incident ON WorkTask (IncidentId, Number);
CREATE INDEX IX_WorkTask_Program ON WorkTask (ProgramId, Number);
CREATE INDEX IX_WorkTask_Decision ON WorkTask (DecisionId, Number);
CREATE INDEX IX_WorkTask_Owner ON WorkTask (OwnerId, Status, Number);
CREATE INDEX IX_WorkTask_Due ON WorkTask (Status, DueAt);
