-- Local accounts, the sign-ins of people, one-time links and lent roles.

-- What a person signs in with at the hub itself. Without a password hash the account has no password.
CREATE TABLE Credential (
  PersonId uniqueidentifier NOT NULL,
  PasswordHash nvarchar(400) COLLATE Latin1_General_100_BIN2 NULL,
  PasswordSetAt datetimeoffset(7) NULL,
  SecurityStamp nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  FailedCount int NOT NULL,
  LockedUntil datetimeoffset(7) NULL,
  Version int NOT NULL,
  CONSTRAINT PK_Credential PRIMARY KEY (PersonId),
  CONSTRAINT FK_Credential_Person FOREIGN KEY (PersonId) REFERENCES Person (Id)
);

-- Sign-ins and attempts. An account that does not exist is not recorded by its name, which may be a password in the wrong field.
CREATE TABLE SignInAttempt (
  Id uniqueidentifier NOT NULL,
  PersonId uniqueidentifier NULL,
  At datetimeoffset(7) NOT NULL,
  Outcome nvarchar(30) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Method nvarchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Address nvarchar(64) NOT NULL,
  Browser nvarchar(100) NOT NULL,
  CONSTRAINT PK_SignInAttempt PRIMARY KEY (Id),
  CONSTRAINT FK_SignInAttempt_Person FOREIGN KEY (PersonId) REFERENCES Person (Id),
  CONSTRAINT CK_SignInAttempt_Outcome CHECK (Outcome IN ('Succeeded', 'Failed', 'LockedOut', 'SecondFactorFailed')),
  CONSTRAINT CK_SignInAttempt_Method CHECK (Method IN ('Sample', 'Password', 'Passkey', 'Provider'))
);
CREATE INDEX IX_SignInAttempt_PersonId ON SignInAttempt (PersonId, At);
CREATE INDEX IX_SignInAttempt_At ON SignInAttempt (At);

-- Tokens that are used once: for the first administrator, and for setting a password. Their digests are kept.
CREATE TABLE OneTimeToken (
  Id uniqueidentifier NOT NULL,
  Kind nvarchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  PersonId uniqueidentifier NULL,
  SecretHash nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  CreatedAt datetimeoffset(7) NOT NULL,
  ExpiresAt datetimeoffset(7) NULL,
  UsedAt datetimeoffset(7) NULL,
  CONSTRAINT PK_OneTimeToken PRIMARY KEY (Id),
  CONSTRAINT UQ_OneTimeToken_SecretHash UNIQUE (SecretHash),
  CONSTRAINT FK_OneTimeToken_Person FOREIGN KEY (PersonId) REFERENCES Person (Id),
  CONSTRAINT CK_OneTimeToken_Kind CHECK (Kind IN ('SetUp', 'SetPassword'))
);
CREATE INDEX IX_OneTimeToken_PersonId ON OneTimeToken (PersonId);

-- Roles that a person has until a time, beside their own: «on duty until».
CREATE TABLE RoleLoan (
  PersonId uniqueidentifier NOT NULL,
  Roles nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  LentUntil datetimeoffset(7) NOT NULL,
  LentByName nvarchar(200) NOT NULL,
  CONSTRAINT PK_RoleLoan PRIMARY KEY (PersonId),
  CONSTRAINT FK_RoleLoan_Person FOREIGN KEY (PersonId) REFERENCES Person (Id)
);
