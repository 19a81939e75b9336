-- Local accounts, the sign-ins of people, one-time links and lent roles.

-- What a person signs in with at the hub itself. Without a password hash the account has no password.
CREATE TABLE Credential (
  PersonId TEXT NOT NULL,
  PasswordHash TEXT NULL,
  PasswordSetAt TEXT NULL,
  SecurityStamp TEXT NOT NULL,
  FailedCount INTEGER NOT NULL,
  LockedUntil TEXT NULL,
  Version INTEGER NOT NULL,
  CONSTRAINT PK_Credential PRIMARY KEY (PersonId),
  CONSTRAINT FK_Credential_Person FOREIGN KEY (PersonId) REFERENCES Person (Id)
) STRICT;

-- Sign-ins and attempts. An account that does not exist is not recorded by its name, which may be a password in the wrong field.
CREATE TABLE SignInAttempt (
  Id TEXT NOT NULL,
  PersonId TEXT NULL,
  At TEXT NOT NULL,
  Outcome TEXT NOT NULL,
  Method TEXT NOT NULL,
  Address TEXT NOT NULL,
  Browser TEXT NOT NULL,
  CONSTRAINT PK_SignInAttempt PRIMARY KEY (Id),
  CONSTRAINT FK_SignInAttempt_Person FOREIGN KEY (PersonId) REFERENCES Person (Id),
  CONSTRAINT CK_SignInAttempt_Outcome CHECK (Outcome IN ('Succeeded', 'Failed', 'LockedOut', 'SecondFactorFailed')),
  CONSTRAINT CK_SignInAttempt_Method CHECK (Method IN ('Sample', 'Password', 'Passkey', 'Provider'))
) STRICT;
CREATE INDEX IX_SignInAttempt_PersonId ON SignInAttempt (PersonId, At);
CREATE INDEX IX_SignInAttempt_At ON SignInAttempt (At);

-- Tokens that are used once: for the first administrator, and for setting a password. Their digests are kept.
CREATE TABLE OneTimeToken (
  Id TEXT NOT NULL,
  Kind TEXT NOT NULL,
  PersonId TEXT NULL,
  SecretHash TEXT NOT NULL,
  CreatedAt TEXT NOT NULL,
  ExpiresAt TEXT NULL,
  UsedAt TEXT NULL,
  CONSTRAINT PK_OneTimeToken PRIMARY KEY (Id),
  CONSTRAINT UQ_OneTimeToken_SecretHash UNIQUE (SecretHash),
  CONSTRAINT FK_OneTimeToken_Person FOREIGN KEY (PersonId) REFERENCES Person (Id),
  CONSTRAINT CK_OneTimeToken_Kind CHECK (Kind IN ('SetUp', 'SetPassword'))
) STRICT;
CREATE INDEX IX_OneTimeToken_PersonId ON OneTimeToken (PersonId);

-- Roles that a person has until a time, beside their own: «on duty until».
CREATE TABLE RoleLoan (
  PersonId TEXT NOT NULL,
  Roles TEXT NOT NULL,
  LentUntil TEXT NOT NULL,
  LentByName TEXT NOT NULL,
  CONSTRAINT PK_RoleLoan PRIMARY KEY (PersonId),
  CONSTRAINT FK_RoleLoan_Person FOREIGN KEY (PersonId) REFERENCES Person (Id)
) STRICT;
