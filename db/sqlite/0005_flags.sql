-- Concerns that people raise, and the conversation about them.

-- RaisedById is null for an anonymous flag, and nothing else here leads to its reporter; ReceiptHash is the SHA-256 of the code that only they have.
CREATE TABLE Flag (
  Id TEXT NOT NULL,
  Code TEXT NOT NULL,
  Number INTEGER NOT NULL,
  Concern TEXT NOT NULL,
  About TEXT NULL,
  DataAnswer TEXT NOT NULL,
  AudienceAnswer TEXT NOT NULL,
  StillOpen TEXT NOT NULL,
  SuggestedSev INTEGER NOT NULL,
  ProgramId TEXT NULL,
  RaisedById TEXT NULL,
  ReceiptHash TEXT NULL,
  Status TEXT NOT NULL,
  FlaggedAt TEXT NOT NULL,
  AcknowledgedAt TEXT NULL,
  AcknowledgedById TEXT NULL,
  ClosedAt TEXT NULL,
  IncidentId TEXT NULL,
  DismissReason TEXT NULL,
  Version INTEGER NOT NULL,
  ChangedAt TEXT NOT NULL,
  ChangedBy TEXT NOT NULL,
  ChangedWhat TEXT NOT NULL,
  CONSTRAINT PK_Flag PRIMARY KEY (Id),
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
) STRICT;
CREATE INDEX IX_Flag_Status ON Flag (Status, Number);
CREATE INDEX IX_Flag_RaisedBy ON Flag (RaisedById, Number);
CREATE INDEX IX_Flag_Receipt ON Flag (ReceiptHash);
CREATE INDEX IX_Flag_Incident ON Flag (IncidentId);

-- AuthorId is null where an anonymous reporter writes.
CREATE TABLE FlagMessage (
  Id TEXT NOT NULL,
  FlagId TEXT NOT NULL,
  Ordinal INTEGER NOT NULL,
  Side TEXT NOT NULL,
  AuthorId TEXT NULL,
  Body TEXT NOT NULL,
  WrittenAt TEXT NOT NULL,
  CONSTRAINT PK_FlagMessage PRIMARY KEY (Id),
  CONSTRAINT UQ_FlagMessage_Ordinal UNIQUE (FlagId, Ordinal),
  CONSTRAINT FK_FlagMessage_Flag FOREIGN KEY (FlagId) REFERENCES Flag (Id),
  CONSTRAINT FK_FlagMessage_Author FOREIGN KEY (AuthorId) REFERENCES Person (Id),
  CONSTRAINT CK_FlagMessage_Side CHECK (Side IN ('Reporter', 'Triage'))
) STRICT;
