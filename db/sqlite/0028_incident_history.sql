-- How an incident stood at every time since this script: a row for each state of it and of its parts, from RecordedAt on. Nothing of it is
-- changed afterwards; of two states of the same moment, the one with the greater RevisionId is the later. The summary is not among it:
-- privacy can remove it, and its changes are on the timeline.
CREATE TABLE IncidentRevision (
  IncidentId TEXT NOT NULL,
  RecordedAt TEXT NOT NULL,
  RevisionId TEXT NOT NULL,
  Title TEXT NOT NULL,
  Sev INTEGER NOT NULL,
  Status TEXT NOT NULL,
  Confidentiality TEXT NOT NULL,
  ExposureStartedAt TEXT NULL,
  DetectedAt TEXT NULL,
  FlaggedAt TEXT NULL,
  AcknowledgedAt TEXT NULL,
  DeclaredAt TEXT NOT NULL,
  ClosedAt TEXT NULL,
  LastUpdateAt TEXT NULL,
  UpdateDueAt TEXT NULL,
  CONSTRAINT PK_IncidentRevision PRIMARY KEY (IncidentId, RecordedAt, RevisionId),
  CONSTRAINT FK_IncidentRevision_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id),
  CONSTRAINT CK_IncidentRevision_Sev CHECK (Sev BETWEEN 0 AND 5),
  CONSTRAINT CK_IncidentRevision_Status CHECK (Status IN ('Investigating', 'Contained', 'Resolved', 'Closed', 'Merged')),
  CONSTRAINT CK_IncidentRevision_Confidentiality CHECK (Confidentiality IN ('Open', 'Restricted'))
) STRICT;

CREATE TABLE IncidentCycleRevision (
  IncidentId TEXT NOT NULL,
  Number INTEGER NOT NULL,
  RecordedAt TEXT NOT NULL,
  RevisionId TEXT NOT NULL,
  PolicyVersion INTEGER NOT NULL,
  Reason TEXT NOT NULL,
  OpenedAt TEXT NOT NULL,
  PauseOrderedAt TEXT NULL,
  CollectionStoppedAt TEXT NULL,
  ContainedAt TEXT NULL,
  ResolvedAt TEXT NULL,
  CONSTRAINT PK_IncidentCycleRevision PRIMARY KEY (IncidentId, Number, RecordedAt, RevisionId),
  CONSTRAINT FK_IncidentCycleRevision_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id)
) STRICT;

CREATE TABLE ExposureRevision (
  IncidentId TEXT NOT NULL,
  ExposureId TEXT NOT NULL,
  RecordedAt TEXT NOT NULL,
  RevisionId TEXT NOT NULL,
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
  CONSTRAINT PK_ExposureRevision PRIMARY KEY (IncidentId, ExposureId, RecordedAt, RevisionId),
  CONSTRAINT FK_ExposureRevision_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id),
  CONSTRAINT CK_ExposureRevision_Promised CHECK (PromisedScope IN ('NamedGroup', 'Organisation', 'WholeCompany', 'Public')),
  CONSTRAINT CK_ExposureRevision_Actual CHECK (ActualScope IN ('NamedGroup', 'Organisation', 'WholeCompany', 'Public')),
  CONSTRAINT CK_ExposureRevision_Encrypted CHECK (Encrypted IN ('Unknown', 'Yes', 'No')),
  CONSTRAINT CK_ExposureRevision_Recipients CHECK (RecipientsKnown IN ('Unknown', 'Yes', 'No')),
  CONSTRAINT CK_ExposureRevision_Evidence
    CHECK (EvidenceOfAccess IN ('NotStarted', 'UnderReview', 'NoneFound', 'Found', 'CannotBeDetermined'))
) STRICT;

CREATE TABLE IncidentProgramRevision (
  IncidentId TEXT NOT NULL,
  ProgramId TEXT NOT NULL,
  RecordedAt TEXT NOT NULL,
  RevisionId TEXT NOT NULL,
  ProgramCode TEXT NOT NULL,
  Ordinal INTEGER NOT NULL,
  Kind TEXT NOT NULL,
  Note TEXT NOT NULL,
  WithdrawnReason TEXT NULL,
  CONSTRAINT PK_IncidentProgramRevision PRIMARY KEY (IncidentId, ProgramId, RecordedAt, RevisionId),
  CONSTRAINT FK_IncidentProgramRevision_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id),
  CONSTRAINT CK_IncidentProgramRevision_Kind CHECK (Kind IN ('Source', 'Suspected', 'Downstream'))
) STRICT;

-- How the incidents stand now: from here on it is known.
INSERT INTO IncidentCycleRevision (IncidentId, Number, RecordedAt, RevisionId, PolicyVersion, Reason, OpenedAt, PauseOrderedAt,
  CollectionStoppedAt, ContainedAt, ResolvedAt)
SELECT c.IncidentId, c.Number, strftime('%Y-%m-%dT%H:%M:%f', 'now') || '0000Z', c.IncidentId,
  c.PolicyVersion, c.Reason, c.OpenedAt, c.PauseOrderedAt, c.CollectionStoppedAt,
  c.ContainedAt, c.ResolvedAt
FROM IncidentCycle c;

INSERT INTO ExposureRevision (IncidentId, ExposureId, RecordedAt, RevisionId, DatasetId, DatasetName, Ordinal, Categories, PromisedScope,
  PromisedName, ActualScope, ActualName, ExposedFrom, ExposedUntil, Encrypted, Records, Subjects, RecipientsKnown, EvidenceOfAccess, Note,
  WithdrawnReason)
SELECT e.IncidentId, e.Id, strftime('%Y-%m-%dT%H:%M:%f', 'now') || '0000Z', e.Id,
  e.DatasetId, e.DatasetName, e.Ordinal, e.Categories, e.PromisedScope, e.PromisedName,
  e.ActualScope, e.ActualName, e.ExposedFrom, e.ExposedUntil, e.Encrypted, e.Records, e.Subjects, e.RecipientsKnown, e.EvidenceOfAccess,
  e.Note, e.WithdrawnReason
FROM Exposure e;

INSERT INTO IncidentProgramRevision (IncidentId, ProgramId, RecordedAt, RevisionId, ProgramCode, Ordinal, Kind, Note, WithdrawnReason)
SELECT l.IncidentId, l.ProgramId, strftime('%Y-%m-%dT%H:%M:%f', 'now') || '0000Z', l.IncidentId,
  l.ProgramCode, l.Ordinal, l.Kind, l.Note, l.WithdrawnReason
FROM IncidentProgram l;

-- Last, because what is known of the incident begins with this row.
INSERT INTO IncidentRevision (IncidentId, RecordedAt, RevisionId, Title, Sev, Status, Confidentiality, ExposureStartedAt, DetectedAt,
  FlaggedAt, AcknowledgedAt, DeclaredAt, ClosedAt, LastUpdateAt, UpdateDueAt)
SELECT i.Id, strftime('%Y-%m-%dT%H:%M:%f', 'now') || '0000Z', i.Id,
  i.Title, i.Sev, i.Status, i.Confidentiality, i.ExposureStartedAt, i.DetectedAt, i.FlaggedAt,
  i.AcknowledgedAt, i.DeclaredAt, i.ClosedAt, i.LastUpdateAt, i.UpdateDueAt
FROM Incident i;
