-- Resumes in stages, and what stays of a stop report when its rows about single collectors have expired.

CREATE TABLE DecisionStage (
  DecisionId TEXT NOT NULL,
  Ordinal INTEGER NOT NULL,
  Share INTEGER NOT NULL,
  SoakSeconds INTEGER NOT NULL,
  CONSTRAINT PK_DecisionStage PRIMARY KEY (DecisionId, Ordinal),
  CONSTRAINT FK_DecisionStage_Decision FOREIGN KEY (DecisionId) REFERENCES Decision (Id),
  CONSTRAINT CK_DecisionStage_Share CHECK (Share BETWEEN 1 AND 99),
  CONSTRAINT CK_DecisionStage_Soak CHECK (SoakSeconds > 0)
) STRICT;

-- What became of the stages, pause by pause. The last one releases all. DueAt is set when the stage before it has begun.
CREATE TABLE PauseStage (
  PauseId TEXT NOT NULL,
  DecisionId TEXT NOT NULL,
  Ordinal INTEGER NOT NULL,
  DecisionLabel TEXT NOT NULL,
  Share INTEGER NOT NULL,
  SoakSeconds INTEGER NOT NULL,
  DueAt TEXT NULL,
  StartedAt TEXT NULL,
  StoppedAt TEXT NULL,
  CONSTRAINT PK_PauseStage PRIMARY KEY (PauseId, DecisionId, Ordinal),
  CONSTRAINT FK_PauseStage_Pause FOREIGN KEY (PauseId) REFERENCES Pause (Id),
  CONSTRAINT FK_PauseStage_Decision FOREIGN KEY (DecisionId) REFERENCES Decision (Id),
  CONSTRAINT CK_PauseStage_Share CHECK (Share BETWEEN 1 AND 100)
) STRICT;
CREATE INDEX IX_PauseStage_Due ON PauseStage (StartedAt, StoppedAt, DueAt);

-- A stop report without its rows: counts, the curve, and a digest over the acknowledgements that were there.
CREATE TABLE PauseStopSummary (
  PauseId TEXT NOT NULL,
  Population INTEGER NOT NULL,
  Confirmed INTEGER NOT NULL,
  Assured INTEGER NOT NULL,
  Pending INTEGER NOT NULL,
  Violating INTEGER NOT NULL,
  Idle INTEGER NOT NULL,
  Revoked INTEGER NOT NULL,
  LastAfterMs INTEGER NULL,
  BucketMs INTEGER NOT NULL,
  Curve TEXT NOT NULL,
  ProofsSha256 TEXT NOT NULL,
  ExpiredAt TEXT NOT NULL,
  CONSTRAINT PK_PauseStopSummary PRIMARY KEY (PauseId),
  CONSTRAINT FK_PauseStopSummary_Pause FOREIGN KEY (PauseId) REFERENCES Pause (Id)
) STRICT;
