
CREATE TABLE Program (
  Id TEXT NOT NULL,
  Code TEXT NOT NULL,
  Name TEXT NOT NULL,
  NameKey TEXT NOT NULL,
  Purpose TEXT NOT NULL,
  OwnerId TEXT NOT NULL,
  Unit TEXT NOT NULL,
  ParentInitiative TEXT NULL,
  Population TEXT NULL,
  People INTEGER NULL,
  Participation TEXT NOT NULL,
  LaunchDate TEXT NULL,
  LawfulBasis TEXT NULL,
  ImpactAssessment TEXT NULL,
  Notice TEXT NULL,
  WorksAgreement TEXT NULL,
  TtlSeconds INTEGER NOT NULL,
  GracePeriodSeconds INTEGER NOT NULL,
  RenewalSeconds INTEGER NOT NULL,
  Lifecycle TEXT NOT NULL,
  RegisteredAt TEXT NOT NULL,
  LaunchedAt TEXT NULL,
  TerminatedAt TEXT NULL,
  TerminationReason TEXT NULL,
  Version INTEGER NOT NULL,
  ChangedAt TEXT NOT NULL,
  ChangedBy TEXT NOT NULL,
  ChangedWhat TEXT NOT NULL,
  CONSTRAINT PK_Program PRIMARY KEY (Id),
  CONSTRAINT UQ_Program_Code UNIQUE (Code),
  CONSTRAINT FK_Program_Owner FOREIGN KEY (OwnerId) REFERENCES Person (Id),
  CONSTRAINT CK_Program_Participation CHECK (Participation IN ('Mandatory', 'OptOut', 'OptIn')),
  CONSTRAINT CK_Program_Lifecycle CHECK (Lifecycle IN ('Draft', 'Live', 'Terminated'))
) STRICT;
CREATE INDEX IX_Program_Owner ON Program (OwnerId);
CREATE INDEX IX_Program_NameKey ON Program (NameKey);

CREATE TABLE ProgramDeputy (
  ProgramId TEXT NOT NULL,
  PersonId TEXT NOT NULL,
  CONSTRAINT PK_ProgramDeputy PRIMARY KEY (ProgramId, PersonId),
  CONSTRAINT FK_ProgramDeputy_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id),
  CONSTRAINT FK_ProgramDeputy_Person FOREIGN KEY (PersonId) REFERENCES Person (Id)
) STRICT;
CREATE INDEX IX_ProgramDeputy_Person ON ProgramDeputy (PersonId);

-- The lists of a program: data categories, regions, surfaces.
CREATE TABLE ProgramItem (
  ProgramId TEXT NOT NULL,
  Kind TEXT NOT NULL,
  Value TEXT NOT NULL,
  Ordinal INTEGER NOT NULL,
  CONSTRAINT PK_ProgramItem PRIMARY KEY (ProgramId, Kind, Value),
  CONSTRAINT FK_ProgramItem_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id),
  CONSTRAINT CK_ProgramItem_Kind CHECK (Kind IN ('Category', 'Region', 'Surface'))
) STRICT;
CREATE INDEX IX_ProgramItem_Value ON ProgramItem (Kind, Value);

CREATE TABLE Safeguard (
  Id TEXT NOT NULL,
  ProgramId TEXT NOT NULL,
  Ordinal INTEGER NOT NULL,
  Commitment TEXT NOT NULL,
  Source TEXT NOT NULL,
  CommittedOn TEXT NULL,
  Status TEXT NOT NULL,
  CheckedAt TEXT NULL,
  CheckedById TEXT NULL,
  Evidence TEXT NULL,
  BrokenByIncidentId TEXT NULL,
  Version INTEGER NOT NULL,
  CONSTRAINT PK_Safeguard PRIMARY KEY (Id),
  CONSTRAINT FK_Safeguard_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id),
  CONSTRAINT CK_Safeguard_Status CHECK (Status IN ('Unverified', 'Verified', 'Broken'))
) STRICT;
CREATE INDEX IX_Safeguard_Program ON Safeguard (ProgramId, Ordinal);

-- Every verification is kept.
CREATE TABLE SafeguardCheck (
  Id TEXT NOT NULL,
  SafeguardId TEXT NOT NULL,
  Status TEXT NOT NULL,
  CheckedAt TEXT NOT NULL,
  CheckedById TEXT NULL,
  Evidence TEXT NOT NULL,
  IncidentId TEXT NULL,
  CONSTRAINT PK_SafeguardCheck PRIMARY KEY (Id),
  CONSTRAINT FK_SafeguardCheck_Safeguard FOREIGN KEY (SafeguardId) REFERENCES Safeguard (Id),
  CONSTRAINT CK_SafeguardCheck_Status CHECK (Status IN ('Verified', 'Broken'))
) STRICT;
CREATE INDEX IX_SafeguardCheck_Safeguard ON SafeguardCheck (SafeguardId, CheckedAt);

CREATE TABLE Dataset (
  Id TEXT NOT NULL,
  Name TEXT NOT NULL,
  Kind TEXT NOT NULL,
  Description TEXT NULL,
  OwnerId TEXT NOT NULL,
  Classification TEXT NOT NULL,
  EncryptionAtRest TEXT NOT NULL,
  PromisedScope TEXT NOT NULL,
  PromisedName TEXT NULL,
  ActualScope TEXT NULL,
  ActualName TEXT NULL,
  OverExposed INTEGER NOT NULL,
  Records INTEGER NULL,
  Subjects INTEGER NULL,
  RetentionDays INTEGER NULL,
  Location TEXT NULL,
  RegisteredAt TEXT NOT NULL,
  Version INTEGER NOT NULL,
  ChangedAt TEXT NOT NULL,
  ChangedBy TEXT NOT NULL,
  ChangedWhat TEXT NOT NULL,
  CONSTRAINT PK_Dataset PRIMARY KEY (Id),
  CONSTRAINT UQ_Dataset_Name UNIQUE (Name),
  CONSTRAINT FK_Dataset_Owner FOREIGN KEY (OwnerId) REFERENCES Person (Id),
  CONSTRAINT CK_Dataset_Kind CHECK (Kind IN ('Dataset', 'Model')),
  CONSTRAINT CK_Dataset_Classification CHECK (Classification IN ('Public', 'Internal', 'Confidential', 'Restricted')),
  CONSTRAINT CK_Dataset_Encryption CHECK (EncryptionAtRest IN ('Unknown', 'Yes', 'No')),
  CONSTRAINT CK_Dataset_Promised CHECK (PromisedScope IN ('NamedGroup', 'Organisation', 'WholeCompany', 'Public')),
  CONSTRAINT CK_Dataset_Actual CHECK (ActualScope IN ('NamedGroup', 'Organisation', 'WholeCompany', 'Public')),
  CONSTRAINT CK_Dataset_OverExposed CHECK (OverExposed IN (0, 1))
) STRICT;

CREATE TABLE DatasetItem (
  DatasetId TEXT NOT NULL,
  Kind TEXT NOT NULL,
  Value TEXT NOT NULL,
  Ordinal INTEGER NOT NULL,
  CONSTRAINT PK_DatasetItem PRIMARY KEY (DatasetId, Kind, Value),
  CONSTRAINT FK_DatasetItem_Dataset FOREIGN KEY (DatasetId) REFERENCES Dataset (Id),
  CONSTRAINT CK_DatasetItem_Kind CHECK (Kind IN ('Category', 'Region'))
) STRICT;
CREATE INDEX IX_DatasetItem_Value ON DatasetItem (Kind, Value);

CREATE TABLE DatasetLineage (
  UpstreamId TEXT NOT NULL,
  DownstreamId TEXT NOT NULL,
  CONSTRAINT PK_DatasetLineage PRIMARY KEY (UpstreamId, DownstreamId),
  CONSTRAINT FK_DatasetLineage_Upstream FOREIGN KEY (UpstreamId) REFERENCES Dataset (Id),
  CONSTRAINT FK_DatasetLineage_Downstream FOREIGN KEY (DownstreamId) REFERENCES Dataset (Id),
  CONSTRAINT CK_DatasetLineage_Self CHECK (UpstreamId <> DownstreamId)
) STRICT;
CREATE INDEX IX_DatasetLineage_Downstream ON DatasetLineage (DownstreamId, UpstreamId);

-- Which programs feed which datasets.
CREATE TABLE ProgramDataset (
  ProgramId TEXT NOT NULL,
  DatasetId TEXT NOT NULL,
  CONSTRAINT PK_ProgramDataset PRIMARY KEY (ProgramId, DatasetId),
  CONSTRAINT FK_ProgramDataset_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id),
  CONSTRAINT FK_ProgramDataset_Dataset FOREIGN KEY (DatasetId) REFERENCES Dataset (Id)
) STRICT;
CREATE INDEX IX_ProgramDataset_Dataset ON ProgramDataset (DatasetId, ProgramId);
