-- How an incident stood at every time since this script: a row for each state of it and of its parts, from RecordedAt on. Nothing of it is
-- changed afterwards; of two states of the same moment, the one with the greater RevisionId is the later. The summary is not among it:
-- privacy can remove it, and its changes are on the timeline.
CREATE TABLE IncidentRevision (
  IncidentId uniqueidentifier NOT NULL,
  RecordedAt datetimeoffset(7) NOT NULL,
  RevisionId uniqueidentifier NOT NULL,
  Title nvarchar(800) NOT NULL,
  Sev int NOT NULL,
  Status nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Confidentiality nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
  ExposureStartedAt datetimeoffset(7) NULL,
  DetectedAt datetimeoffset(7) NULL,
  FlaggedAt datetimeoffset(7) NULL,
  AcknowledgedAt datetimeoffset(7) NULL,
  DeclaredAt datetimeoffset(7) NOT NULL,
  ClosedAt datetimeoffset(7) NULL,
  LastUpdateAt datetimeoffset(7) NULL,
  UpdateDueAt datetimeoffset(7) NULL,
  CONSTRAINT PK_IncidentRevision PRIMARY KEY (IncidentId, RecordedAt, RevisionId),
  CONSTRAINT FK_IncidentRevision_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id),
  CONSTRAINT CK_IncidentRevision_Sev CHECK (Sev BETWEEN 0 AND 5),
  CONSTRAINT CK_IncidentRevision_Status CHECK (Status IN ('Investigating', 'Contained', 'Resolved', 'Closed', 'Merged')),
  CONSTRAINT CK_IncidentRevision_Confidentiality CHECK (Confidentiality IN ('Open', 'Restricted'))
);

CREATE TABLE IncidentCycleRevision (
  IncidentId uniqueidentifier NOT NULL,
  Number int NOT NULL,
  RecordedAt datetimeoffset(7) NOT NULL,
  RevisionId uniqueidentifier NOT NULL,
  PolicyVersion int NOT NULL,
  Reason nvarchar(max) NOT NULL,
  OpenedAt datetimeoffset(7) NOT NULL,
  PauseOrderedAt datetimeoffset(7) NULL,
  CollectionStoppedAt datetimeoffset(7) NULL,
  ContainedAt datetimeoffset(7) NULL,
  ResolvedAt datetimeoffset(7) NULL,
  CONSTRAINT PK_IncidentCycleRevision PRIMARY KEY (IncidentId, Number, RecordedAt, RevisionId),
  CONSTRAINT FK_IncidentCycleRevision_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id)
);

CREATE TABLE ExposureRevision (
  IncidentId uniqueidentifier NOT NULL,
  ExposureId uniqueidentifier NOT NULL,
  RecordedAt datetimeoffset(7) NOT NULL,
  RevisionId uniqueidentifier NOT NULL,
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
  CONSTRAINT PK_ExposureRevision PRIMARY KEY (IncidentId, ExposureId, RecordedAt, RevisionId),
  CONSTRAINT FK_ExposureRevision_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id),
  CONSTRAINT CK_ExposureRevision_Promised CHECK (PromisedScope IN ('NamedGroup', 'Organisation', 'WholeCompany', 'Public')),
  CONSTRAINT CK_ExposureRevision_Actual CHECK (ActualScope IN ('NamedGroup', 'Organisation', 'WholeCompany', 'Public')),
  CONSTRAINT CK_ExposureRevision_Encrypted CHECK (Encrypted IN ('Unknown', 'Yes', 'No')),
  CONSTRAINT CK_ExposureRevision_Recipients CHECK (RecipientsKnown IN ('Unknown', 'Yes', 'No')),
  CONSTRAINT CK_ExposureRevision_Evidence
    CHECK (EvidenceOfAccess IN ('NotStarted', 'UnderReview', 'NoneFound', 'Found', 'CannotBeDetermined'))
);

CREATE TABLE IncidentProgramRevision (
  IncidentId uniqueidentifier NOT NULL,
  ProgramId uniqueidentifier NOT NULL,
  RecordedAt datetimeoffset(7) NOT NULL,
  RevisionId uniqueidentifier NOT NULL,
  ProgramCode nvarchar(24) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Ordinal int NOT NULL,
  Kind nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Note nvarchar(max) NOT NULL,
  WithdrawnReason nvarchar(max) NULL,
  CONSTRAINT PK_IncidentProgramRevision PRIMARY KEY (IncidentId, ProgramId, RecordedAt, RevisionId),
  CONSTRAINT FK_IncidentProgramRevision_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id),
  CONSTRAINT CK_IncidentProgramRevision_Kind CHECK (Kind IN ('Source', 'Suspected', 'Downstream'))
);

-- How the incidents stand now: from here on it is known.
INSERT INTO IncidentCycleRevision (IncidentId, Number, RecordedAt, RevisionId, PolicyVersion, Reason, OpenedAt, PauseOrderedAt,
  CollectionStoppedAt, ContainedAt, ResolvedAt)
SELECT c.IncidentId, c.Number, TODATETIMEOFFSET(SYSUTCDATETIME(), 0), c.IncidentId,
  c.PolicyVersion, c.Reason, c.OpenedAt, c.PauseOrderedAt, c.CollectionStoppedAt,
  c.ContainedAt, c.ResolvedAt
FROM IncidentCycle c;

INSERT INTO ExposureRevision (IncidentId, ExposureId, RecordedAt, RevisionId, DatasetId, DatasetName, Ordinal, Categories, PromisedScope,
  PromisedName, ActualScope, ActualName, ExposedFrom, ExposedUntil, Encrypted, Records, Subjects, RecipientsKnown, EvidenceOfAccess, Note,
  WithdrawnReason)
SELECT e.IncidentId, e.Id, TODATETIMEOFFSET(SYSUTCDATETIME(), 0), e.Id,
  e.DatasetId, e.DatasetName, e.Ordinal, e.Categories, e.PromisedScope, e.PromisedName,
  e.ActualScope, e.ActualName, e.ExposedFrom, e.ExposedUntil, e.Encrypted, e.Records, e.Subjects, e.RecipientsKnown, e.EvidenceOfAccess,
  e.Note, e.WithdrawnReason
FROM Exposure e;

INSERT INTO IncidentProgramRevision (IncidentId, ProgramId, RecordedAt, RevisionId, ProgramCode, Ordinal, Kind, Note, WithdrawnReason)
SELECT l.IncidentId, l.ProgramId, TODATETIMEOFFSET(SYSUTCDATETIME(), 0), l.IncidentId,
  l.ProgramCode, l.Ordinal, l.Kind, l.Note, l.WithdrawnReason
FROM IncidentProgram l;

-- Last, because what is known of the incident begins with this row.
INSERT INTO IncidentRevision (IncidentId, RecordedAt, RevisionId, Title, Sev, Status, Confidentiality, ExposureStartedAt, DetectedAt,
  FlaggedAt, AcknowledgedAt, DeclaredAt, ClosedAt, LastUpdateAt, UpdateDueAt)
SELECT i.Id, TODATETIMEOFFSET(SYSUTCDATETIME(), 0), i.Id,
  i.Title, i.Sev, i.Status, i.Confidentiality, i.ExposureStartedAt, i.DetectedAt, i.FlaggedAt,
  i.AcknowledgedAt, i.DeclaredAt, i.ClosedAt, i.LastUpdateAt, i.UpdateDueAt
FROM Incident i;
