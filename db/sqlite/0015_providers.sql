-- Identity providers: who signs in through them, and which roles their claims give.

-- Roles that the claims of providers give, beside those that were granted by hand; and the department that a provider states.
ALTER TABLE Person ADD COLUMN MappedRoles TEXT NULL;
ALTER TABLE Person ADD COLUMN Department TEXT NULL;

-- An account at a provider, known by issuer and subject. Of its claims only those that the mapping names are kept, as JSON.
CREATE TABLE ExternalLogin (
  Id TEXT NOT NULL,
  Issuer TEXT NOT NULL,
  Subject TEXT NOT NULL,
  PersonId TEXT NOT NULL,
  Provider TEXT NOT NULL,
  Claims TEXT NOT NULL,
  MappedRoles TEXT NOT NULL,
  CreatedAt TEXT NOT NULL,
  LastSignInAt TEXT NULL,
  CONSTRAINT PK_ExternalLogin PRIMARY KEY (Id),
  CONSTRAINT UQ_ExternalLogin_Subject UNIQUE (Issuer, Subject),
  CONSTRAINT FK_ExternalLogin_Person FOREIGN KEY (PersonId) REFERENCES Person (Id)
) STRICT;
CREATE INDEX IX_ExternalLogin_PersonId ON ExternalLogin (PersonId);
CREATE INDEX IX_ExternalLogin_Provider ON ExternalLogin (Provider);

-- What the claims of one provider give.
CREATE TABLE ProviderMapping (
  Provider TEXT NOT NULL,
  DepartmentClaim TEXT NULL,
  Version INTEGER NOT NULL,
  ChangedAt TEXT NOT NULL,
  ChangedByName TEXT NOT NULL,
  CONSTRAINT PK_ProviderMapping PRIMARY KEY (Provider)
) STRICT;

-- Whoever has the claim with the value has the role.
CREATE TABLE ClaimMapping (
  Provider TEXT NOT NULL,
  Position INTEGER NOT NULL,
  Claim TEXT NOT NULL,
  Value TEXT NOT NULL,
  Role TEXT NOT NULL,
  CONSTRAINT PK_ClaimMapping PRIMARY KEY (Provider, Position),
  CONSTRAINT FK_ClaimMapping_Provider FOREIGN KEY (Provider) REFERENCES ProviderMapping (Provider),
  CONSTRAINT CK_ClaimMapping_Role CHECK (Role IN
    ('Responder', 'ProgramOwner', 'Privacy', 'Counsel', 'Executive', 'Administrator', 'Auditor'))
) STRICT;

-- Digests of the logout tokens that were received: each is used once.
CREATE TABLE LogoutToken (
  Hash TEXT NOT NULL,
  ReceivedAt TEXT NOT NULL,
  CONSTRAINT PK_LogoutToken PRIMARY KEY (Hash)
) STRICT;
CREATE INDEX IX_LogoutToken_ReceivedAt ON LogoutToken (ReceivedAt);
