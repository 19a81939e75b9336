-- Incidents with their cycles, people, links and search words, and the versions of the SEV policy.

-- Number is null for a restricted incident: its random code leaves no gap among the numbers of the open ones.
-- IsOpen, Cycle, Programs and UpdateDueAt follow from the rest and are written with it, so that lists need neither history nor joins.
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
-- One index for each way in which the list is narrowed; each ends in the order of the list, so that a page is read, never sorted.
CREATE INDEX IX_Incident_DeclaredAt ON Incident (DeclaredAt, Id);
CREATE INDEX IX_Incident_Open ON Incident (IsOpen, DeclaredAt, Id);
CREATE INDEX IX_Incident_Status ON Incident (Status, DeclaredAt, Id);
CREATE INDEX IX_Incident_Sev ON Incident (Sev, DeclaredAt, Id);
CREATE INDEX IX_Incident_ChangedAt ON Incident (ChangedAt, Id);
CREATE INDEX IX_Incident_UpdateDueAt ON Incident (UpdateDueAt);

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

-- Who runs an incident, and who may see a restricted one.
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

-- DatasetName is the dataset's name, which never changes; Categories are keys with spaces between.
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

-- The words by which an incident is found: normalised, filled in the transaction that changes the text.
CREATE TABLE IncidentWord (
  Word TEXT NOT NULL,
  IncidentId TEXT NOT NULL,
  CONSTRAINT PK_IncidentWord PRIMARY KEY (Word, IncidentId),
  CONSTRAINT FK_IncidentWord_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id)
) STRICT, WITHOUT ROWID;
CREATE INDEX IX_IncidentWord_Incident ON IncidentWord (IncidentId, Word);

-- Version 1 is built in and is not here. A version is never changed: cycles are judged by it.
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
