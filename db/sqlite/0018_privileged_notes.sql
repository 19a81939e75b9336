-- A batch is quarantined because of every pause that stood when it was judged. QuarantinedBatch.PauseId is the oldest of them.
CREATE TABLE QuarantinedBatchPause (
  BatchId TEXT NOT NULL,
  PauseId TEXT NOT NULL,
  CONSTRAINT PK_QuarantinedBatchPause PRIMARY KEY (BatchId, PauseId),
  CONSTRAINT FK_QuarantinedBatchPause_Batch FOREIGN KEY (BatchId) REFERENCES QuarantinedBatch (Id),
  CONSTRAINT FK_QuarantinedBatchPause_Pause FOREIGN KEY (PauseId) REFERENCES Pause (Id)
) STRICT;
INSERT INTO QuarantinedBatchPause (BatchId, PauseId) SELECT b.Id, b.PauseId FROM QuarantinedBatch b WHERE b.PauseId IS NOT NULL;

-- Counsel's privileged notes on an incident, apart from its timeline: fewer people read them. The part is a subject with readers of its own.
CREATE TABLE PrivilegedPart (
  Id TEXT NOT NULL,
  IncidentId TEXT NOT NULL,
  CONSTRAINT PK_PrivilegedPart PRIMARY KEY (Id),
  CONSTRAINT UQ_PrivilegedPart_Incident UNIQUE (IncidentId),
  CONSTRAINT FK_PrivilegedPart_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id)
) STRICT;

CREATE TABLE PrivilegedNote (
  Id TEXT NOT NULL,
  PartId TEXT NOT NULL,
  Body TEXT NOT NULL,
  WrittenAt TEXT NOT NULL,
  AuthorId TEXT NOT NULL,
  AuthorName TEXT NOT NULL,
  Revision INTEGER NOT NULL,
  CONSTRAINT PK_PrivilegedNote PRIMARY KEY (Id),
  CONSTRAINT FK_PrivilegedNote_Part FOREIGN KEY (PartId) REFERENCES PrivilegedPart (Id)
) STRICT;
CREATE INDEX IX_PrivilegedNote_Part ON PrivilegedNote (PartId, WrittenAt, Id);

-- The text that a revision replaced, with who replaced it and when.
CREATE TABLE PrivilegedNoteRevision (
  NoteId TEXT NOT NULL,
  Revision INTEGER NOT NULL,
  Body TEXT NOT NULL,
  RevisedAt TEXT NOT NULL,
  RevisedById TEXT NOT NULL,
  RevisedByName TEXT NOT NULL,
  CONSTRAINT PK_PrivilegedNoteRevision PRIMARY KEY (NoteId, Revision),
  CONSTRAINT FK_PrivilegedNoteRevision_Note FOREIGN KEY (NoteId) REFERENCES PrivilegedNote (Id)
) STRICT;

-- People of privacy whom counsel named on the privileged part of an incident.
CREATE TABLE PrivilegedReader (
  PartId TEXT NOT NULL,
  PersonId TEXT NOT NULL,
  PersonName TEXT NOT NULL,
  NamedAt TEXT NOT NULL,
  NamedByName TEXT NOT NULL,
  CONSTRAINT PK_PrivilegedReader PRIMARY KEY (PartId, PersonId),
  CONSTRAINT FK_PrivilegedReader_Part FOREIGN KEY (PartId) REFERENCES PrivilegedPart (Id)
) STRICT;

-- What an answer tells of: it is not sent again to somebody who may not see all of it any more.
ALTER TABLE IdempotencyRecord ADD COLUMN Subjects TEXT NULL;
