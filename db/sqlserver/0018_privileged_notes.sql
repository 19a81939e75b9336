-- A batch is quarantined because of every pause that stood when it was judged. QuarantinedBatch.PauseId is the oldest of them.
CREATE TABLE QuarantinedBatchPause (
  BatchId uniqueidentifier NOT NULL,
  PauseId uniqueidentifier NOT NULL,
  CONSTRAINT PK_QuarantinedBatchPause PRIMARY KEY (BatchId, PauseId),
  CONSTRAINT FK_QuarantinedBatchPause_Batch FOREIGN KEY (BatchId) REFERENCES QuarantinedBatch (Id),
  CONSTRAINT FK_QuarantinedBatchPause_Pause FOREIGN KEY (PauseId) REFERENCES Pause (Id)
);
INSERT INTO QuarantinedBatchPause (BatchId, PauseId) SELECT b.Id, b.PauseId FROM QuarantinedBatch b WHERE b.PauseId IS NOT NULL;

-- Counsel's privileged notes on an incident, apart from its timeline: fewer people read them. The part is a subject with readers of its own.
CREATE TABLE PrivilegedPart (
  Id uniqueidentifier NOT NULL,
  IncidentId uniqueidentifier NOT NULL,
  CONSTRAINT PK_PrivilegedPart PRIMARY KEY (Id),
  CONSTRAINT UQ_PrivilegedPart_Incident UNIQUE (IncidentId),
  CONSTRAINT FK_PrivilegedPart_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id)
);

CREATE TABLE PrivilegedNote (
  Id uniqueidentifier NOT NULL,
  PartId uniqueidentifier NOT NULL,
  Body nvarchar(max) NOT NULL,
  WrittenAt datetimeoffset(7) NOT NULL,
  AuthorId uniqueidentifier NOT NULL,
  AuthorName nvarchar(200) NOT NULL,
  Revision int NOT NULL,
  CONSTRAINT PK_PrivilegedNote PRIMARY KEY (Id),
  CONSTRAINT FK_PrivilegedNote_Part FOREIGN KEY (PartId) REFERENCES PrivilegedPart (Id)
);
CREATE INDEX IX_PrivilegedNote_Part ON PrivilegedNote (PartId, WrittenAt, Id);

-- The text that a revision replaced, with who replaced it and when.
CREATE TABLE PrivilegedNoteRevision (
  NoteId uniqueidentifier NOT NULL,
  Revision int NOT NULL,
  Body nvarchar(max) NOT NULL,
  RevisedAt datetimeoffset(7) NOT NULL,
  RevisedById uniqueidentifier NOT NULL,
  RevisedByName nvarchar(200) NOT NULL,
  CONSTRAINT PK_PrivilegedNoteRevision PRIMARY KEY (NoteId, Revision),
  CONSTRAINT FK_PrivilegedNoteRevision_Note FOREIGN KEY (NoteId) REFERENCES PrivilegedNote (Id)
);

-- People of privacy whom counsel named on the privileged part of an incident.
CREATE TABLE PrivilegedReader (
  PartId uniqueidentifier NOT NULL,
  PersonId uniqueidentifier NOT NULL,
  PersonName nvarchar(200) NOT NULL,
  NamedAt datetimeoffset(7) NOT NULL,
  NamedByName nvarchar(200) NOT NULL,
  CONSTRAINT PK_PrivilegedReader PRIMARY KEY (PartId, PersonId),
  CONSTRAINT FK_PrivilegedReader_Part FOREIGN KEY (PartId) REFERENCES PrivilegedPart (Id)
);

-- What an answer tells of: it is not sent again to somebody who may not see all of it any more.
ALTER TABLE IdempotencyRecord ADD Subjects nvarchar(max) NULL;
