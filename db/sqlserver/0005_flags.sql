-- Concerns that people raise, and the conversation about them.

-- RaisedById is null for an anonymous flag, and nothing else here leads to its reporter; ReceiptHash is the SHA-256 of the code that only they have.
CREATE TABLE Flag (
  Id uniqueidentifier NOT NULL,
  Code nvarchar(24) NOT NULL,
  Number int NOT NULL,
  Concern nvarchar(max) NOT NULL,
  About nvarchar(400) NULL,
  DataAnswer nvarchar(16) NOT NULL,
  AudienceAnswer nvarchar(16) NOT NULL,
  StillOpen nvarchar(16) NOT NULL,
  SuggestedSev int NOT NULL,
  ProgramId uniqueidentifier NULL,
  RaisedById uniqueidentifier NULL,
  ReceiptHash nvarchar(64) NULL,
  Status nvarchar(16) NOT NULL,
  FlaggedAt datetimeoffset(7) NOT NULL,
  AcknowledgedAt datetimeoffset(7) NULL,
  AcknowledgedById uniqueidentifier NULL,
  ClosedAt datetimeoffset(7) NULL,
  IncidentId uniqueidentifier NULL,
  DismissReason nvarchar(2000) NULL,
  Version int NOT NULL,
  ChangedAt datetimeoffset(7) NOT NULL,
  ChangedBy nvarchar(200) NOT NULL,
  ChangedWhat nvarchar(400) NOT NULL,
  CONSTRAINT PK_Flag PRIMARY KEY NONCLUSTERED (Id),
  CONSTRAINT UQ_Flag_Code UNIQUE (Code),
  CONSTRAINT UQ_Flag_Number UNIQUE (Number),
  CONSTRAINT FK_Flag_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id),
  CONSTRAINT FK_Flag_RaisedBy FOREIGN KEY (RaisedById) REFERENCES Person (Id),
  CONSTRAINT CK_Flag_Data CHECK (DataAnswer IN ('Sensitive', 'Ordinary', 'Question', 'NotSure')),
  CONSTRAINT CK_Flag_Audience CHECK (AudienceAnswer IN ('OutsideCompany', 'WholeCompany', 'Team', 'Nobody', 'NotSure')),
  CONSTRAINT CK_Flag_StillOpen CHECK (StillOpen IN ('Yes', 'No', 'NotSure')),
  CONSTRAINT CK_Flag_Sev CHECK (SuggestedSev BETWEEN 0 AND 5),
  CONSTRAINT CK_Flag_Status CHECK (Status IN ('Waiting', 'Acknowledged', 'Declared', 'Merged', 'Dismissed')),
  CONSTRAINT CK_Flag_Reporter CHECK (RaisedById IS NULL OR ReceiptHash IS NULL)
);
CREATE INDEX IX_Flag_Status ON Flag (Status, Number);
CREATE INDEX IX_Flag_RaisedBy ON Flag (RaisedById, Number);
CREATE INDEX IX_Flag_Receipt ON Flag (ReceiptHash);
CREATE INDEX IX_Flag_Incident ON Flag (IncidentId);

-- AuthorId is null where an anonymous reporter writes.
CREATE TABLE FlagMessage (
  Id uniqueidentifier NOT NULL,
  FlagId uniqueidentifier NOT NULL,
  Ordinal int NOT NULL,
  Side nvarchar(16) NOT NULL,
  AuthorId uniqueidentifier NULL,
  Body nvarchar(4000) NOT NULL,
  WrittenAt datetimeoffset(7) NOT NULL,
  CONSTRAINT PK_FlagMessage PRIMARY KEY NONCLUSTERED (Id),
  CONSTRAINT UQ_FlagMessage_Ordinal UNIQUE (FlagId, Ordinal),
  CONSTRAINT FK_FlagMessage_Flag FOREIGN KEY (FlagId) REFERENCES Flag (Id),
  CONSTRAINT FK_FlagMessage_Author FOREIGN KEY (AuthorId) REFERENCES Person (Id),
  CONSTRAINT CK_FlagMessage_Side CHECK (Side IN ('Reporter', 'Triage'))
);
