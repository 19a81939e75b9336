CREATE TABLE Person (
  Id TEXT NOT NULL CONSTRAINT PK_Person PRIMARY KEY,
  Account TEXT NOT NULL CONSTRAINT UQ_Person_Account UNIQUE,
  DisplayName TEXT NOT NULL,
  Description TEXT NOT NULL,
  Roles TEXT NOT NULL,
  IsActive INTEGER NOT NULL CONSTRAINT CK_Person_IsActive CHECK (IsActive IN (0, 1)),
  CreatedAt TEXT NOT NULL
) STRICT;

CREATE TABLE KeyRecord (
  Id TEXT NOT NULL CONSTRAINT PK_KeyRecord PRIMARY KEY,
  Purpose TEXT NOT NULL CONSTRAINT CK_KeyRecord_Purpose CHECK (Purpose IN ('signing', 'data-protection')),
  PublicX TEXT NULL,
  PublicY TEXT NULL,
  Secret TEXT NOT NULL,
  CreatedAt TEXT NOT NULL,
  RetiredAt TEXT NULL
) STRICT;

CREATE TABLE OutboxMessage (
  Id TEXT NOT NULL CONSTRAINT PK_OutboxMessage PRIMARY KEY,
  Topic TEXT NOT NULL,
  Consumer TEXT NOT NULL,
  Payload TEXT NOT NULL,
  CreatedAt TEXT NOT NULL,
  AvailableAt TEXT NOT NULL,
  Attempts INTEGER NOT NULL,
  ClaimedBy TEXT NULL,
  ClaimedUntil TEXT NULL,
  ParkedAt TEXT NULL,
  LastError TEXT NULL
) STRICT;
CREATE INDEX IX_OutboxMessage_Available ON OutboxMessage (ParkedAt, AvailableAt, Id);

CREATE TABLE IdempotencyRecord (
  RequestKey TEXT NOT NULL,
  CallerId TEXT NOT NULL,
  Digest TEXT NOT NULL,
  Status INTEGER NULL,
  ContentType TEXT NULL,
  Location TEXT NULL,
  Body TEXT NULL,
  CreatedAt TEXT NOT NULL,
  CONSTRAINT PK_IdempotencyRecord PRIMARY KEY (CallerId, RequestKey)
) STRICT;
CREATE INDEX IX_IdempotencyRecord_CreatedAt ON IdempotencyRecord (CreatedAt);

CREATE TABLE JobLease (
  Name TEXT NOT NULL CONSTRAINT PK_JobLease PRIMARY KEY,
  Holder TEXT NOT NULL,
  LeasedUntil TEXT NOT NULL
) STRICT;

CREATE TABLE Counter (
  Name TEXT NOT NULL CONSTRAINT PK_Counter PRIMARY KEY,
  LastValue INTEGER NOT NULL
) STRICT;
