CREATE TABLE Person (
  Id uniqueidentifier NOT NULL CONSTRAINT PK_Person PRIMARY KEY NONCLUSTERED,
  Account nvarchar(200) NOT NULL CONSTRAINT UQ_Person_Account UNIQUE,
  DisplayName nvarchar(200) NOT NULL,
  Description nvarchar(400) NOT NULL,
  Roles nvarchar(200) NOT NULL,
  IsActive bit NOT NULL CONSTRAINT CK_Person_IsActive CHECK (IsActive IN (0, 1)),
  CreatedAt datetimeoffset(7) NOT NULL
);

CREATE TABLE KeyRecord (
  Id uniqueidentifier NOT NULL CONSTRAINT PK_KeyRecord PRIMARY KEY NONCLUSTERED,
  Purpose nvarchar(40) NOT NULL CONSTRAINT CK_KeyRecord_Purpose CHECK (Purpose IN ('signing', 'data-protection')),
  PublicX nvarchar(100) NULL,
  PublicY nvarchar(100) NULL,
  Secret nvarchar(max) NOT NULL,
  CreatedAt datetimeoffset(7) NOT NULL,
  RetiredAt datetimeoffset(7) NULL
);

CREATE TABLE OutboxMessage (
  Id uniqueidentifier NOT NULL CONSTRAINT PK_OutboxMessage PRIMARY KEY NONCLUSTERED,
  Topic nvarchar(100) NOT NULL,
  Consumer nvarchar(100) NOT NULL,
  Payload nvarchar(max) NOT NULL,
  CreatedAt datetimeoffset(7) NOT NULL,
  AvailableAt datetimeoffset(7) NOT NULL,
  Attempts int NOT NULL,
  ClaimedBy uniqueidentifier NULL,
  ClaimedUntil datetimeoffset(7) NULL,
  ParkedAt datetimeoffset(7) NULL,
  LastError nvarchar(1000) NULL
);
CREATE INDEX IX_OutboxMessage_Available ON OutboxMessage (ParkedAt, AvailableAt, Id);

CREATE TABLE IdempotencyRecord (
  RequestKey nvarchar(200) NOT NULL,
  CallerId uniqueidentifier NOT NULL,
  Digest nvarchar(64) NOT NULL,
  Status int NULL,
  ContentType nvarchar(200) NULL,
  Location nvarchar(1000) NULL,
  Body nvarchar(max) NULL,
  CreatedAt datetimeoffset(7) NOT NULL,
  CONSTRAINT PK_IdempotencyRecord PRIMARY KEY (CallerId, RequestKey)
);
CREATE INDEX IX_IdempotencyRecord_CreatedAt ON IdempotencyRecord (CreatedAt);

CREATE TABLE JobLease (
  Name nvarchar(100) NOT NULL CONSTRAINT PK_JobLease PRIMARY KEY,
  Holder uniqueidentifier NOT NULL,
  LeasedUntil datetimeoffset(7) NOT NULL
);

CREATE TABLE Counter (
  Name nvarchar(50) NOT NULL CONSTRAINT PK_Counter PRIMARY KEY,
  LastValue int NOT NULL
);
