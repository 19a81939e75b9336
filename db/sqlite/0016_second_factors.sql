-- Second factors, passkeys, and what people set for themselves.

-- The authenticator app of an account. The secret is encrypted by the master key; LastStep is the time step of the last code that was
-- used: a code is used once.
CREATE TABLE Authenticator (
  PersonId TEXT NOT NULL,
  Secret TEXT NOT NULL,
  LastStep INTEGER NOT NULL,
  AddedAt TEXT NOT NULL,
  CONSTRAINT PK_Authenticator PRIMARY KEY (PersonId),
  CONSTRAINT FK_Authenticator_Person FOREIGN KEY (PersonId) REFERENCES Person (Id)
) STRICT;

-- Codes that are used once in place of the app. Their digests are kept.
CREATE TABLE RecoveryCode (
  PersonId TEXT NOT NULL,
  CodeHash TEXT NOT NULL,
  UsedAt TEXT NULL,
  CONSTRAINT PK_RecoveryCode PRIMARY KEY (PersonId, CodeHash),
  CONSTRAINT FK_RecoveryCode_Person FOREIGN KEY (PersonId) REFERENCES Person (Id)
) STRICT;

-- Public keys of passkeys. They are found by the digest of the credential's id, which may be long.
CREATE TABLE Passkey (
  Id TEXT NOT NULL,
  PersonId TEXT NOT NULL,
  CredentialHash TEXT NOT NULL,
  CredentialId TEXT NOT NULL,
  PublicKey TEXT NOT NULL,
  Name TEXT NOT NULL,
  SignCount INTEGER NOT NULL,
  Transports TEXT NOT NULL,
  IsUserVerified INTEGER NOT NULL,
  IsBackupEligible INTEGER NOT NULL,
  IsBackedUp INTEGER NOT NULL,
  CreatedAt TEXT NOT NULL,
  LastUsedAt TEXT NULL,
  CONSTRAINT PK_Passkey PRIMARY KEY (Id),
  CONSTRAINT UQ_Passkey_CredentialHash UNIQUE (CredentialHash),
  CONSTRAINT FK_Passkey_Person FOREIGN KEY (PersonId) REFERENCES Person (Id)
) STRICT;
CREATE INDEX IX_Passkey_PersonId ON Passkey (PersonId);

-- Digests of the challenges that passkeys have answered: each is used once.
CREATE TABLE UsedChallenge (
  Hash TEXT NOT NULL,
  UsedAt TEXT NOT NULL,
  CONSTRAINT PK_UsedChallenge PRIMARY KEY (Hash)
) STRICT;
CREATE INDEX IX_UsedChallenge_UsedAt ON UsedChallenge (UsedAt);

-- What was shown after the password; null: nothing was asked.
ALTER TABLE SignInAttempt ADD COLUMN SecondFactor TEXT NULL;
ALTER TABLE SignInAttempt ADD CONSTRAINT CK_SignInAttempt_SecondFactor CHECK (SecondFactor IN ('Authenticator', 'RecoveryCode'));

ALTER TABLE Session DROP CONSTRAINT CK_Session_EndReason;
ALTER TABLE Session ADD CONSTRAINT CK_Session_EndReason2 CHECK (EndReason IN
  ('SignedOut', 'Replaced', 'EndedByPerson', 'EndedByAdministrator', 'PasswordChanged', 'SecondFactorChanged', 'Deactivated',
    'EndedByProvider'));

-- Null: as the browser says.
ALTER TABLE Person ADD COLUMN TimeZone TEXT NULL;
ALTER TABLE Person ADD COLUMN Theme TEXT NULL;
ALTER TABLE Person ADD CONSTRAINT CK_Person_Theme CHECK (Theme IN ('System', 'Light', 'Dark'));
