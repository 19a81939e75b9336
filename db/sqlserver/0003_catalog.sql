
CREATE TABLE Program (
  Id uniqueidentifier NOT NULL,
  Code nvarchar(24) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Name nvarchar(480) NOT NULL,
  NameKey nvarchar(480) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Purpose nvarchar(max) NOT NULL,
  OwnerId uniqueidentifier NOT NULL,
  Unit nvarchar(480) NOT NULL,
  ParentInitiative nvarchar(1600) NULL,
  Population nvarchar(1600) NULL,
  People int NULL,
  Participation nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
  LaunchDate nvarchar(10) COLLATE Latin1_General_100_BIN2 NULL,
  LawfulBasis nvarchar(1600) NULL,
  ImpactAssessment nvarchar(1600) NULL,
  Notice nvarchar(1600) NULL,
  WorksAgreement nvarchar(1600) NULL,
  TtlSeconds int NOT NULL,
  GracePeriodSeconds int NOT NULL,
  RenewalSeconds int NOT NULL,
  Lifecycle nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
  RegisteredAt datetimeoffset(7) NOT NULL,
  LaunchedAt datetimeoffset(7) NULL,
  TerminatedAt datetimeoffset(7) NULL,
  TerminationReason nvarchar(max) NULL,
  Version int NOT NULL,
  ChangedAt datetimeoffset(7) NOT NULL,
  ChangedBy nvarchar(200) NOT NULL,
  ChangedWhat nvarchar(400) NOT NULL,
  CONSTRAINT PK_Program PRIMARY KEY (Id),
  CONSTRAINT UQ_Program_Code UNIQUE (Code),
  CONSTRAINT FK_Program_Owner FOREIGN KEY (OwnerId) REFERENCES Person (Id),
  CONSTRAINT CK_Program_Participation CHECK (Participation IN ('Mandatory', 'OptOut', 'OptIn')),
  CONSTRAINT CK_Program_Lifecycle CHECK (Lifecycle IN ('Draft', 'Live', 'Terminated'))
);
CREATE INDEX IX_Program_Owner ON Program (OwnerId);
CREATE INDEX IX_Program_NameKey ON Program (NameKey);

CREATE TABLE ProgramDeputy (
  ProgramId uniqueidentifier NOT NULL,
  PersonId uniqueidentifier NOT NULL,
  CONSTRAINT PK_ProgramDeputy PRIMARY KEY (ProgramId, PersonId),
  CONSTRAINT FK_ProgramDeputy_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id),
  CONSTRAINT FK_ProgramDeputy_Person FOREIGN KEY (PersonId) REFERENCES Person (Id)
);
CREATE INDEX IX_ProgramDeputy_Person ON ProgramDeputy (PersonId);

-- The lists of a program: data categories, regions, surfaces.
CREATE TABLE ProgramItem (
  ProgramId uniqueidentifier NOT NULL,
  Kind nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Value nvarchar(320) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Ordinal int NOT NULL,
  CONSTRAINT PK_ProgramItem PRIMARY KEY (ProgramId, Kind, Value),
  CONSTRAINT FK_ProgramItem_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id),
  CONSTRAINT CK_ProgramItem_Kind CHECK (Kind IN ('Category', 'Region', 'Surface'))
);
CREATE INDEX IX_ProgramItem_Value ON ProgramItem (Kind, Value);

CREATE TABLE Safeguard (
  Id uniqueidentifier NOT NULL,
  ProgramId uniqueidentifier NOT NULL,
  Ordinal int NOT NULL,
  Commitment nvarchar(1600) NOT NULL,
  Source nvarchar(800) NOT NULL,
  CommittedOn nvarchar(10) COLLATE Latin1_General_100_BIN2 NULL,
  Status nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
  CheckedAt datetimeoffset(7) NULL,
  CheckedById uniqueidentifier NULL,
  Evidence nvarchar(max) NULL,
  BrokenByIncidentId uniqueidentifier NULL,
  Version int NOT NULL,
  CONSTRAINT PK_Safeguard PRIMARY KEY NONCLUSTERED (Id),
  CONSTRAINT FK_Safeguard_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id),
  CONSTRAINT CK_Safeguard_Status CHECK (Status IN ('Unverified', 'Verified', 'Broken'))
);
CREATE CLUSTERED INDEX IX_Safeguard_Program ON Safeguard (ProgramId, Ordinal);

-- Every verification is kept.
CREATE TABLE SafeguardCheck (
  Id uniqueidentifier NOT NULL,
  SafeguardId uniqueidentifier NOT NULL,
  Status nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
  CheckedAt datetimeoffset(7) NOT NULL,
  CheckedById uniqueidentifier NULL,
  Evidence nvarchar(max) NOT NULL,
  IncidentId uniqueidentifier NULL,
  CONSTRAINT PK_SafeguardCheck PRIMARY KEY NONCLUSTERED (Id),
  CONSTRAINT FK_SafeguardCheck_Safeguard FOREIGN KEY (SafeguardId) REFERENCES Safeguard (Id),
  CONSTRAINT CK_SafeguardCheck_Status CHECK (Status IN ('Verified', 'Broken'))
);
CREATE CLUSTERED INDEX IX_SafeguardCheck_Safeguard ON SafeguardCheck (SafeguardId, CheckedAt);

CREATE TABLE Dataset (
  Id uniqueidentifier NOT NULL,
  Name nvarchar(120) NOT NULL,
  Kind nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Description nvarchar(max) NULL,
  OwnerId uniqueidentifier NOT NULL,
  Classification nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
  EncryptionAtRest nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
  PromisedScope nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
  PromisedName nvarchar(800) NULL,
  ActualScope nvarchar(16) COLLATE Latin1_General_100_BIN2 NULL,
  ActualName nvarchar(800) NULL,
  OverExposed bit NOT NULL,
  Records bigint NULL,
  Subjects bigint NULL,
  RetentionDays int NULL,
  Location nvarchar(1600) NULL,
  RegisteredAt datetimeoffset(7) NOT NULL,
  Version int NOT NULL,
  ChangedAt datetimeoffset(7) NOT NULL,
  ChangedBy nvarchar(200) NOT NULL,
  ChangedWhat nvarchar(400) NOT NULL,
  CONSTRAINT PK_Dataset PRIMARY KEY (Id),
  CONSTRAINT UQ_Dataset_Name UNIQUE (Name),
  CONSTRAINT FK_Dataset_Owner FOREIGN KEY (OwnerId) REFERENCES Person (Id),
  CONSTRAINT CK_Dataset_Kind CHECK (Kind IN ('Dataset', 'Model')),
  CONSTRAINT CK_Dataset_Classification CHECK (Classification IN ('Public', 'Internal', 'Confidential', 'Restricted')),
  CONSTRAINT CK_Dataset_Encryption CHECK (EncryptionAtRest IN ('Unknown', 'Yes', 'No')),
  CONSTRAINT CK_Dataset_Promised CHECK (PromisedScope IN ('NamedGroup', 'Organisation', 'WholeCompany', 'Public')),
  CONSTRAINT CK_Dataset_Actual CHECK (ActualScope IN ('NamedGroup', 'Organisation', 'WholeCompany', 'Public')),
  CONSTRAINT CK_Dataset_OverExposed CHECK (OverExposed IN (0, 1))
);

CREATE TABLE DatasetItem (
  DatasetId uniqueidentifier NOT NULL,
  Kind nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Value nvarchar(80) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Ordinal int NOT NULL,
  CONSTRAINT PK_DatasetItem PRIMARY KEY (DatasetId, Kind, Value),
  CONSTRAINT FK_DatasetItem_Dataset FOREIGN KEY (DatasetId) REFERENCES Dataset (Id),
  CONSTRAINT CK_DatasetItem_Kind CHECK (Kind IN ('Category', 'Region'))
);
CREATE INDEX IX_DatasetItem_Value ON DatasetItem (Kind, Value);

CREATE TABLE DatasetLineage (
  UpstreamId uniqueidentifier NOT NULL,
  DownstreamId uniqueidentifier NOT NULL,
  CONSTRAINT PK_DatasetLineage PRIMARY KEY (UpstreamId, DownstreamId),
  CONSTRAINT FK_DatasetLineage_Upstream FOREIGN KEY (UpstreamId) REFERENCES Dataset (Id),
  CONSTRAINT FK_DatasetLineage_Downstream FOREIGN KEY (DownstreamId) REFERENCES Dataset (Id),
  CONSTRAINT CK_DatasetLineage_Self CHECK (UpstreamId <> DownstreamId)
);
CREATE INDEX IX_DatasetLineage_Downstream ON DatasetLineage (DownstreamId, UpstreamId);

-- Which programs feed which datasets.
CREATE TABLE ProgramDataset (
  ProgramId uniqueidentifier NOT NULL,
  DatasetId uniqueidentifier NOT NULL,
  CONSTRAINT PK_ProgramDataset PRIMARY KEY (ProgramId, DatasetId),
  CONSTRAINT FK_ProgramDataset_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id),
  CONSTRAINT FK_ProgramDataset_Dataset FOREIGN KEY (DatasetId) REFERENCES Dataset (Id)
);
CREATE INDEX IX_ProgramDataset_Dataset ON ProgramDataset (DatasetId, ProgramId);
