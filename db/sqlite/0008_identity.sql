-- Server-side sessions.

-- When the person's name, roles or state changed: other nodes end or renew their open pages.
ALTER TABLE Person ADD COLUMN ChangedAt TEXT NULL;
CREATE INDEX IX_Person_ChangedAt ON Person (ChangedAt) WHERE ChangedAt IS NOT NULL;

-- A signed-in browser. Its cookie holds a secret of which the digest is kept. Idle sessions end by LastSeenAt, all by ExpiresAt.
CREATE TABLE Session (
  Id TEXT NOT NULL,
  SecretHash TEXT NOT NULL,
  PersonId TEXT NOT NULL,
  Method TEXT NOT NULL,
  Provider TEXT NULL,
  Issuer TEXT NULL,
  ProviderSession TEXT NULL,
  Browser TEXT NOT NULL,
  CreatedAt TEXT NOT NULL,
  LastSeenAt TEXT NOT NULL,
  ExpiresAt TEXT NOT NULL,
  EndedAt TEXT NULL,
  EndReason TEXT NULL,
  CONSTRAINT PK_Session PRIMARY KEY (Id),
  CONSTRAINT UQ_Session_SecretHash UNIQUE (SecretHash),
  CONSTRAINT FK_Session_Person FOREIGN KEY (PersonId) REFERENCES Person (Id),
  CONSTRAINT CK_Session_Method CHECK (Method IN ('Sample', 'Password', 'Passkey', 'Provider')),
  CONSTRAINT CK_Session_EndReason CHECK (EndReason IN
    ('SignedOut', 'Replaced', 'EndedByPerson', 'EndedByAdministrator', 'PasswordChanged', 'Deactivated', 'EndedByProvider'))
) STRICT;
CREATE INDEX IX_Session_PersonId ON Session (PersonId, CreatedAt);
CREATE INDEX IX_Session_EndedAt ON Session (EndedAt) WHERE EndedAt IS NOT NULL;
CREATE INDEX IX_Session_ExpiresAt ON Session (ExpiresAt);
CREATE INDEX IX_Session_ProviderSession ON Session (ProviderSession, Issuer) WHERE ProviderSession IS NOT NULL;
