-- People with their roles.

-- Roles are names separated by spaces.
CREATE TABLE Person (
  Id uniqueidentifier NOT NULL,
  Account nvarchar(200) NOT NULL,
  DisplayName nvarchar(200) NOT NULL,
  NameKey nvarchar(480) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Description nvarchar(400) NOT NULL,
  Roles nvarchar(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
  IsActive bit NOT NULL,
  CreatedAt datetimeoffset(7) NOT NULL,
  CONSTRAINT PK_Person PRIMARY KEY (Id),
  CONSTRAINT UQ_Person_Account UNIQUE (Account),
  CONSTRAINT CK_Person_IsActive CHECK (IsActive IN (0, 1))
);
