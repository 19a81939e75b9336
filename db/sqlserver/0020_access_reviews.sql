-- Reviews of who accessed an exposed dataset. Their codes are random: they are seen by whoever loaded them, by people named on them, privacy
-- and counsel only. Settings, Result and Audience are JSON.
CREATE TABLE AccessReview (
  Id uniqueidentifier NOT NULL,
  IncidentId uniqueidentifier NOT NULL,
  Number int NOT NULL,
  Code nvarchar(20) COLLATE Latin1_General_100_BIN2 NOT NULL,
  DatasetId uniqueidentifier NOT NULL,
  DatasetName nvarchar(480) NOT NULL,
  EvidenceId uniqueidentifier NOT NULL,
  Settings nvarchar(max) NOT NULL,
  LoadedById uniqueidentifier NOT NULL,
  LoadedByName nvarchar(200) NOT NULL,
  LoadedAt datetimeoffset(7) NOT NULL,
  Status nvarchar(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Result nvarchar(max) NULL,
  FailedBecause nvarchar(max) NULL,
  Conclusion nvarchar(12) COLLATE Latin1_General_100_BIN2 NULL,
  Note nvarchar(max) NULL,
  SignedOffById uniqueidentifier NULL,
  SignedOffByName nvarchar(200) NULL,
  SignedOffAt datetimeoffset(7) NULL,
  Version int NOT NULL,
  ChangedAt datetimeoffset(7) NOT NULL,
  ChangedBy nvarchar(200) NOT NULL,
  ChangedWhat nvarchar(400) NOT NULL,
  CONSTRAINT PK_AccessReview PRIMARY KEY (Id),
  CONSTRAINT UQ_AccessReview_Number UNIQUE (Number),
  CONSTRAINT UQ_AccessReview_Code UNIQUE (Code),
  CONSTRAINT FK_AccessReview_Incident FOREIGN KEY (IncidentId) REFERENCES Incident (Id),
  CONSTRAINT FK_AccessReview_Dataset FOREIGN KEY (DatasetId) REFERENCES Dataset (Id),
  CONSTRAINT FK_AccessReview_Evidence FOREIGN KEY (EvidenceId) REFERENCES Evidence (Id),
  CONSTRAINT CK_AccessReview_Status CHECK (Status IN ('Running', 'Cancelled', 'Failed', 'Read', 'SignedOff')),
  CONSTRAINT CK_AccessReview_Conclusion CHECK (Conclusion IN ('NoneFound', 'Found', 'Inconclusive')),
  CONSTRAINT CK_AccessReview_SignedOff CHECK ((Status <> 'SignedOff' AND Conclusion IS NULL)
    OR (Status = 'SignedOff' AND Conclusion IS NOT NULL AND Result IS NOT NULL AND SignedOffById <> LoadedById))
);
CREATE INDEX IX_AccessReview_Incident ON AccessReview (IncidentId, Number);
CREATE INDEX IX_AccessReview_Status ON AccessReview (Status, Number);

-- The reading of the log: how far it is, and the state from which it goes on. Written by the job only.
CREATE TABLE AccessReviewRun (
  ReviewId uniqueidentifier NOT NULL,
  Audience nvarchar(max) NOT NULL,
  RowsRead bigint NOT NULL,
  Position bigint NOT NULL,
  Size bigint NOT NULL,
  State nvarchar(max) NULL,
  At datetimeoffset(7) NOT NULL,
  CONSTRAINT PK_AccessReviewRun PRIMARY KEY (ReviewId),
  CONSTRAINT FK_AccessReviewRun_AccessReview FOREIGN KEY (ReviewId) REFERENCES AccessReview (Id)
);

-- The accesses of accounts outside of the promised audience, some thousand in a row.
CREATE TABLE AccessReviewChunk (
  ReviewId uniqueidentifier NOT NULL,
  Ordinal int NOT NULL,
  Accesses int NOT NULL,
  Data nvarchar(max) NOT NULL,
  CONSTRAINT PK_AccessReviewChunk PRIMARY KEY (ReviewId, Ordinal),
  CONSTRAINT FK_AccessReviewChunk_AccessReview FOREIGN KEY (ReviewId) REFERENCES AccessReview (Id)
);

-- The accounts outside of the promised audience.
CREATE TABLE AccessReviewAccount (
  ReviewId uniqueidentifier NOT NULL,
  Number int NOT NULL,
  Account nvarchar(max) NOT NULL,
  IsService bit NOT NULL,
  Accesses bigint NOT NULL,
  FirstAt datetimeoffset(7) NOT NULL,
  LastAt datetimeoffset(7) NOT NULL,
  FirstChunk int NOT NULL,
  LastChunk int NOT NULL,
  CONSTRAINT PK_AccessReviewAccount PRIMARY KEY (ReviewId, Number),
  CONSTRAINT FK_AccessReviewAccount_AccessReview FOREIGN KEY (ReviewId) REFERENCES AccessReview (Id),
  CONSTRAINT CK_AccessReviewAccount_IsService CHECK (IsService IN (0, 1))
);

-- People who may see a review besides those who may by their role.
CREATE TABLE AccessReviewPerson (
  ReviewId uniqueidentifier NOT NULL,
  PersonId uniqueidentifier NOT NULL,
  PersonName nvarchar(200) NOT NULL,
  CONSTRAINT PK_AccessReviewPerson PRIMARY KEY (ReviewId, PersonId),
  CONSTRAINT FK_AccessReviewPerson_AccessReview FOREIGN KEY (ReviewId) REFERENCES AccessReview (Id)
);
