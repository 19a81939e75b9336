-- Decisions whether a program resumes or is terminated.

-- OpenKey is the program's id while a decision is open and its own id afterwards: at most one open decision a program.
CREATE TABLE Decision (
  Id TEXT NOT NULL,
  Number INTEGER NOT NULL,
  Code TEXT NOT NULL,
  ProgramId TEXT NOT NULL,
  ProgramCode TEXT NOT NULL,
  Status TEXT NOT NULL,
  Template TEXT NOT NULL,
  ErrorClaim TEXT NULL,
  WorstSev INTEGER NULL,
  ToResume TEXT NOT NULL,
  ToTerminate TEXT NOT NULL,
  Outcome TEXT NULL,
  Rationale TEXT NULL,
  StayUntil TEXT NULL,
  ProposerId TEXT NULL,
  ProposerName TEXT NULL,
  ProposedAt TEXT NULL,
  OpenedAt TEXT NOT NULL,
  DueAgainAt TEXT NULL,
  PredecessorId TEXT NULL,
  DecidedAt TEXT NULL,
  Digest TEXT NULL,
  OpenKey TEXT NOT NULL,
  Version INTEGER NOT NULL,
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
) STRICT;
CREATE INDEX IX_Decision_Program ON Decision (ProgramId, Number);
CREATE INDEX IX_Decision_Status ON Decision (Status, Number);
CREATE INDEX IX_Decision_DecidedAt ON Decision (DecidedAt, Id);

CREATE TABLE DecisionPause (
  DecisionId TEXT NOT NULL,
  PauseId TEXT NOT NULL,
  IncidentId TEXT NULL,
  ActivatedAt TEXT NOT NULL,
  CONSTRAINT PK_DecisionPause PRIMARY KEY (DecisionId, PauseId),
  CONSTRAINT FK_DecisionPause_Decision FOREIGN KEY (DecisionId) REFERENCES Decision (Id)
) STRICT;
CREATE INDEX IX_DecisionPause_Incident ON DecisionPause (IncidentId, DecisionId);
CREATE INDEX IX_DecisionPause_Pause ON DecisionPause (PauseId);

CREATE TABLE DecisionCriterion (
  DecisionId TEXT NOT NULL,
  Kind TEXT NOT NULL,
  Status TEXT NOT NULL,
  Note TEXT NULL,
  ById TEXT NULL,
  ByName TEXT NULL,
  At TEXT NULL,
  About TEXT NULL,
  CONSTRAINT PK_DecisionCriterion PRIMARY KEY (DecisionId, Kind),
  CONSTRAINT FK_DecisionCriterion_Decision FOREIGN KEY (DecisionId) REFERENCES Decision (Id),
  CONSTRAINT CK_DecisionCriterion_Kind
    CHECK (Kind IN ('RootCauseKnown', 'ExposureClosed', 'AccessLimited', 'EncryptionChecked', 'AccessReviewComplete',
      'SafeguardsVerified', 'ClocksAnswered', 'PeopleInformed', 'QuarantinedDataDisposed', 'ReasonResolved', 'ErrorExplained',
      'NothingExposed')),
  CONSTRAINT CK_DecisionCriterion_Status CHECK (Status IN ('Open', 'Met', 'Waived'))
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

-- The stages of a resume, as they were proposed.
CREATE TABLE DecisionStage (
  DecisionId TEXT NOT NULL,
  Ordinal INTEGER NOT NULL,
  Share INTEGER NOT NULL,
  SoakSeconds INTEGER NOT NULL,
  CONSTRAINT PK_DecisionStage PRIMARY KEY (DecisionId, Ordinal),
  CONSTRAINT FK_DecisionStage_Decision FOREIGN KEY (DecisionId) REFERENCES Decision (Id),
  CONSTRAINT CK_DecisionStage_Share CHECK (Share BETWEEN 1 AND 99),
  CONSTRAINT CK_DecisionStage_Soak CHECK (SoakSeconds > 0)
) STRICT;

CREATE TABLE DecisionApproval (
  DecisionId TEXT NOT NULL,
  Capacity TEXT NOT NULL,
  ActorId TEXT NOT NULL,
  ActorName TEXT NOT NULL,
  At TEXT NOT NULL,
  Digest TEXT NOT NULL,
  Comment TEXT NULL,
  CONSTRAINT PK_DecisionApproval PRIMARY KEY (DecisionId, Capacity),
  CONSTRAINT UQ_DecisionApproval_Actor UNIQUE (DecisionId, ActorId),
  CONSTRAINT FK_DecisionApproval_Decision FOREIGN KEY (DecisionId) REFERENCES Decision (Id),
  CONSTRAINT CK_DecisionApproval_Capacity CHECK (Capacity IN ('Owner', 'Privacy', 'Executive', 'Second'))
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
  About TEXT NULL,
  CONSTRAINT PK_DecisionLog PRIMARY KEY (DecisionId, Ordinal),
  CONSTRAINT FK_DecisionLog_Decision FOREIGN KEY (DecisionId) REFERENCES Decision (Id)
) STRICT;
