-- Severity policies, incidents, legal holds, tasks and flags.

-- Version 1 is built in and is not stored. A version is never changed: cycles refer to it.
CREATE TABLE SevPolicyVersion (
  Version int NOT NULL,
  Reason nvarchar(max) NOT NULL,
  ChangedAt datetimeoffset(7) NOT NULL,
  ChangedBy nvarchar(200) NOT NULL,
  CONSTRAINT PK_SevPolicyVersion PRIMARY KEY (Version),
  CONSTRAINT CK_SevPolicyVersion_Version CHECK (Version > 1)
);

CREATE TABLE SevPolicyLevel (
  Version int NOT NULL,
  Sev int NOT NULL,
  Means nvarchar(1200) NOT NULL,
  Acknowledge nvarchar(16) NOT NULL,
  FirstUpdate nvarchar(16) NULL,
  UpdateEvery nvarchar(16) NULL,
  PauseMode nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
  ProposalDeadline nvarchar(16) NULL,
  ResumeApprovals nvarchar(200) NOT NULL,
  TerminateApprovals nvarchar(200) NOT NULL,
  CONSTRAINT PK_SevPolicyLevel PRIMARY KEY (Version, Sev),
  CONSTRAINT FK_SevPolicyLevel_Version FOREIGN KEY (Version) REFERENCES SevPolicyVersion (Version),
  CONSTRAINT CK_SevPolicyLevel_Sev CHECK (Sev BETWEEN 0 AND 5),
  CONSTRAINT CK_SevPolicyLevel_PauseMode CHECK (PauseMode IN ('None', 'Recommended', 'Proposed', 'AtOnce'))
);

-- Number is null for a restricted incident: its random code leaves no gap in the numbers of open incidents. IsOpen, Cycle, Programs and
-- UpdateDueAt are derived and written with the rest, so that lists need neither history nor joins.
CREATE TABLE Incident (
  Id uniqueidentifier NOT NULL,
  Code nvarchar(24) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Number int NULL,
  Title nvarchar(800) NOT NULL,
  Summary nvarchar(max) NOT NULL,
  Sev int NOT NULL,
  DeclaredSev int NOT NULL,
  Status nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
  IsOpen bit NOT NULL,
  Confidentiality nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
  MergedIntoId uniqueidentifier NULL,
  FlagId uniqueidentifier NULL,
  Cycle int NOT NULL,
  Programs nvarchar(max) NOT NULL,
  ExposureStartedAt datetimeoffset(7) NULL,
  DetectedAt datetimeoffset(7) NULL,
  FlaggedAt datetimeoffset(7) NULL,
  AcknowledgedAt datetimeoffset(7) NULL,
  DeclaredAt datetimeoffset(7) NOT NULL,
  ClosedAt datetimeoffset(7) NULL,
  LastUpdateAt datetimeoffset(7) NULL,
  UpdateDueAt datetimeoffset(7) NULL,
  Version int NOT NULL,
  ChangedAt datetimeoffset(7) NOT NULL,
  ChangedBy nvarchar(200) NOT NULL,
  ChangedWhat nvarchar(400) NOT NULL,
  CONSTRAINT PK_Incident PRIMARY KEY (Id),
  CONSTRAINT UQ_Incident_Code UNIQUE (Code),
  CONSTRAINT FK_Incident_MergedInto FOREIGN KEY (MergedIntoId) REFERENCES Incident (Id),
  CONSTRAINT CK_Incident_Sev CHECK (Sev BETWEEN 0 AND 5),
  CONSTRAINT CK_Incident_DeclaredSev CHECK (DeclaredSev BETWEEN 0 AND 5),
  CONSTRAINT CK_Incident_Status CHECK (Status IN ('Investigating', 'Contained', 'Resolved', 'Closed', 'Merged')),
  CONSTRAINT CK_Incident_IsOpen CHECK (IsOpen IN (0, 1)),
  CONSTRAINT CK_Incident_Confidentiality CHECK (Confidentiality IN ('Open', 'Restricted')),
  CONSTRAINT CK_Incident_Merged CHECK ((Status = 'Merged' AND MergedIntoId IS NOT NULL) OR (Status <> 'Merged' AND MergedIntoId IS NULL))
);
-- One index per filter of the list; each ends with the order of the list, so that a page is read, never sorted.
CREATE INDEX IX_Incident_DeclaredAt ON Incident (DeclaredAt, Id);
CREATE INDEX IX_Incident_Open ON Incident (IsOpen, DeclaredAt, Id);
CREATE INDEX IX_Incident_Status ON Incident (Status, DeclaredAt, Id);
CREATE INDEX IX_Incident_Sev ON Incident (Sev, DeclaredAt, Id);
CREATE INDEX IX_Incident_ChangedAt ON Incident (ChangedAt, Id);
-- Short lists of open incidents, without reading closed ones.
CREATE INDEX IX_Incident_OpenBySev ON Incident (IsOpen, Sev, DeclaredAt, Id, Confidentiality);
-- A SEV in a rare status: without this index, the whole history of the SEV is read.
CREATE INDEX IX_Incident_SevStatus ON Incident (Sev, Status, DeclaredAt, Id);
CREATE INDEX IX_Incident_UpdateDueAt ON Incident (UpdateDueAt) WHERE UpdateDueAt IS NOT NULL;

-- From opening to resolution; a reopened incident has a further cycle.
CREATE TABLE IncidentCycle (
  IncidentId uniqueidentifier NOT NULL,
  Number int NOT NULL,
  PolicyVersion int NOT NULL,
  Reason nvarchar(max) NOT NULL,
  OpenedAt datetimeoffset(7) NOT NULL,
  PauseOrderedAt datetimeoffset(7) NULL,
  CollectionStoppedAt datetimeoffset(7) NULL,
  ContainedAt datetimeoffset(7) NULL,
  ResolvedAt datetimeoffset(7) NULL,
  CONSTRAINT PK_IncidentCycle PRIMARY KEY (IncidentId, Number),
  CONSTRAINT FK_IncidentCycle_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id)
);
CREATE INDEX IX_IncidentCycle_OpenedAt ON IncidentCycle (OpenedAt);

CREATE TABLE IncidentSevChange (
  IncidentId uniqueidentifier NOT NULL,
  Ordinal int NOT NULL,
  Cycle int NOT NULL,
  FromSev int NOT NULL,
  ToSev int NOT NULL,
  Reason nvarchar(max) NOT NULL,
  ChangedAt datetimeoffset(7) NOT NULL,
  ChangedBy nvarchar(200) NOT NULL,
  CONSTRAINT PK_IncidentSevChange PRIMARY KEY (IncidentId, Ordinal),
  CONSTRAINT FK_IncidentSevChange_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id),
  CONSTRAINT CK_IncidentSevChange_Sev CHECK (FromSev BETWEEN 0 AND 5 AND ToSev BETWEEN 0 AND 5)
);

-- Inputs of the breach score that do not follow from the exposures; the last one counts for the severity advice, all are kept.
CREATE TABLE IncidentAssessment (
  IncidentId uniqueidentifier NOT NULL,
  Ordinal int NOT NULL,
  Cycle int NOT NULL,
  Identifiability nvarchar(16) COLLATE Latin1_General_100_BIN2 NULL,
  Confidentiality nvarchar(16) COLLATE Latin1_General_100_BIN2 NULL,
  Integrity nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Availability nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Malicious bit NOT NULL,
  ContextAdjustment int NOT NULL,
  Reason nvarchar(max) NOT NULL,
  AssessedAt datetimeoffset(7) NOT NULL,
  AssessedBy nvarchar(200) NOT NULL,
  CONSTRAINT PK_IncidentAssessment PRIMARY KEY (IncidentId, Ordinal),
  CONSTRAINT FK_IncidentAssessment_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id),
  CONSTRAINT CK_IncidentAssessment_Identifiability CHECK (Identifiability IN ('Negligible', 'Limited', 'Significant', 'Maximum')),
  CONSTRAINT CK_IncidentAssessment_Confidentiality CHECK (Confidentiality IN ('None', 'Partial', 'Full')),
  CONSTRAINT CK_IncidentAssessment_Integrity CHECK (Integrity IN ('None', 'Partial', 'Full')),
  CONSTRAINT CK_IncidentAssessment_Availability CHECK (Availability IN ('None', 'Partial', 'Full')),
  CONSTRAINT CK_IncidentAssessment_Malicious CHECK (Malicious IN (0, 1)),
  CONSTRAINT CK_IncidentAssessment_ContextAdjustment CHECK (ContextAdjustment BETWEEN -3 AND 3)
);

-- Roles on an incident, and who may see a restricted one.
CREATE TABLE IncidentPerson (
  IncidentId uniqueidentifier NOT NULL,
  Role nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
  PersonId uniqueidentifier NOT NULL,
  CONSTRAINT PK_IncidentPerson PRIMARY KEY (IncidentId, Role, PersonId),
  CONSTRAINT FK_IncidentPerson_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id),
  CONSTRAINT FK_IncidentPerson_Person FOREIGN KEY (PersonId) REFERENCES Person (Id),
  CONSTRAINT CK_IncidentPerson_Role CHECK (Role IN ('Commander', 'Communications', 'Scribe', 'Named'))
);
CREATE INDEX IX_IncidentPerson_Person ON IncidentPerson (PersonId, IncidentId);

-- DatasetName is the dataset's name, which never changes; Categories are keys separated by spaces.
CREATE TABLE Exposure (
  Id uniqueidentifier NOT NULL,
  IncidentId uniqueidentifier NOT NULL,
  DatasetId uniqueidentifier NOT NULL,
  DatasetName nvarchar(200) NOT NULL,
  Ordinal int NOT NULL,
  Categories nvarchar(2000) NOT NULL,
  PromisedScope nvarchar(16) COLLATE Latin1_General_100_BIN2 NULL,
  PromisedName nvarchar(800) NULL,
  ActualScope nvarchar(16) COLLATE Latin1_General_100_BIN2 NULL,
  ActualName nvarchar(800) NULL,
  ExposedFrom datetimeoffset(7) NULL,
  ExposedUntil datetimeoffset(7) NULL,
  Encrypted nvarchar(8) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Records bigint NULL,
  Subjects bigint NULL,
  RecipientsKnown nvarchar(8) COLLATE Latin1_General_100_BIN2 NOT NULL,
  EvidenceOfAccess nvarchar(24) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Note nvarchar(max) NOT NULL,
  WithdrawnReason nvarchar(max) NULL,
  CONSTRAINT PK_Exposure PRIMARY KEY NONCLUSTERED (Id),
  CONSTRAINT FK_Exposure_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id),
  CONSTRAINT FK_Exposure_Dataset FOREIGN KEY (DatasetId) REFERENCES Dataset (Id),
  CONSTRAINT CK_Exposure_Promised CHECK (PromisedScope IN ('NamedGroup', 'Organisation', 'WholeCompany', 'Public')),
  CONSTRAINT CK_Exposure_Actual CHECK (ActualScope IN ('NamedGroup', 'Organisation', 'WholeCompany', 'Public')),
  CONSTRAINT CK_Exposure_Encrypted CHECK (Encrypted IN ('Unknown', 'Yes', 'No')),
  CONSTRAINT CK_Exposure_Recipients CHECK (RecipientsKnown IN ('Unknown', 'Yes', 'No')),
  CONSTRAINT CK_Exposure_Evidence CHECK (EvidenceOfAccess IN ('NotStarted', 'UnderReview', 'NoneFound', 'Found', 'CannotBeDetermined'))
);
CREATE CLUSTERED INDEX IX_Exposure_Incident ON Exposure (IncidentId, Ordinal);
CREATE INDEX IX_Exposure_Dataset ON Exposure (DatasetId, IncidentId);

CREATE TABLE IncidentProgram (
  IncidentId uniqueidentifier NOT NULL,
  ProgramId uniqueidentifier NOT NULL,
  ProgramCode nvarchar(24) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Ordinal int NOT NULL,
  Kind nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Note nvarchar(max) NOT NULL,
  WithdrawnReason nvarchar(max) NULL,
  CONSTRAINT PK_IncidentProgram PRIMARY KEY (IncidentId, ProgramId),
  CONSTRAINT FK_IncidentProgram_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id),
  CONSTRAINT FK_IncidentProgram_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id),
  CONSTRAINT CK_IncidentProgram_Kind CHECK (Kind IN ('Source', 'Suspected', 'Downstream'))
);
CREATE INDEX IX_IncidentProgram_Program ON IncidentProgram (ProgramId, IncidentId);

-- The search words of an incident: folded, written in the transaction that changes the text. Words arrive in no order: the fill factor
-- leaves room on each page.
CREATE TABLE IncidentWord (
  Word nvarchar(48) COLLATE Latin1_General_100_BIN2 NOT NULL,
  IncidentId uniqueidentifier NOT NULL,
  CONSTRAINT PK_IncidentWord PRIMARY KEY (Word, IncidentId) WITH (FILLFACTOR = 80),
  CONSTRAINT FK_IncidentWord_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id)
);
CREATE INDEX IX_IncidentWord_Incident ON IncidentWord (IncidentId, Word);

-- Orders to keep all data of an incident. Released, never deleted.
CREATE TABLE LegalHold (
  Id uniqueidentifier NOT NULL,
  IncidentId uniqueidentifier NOT NULL,
  Reason nvarchar(max) NOT NULL,
  PlacedAt datetimeoffset(7) NOT NULL,
  PlacedById uniqueidentifier NOT NULL,
  PlacedByName nvarchar(200) NOT NULL,
  ReleasedAt datetimeoffset(7) NULL,
  ReleasedById uniqueidentifier NULL,
  ReleasedByName nvarchar(200) NULL,
  ReleaseReason nvarchar(max) NULL,
  CONSTRAINT PK_LegalHold PRIMARY KEY (Id),
  CONSTRAINT FK_LegalHold_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id),
  CONSTRAINT CK_LegalHold_Released
    CHECK ((ReleasedAt IS NULL AND ReleasedById IS NULL AND ReleasedByName IS NULL AND ReleaseReason IS NULL)
      OR (ReleasedAt IS NOT NULL AND ReleasedById IS NOT NULL AND ReleasedByName IS NOT NULL AND ReleaseReason IS NOT NULL))
);
CREATE INDEX IX_LegalHold_Incident ON LegalHold (IncidentId, PlacedAt, Id);
CREATE INDEX IX_LegalHold_Open ON LegalHold (IncidentId, ReleasedAt) WHERE ReleasedAt IS NULL;

-- A task also stores the code of its decision, which never changes: its lists read no table of the decisions.
CREATE TABLE WorkTask (
  Id uniqueidentifier NOT NULL,
  Number int NOT NULL,
  Code nvarchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Kind nvarchar(12) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Status nvarchar(14) COLLATE Latin1_General_100_BIN2 NOT NULL,
  What nvarchar(2000) NOT NULL,
  OwnerId uniqueidentifier NULL,
  OwnerName nvarchar(200) NULL,
  DueAt datetimeoffset(7) NULL,
  MissedAt datetimeoffset(7) NULL,
  ProgramId uniqueidentifier NULL,
  DecisionId uniqueidentifier NULL,
  DecisionCode nvarchar(20) COLLATE Latin1_General_100_BIN2 NULL,
  DatasetId uniqueidentifier NULL,
  CreatedAt datetimeoffset(7) NOT NULL,
  DoneById uniqueidentifier NULL,
  DoneByName nvarchar(200) NULL,
  DoneAt datetimeoffset(7) NULL,
  DoneNote nvarchar(max) NULL,
  ClosedById uniqueidentifier NULL,
  ClosedByName nvarchar(200) NULL,
  ClosedAt datetimeoffset(7) NULL,
  ClosedNote nvarchar(max) NULL,
  Version int NOT NULL,
  ChangedAt datetimeoffset(7) NOT NULL,
  ChangedBy nvarchar(200) NOT NULL,
  ChangedWhat nvarchar(400) NOT NULL,
  CONSTRAINT PK_WorkTask PRIMARY KEY (Id),
  CONSTRAINT UQ_WorkTask_Number UNIQUE (Number),
  CONSTRAINT UQ_WorkTask_Code UNIQUE (Code),
  CONSTRAINT CK_WorkTask_Kind CHECK (Kind IN ('General', 'Fix', 'Condition', 'Disposal')),
  CONSTRAINT CK_WorkTask_Status CHECK (Status IN ('Open', 'AwaitingCheck', 'Closed', 'Cancelled')),
  CONSTRAINT CK_WorkTask_FixChecked CHECK (Kind <> 'Fix' OR Status <> 'Closed' OR (DoneById IS NOT NULL AND DoneById <> ClosedById))
);
CREATE INDEX IX_WorkTask_Program ON WorkTask (ProgramId, Number);
CREATE INDEX IX_WorkTask_Owner ON WorkTask (OwnerId, Status, Number);
CREATE INDEX IX_WorkTask_Due ON WorkTask (Status, DueAt);
CREATE INDEX IX_WorkTask_Decision ON WorkTask (DecisionCode, Number);

-- The incidents that a task is about: its text is for those who may see them all.
CREATE TABLE WorkTaskIncident (
  TaskId uniqueidentifier NOT NULL,
  IncidentId uniqueidentifier NOT NULL,
  CONSTRAINT PK_WorkTaskIncident PRIMARY KEY (TaskId, IncidentId),
  CONSTRAINT FK_WorkTaskIncident_WorkTask FOREIGN KEY (TaskId) REFERENCES WorkTask (Id)
);
CREATE INDEX IX_WorkTaskIncident_Incident ON WorkTaskIncident (IncidentId, TaskId);

-- RaisedById is null for an anonymous flag, and no other column identifies its reporter; ReceiptHash is the SHA-256 of the reporter's
-- receipt code.
CREATE TABLE Flag (
  Id uniqueidentifier NOT NULL,
  Code nvarchar(24) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Number int NOT NULL,
  Concern nvarchar(max) NOT NULL,
  About nvarchar(1600) NULL,
  DataAnswer nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
  AudienceAnswer nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
  StillOpen nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
  SuggestedSev int NOT NULL,
  ProgramId uniqueidentifier NULL,
  RaisedById uniqueidentifier NULL,
  ReceiptHash nvarchar(64) COLLATE Latin1_General_100_BIN2 NULL,
  Status nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
  FlaggedAt datetimeoffset(7) NOT NULL,
  AcknowledgedAt datetimeoffset(7) NULL,
  AcknowledgedById uniqueidentifier NULL,
  ClosedAt datetimeoffset(7) NULL,
  IncidentId uniqueidentifier NULL,
  DismissReason nvarchar(max) NULL,
  Version int NOT NULL,
  ChangedAt datetimeoffset(7) NOT NULL,
  ChangedBy nvarchar(200) NOT NULL,
  ChangedWhat nvarchar(400) NOT NULL,
  CONSTRAINT PK_Flag PRIMARY KEY (Id),
  CONSTRAINT UQ_Flag_Code UNIQUE (Code),
  CONSTRAINT UQ_Flag_Number UNIQUE (Number),
  CONSTRAINT FK_Flag_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id),
  CONSTRAINT FK_Flag_RaisedBy FOREIGN KEY (RaisedById) REFERENCES Person (Id),
  CONSTRAINT CK_Flag_Data CHECK (DataAnswer IN ('Sensitive', 'Ordinary', 'Question', 'NotSure')),
  CONSTRAINT CK_Flag_Audience CHECK (AudienceAnswer IN ('OutsideCompany', 'WholeCompany', 'Team', 'Nobody', 'NotSure')),
  CONSTRAINT CK_Flag_StillOpen CHECK (StillOpen IN ('Yes', 'No', 'NotSure')),
  CONSTRAINT CK_Flag_Sev CHECK (SuggestedSev BETWEEN 0 AND 5),
  CONSTRAINT CK_Flag_Status CHECK (Status IN ('Waiting', 'Acknowledged', 'Declared', 'Merged', 'Dismissed')),
  CONSTRAINT CK_Flag_Reporter CHECK (RaisedById IS NULL OR ReceiptHash IS NULL)
);
CREATE INDEX IX_Flag_Status ON Flag (Status, Number);
CREATE INDEX IX_Flag_RaisedBy ON Flag (RaisedById, Number);
CREATE INDEX IX_Flag_Incident ON Flag (IncidentId);
CREATE INDEX IX_Flag_Receipt ON Flag (ReceiptHash) WHERE ReceiptHash IS NOT NULL;

-- AuthorId is null for an anonymous reporter.
CREATE TABLE FlagMessage (
  Id uniqueidentifier NOT NULL,
  FlagId uniqueidentifier NOT NULL,
  Ordinal int NOT NULL,
  Side nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
  AuthorId uniqueidentifier NULL,
  Body nvarchar(max) NOT NULL,
  WrittenAt datetimeoffset(7) NOT NULL,
  CONSTRAINT PK_FlagMessage PRIMARY KEY NONCLUSTERED (Id),
  CONSTRAINT UQ_FlagMessage_Ordinal UNIQUE CLUSTERED (FlagId, Ordinal),
  CONSTRAINT FK_FlagMessage_Flag FOREIGN KEY (FlagId) REFERENCES Flag (Id),
  CONSTRAINT FK_FlagMessage_Author FOREIGN KEY (AuthorId) REFERENCES Person (Id),
  CONSTRAINT CK_FlagMessage_Side CHECK (Side IN ('Reporter', 'Triage'))
);

-- A pause names the incident that it was ordered for.
ALTER TABLE Pause ADD CONSTRAINT FK_Pause_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id);
