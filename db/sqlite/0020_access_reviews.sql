-- Reviews of who accessed an exposed dataset. Their codes are random: they are seen by whoever loaded them, by people named on them, privacy
-- and counsel only. Settings, Result and Audience are JSON.
CREATE TABLE AccessReview (
  Id TEXT NOT NULL,
  IncidentId TEXT NOT NULL,
  Number INTEGER NOT NULL,
  Code TEXT NOT NULL,
  DatasetId TEXT NOT NULL,
  DatasetName TEXT NOT NULL,
  EvidenceId TEXT NOT NULL,
  Settings TEXT NOT NULL,
  LoadedById TEXT NOT NULL,
  LoadedByName TEXT NOT NULL,
  LoadedAt TEXT NOT NULL,
  Status TEXT NOT NULL,
  Result TEXT NULL,
  FailedBecause TEXT NULL,
  Conclusion TEXT NULL,
  Note TEXT NULL,
  SignedOffById TEXT NULL,
  SignedOffByName TEXT NULL,
  SignedOffAt TEXT NULL,
  Version INTEGER NOT NULL,
  ChangedAt TEXT NOT NULL,
  ChangedBy TEXT NOT NULL,
  ChangedWhat TEXT NOT NULL,
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
) STRICT;
CREATE INDEX IX_AccessReview_Incident ON AccessReview (IncidentId, Number);
CREATE INDEX IX_AccessReview_Status ON AccessReview (Status, Number);

-- The reading of the log: how far it is, and the state from which it goes on. Written by the job only.
CREATE TABLE AccessReviewRun (
  ReviewId TEXT NOT NULL,
  Audience TEXT NOT NULL,
  RowsRead INTEGER NOT NULL,
  Position INTEGER NOT NULL,
  Size INTEGER NOT NULL,
  State TEXT NULL,
  At TEXT NOT NULL,
  CONSTRAINT PK_AccessReviewRun PRIMARY KEY (ReviewId),
  CONSTRAINT FK_AccessReviewRun_AccessReview FOREIGN KEY (ReviewId) REFERENCES AccessReview (Id)
) STRICT;

-- The accesses of accounts outside of the promised audience, some thousand in a row.
CREATE TABLE AccessReviewChunk (
  ReviewId TEXT NOT NULL,
  Ordinal INTEGER NOT NULL,
  Accesses INTEGER NOT NULL,
  Data TEXT NOT NULL,
  CONSTRAINT PK_AccessReviewChunk PRIMARY KEY (ReviewId, Ordinal),
  CONSTRAINT FK_AccessReviewChunk_AccessReview FOREIGN KEY (ReviewId) REFERENCES AccessReview (Id)
) STRICT;

-- The accounts outside of the promised audience.
CREATE TABLE AccessReviewAccount (
  ReviewId TEXT NOT NULL,
  Number INTEGER NOT NULL,
  Account TEXT NOT NULL,
  IsService INTEGER NOT NULL,
  Accesses INTEGER NOT NULL,
  FirstAt TEXT NOT NULL,
  LastAt TEXT NOT NULL,
  FirstChunk INTEGER NOT NULL,
  LastChunk INTEGER NOT NULL,
  CONSTRAINT PK_AccessReviewAccount PRIMARY KEY (ReviewId, Number),
  CONSTRAINT FK_AccessReviewAccount_AccessReview FOREIGN KEY (ReviewId) REFERENCES AccessReview (Id),
  CONSTRAINT CK_AccessReviewAccount_IsService CHECK (IsService IN (0, 1))
) STRICT;

-- People who may see a review besides those who may by their role.
CREATE TABLE AccessReviewPerson (
  ReviewId TEXT NOT NULL,
  PersonId TEXT NOT NULL,
  PersonName TEXT NOT NULL,
  CONSTRAINT PK_AccessReviewPerson PRIMARY KEY (ReviewId, PersonId),
  CONSTRAINT FK_AccessReviewPerson_AccessReview FOREIGN KEY (ReviewId) REFERENCES AccessReview (Id)
) STRICT;
