-- How roles, obligations and tasks of incidents stood at every time since this script. Of obligations and tasks there is a row for each
-- state, from RecordedAt on: of two states of the same moment, the one with the greater RevisionId is the later. To which incident an
-- obligation belonged says IncidentId: it moves where that was merged. Of roles there is a row for each time during which somebody had one.
CREATE TABLE ObligationRevision (
  ObligationId uniqueidentifier NOT NULL,
  RecordedAt datetimeoffset(7) NOT NULL,
  RevisionId uniqueidentifier NOT NULL,
  IncidentId uniqueidentifier NOT NULL,
  RegimeVersion int NOT NULL,
  Status nvarchar(12) COLLATE Latin1_General_100_BIN2 NOT NULL,
  TriggeredAt datetimeoffset(7) NULL,
  AwareAt datetimeoffset(7) NULL,
  TriggerNote nvarchar(max) NULL,
  DueAt datetimeoffset(7) NULL,
  DueOrder datetimeoffset(7) NOT NULL,
  LateAt datetimeoffset(7) NULL,
  NotRequiredReason nvarchar(max) NULL,
  DelayAuthority nvarchar(800) NULL,
  DelayReason nvarchar(max) NULL,
  DelayUntil datetimeoffset(7) NULL,
  StateVersion int NOT NULL,
  ChangedAt datetimeoffset(7) NOT NULL,
  ChangedBy nvarchar(200) NOT NULL,
  ChangedWhat nvarchar(400) NOT NULL,
  CONSTRAINT PK_ObligationRevision PRIMARY KEY (ObligationId, RecordedAt, RevisionId),
  CONSTRAINT FK_ObligationRevision_Obligation FOREIGN KEY (ObligationId) REFERENCES Obligation (Id),
  CONSTRAINT FK_ObligationRevision_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id),
  CONSTRAINT CK_ObligationRevision_Status CHECK (Status IN ('NotTriggered', 'Open', 'Met', 'NotRequired', 'Delayed'))
);
CREATE INDEX IX_ObligationRevision_Incident ON ObligationRevision (IncidentId, ObligationId);

CREATE TABLE WorkTaskRevision (
  TaskId uniqueidentifier NOT NULL,
  RecordedAt datetimeoffset(7) NOT NULL,
  RevisionId uniqueidentifier NOT NULL,
  Status nvarchar(14) COLLATE Latin1_General_100_BIN2 NOT NULL,
  What nvarchar(2000) NOT NULL,
  OwnerId uniqueidentifier NULL,
  OwnerName nvarchar(200) NULL,
  DueAt datetimeoffset(7) NULL,
  MissedAt datetimeoffset(7) NULL,
  DoneById uniqueidentifier NULL,
  DoneByName nvarchar(200) NULL,
  DoneAt datetimeoffset(7) NULL,
  DoneNote nvarchar(max) NULL,
  EvidenceId uniqueidentifier NULL,
  IsKept bit NOT NULL,
  ClosedById uniqueidentifier NULL,
  ClosedByName nvarchar(200) NULL,
  ClosedAt datetimeoffset(7) NULL,
  ClosedNote nvarchar(max) NULL,
  StateVersion int NOT NULL,
  ChangedAt datetimeoffset(7) NOT NULL,
  ChangedBy nvarchar(200) NOT NULL,
  ChangedWhat nvarchar(400) NOT NULL,
  CONSTRAINT PK_WorkTaskRevision PRIMARY KEY (TaskId, RecordedAt, RevisionId),
  CONSTRAINT FK_WorkTaskRevision_WorkTask FOREIGN KEY (TaskId) REFERENCES WorkTask (Id),
  CONSTRAINT CK_WorkTaskRevision_Status CHECK (Status IN ('Open', 'AwaitingCheck', 'Closed', 'Cancelled'))
);

CREATE TABLE IncidentPersonPeriod (
  IncidentId uniqueidentifier NOT NULL,
  Role nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
  PersonId uniqueidentifier NOT NULL,
  HeldFrom datetimeoffset(7) NOT NULL,
  RevisionId uniqueidentifier NOT NULL,
  HeldUntil datetimeoffset(7) NULL,
  CONSTRAINT PK_IncidentPersonPeriod PRIMARY KEY (IncidentId, Role, PersonId, HeldFrom, RevisionId),
  CONSTRAINT FK_IncidentPersonPeriod_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id),
  CONSTRAINT FK_IncidentPersonPeriod_Person FOREIGN KEY (PersonId) REFERENCES Person (Id),
  CONSTRAINT CK_IncidentPersonPeriod_Role CHECK (Role IN ('Commander', 'Communications', 'Scribe', 'Named'))
);

-- Of the incidents that were declared before this script: since when the above is recorded.
CREATE TABLE IncidentPartsSince (
  IncidentId uniqueidentifier NOT NULL,
  RecordedAt datetimeoffset(7) NOT NULL,
  CONSTRAINT PK_IncidentPartsSince PRIMARY KEY (IncidentId),
  CONSTRAINT FK_IncidentPartsSince_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id)
);

-- How they stand now: from here on it is known.
INSERT INTO ObligationRevision (ObligationId, RecordedAt, RevisionId, IncidentId, RegimeVersion, Status, TriggeredAt, AwareAt, TriggerNote,
  DueAt, DueOrder, LateAt, NotRequiredReason, DelayAuthority, DelayReason, DelayUntil, StateVersion, ChangedAt, ChangedBy, ChangedWhat)
SELECT o.Id, TODATETIMEOFFSET(SYSUTCDATETIME(), 0), o.Id, o.IncidentId, o.RegimeVersion, o.Status, o.TriggeredAt, o.AwareAt,
  o.TriggerNote, o.DueAt, o.DueOrder, o.LateAt, o.NotRequiredReason, o.DelayAuthority, o.DelayReason, o.DelayUntil, o.Version, o.ChangedAt,
  o.ChangedBy, o.ChangedWhat
FROM Obligation o;

INSERT INTO WorkTaskRevision (TaskId, RecordedAt, RevisionId, Status, What, OwnerId, OwnerName, DueAt, MissedAt, DoneById, DoneByName,
  DoneAt, DoneNote, EvidenceId, IsKept, ClosedById, ClosedByName, ClosedAt, ClosedNote, StateVersion, ChangedAt, ChangedBy, ChangedWhat)
SELECT t.Id, TODATETIMEOFFSET(SYSUTCDATETIME(), 0), t.Id, t.Status, t.What, t.OwnerId, t.OwnerName, t.DueAt, t.MissedAt,
  t.DoneById, t.DoneByName, t.DoneAt, t.DoneNote, t.EvidenceId, t.IsKept, t.ClosedById, t.ClosedByName, t.ClosedAt, t.ClosedNote, t.Version,
  t.ChangedAt, t.ChangedBy, t.ChangedWhat
FROM WorkTask t;

INSERT INTO IncidentPersonPeriod (IncidentId, Role, PersonId, HeldFrom, RevisionId, HeldUntil)
SELECT p.IncidentId, p.Role, p.PersonId, TODATETIMEOFFSET(SYSUTCDATETIME(), 0), p.PersonId, NULL
FROM IncidentPerson p;

-- Last: before it nothing is known of them.
INSERT INTO IncidentPartsSince (IncidentId, RecordedAt)
SELECT i.Id, TODATETIMEOFFSET(SYSUTCDATETIME(), 0)
FROM Incident i;
