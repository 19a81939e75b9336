-- Server-side sessions.

-- When the person's name, roles or state changed: other nodes end or renew their open pages.
ALTER TABLE Person ADD ChangedAt datetimeoffset(7) NULL;
GO
CREATE INDEX IX_Person_ChangedAt ON Person (ChangedAt) WHERE ChangedAt IS NOT NULL;

-- A signed-in browser. Its cookie holds a secret of which the digest is kept. Idle sessions end by LastSeenAt, all by ExpiresAt.
CREATE TABLE Session (
  Id uniqueidentifier NOT NULL,
  SecretHash nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  PersonId uniqueidentifier NOT NULL,
  Method nvarchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Provider nvarchar(100) NULL,
  Issuer nvarchar(400) COLLATE Latin1_General_100_BIN2 NULL,
  ProviderSession nvarchar(255) COLLATE Latin1_General_100_BIN2 NULL,
  Browser nvarchar(100) NOT NULL,
  CreatedAt datetimeoffset(7) NOT NULL,
  LastSeenAt datetimeoffset(7) NOT NULL,
  ExpiresAt datetimeoffset(7) NOT NULL,
  EndedAt datetimeoffset(7) NULL,
  EndReason nvarchar(30) COLLATE Latin1_General_100_BIN2 NULL,
  CONSTRAINT PK_Session PRIMARY KEY (Id),
  CONSTRAINT UQ_Session_SecretHash UNIQUE (SecretHash),
  CONSTRAINT FK_Session_Person FOREIGN KEY (PersonId) REFERENCES Person (Id),
  CONSTRAINT CK_Session_Method CHECK (Method IN ('Sample', 'Password', 'Passkey', 'Provider')),
  CONSTRAINT CK_Session_EndReason CHECK (EndReason IN
    ('SignedOut', 'Replaced', 'EndedByPerson', 'EndedByAdministrator', 'PasswordChanged', 'Deactivated', 'EndedByProvider'))
);
CREATE INDEX IX_Session_PersonId ON Session (PersonId, CreatedAt);
CREATE INDEX IX_Session_EndedAt ON Session (EndedAt) WHERE EndedAt IS NOT NULL;
CREATE INDEX IX_Session_ExpiresAt ON Session (ExpiresAt);
CREATE INDEX IX_Session_ProviderSession ON Session (ProviderSession, Issuer) WHERE ProviderSession IS NOT NULL;
