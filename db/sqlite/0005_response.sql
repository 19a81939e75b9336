-- Severity policies, incidents, legal holds, tasks and flags.

-- Version 1 is built in and is not stored. A version is never changed: cycles refer to it.
CREATE TABLE SevPolicyVersion (
  Version INTEGER NOT NULL,
  Reason TEXT NOT NULL,
  ChangedAt TEXT NOT NULL,
  ChangedBy TEXT NOT NULL,
  CONSTRAINT PK_SevPolicyVersion PRIMARY KEY (Version),
  CONSTRAINT CK_SevPolicyVersion_Version CHECK (Version > 1)
) STRICT;

CREATE TABLE SevPolicyLevel (
  Version INTEGER NOT NULL,
  Sev INTEGER NOT NULL,
  Means TEXT NOT NULL,
  Acknowledge TEXT NOT NULL,
  FirstUpdate TEXT NULL,
  UpdateEvery TEXT NULL,
  PauseMode TEXT NOT NULL,
  ProposalDeadline TEXT NULL,
  ResumeApprovals TEXT NOT NULL,
  TerminateApprovals TEXT NOT NULL,
  CONSTRAINT PK_SevPolicyLevel PRIMARY KEY (Version, Sev),
  CONSTRAINT FK_SevPolicyLevel_Version FOREIGN KEY (Version) REFERENCES SevPolicyVersion (Version),
  CONSTRAINT CK_SevPolicyLevel_Sev CHECK (Sev BETWEEN 0 AND 5),
  CONSTRAINT CK_SevPolicyLevel_PauseMode CHECK (PauseMode IN ('None', 'Recommended', 'Proposed', 'AtOnce'))
) STRICT;

-- Number is null for a restricted incident: its random code leaves no gap in the numbers of open incidents. IsOpen, Cycle, Programs and
-- UpdateDueAt are derived and written with the rest, so that lists need neither history nor joins.
CREATE TABLE Incident (
  Id TEXT NOT NULL,
  Code TEXT NOT NULL,
  Number INTEGER NULL,
  Title TEXT NOT NULL,
  Summary TEXT NOT NULL,
  Sev INTEGER NOT NULL,
  DeclaredSev INTEGER NOT NULL,
  Status TEXT NOT NULL,
  IsOpen INTEGER NOT NULL,
  Confidentiality TEXT NOT NULL,
  MergedIntoId TEXT NULL,
  FlagId TEXT NULL,
  Cycle INTEGER NOT NULL,
  Programs TEXT NOT NULL,
  ExposureStartedAt TEXT NULL,
  DetectedAt TEXT NULL,
  FlaggedAt TEXT NULL,
  AcknowledgedAt TEXT NULL,
  DeclaredAt TEXT NOT NULL,
  ClosedAt TEXT NULL,
  LastUpdateAt TEXT NULL,
  UpdateDueAt TEXT NULL,
  Version INTEGER NOT NULL,
  ChangedAt TEXT NOT NULL,
  ChangedBy TEXT NOT NULL,
  ChangedWhat TEXT NOT NULL,
  CONSTRAINT PK_Incident PRIMARY KEY (Id),
  CONSTRAINT UQ_Incident_Code UNIQUE (Code),
  CONSTRAINT FK_Incident_MergedInto FOREIGN KEY (MergedIntoId) REFERENCES Incident (Id),
  CONSTRAINT CK_Incident_Sev CHECK (Sev BETWEEN 0 AND 5),
  CONSTRAINT CK_Incident_DeclaredSev CHECK (DeclaredSev BETWEEN 0 AND 5),
  CONSTRAINT CK_Incident_Status CHECK (Status IN ('Investigating', 'Contained', 'Resolved', 'Closed', 'Merged')),
  CONSTRAINT CK_Incident_IsOpen CHECK (IsOpen IN (0, 1)),
  CONSTRAINT CK_Incident_Confidentiality CHECK (Confidentiality IN ('Open', 'Restricted')),
  CONSTRAINT CK_Incident_Merged CHECK ((Status = 'Merged' AND MergedIntoId IS NOT NULL) OR (Status <> 'Merged' AND MergedIntoId IS NULL))
) STRICT;
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
  IncidentId TEXT NOT NULL,
  Number INTEGER NOT NULL,
  PolicyVersion INTEGER NOT NULL,
  Reason TEXT NOT NULL,
  OpenedAt TEXT NOT NULL,
  PauseOrderedAt TEXT NULL,
  CollectionStoppedAt TEXT NULL,
  ContainedAt TEXT NULL,
  ResolvedAt TEXT NULL,
  CONSTRAINT PK_IncidentCycle PRIMARY KEY (IncidentId, Number),
  CONSTRAINT FK_IncidentCycle_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id)
) STRICT;
CREATE INDEX IX_IncidentCycle_OpenedAt ON IncidentCycle (OpenedAt);

CREATE TABLE IncidentSevChange (
  IncidentId TEXT NOT NULL,
  Ordinal INTEGER NOT NULL,
  Cycle INTEGER NOT NULL,
  FromSev INTEGER NOT NULL,
  ToSev INTEGER NOT NULL,
  Reason TEXT NOT NULL,
  ChangedAt TEXT NOT NULL,
  ChangedBy TEXT NOT NULL,
  CONSTRAINT PK_IncidentSevChange PRIMARY KEY (IncidentId, Ordinal),
  CONSTRAINT FK_IncidentSevChange_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id),
  CONSTRAINT CK_IncidentSevChange_Sev CHECK (FromSev BETWEEN 0 AND 5 AND ToSev BETWEEN 0 AND 5)
) STRICT;

-- Inputs of the breach score that do not follow from the exposures; the last one counts for the severity advice, all are kept.
CREATE TABLE IncidentAssessment (
  IncidentId TEXT NOT NULL,
  Ordinal INTEGER NOT NULL,
  Cycle INTEGER NOT NULL,
  Identifiability TEXT NULL,
  Confidentiality TEXT NULL,
  Integrity TEXT NOT NULL,
  Availability TEXT NOT NULL,
  Malicious INTEGER NOT NULL,
  ContextAdjustment INTEGER NOT NULL,
  Reason TEXT NOT NULL,
  AssessedAt TEXT NOT NULL,
  AssessedBy TEXT NOT NULL,
  CONSTRAINT PK_IncidentAssessment PRIMARY KEY (IncidentId, Ordinal),
  CONSTRAINT FK_IncidentAssessment_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id),
  CONSTRAINT CK_IncidentAssessment_Identifiability CHECK (Identifiability IN ('Negligible', 'Limited', 'Significant', 'Maximum')),
  CONSTRAINT CK_IncidentAssessment_Confidentiality CHECK (Confidentiality IN ('None', 'Partial', 'Full')),
  CONSTRAINT CK_IncidentAssessment_Integrity CHECK (Integrity IN ('None', 'Partial', 'Full')),
  CONSTRAINT CK_IncidentAssessment_Availability CHECK (Availability IN ('None', 'Partial', 'Full')),
  CONSTRAINT CK_IncidentAssessment_Malicious CHECK (Malicious IN (0, 1)),
  CONSTRAINT CK_IncidentAssessment_ContextAdjustment CHECK (ContextAdjustment BETWEEN -3 AND 3)
) STRICT;

-- Roles on an incident, and who may see a restricted one.
CREATE TABLE IncidentPerson (
  IncidentId TEXT NOT NULL,
  Role TEXT NOT NULL,
  PersonId TEXT NOT NULL,
  CONSTRAINT PK_IncidentPerson PRIMARY KEY (IncidentId, Role, PersonId),
  CONSTRAINT FK_IncidentPerson_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id),
  CONSTRAINT FK_IncidentPerson_Person FOREIGN KEY (PersonId) REFERENCES Person (Id),
  CONSTRAINT CK_IncidentPerson_Role CHECK (Role IN ('Commander', 'Communications', 'Scribe', 'Named'))
) STRICT;
CREATE INDEX IX_IncidentPerson_Person ON IncidentPerson (PersonId, IncidentId);

-- DatasetName is the dataset's name, which never changes; Categories are keys separated by spaces.
CREATE TABLE Exposure (
  Id TEXT NOT NULL,
  IncidentId TEXT NOT NULL,
  DatasetId TEXT NOT NULL,
  DatasetName TEXT NOT NULL,
  Ordinal INTEGER NOT NULL,
  Categories TEXT NOT NULL,
  PromisedScope TEXT NULL,
  PromisedName TEXT NULL,
  ActualScope TEXT NULL,
  ActualName TEXT NULL,
  ExposedFrom TEXT NULL,
  ExposedUntil TEXT NULL,
  Encrypted TEXT NOT NULL,
  Records INTEGER NULL,
  Subjects INTEGER NULL,
  RecipientsKnown TEXT NOT NULL,
  EvidenceOfAccess TEXT NOT NULL,
  Note TEXT NOT NULL,
  WithdrawnReason TEXT NULL,
  CONSTRAINT PK_Exposure PRIMARY KEY (Id),
  CONSTRAINT FK_Exposure_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id),
  CONSTRAINT FK_Exposure_Dataset FOREIGN KEY (DatasetId) REFERENCES Dataset (Id),
  CONSTRAINT CK_Exposure_Promised CHECK (PromisedScope IN ('NamedGroup', 'Organisation', 'WholeCompany', 'Public')),
  CONSTRAINT CK_Exposure_Actual CHECK (ActualScope IN ('NamedGroup', 'Organisation', 'WholeCompany', 'Public')),
  CONSTRAINT CK_Exposure_Encrypted CHECK (Encrypted IN ('Unknown', 'Yes', 'No')),
  CONSTRAINT CK_Exposure_Recipients CHECK (RecipientsKnown IN ('Unknown', 'Yes', 'No')),
  CONSTRAINT CK_Exposure_Evidence CHECK (EvidenceOfAccess IN ('NotStarted', 'UnderReview', 'NoneFound', 'Found', 'CannotBeDetermined'))
) STRICT;
CREATE INDEX IX_Exposure_Incident ON Exposure (IncidentId, Ordinal);
CREATE INDEX IX_Exposure_Dataset ON Exposure (DatasetId, IncidentId);

CREATE TABLE IncidentProgram (
  IncidentId TEXT NOT NULL,
  ProgramId TEXT NOT NULL,
  ProgramCode TEXT NOT NULL,
  Ordinal INTEGER NOT NULL,
  Kind TEXT NOT NULL,
  Note TEXT NOT NULL,
  WithdrawnReason TEXT NULL,
  CONSTRAINT PK_IncidentProgram PRIMARY KEY (IncidentId, ProgramId),
  CONSTRAINT FK_IncidentProgram_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id),
  CONSTRAINT FK_IncidentProgram_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id),
  CONSTRAINT CK_IncidentProgram_Kind CHECK (Kind IN ('Source', 'Suspected', 'Downstream'))
) STRICT;
CREATE INDEX IX_IncidentProgram_Program ON IncidentProgram (ProgramId, IncidentId);

-- The search words of an incident: folded, written in the transaction that changes the text.
CREATE TABLE IncidentWord (
  Word TEXT NOT NULL,
  IncidentId TEXT NOT NULL,
  CONSTRAINT PK_IncidentWord PRIMARY KEY (Word, IncidentId),
  CONSTRAINT FK_IncidentWord_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id)
) STRICT, WITHOUT ROWID;
CREATE INDEX IX_IncidentWord_Incident ON IncidentWord (IncidentId, Word);

-- Orders to keep all data of an incident. Released, never deleted.
CREATE TABLE LegalHold (
  Id TEXT NOT NULL,
  IncidentId TEXT NOT NULL,
  Reason TEXT NOT NULL,
  PlacedAt TEXT NOT NULL,
  PlacedById TEXT NOT NULL,
  PlacedByName TEXT NOT NULL,
  ReleasedAt TEXT NULL,
  ReleasedById TEXT NULL,
  ReleasedByName TEXT NULL,
  ReleaseReason TEXT NULL,
  CONSTRAINT PK_LegalHold PRIMARY KEY (Id),
  CONSTRAINT FK_LegalHold_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id),
  CONSTRAINT CK_LegalHold_Released
    CHECK ((ReleasedAt IS NULL AND ReleasedById IS NULL AND ReleasedByName IS NULL AND ReleaseReason IS NULL)
      OR (ReleasedAt IS NOT NULL AND ReleasedById IS NOT NULL AND ReleasedByName IS NOT NULL AND ReleaseReason IS NOT NULL))
) STRICT;
CREATE INDEX IX_LegalHold_Incident ON LegalHold (IncidentId, PlacedAt, Id);
CREATE INDEX IX_LegalHold_Open ON LegalHold (IncidentId, ReleasedAt) WHERE ReleasedAt IS NULL;

-- A task also stores the code of its decision, which never changes: its lists read no table of the decisions.
CREATE TABLE WorkTask (
  Id TEXT NOT NULL,
  Number INTEGER NOT NULL,
  Code TEXT NOT NULL,
  Kind TEXT NOT NULL,
  Status TEXT NOT NULL,
  What TEXT NOT NULL,
  OwnerId TEXT NULL,
  OwnerName TEXT NULL,
  DueAt TEXT NULL,
  MissedAt TEXT NULL,
  ProgramId TEXT NULL,
  DecisionId TEXT NULL,
  DecisionCode TEXT NULL,
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
  ChangedAt TEXT NOT NULL,
  ChangedBy TEXT NOT NULL,
  ChangedWhat TEXT NOT NULL,
  CONSTRAINT PK_WorkTask PRIMARY KEY (Id),
  CONSTRAINT UQ_WorkTask_Number UNIQUE (Number),
  CONSTRAINT UQ_WorkTask_Code UNIQUE (Code),
  CONSTRAINT CK_WorkTask_Kind CHECK (Kind IN ('General', 'Fix', 'Condition', 'Disposal')),
  CONSTRAINT CK_WorkTask_Status CHECK (Status IN ('Open', 'AwaitingCheck', 'Closed', 'Cancelled')),
  CONSTRAINT CK_WorkTask_FixChecked CHECK (Kind <> 'Fix' OR Status <> 'Closed' OR (DoneById IS NOT NULL AND DoneById <> ClosedById))
) STRICT;
CREATE INDEX IX_WorkTask_Program ON WorkTask (ProgramId, Number);
CREATE INDEX IX_WorkTask_Owner ON WorkTask (OwnerId, Status, Number);
CREATE INDEX IX_WorkTask_Due ON WorkTask (Status, DueAt);
CREATE INDEX IX_WorkTask_Decision ON WorkTask (DecisionCode, Number);

-- The incidents that a task is about: its text is for those who may see them all.
CREATE TABLE WorkTaskIncident (
  TaskId TEXT NOT NULL,
  IncidentId TEXT NOT NULL,
  CONSTRAINT PK_WorkTaskIncident PRIMARY KEY (TaskId, IncidentId),
  CONSTRAINT FK_WorkTaskIncident_WorkTask FOREIGN KEY (TaskId) REFERENCES WorkTask (Id)
) STRICT;
CREATE INDEX IX_WorkTaskIncident_Incident ON WorkTaskIncident (IncidentId, TaskId);

-- RaisedById is null for an anonymous flag, and no other column identifies its reporter; ReceiptHash is the SHA-256 of the reporter's
-- receipt code.
CREATE TABLE Flag (
  Id TEXT NOT NULL,
  Code TEXT NOT NULL,
  Number INTEGER NOT NULL,
  Concern TEXT NOT NULL,
  About TEXT NULL,
  DataAnswer TEXT NOT NULL,
  AudienceAnswer TEXT NOT NULL,
  StillOpen TEXT NOT NULL,
  SuggestedSev INTEGER NOT NULL,
  ProgramId TEXT NULL,
  RaisedById TEXT NULL,
  ReceiptHash TEXT NULL,
  Status TEXT NOT NULL,
  FlaggedAt TEXT NOT NULL,
  AcknowledgedAt TEXT NULL,
  AcknowledgedById TEXT NULL,
  ClosedAt TEXT NULL,
  IncidentId TEXT NULL,
  DismissReason TEXT NULL,
  Version INTEGER NOT NULL,
  ChangedAt TEXT NOT NULL,
  ChangedBy TEXT NOT NULL,
  ChangedWhat TEXT NOT NULL,
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
) STRICT;
CREATE INDEX IX_Flag_Status ON Flag (Status, Number);
CREATE INDEX IX_Flag_RaisedBy ON Flag (RaisedById, Number);
CREATE INDEX IX_Flag_Incident ON Flag (IncidentId);
CREATE INDEX IX_Flag_Receipt ON Flag (ReceiptHash) WHERE ReceiptHash IS NOT NULL;

-- AuthorId is null for an anonymous reporter.
CREATE TABLE FlagMessage (
  Id TEXT NOT NULL,
  FlagId TEXT NOT NULL,
  Ordinal INTEGER NOT NULL,
  Side TEXT NOT NULL,
  AuthorId TEXT NULL,
  Body TEXT NOT NULL,
  WrittenAt TEXT NOT NULL,
  CONSTRAINT PK_FlagMessage PRIMARY KEY (Id),
  CONSTRAINT UQ_FlagMessage_Ordinal UNIQUE (FlagId, Ordinal),
  CONSTRAINT FK_FlagMessage_Flag FOREIGN KEY (FlagId) REFERENCES Flag (Id),
  CONSTRAINT FK_FlagMessage_Author FOREIGN KEY (AuthorId) REFERENCES Person (Id),
  CONSTRAINT CK_FlagMessage_Side CHECK (Side IN ('Reporter', 'Triage'))
) STRICT;
