-- Files that are kept as evidence of an incident. The files themselves are in a folder, named by the id. Number orders them; the numbers
-- in open codes are counted apart. IsRestricted: only for whoever added it, privacy and counsel.
CREATE TABLE Evidence (
  Id TEXT NOT NULL,
  IncidentId TEXT NOT NULL,
  Number INTEGER NOT NULL,
  Code TEXT NOT NULL,
  Name TEXT NOT NULL,
  Size INTEGER NOT NULL,
  Digest TEXT NOT NULL,
  TakenBy TEXT NOT NULL,
  TakenFrom TEXT NOT NULL,
  TakenAt TEXT NOT NULL,
  Note TEXT NOT NULL,
  IsRestricted INTEGER NOT NULL,
  AddedAt TEXT NOT NULL,
  AddedById TEXT NOT NULL,
  AddedByName TEXT NOT NULL,
  DamagedAt TEXT NULL,
  Version INTEGER NOT NULL,
  CONSTRAINT PK_Evidence PRIMARY KEY (Id),
  CONSTRAINT UQ_Evidence_Number UNIQUE (Number),
  CONSTRAINT UQ_Evidence_Code UNIQUE (Code),
  CONSTRAINT FK_Evidence_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id),
  CONSTRAINT CK_Evidence_Size CHECK (Size > 0),
  CONSTRAINT CK_Evidence_IsRestricted CHECK (IsRestricted IN (0, 1))
) STRICT;
CREATE INDEX IX_Evidence_Incident ON Evidence (IncidentId, Number);

-- The custody of a file: who added, read and downloaded it. Rows are added, never changed.
CREATE TABLE EvidenceCustody (
  Id TEXT NOT NULL,
  EvidenceId TEXT NOT NULL,
  Kind TEXT NOT NULL,
  At TEXT NOT NULL,
  PersonId TEXT NOT NULL,
  PersonName TEXT NOT NULL,
  Note TEXT NULL,
  CONSTRAINT PK_EvidenceCustody PRIMARY KEY (EvidenceId, Id),
  CONSTRAINT FK_EvidenceCustody_Evidence FOREIGN KEY (EvidenceId) REFERENCES Evidence (Id),
  CONSTRAINT CK_EvidenceCustody_Kind CHECK (Kind IN ('Added', 'Seen', 'Downloaded', 'Damaged', 'Intact', 'Moved'))
) STRICT;
CREATE INDEX IX_EvidenceCustody_Person ON EvidenceCustody (EvidenceId, PersonId, Kind, At);
