-- Two further roles.
ALTER TABLE ClaimMapping DROP CONSTRAINT CK_ClaimMapping_Role;
ALTER TABLE ClaimMapping ADD CONSTRAINT CK_ClaimMapping_Role2 CHECK (Role IN
  ('Responder', 'ProgramOwner', 'Privacy', 'Counsel', 'Executive', 'Administrator', 'Auditor', 'DataProtectionOfficer', 'WorksCouncil'));

-- Requests for opinions on a decision. AudienceId is the decision's when it was asked: it lets the people who are asked by name read the
-- decision while it is still the same. Requests and opinions are numbered together; no row is ever changed.
CREATE TABLE DecisionOpinionRequest (
  DecisionId TEXT NOT NULL,
  Number INTEGER NOT NULL,
  Role TEXT NOT NULL,
  DueAt TEXT NULL,
  AudienceId TEXT NULL,
  ById TEXT NOT NULL,
  ByName TEXT NOT NULL,
  At TEXT NOT NULL,
  CONSTRAINT PK_DecisionOpinionRequest PRIMARY KEY (DecisionId, Number),
  CONSTRAINT FK_DecisionOpinionRequest_Decision FOREIGN KEY (DecisionId) REFERENCES Decision (Id),
  CONSTRAINT CK_DecisionOpinionRequest_Role CHECK (Role IN ('DataProtectionOfficer', 'WorksCouncil'))
) STRICT;
CREATE INDEX IX_DecisionOpinionRequest_Role ON DecisionOpinionRequest (Role, DecisionId);

-- Who is asked by name.
CREATE TABLE DecisionOpinionPerson (
  DecisionId TEXT NOT NULL,
  Number INTEGER NOT NULL,
  PersonId TEXT NOT NULL,
  PersonName TEXT NOT NULL,
  CONSTRAINT PK_DecisionOpinionPerson PRIMARY KEY (DecisionId, Number, PersonId),
  CONSTRAINT FK_DecisionOpinionPerson_Request FOREIGN KEY (DecisionId, Number) REFERENCES DecisionOpinionRequest (DecisionId, Number)
) STRICT;
CREATE INDEX IX_DecisionOpinionPerson_Person ON DecisionOpinionPerson (PersonId, DecisionId);

-- Opinions, in the order in which they were recorded. The file of a document is named by the id of its opinion.
CREATE TABLE DecisionOpinion (
  Id TEXT NOT NULL,
  DecisionId TEXT NOT NULL,
  Number INTEGER NOT NULL,
  Role TEXT NOT NULL,
  Position TEXT NOT NULL,
  Text TEXT NOT NULL,
  GivenAt TEXT NOT NULL,
  DocumentName TEXT NULL,
  DocumentSize INTEGER NULL,
  DocumentDigest TEXT NULL,
  DocumentRedactedAt TEXT NULL,
  RecordedById TEXT NOT NULL,
  RecordedByName TEXT NOT NULL,
  RecordedAt TEXT NOT NULL,
  OnBehalf INTEGER NOT NULL,
  CONSTRAINT PK_DecisionOpinion PRIMARY KEY (DecisionId, Number),
  CONSTRAINT UQ_DecisionOpinion_Id UNIQUE (Id),
  CONSTRAINT FK_DecisionOpinion_Decision FOREIGN KEY (DecisionId) REFERENCES Decision (Id),
  CONSTRAINT CK_DecisionOpinion_Role CHECK (Role IN ('DataProtectionOfficer', 'WorksCouncil')),
  CONSTRAINT CK_DecisionOpinion_Position CHECK (Position IN ('NoObjection', 'NoObjectionWithConditions', 'Objection', 'NoPosition')),
  CONSTRAINT CK_DecisionOpinion_Document CHECK ((DocumentName IS NULL AND DocumentSize IS NULL AND DocumentDigest IS NULL)
    OR (DocumentName IS NOT NULL AND DocumentSize IS NOT NULL AND DocumentDigest IS NOT NULL)),
  CONSTRAINT CK_DecisionOpinion_OnBehalf CHECK (OnBehalf IN (0, 1))
) STRICT;

-- Who had the document of an opinion.
CREATE TABLE DecisionOpinionCustody (
  Id TEXT NOT NULL,
  OpinionId TEXT NOT NULL,
  Kind TEXT NOT NULL,
  At TEXT NOT NULL,
  PersonId TEXT NOT NULL,
  PersonName TEXT NOT NULL,
  Note TEXT NULL,
  CONSTRAINT PK_DecisionOpinionCustody PRIMARY KEY (OpinionId, Id),
  CONSTRAINT FK_DecisionOpinionCustody_Opinion FOREIGN KEY (OpinionId) REFERENCES DecisionOpinion (Id),
  CONSTRAINT CK_DecisionOpinionCustody_Kind CHECK (Kind IN ('Added', 'Downloaded', 'Damaged', 'Redacted'))
) STRICT;
