-- Identity providers: who signs in through them, and which roles their claims give.

-- Roles that the claims of providers give, beside those that were granted by hand; and the department that a provider states.
ALTER TABLE Person ADD MappedRoles nvarchar(200) COLLATE Latin1_General_100_BIN2 NULL;
ALTER TABLE Person ADD Department nvarchar(200) NULL;

-- An account at a provider, known by issuer and subject. Of its claims only those that the mapping names are kept, as JSON.
CREATE TABLE ExternalLogin (
  Id uniqueidentifier NOT NULL,
  Issuer nvarchar(400) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Subject nvarchar(255) COLLATE Latin1_General_100_BIN2 NOT NULL,
  PersonId uniqueidentifier NOT NULL,
  Provider nvarchar(30) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Claims nvarchar(max) NOT NULL,
  MappedRoles nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  CreatedAt datetimeoffset(7) NOT NULL,
  LastSignInAt datetimeoffset(7) NULL,
  CONSTRAINT PK_ExternalLogin PRIMARY KEY (Id),
  CONSTRAINT UQ_ExternalLogin_Subject UNIQUE (Issuer, Subject),
  CONSTRAINT FK_ExternalLogin_Person FOREIGN KEY (PersonId) REFERENCES Person (Id)
);
CREATE INDEX IX_ExternalLogin_PersonId ON ExternalLogin (PersonId);
CREATE INDEX IX_ExternalLogin_Provider ON ExternalLogin (Provider);

-- What the claims of one provider give.
CREATE TABLE ProviderMapping (
  Provider nvarchar(30) COLLATE Latin1_General_100_BIN2 NOT NULL,
  DepartmentClaim nvarchar(400) COLLATE Latin1_General_100_BIN2 NULL,
  Version int NOT NULL,
  ChangedAt datetimeoffset(7) NOT NULL,
  ChangedByName nvarchar(200) NOT NULL,
  CONSTRAINT PK_ProviderMapping PRIMARY KEY (Provider)
);

-- Whoever has the claim with the value has the role.
CREATE TABLE ClaimMapping (
  Provider nvarchar(30) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Position int NOT NULL,
  Claim nvarchar(400) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Value nvarchar(800) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Role nvarchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  CONSTRAINT PK_ClaimMapping PRIMARY KEY (Provider, Position),
  CONSTRAINT FK_ClaimMapping_Provider FOREIGN KEY (Provider) REFERENCES ProviderMapping (Provider),
  CONSTRAINT CK_ClaimMapping_Role CHECK (Role IN
    ('Responder', 'ProgramOwner', 'Privacy', 'Counsel', 'Executive', 'Administrator', 'Auditor'))
);

-- Digests of the logout tokens that were received: each is used once.
CREATE TABLE LogoutToken (
  Hash nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  ReceivedAt datetimeoffset(7) NOT NULL,
  CONSTRAINT PK_LogoutToken PRIMARY KEY (Hash)
);
CREATE INDEX IX_LogoutToken_ReceivedAt ON LogoutToken (ReceivedAt);
