-- Texts about incidents for people inside or outside the company. Number orders them; the numbers in open codes are counted apart.
CREATE TABLE IncidentStatement (
  Id TEXT NOT NULL,
  Number INTEGER NOT NULL,
  Code TEXT NOT NULL,
  IncidentId TEXT NOT NULL,
  Audience TEXT NOT NULL,
  Status TEXT NOT NULL,
  PublishedVersion INTEGER NULL,
  PublishedAt TEXT NULL,
  PublishedBy TEXT NULL,
  WithdrawnAt TEXT NULL,
  WithdrawnReason TEXT NULL,
  CreatedAt TEXT NOT NULL,
  Version INTEGER NOT NULL,
  ChangedAt TEXT NOT NULL,
  ChangedBy TEXT NOT NULL,
  ChangedWhat TEXT NOT NULL,
  CONSTRAINT PK_IncidentStatement PRIMARY KEY (Id),
  CONSTRAINT UQ_IncidentStatement_Number UNIQUE (Number),
  CONSTRAINT UQ_IncidentStatement_Code UNIQUE (Code),
  CONSTRAINT FK_IncidentStatement_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id),
  CONSTRAINT CK_IncidentStatement_Audience CHECK (Audience IN ('Employees', 'External')),
  CONSTRAINT CK_IncidentStatement_Status CHECK (Status IN ('Draft', 'Published', 'Withdrawn'))
) STRICT;
CREATE INDEX IX_IncidentStatement_Incident ON IncidentStatement (IncidentId, Number);
CREATE INDEX IX_IncidentStatement_Published ON IncidentStatement (Audience, Status, PublishedAt);

-- Every text of a statement that was saved. Rows are added, never changed.
CREATE TABLE StatementVersion (
  StatementId TEXT NOT NULL,
  Number INTEGER NOT NULL,
  Title TEXT NOT NULL,
  Body TEXT NOT NULL,
  WrittenById TEXT NOT NULL,
  WrittenBy TEXT NOT NULL,
  WrittenAt TEXT NOT NULL,
  CONSTRAINT PK_StatementVersion PRIMARY KEY (StatementId, Number),
  CONSTRAINT FK_StatementVersion_IncidentStatement FOREIGN KEY (StatementId) REFERENCES IncidentStatement (Id)
) STRICT;

-- Questions that were asked on the employee page of an incident. Without an answer only those who answer see them.
CREATE TABLE NoticeQuestion (
  Id TEXT NOT NULL,
  IncidentId TEXT NOT NULL,
  Question TEXT NOT NULL,
  AskedById TEXT NOT NULL,
  AskedBy TEXT NOT NULL,
  AskedAt TEXT NOT NULL,
  Answer TEXT NULL,
  AnsweredBy TEXT NULL,
  AnsweredAt TEXT NULL,
  Version INTEGER NOT NULL,
  CONSTRAINT PK_NoticeQuestion PRIMARY KEY (IncidentId, Id),
  CONSTRAINT FK_NoticeQuestion_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id)
) STRICT;
