-- Resumes in stages, and what stays of a stop report when its rows about single collectors have expired.

CREATE TABLE DecisionStage (
  DecisionId uniqueidentifier NOT NULL,
  Ordinal int NOT NULL,
  Share int NOT NULL,
  SoakSeconds int NOT NULL,
  CONSTRAINT PK_DecisionStage PRIMARY KEY NONCLUSTERED (DecisionId, Ordinal),
  CONSTRAINT FK_DecisionStage_Decision FOREIGN KEY (DecisionId) REFERENCES Decision (Id),
  CONSTRAINT CK_DecisionStage_Share CHECK (Share BETWEEN 1 AND 99),
  CONSTRAINT CK_DecisionStage_Soak CHECK (SoakSeconds > 0)
);

-- What became of the stages, pause by pause. The last one releases all. DueAt is set when the stage before it has begun.
CREATE TABLE PauseStage (
  PauseId uniqueidentifier NOT NULL,
  DecisionId uniqueidentifier NOT NULL,
  Ordinal int NOT NULL,
  DecisionLabel nvarchar(200) NOT NULL,
  Share int NOT NULL,
  SoakSeconds int NOT NULL,
  DueAt datetimeoffset(7) NULL,
  StartedAt datetimeoffset(7) NULL,
  StoppedAt datetimeoffset(7) NULL,
  CONSTRAINT PK_PauseStage PRIMARY KEY NONCLUSTERED (PauseId, DecisionId, Ordinal),
  CONSTRAINT FK_PauseStage_Pause FOREIGN KEY (PauseId) REFERENCES Pause (Id),
  CONSTRAINT FK_PauseStage_Decision FOREIGN KEY (DecisionId) REFERENCES Decision (Id),
  CONSTRAINT CK_PauseStage_Share CHECK (Share BETWEEN 1 AND 100)
);
CREATE INDEX IX_PauseStage_Due ON PauseStage (StartedAt, StoppedAt, DueAt);

-- A stop report without its rows: counts, the curve, and a digest over the acknowledgements that were there.
CREATE TABLE PauseStopSummary (
  PauseId uniqueidentifier NOT NULL,
  Population bigint NOT NULL,
  Confirmed bigint NOT NULL,
  Assured bigint NOT NULL,
  Pending bigint NOT NULL,
  Violating bigint NOT NULL,
  Idle bigint NOT NULL,
  Revoked bigint NOT NULL,
  LastAfterMs int NULL,
  BucketMs int NOT NULL,
  Curve nvarchar(max) NOT NULL,
  ProofsSha256 nvarchar(64) NOT NULL,
  ExpiredAt datetimeoffset(7) NOT NULL,
  CONSTRAINT PK_PauseStopSummary PRIMARY KEY NONCLUSTERED (PauseId),
  CONSTRAINT FK_PauseStopSummary_Pause FOREIGN KEY (PauseId) REFERENCES Pause (Id)
);
