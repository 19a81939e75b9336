-- Incidents with their cycles, people, links and search words, and the versions of the SEV policy.

-- Number is null for a restricted incident: its random code leaves no gap among the numbers of the open ones.
-- IsOpen, Cycle, Programs and UpdateDueAt follow from the rest and are written with it, so that lists need neither history nor joins.
CREATE TABLE Incident (
  Id uniqueidentifier NOT NULL,
  Code nvarchar(24) NOT NULL,
  Number int NULL,
  Title nvarchar(200) NOT NULL,
  Summary nvarchar(4000) NOT NULL,
  Sev int NOT NULL,
  DeclaredSev int NOT NULL,
  Status nvarchar(16) NOT NULL,
  IsOpen bit NOT NULL,
  Confidentiality nvarchar(16) NOT NULL,
  MergedIntoId uniqueidentifier NULL,
  FlagId uniqueidentifier NULL,
  Cycle int NOT NULL,
  Programs nvarchar(4000) NOT NULL,
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
  CONSTRAINT PK_Incident PRIMARY KEY NONCLUSTERED (Id),
  CONSTRAINT UQ_Incident_Code UNIQUE (Code),
  CONSTRAINT FK_Incident_MergedInto FOREIGN KEY (MergedIntoId) REFERENCES Incident (Id),
  CONSTRAINT CK_Incident_Sev CHECK (Sev BETWEEN 0 AND 5),
  CONSTRAINT CK_Incident_DeclaredSev CHECK (DeclaredSev BETWEEN 0 AND 5),
  CONSTRAINT CK_Incident_Status CHECK (Status IN ('Investigating', 'Contained', 'Resolved', 'Closed', 'Merged')),
  CONSTRAINT CK_Incident_IsOpen CHECK (IsOpen IN (0, 1)),
  CONSTRAINT CK_Incident_Confidentiality CHECK (Confidentiality IN ('Open', 'Restricted')),
  CONSTRAINT CK_Incident_Merged CHECK ((Status = 'Merged' AND MergedIntoId IS NOT NULL) OR (Status <> 'Merged' AND MergedIntoId IS NULL))
);
-- One index for each way in which the list is narrowed; each ends in the order of the list, so that a page is read, never sorted.
CREATE INDEX IX_Incident_DeclaredAt ON Incident (DeclaredAt, Id);
CREATE INDEX IX_Incident_Open ON Incident (IsOpen, DeclaredAt, Id);
CREATE INDEX IX_Incident_Status ON Incident (Status, DeclaredAt, Id);
CREATE INDEX IX_Incident_Sev ON Incident (Sev, DeclaredAt, Id);
CREATE INDEX IX_Incident_ChangedAt ON Incident (ChangedAt, Id);
CREATE INDEX IX_Incident_UpdateDueAt ON Incident (UpdateDueAt);

CREATE TABLE IncidentCycle (
  IncidentId uniqueidentifier NOT NULL,
  Number int NOT NULL,
  PolicyVersion int NOT NULL,
  Reason nvarchar(2000) NOT NULL,
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
  Reason nvarchar(2000) NOT NULL,
  ChangedAt datetimeoffset(7) NOT NULL,
  ChangedBy nvarchar(200) NOT NULL,
  CONSTRAINT PK_IncidentSevChange PRIMARY KEY (IncidentId, Ordinal),
  CONSTRAINT FK_IncidentSevChange_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id),
  CONSTRAINT CK_IncidentSevChange_Sev CHECK (FromSev BETWEEN 0 AND 5 AND ToSev BETWEEN 0 AND 5)
);

-- Who runs an incident, and who may see a restricted one.
CREATE TABLE IncidentPerson (
  IncidentId uniqueidentifier NOT NULL,
  Role nvarchar(16) NOT NULL,
  PersonId uniqueidentifier NOT NULL,
  CONSTRAINT PK_IncidentPerson PRIMARY KEY (IncidentId, Role, PersonId),
  CONSTRAINT FK_IncidentPerson_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id),
  CONSTRAINT FK_IncidentPerson_Person FOREIGN KEY (PersonId) REFERENCES Person (Id),
  CONSTRAINT CK_IncidentPerson_Role CHECK (Role IN ('Commander', 'Communications', 'Scribe', 'Named'))
);
CREATE INDEX IX_IncidentPerson_Person ON IncidentPerson (PersonId, IncidentId);

-- DatasetName is the dataset's name, which never changes; Categories are keys with spaces between.
CREATE TABLE Exposure (
  Id uniqueidentifier NOT NULL,
  IncidentId uniqueidentifier NOT NULL,
  DatasetId uniqueidentifier NOT NULL,
  DatasetName nvarchar(200) NOT NULL,
  Ordinal int NOT NULL,
  Categories nvarchar(2000) NOT NULL,
  PromisedScope nvarchar(16) NULL,
  PromisedName nvarchar(200) NULL,
  ActualScope nvarchar(16) NULL,
  ActualName nvarchar(200) NULL,
  ExposedFrom datetimeoffset(7) NULL,
  ExposedUntil datetimeoffset(7) NULL,
  Encrypted nvarchar(8) NOT NULL,
  Records bigint NULL,
  Subjects bigint NULL,
  RecipientsKnown nvarchar(8) NOT NULL,
  EvidenceOfAccess nvarchar(24) NOT NULL,
  Note nvarchar(2000) NOT NULL,
  WithdrawnReason nvarchar(2000) NULL,
  CONSTRAINT PK_Exposure PRIMARY KEY NONCLUSTERED (Id),
  CONSTRAINT FK_Exposure_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id),
  CONSTRAINT FK_Exposure_Dataset FOREIGN KEY (DatasetId) REFERENCES Dataset (Id),
  CONSTRAINT CK_Exposure_Promised CHECK (PromisedScope IN ('NamedGroup', 'Organisation', 'WholeCompany', 'Public')),
  CONSTRAINT CK_Exposure_Actual CHECK (ActualScope IN ('NamedGroup', 'Organisation', 'WholeCompany', 'Public')),
  CONSTRAINT CK_Exposure_Encrypted CHECK (Encrypted IN ('Unknown', 'Yes', 'No')),
  CONSTRAINT CK_Exposure_Recipients CHECK (RecipientsKnown IN ('Unknown', 'Yes', 'No')),
  CONSTRAINT CK_Exposure_Evidence CHECK (EvidenceOfAccess IN ('NotStarted', 'UnderReview', 'NoneFound', 'Found', 'CannotBeDetermined'))
);
CREATE INDEX IX_Exposure_Incident ON Exposure (IncidentId, Ordinal);
CREATE INDEX IX_Exposure_Dataset ON Exposure (DatasetId, IncidentId);

CREATE TABLE IncidentProgram (
  IncidentId uniqueidentifier NOT NULL,
  ProgramId uniqueidentifier NOT NULL,
  ProgramCode nvarchar(24) NOT NULL,
  Ordinal int NOT NULL,
  Kind nvarchar(16) NOT NULL,
  Note nvarchar(2000) NOT NULL,
  WithdrawnReason nvarchar(2000) NULL,
  CONSTRAINT PK_IncidentProgram PRIMARY KEY (IncidentId, ProgramId),
  CONSTRAINT FK_IncidentProgram_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id),
  CONSTRAINT FK_IncidentProgram_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id),
  CONSTRAINT CK_IncidentProgram_Kind CHECK (Kind IN ('Source', 'Suspected', 'Downstream'))
);
CREATE INDEX IX_IncidentProgram_Program ON IncidentProgram (ProgramId, IncidentId);

-- The words by which an incident is found: normalised, filled in the transaction that changes the text.
CREATE TABLE IncidentWord (
  Word nvarchar(48) NOT NULL,
  IncidentId uniqueidentifier NOT NULL,
  CONSTRAINT PK_IncidentWord PRIMARY KEY (Word, IncidentId),
  CONSTRAINT FK_IncidentWord_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id)
);
CREATE INDEX IX_IncidentWord_Incident ON IncidentWord (IncidentId, Word);

-- Version 1 is built in and is not here. A version is never changed: cycles are judged by it.
CREATE TABLE SevPolicyVersion (
  Version int NOT NULL,
  Reason nvarchar(2000) NOT NULL,
  ChangedAt datetimeoffset(7) NOT NULL,
  ChangedBy nvarchar(200) NOT NULL,
  CONSTRAINT PK_SevPolicyVersion PRIMARY KEY (Version),
  CONSTRAINT CK_SevPolicyVersion_Version CHECK (Version > 1)
);

CREATE TABLE SevPolicyLevel (
  Version int NOT NULL,
  Sev int NOT NULL,
  Means nvarchar(300) NOT NULL,
  Acknowledge nvarchar(16) NOT NULL,
  FirstUpdate nvarchar(16) NULL,
  UpdateEvery nvarchar(16) NULL,
  PauseMode nvarchar(16) NOT NULL,
  ProposalDeadline nvarchar(16) NULL,
  ResumeApprovals nvarchar(200) NOT NULL,
  TerminateApprovals nvarchar(200) NOT NULL,
  CONSTRAINT PK_SevPolicyLevel PRIMARY KEY (Version, Sev),
  CONSTRAINT FK_SevPolicyLevel_Version FOREIGN KEY (Version) REFERENCES SevPolicyVersion (Version),
  CONSTRAINT CK_SevPolicyLevel_Sev CHECK (Sev BETWEEN 0 AND 5),
  CONSTRAINT CK_SevPolicyLevel_PauseMode CHECK (PauseMode IN ('None', 'Recommended', 'Proposed', 'AtOnce'))
);
