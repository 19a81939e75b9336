-- Two further roles.
ALTER TABLE ClaimMapping DROP CONSTRAINT CK_ClaimMapping_Role;
ALTER TABLE ClaimMapping ALTER COLUMN Role nvarchar(30) COLLATE Latin1_General_100_BIN2 NOT NULL;
GO
ALTER TABLE ClaimMapping ADD CONSTRAINT CK_ClaimMapping_Role2 CHECK (Role IN
  ('Responder', 'ProgramOwner', 'Privacy', 'Counsel', 'Executive', 'Administrator', 'Auditor', 'DataProtectionOfficer', 'WorksCouncil'));

-- Requests for opinions on a decision. AudienceId is the decision's when it was asked: it lets the people who are asked by name read the
-- decision while it is still the same. Requests and opinions are numbered together; no row is ever changed.
CREATE TABLE DecisionOpinionRequest (
  DecisionId uniqueidentifier NOT NULL,
  Number int NOT NULL,
  Role nvarchar(30) COLLATE Latin1_General_100_BIN2 NOT NULL,
  DueAt datetimeoffset(7) NULL,
  AudienceId uniqueidentifier NULL,
  ById uniqueidentifier NOT NULL,
  ByName nvarchar(200) NOT NULL,
  At datetimeoffset(7) NOT NULL,
  CONSTRAINT PK_DecisionOpinionRequest PRIMARY KEY (DecisionId, Number),
  CONSTRAINT FK_DecisionOpinionRequest_Decision FOREIGN KEY (DecisionId) REFERENCES Decision (Id),
  CONSTRAINT CK_DecisionOpinionRequest_Role CHECK (Role IN ('DataProtectionOfficer', 'WorksCouncil'))
);
CREATE INDEX IX_DecisionOpinionRequest_Role ON DecisionOpinionRequest (Role, DecisionId);

-- Who is asked by name.
CREATE TABLE DecisionOpinionPerson (
  DecisionId uniqueidentifier NOT NULL,
  Number int NOT NULL,
  PersonId uniqueidentifier NOT NULL,
  PersonName nvarchar(200) NOT NULL,
  CONSTRAINT PK_DecisionOpinionPerson PRIMARY KEY (DecisionId, Number, PersonId),
  CONSTRAINT FK_DecisionOpinionPerson_Request FOREIGN KEY (DecisionId, Number) REFERENCES DecisionOpinionRequest (DecisionId, Number)
);
CREATE INDEX IX_DecisionOpinionPerson_Person ON DecisionOpinionPerson (PersonId, DecisionId);

-- Opinions, in the order in which they were recorded. The file of a document is named by the id of its opinion.
CREATE TABLE DecisionOpinion (
  Id uniqueidentifier NOT NULL,
  DecisionId uniqueidentifier NOT NULL,
  Number int NOT NULL,
  Role nvarchar(30) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Position nvarchar(30) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Text nvarchar(max) NOT NULL,
  GivenAt datetimeoffset(7) NOT NULL,
  DocumentName nvarchar(800) NULL,
  DocumentSize bigint NULL,
  DocumentDigest nvarchar(64) COLLATE Latin1_General_100_BIN2 NULL,
  DocumentRedactedAt datetimeoffset(7) NULL,
  RecordedById uniqueidentifier NOT NULL,
  RecordedByName nvarchar(200) NOT NULL,
  RecordedAt datetimeoffset(7) NOT NULL,
  OnBehalf bit NOT NULL,
  CONSTRAINT PK_DecisionOpinion PRIMARY KEY (DecisionId, Number),
  CONSTRAINT UQ_DecisionOpinion_Id UNIQUE (Id),
  CONSTRAINT FK_DecisionOpinion_Decision FOREIGN KEY (DecisionId) REFERENCES Decision (Id),
  CONSTRAINT CK_DecisionOpinion_Role CHECK (Role IN ('DataProtectionOfficer', 'WorksCouncil')),
  CONSTRAINT CK_DecisionOpinion_Position CHECK (Position IN ('NoObjection', 'NoObjectionWithConditions', 'Objection', 'NoPosition')),
  CONSTRAINT CK_DecisionOpinion_Document CHECK ((DocumentName IS NULL AND DocumentSize IS NULL AND DocumentDigest IS NULL)
    OR (DocumentName IS NOT NULL AND DocumentSize IS NOT NULL AND DocumentDigest IS NOT NULL)),
  CONSTRAINT CK_DecisionOpinion_OnBehalf CHECK (OnBehalf IN (0, 1))
);

-- Who had the document of an opinion.
CREATE TABLE DecisionOpinionCustody (
  Id uniqueidentifier NOT NULL,
  OpinionId uniqueidentifier NOT NULL,
  Kind nvarchar(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
  At datetimeoffset(7) NOT NULL,
  PersonId uniqueidentifier NOT NULL,
  PersonName nvarchar(200) NOT NULL,
  Note nvarchar(max) NULL,
  CONSTRAINT PK_DecisionOpinionCustody PRIMARY KEY (OpinionId, Id),
  CONSTRAINT FK_DecisionOpinionCustody_Opinion FOREIGN KEY (OpinionId) REFERENCES DecisionOpinion (Id),
  CONSTRAINT CK_DecisionOpinionCustody_Kind CHECK (Kind IN ('Added', 'Downloaded', 'Damaged', 'Redacted'))
);
