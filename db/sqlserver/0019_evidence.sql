-- Files that are kept as evidence of an incident. The files themselves are in a folder, named by the id. Number orders them; the numbers
-- in open codes are counted apart. IsRestricted: only for whoever added it, privacy and counsel.
CREATE TABLE Evidence (
  Id uniqueidentifier NOT NULL,
  IncidentId uniqueidentifier NOT NULL,
  Number int NOT NULL,
  Code nvarchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Name nvarchar(800) NOT NULL,
  Size bigint NOT NULL,
  Digest nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  TakenBy nvarchar(800) NOT NULL,
  TakenFrom nvarchar(800) NOT NULL,
  TakenAt datetimeoffset(7) NOT NULL,
  Note nvarchar(max) NOT NULL,
  IsRestricted bit NOT NULL,
  AddedAt datetimeoffset(7) NOT NULL,
  AddedById uniqueidentifier NOT NULL,
  AddedByName nvarchar(200) NOT NULL,
  DamagedAt datetimeoffset(7) NULL,
  Version int NOT NULL,
  CONSTRAINT PK_Evidence PRIMARY KEY (Id),
  CONSTRAINT UQ_Evidence_Number UNIQUE (Number),
  CONSTRAINT UQ_Evidence_Code UNIQUE (Code),
  CONSTRAINT FK_Evidence_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id),
  CONSTRAINT CK_Evidence_Size CHECK (Size > 0),
  CONSTRAINT CK_Evidence_IsRestricted CHECK (IsRestricted IN (0, 1))
);
CREATE INDEX IX_Evidence_Incident ON Evidence (IncidentId, Number);

-- The custody of a file: who added, read and downloaded it. Rows are added, never changed.
CREATE TABLE EvidenceCustody (
  Id uniqueidentifier NOT NULL,
  EvidenceId uniqueidentifier NOT NULL,
  Kind nvarchar(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
  At datetimeoffset(7) NOT NULL,
  PersonId uniqueidentifier NOT NULL,
  PersonName nvarchar(200) NOT NULL,
  Note nvarchar(max) NULL,
  CONSTRAINT PK_EvidenceCustody PRIMARY KEY (EvidenceId, Id),
  CONSTRAINT FK_EvidenceCustody_Evidence FOREIGN KEY (EvidenceId) REFERENCES Evidence (Id),
  CONSTRAINT CK_EvidenceCustody_Kind CHECK (Kind IN ('Added', 'Seen', 'Downloaded', 'Damaged', 'Intact', 'Moved'))
);
CREATE INDEX IX_EvidenceCustody_Person ON EvidenceCustody (EvidenceId, PersonId, Kind, At);
