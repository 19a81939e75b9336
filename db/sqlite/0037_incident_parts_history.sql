-- How roles, obligations and tasks of incidents stood at every time since this script. Of obligations and tasks there is a row for each
-- state, from RecordedAt on: of two states of the same moment, the one with the greater RevisionId is the later. To which incident an
-- obligation belonged says IncidentId: it moves where that was merged. Of roles there is a row for each time during which somebody had one.
CREATE TABLE ObligationRevision (
  ObligationId TEXT NOT NULL,
  RecordedAt TEXT NOT NULL,
  RevisionId TEXT NOT NULL,
  IncidentId TEXT NOT NULL,
  RegimeVersion INTEGER NOT NULL,
  Status TEXT NOT NULL,
  TriggeredAt TEXT NULL,
  AwareAt TEXT NULL,
  TriggerNote TEXT NULL,
  DueAt TEXT NULL,
  DueOrder TEXT NOT NULL,
  LateAt TEXT NULL,
  NotRequiredReason TEXT NULL,
  DelayAuthority TEXT NULL,
  DelayReason TEXT NULL,
  DelayUntil TEXT NULL,
  StateVersion INTEGER NOT NULL,
  ChangedAt TEXT NOT NULL,
  ChangedBy TEXT NOT NULL,
  ChangedWhat TEXT NOT NULL,
  CONSTRAINT PK_ObligationRevision PRIMARY KEY (ObligationId, RecordedAt, RevisionId),
  CONSTRAINT FK_ObligationRevision_Obligation FOREIGN KEY (ObligationId) REFERENCES Obligation (Id),
  CONSTRAINT FK_ObligationRevision_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id),
  CONSTRAINT CK_ObligationRevision_Status CHECK (Status IN ('NotTriggered', 'Open', 'Met', 'NotRequired', 'Delayed'))
) STRICT;
CREATE INDEX IX_ObligationRevision_Incident ON ObligationRevision (IncidentId, ObligationId);

CREATE TABLE WorkTaskRevision (
  TaskId TEXT NOT NULL,
  RecordedAt TEXT NOT NULL,
  RevisionId TEXT NOT NULL,
  Status TEXT NOT NULL,
  What TEXT NOT NULL,
  OwnerId TEXT NULL,
  OwnerName TEXT NULL,
  DueAt TEXT NULL,
  MissedAt TEXT NULL,
  DoneById TEXT NULL,
  DoneByName TEXT NULL,
  DoneAt TEXT NULL,
  DoneNote TEXT NULL,
  EvidenceId TEXT NULL,
  IsKept INTEGER NOT NULL,
  ClosedById TEXT NULL,
  ClosedByName TEXT NULL,
  ClosedAt TEXT NULL,
  ClosedNote TEXT NULL,
  StateVersion INTEGER NOT NULL,
  ChangedAt TEXT NOT NULL,
  ChangedBy TEXT NOT NULL,
  ChangedWhat TEXT NOT NULL,
  CONSTRAINT PK_WorkTaskRevision PRIMARY KEY (TaskId, RecordedAt, RevisionId),
  CONSTRAINT FK_WorkTaskRevision_WorkTask FOREIGN KEY (TaskId) REFERENCES WorkTask (Id),
  CONSTRAINT CK_WorkTaskRevision_Status CHECK (Status IN ('Open', 'AwaitingCheck', 'Closed', 'Cancelled'))
) STRICT;

CREATE TABLE IncidentPersonPeriod (
  IncidentId TEXT NOT NULL,
  Role TEXT NOT NULL,
  PersonId TEXT NOT NULL,
  HeldFrom TEXT NOT NULL,
  RevisionId TEXT NOT NULL,
  HeldUntil TEXT NULL,
  CONSTRAINT PK_IncidentPersonPeriod PRIMARY KEY (IncidentId, Role, PersonId, HeldFrom, RevisionId),
  CONSTRAINT FK_IncidentPersonPeriod_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id),
  CONSTRAINT FK_IncidentPersonPeriod_Person FOREIGN KEY (PersonId) REFERENCES Person (Id),
  CONSTRAINT CK_IncidentPersonPeriod_Role CHECK (Role IN ('Commander', 'Communications', 'Scribe', 'Named'))
) STRICT;

-- Of the incidents that were declared before this script: since when the above is recorded.
CREATE TABLE IncidentPartsSince (
  IncidentId TEXT NOT NULL,
  RecordedAt TEXT NOT NULL,
  CONSTRAINT PK_IncidentPartsSince PRIMARY KEY (IncidentId),
  CONSTRAINT FK_IncidentPartsSince_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id)
) STRICT;

-- How they stand now: from here on it is known.
INSERT INTO ObligationRevision (ObligationId, RecordedAt, RevisionId, IncidentId, RegimeVersion, Status, TriggeredAt, AwareAt, TriggerNote,
  DueAt, DueOrder, LateAt, NotRequiredReason, DelayAuthority, DelayReason, DelayUntil, StateVersion, ChangedAt, ChangedBy, ChangedWhat)
SELECT o.Id, strftime('%Y-%m-%dT%H:%M:%f', 'now') || '0000Z', o.Id, o.IncidentId, o.RegimeVersion, o.Status, o.TriggeredAt, o.AwareAt,
  o.TriggerNote, o.DueAt, o.DueOrder, o.LateAt, o.NotRequiredReason, o.DelayAuthority, o.DelayReason, o.DelayUntil, o.Version, o.ChangedAt,
  o.ChangedBy, o.ChangedWhat
FROM Obligation o;

INSERT INTO WorkTaskRevision (TaskId, RecordedAt, RevisionId, Status, What, OwnerId, OwnerName, DueAt, MissedAt, DoneById, DoneByName,
  DoneAt, DoneNote, EvidenceId, IsKept, ClosedById, ClosedByName, ClosedAt, ClosedNote, StateVersion, ChangedAt, ChangedBy, ChangedWhat)
SELECT t.Id, strftime('%Y-%m-%dT%H:%M:%f', 'now') || '0000Z', t.Id, t.Status, t.What, t.OwnerId, t.OwnerName, t.DueAt, t.MissedAt,
  t.DoneById, t.DoneByName, t.DoneAt, t.DoneNote, t.EvidenceId, t.IsKept, t.ClosedById, t.ClosedByName, t.ClosedAt, t.ClosedNote, t.Version,
  t.ChangedAt, t.ChangedBy, t.ChangedWhat
FROM WorkTask t;

INSERT INTO IncidentPersonPeriod (IncidentId, Role, PersonId, HeldFrom, RevisionId, HeldUntil)
SELECT p.IncidentId, p.Role, p.PersonId, strftime('%Y-%m-%dT%H:%M:%f', 'now') || '0000Z', p.PersonId, NULL
FROM IncidentPerson p;

-- Last: before it nothing is known of them.
INSERT INTO IncidentPartsSince (IncidentId, RecordedAt)
SELECT i.Id, strftime('%Y-%m-%dT%H:%M:%f', 'now') || '0000Z'
FROM Incident i;
