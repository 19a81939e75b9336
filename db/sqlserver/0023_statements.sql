-- Texts about incidents for people inside or outside the company. Number orders them; the numbers in open codes are counted apart.
CREATE TABLE IncidentStatement (
  Id uniqueidentifier NOT NULL,
  Number int NOT NULL,
  Code nvarchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  IncidentId uniqueidentifier NOT NULL,
  Audience nvarchar(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Status nvarchar(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
  PublishedVersion int NULL,
  PublishedAt datetimeoffset(7) NULL,
  PublishedBy nvarchar(200) NULL,
  WithdrawnAt datetimeoffset(7) NULL,
  WithdrawnReason nvarchar(max) NULL,
  CreatedAt datetimeoffset(7) NOT NULL,
  Version int NOT NULL,
  ChangedAt datetimeoffset(7) NOT NULL,
  ChangedBy nvarchar(200) NOT NULL,
  ChangedWhat nvarchar(400) NOT NULL,
  CONSTRAINT PK_IncidentStatement PRIMARY KEY (Id),
  CONSTRAINT UQ_IncidentStatement_Number UNIQUE (Number),
  CONSTRAINT UQ_IncidentStatement_Code UNIQUE (Code),
  CONSTRAINT FK_IncidentStatement_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id),
  CONSTRAINT CK_IncidentStatement_Audience CHECK (Audience IN ('Employees', 'External')),
  CONSTRAINT CK_IncidentStatement_Status CHECK (Status IN ('Draft', 'Published', 'Withdrawn'))
);
CREATE INDEX IX_IncidentStatement_Incident ON IncidentStatement (IncidentId, Number);
CREATE INDEX IX_IncidentStatement_Published ON IncidentStatement (Audience, Status, PublishedAt);

-- Every text of a statement that was saved. Rows are added, never changed.
CREATE TABLE StatementVersion (
  StatementId uniqueidentifier NOT NULL,
  Number int NOT NULL,
  Title nvarchar(800) NOT NULL,
  Body nvarchar(max) NOT NULL,
  WrittenById uniqueidentifier NOT NULL,
  WrittenBy nvarchar(200) NOT NULL,
  WrittenAt datetimeoffset(7) NOT NULL,
  CONSTRAINT PK_StatementVersion PRIMARY KEY (StatementId, Number),
  CONSTRAINT FK_StatementVersion_IncidentStatement FOREIGN KEY (StatementId) REFERENCES IncidentStatement (Id)
);

-- Questions that were asked on the employee page of an incident. Without an answer only those who answer see them.
CREATE TABLE NoticeQuestion (
  Id uniqueidentifier NOT NULL,
  IncidentId uniqueidentifier NOT NULL,
  Question nvarchar(max) NOT NULL,
  AskedById uniqueidentifier NOT NULL,
  AskedBy nvarchar(200) NOT NULL,
  AskedAt datetimeoffset(7) NOT NULL,
  Answer nvarchar(max) NULL,
  AnsweredBy nvarchar(200) NULL,
  AnsweredAt datetimeoffset(7) NULL,
  Version int NOT NULL,
  CONSTRAINT PK_NoticeQuestion PRIMARY KEY (IncidentId, Id),
  CONSTRAINT FK_NoticeQuestion_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id)
);
