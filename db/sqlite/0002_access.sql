-- People with their roles.

-- Roles are names separated by spaces.
CREATE TABLE Person (
  Id TEXT NOT NULL,
  Account TEXT NOT NULL,
  DisplayName TEXT NOT NULL,
  NameKey TEXT NOT NULL,
  Description TEXT NOT NULL,
  Roles TEXT NOT NULL,
  IsActive INTEGER NOT NULL,
  CreatedAt TEXT NOT NULL,
  CONSTRAINT PK_Person PRIMARY KEY (Id),
  CONSTRAINT UQ_Person_Account UNIQUE (Account),
  CONSTRAINT CK_Person_IsActive CHECK (IsActive IN (0, 1))
) STRICT;
