-- Second factors, passkeys, and what people set for themselves.

-- The authenticator app of an account. The secret is encrypted by the master key; LastStep is the time step of the last code that was
-- used: a code is used once.
CREATE TABLE Authenticator (
  PersonId uniqueidentifier NOT NULL,
  Secret nvarchar(400) COLLATE Latin1_General_100_BIN2 NOT NULL,
  LastStep bigint NOT NULL,
  AddedAt datetimeoffset(7) NOT NULL,
  CONSTRAINT PK_Authenticator PRIMARY KEY (PersonId),
  CONSTRAINT FK_Authenticator_Person FOREIGN KEY (PersonId) REFERENCES Person (Id)
);

-- Codes that are used once in place of the app. Their digests are kept.
CREATE TABLE RecoveryCode (
  PersonId uniqueidentifier NOT NULL,
  CodeHash nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  UsedAt datetimeoffset(7) NULL,
  CONSTRAINT PK_RecoveryCode PRIMARY KEY (PersonId, CodeHash),
  CONSTRAINT FK_RecoveryCode_Person FOREIGN KEY (PersonId) REFERENCES Person (Id)
);

-- Public keys of passkeys. They are found by the digest of the credential's id, which may be long.
CREATE TABLE Passkey (
  Id uniqueidentifier NOT NULL,
  PersonId uniqueidentifier NOT NULL,
  CredentialHash nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  CredentialId nvarchar(1400) COLLATE Latin1_General_100_BIN2 NOT NULL,
  PublicKey nvarchar(2000) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Name nvarchar(200) NOT NULL,
  SignCount bigint NOT NULL,
  Transports nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  IsUserVerified bit NOT NULL,
  IsBackupEligible bit NOT NULL,
  IsBackedUp bit NOT NULL,
  CreatedAt datetimeoffset(7) NOT NULL,
  LastUsedAt datetimeoffset(7) NULL,
  CONSTRAINT PK_Passkey PRIMARY KEY (Id),
  CONSTRAINT UQ_Passkey_CredentialHash UNIQUE (CredentialHash),
  CONSTRAINT FK_Passkey_Person FOREIGN KEY (PersonId) REFERENCES Person (Id)
);
CREATE INDEX IX_Passkey_PersonId ON Passkey (PersonId);

-- Digests of the challenges that passkeys have answered: each is used once.
CREATE TABLE UsedChallenge (
  Hash nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  UsedAt datetimeoffset(7) NOT NULL,
  CONSTRAINT PK_UsedChallenge PRIMARY KEY (Hash)
);
CREATE INDEX IX_UsedChallenge_UsedAt ON UsedChallenge (UsedAt);

-- What was shown after the password; null: nothing was asked.
ALTER TABLE SignInAttempt ADD SecondFactor nvarchar(20) COLLATE Latin1_General_100_BIN2 NULL;
GO
ALTER TABLE SignInAttempt ADD CONSTRAINT CK_SignInAttempt_SecondFactor CHECK (SecondFactor IN ('Authenticator', 'RecoveryCode'));

ALTER TABLE Session DROP CONSTRAINT CK_Session_EndReason;
ALTER TABLE Session ADD CONSTRAINT CK_Session_EndReason2 CHECK (EndReason IN
  ('SignedOut', 'Replaced', 'EndedByPerson', 'EndedByAdministrator', 'PasswordChanged', 'SecondFactorChanged', 'Deactivated',
    'EndedByProvider'));

-- Null: as the browser says.
ALTER TABLE Person ADD TimeZone nvarchar(64) COLLATE Latin1_General_100_BIN2 NULL;
ALTER TABLE Person ADD Theme nvarchar(10) COLLATE Latin1_General_100_BIN2 NULL;
GO
ALTER TABLE Person ADD CONSTRAINT CK_Person_Theme CHECK (Theme IN ('System', 'Light', 'Dark'));
