-- The ingest gate: the rule of each epoch, what was let in, what is held, and what was decided about it.

-- The rule itself: lifecycle, categories, standing pauses with scope and released share, as JSON. Null only for epochs that ended before this column was there.
ALTER TABLE ProgramEpoch ADD Terms nvarchar(max) NULL;
GO

-- One row a batch that was let in or held: its sequence range may not be used again, and the same batch gets the same answer.
CREATE TABLE GateRange (
  ProgramId uniqueidentifier NOT NULL,
  CollectorId uniqueidentifier NOT NULL,
  FirstSequence bigint NOT NULL,
  LastSequence bigint NOT NULL,
  BatchId uniqueidentifier NOT NULL,
  Digest nvarchar(64) NOT NULL,
  Epoch bigint NOT NULL,
  CheckedAt datetimeoffset(7) NOT NULL,
  IsHeld bit NOT NULL,
  CONSTRAINT PK_GateRange PRIMARY KEY NONCLUSTERED (ProgramId, CollectorId, FirstSequence),
  CONSTRAINT FK_GateRange_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id),
  CONSTRAINT FK_GateRange_Collector FOREIGN KEY (CollectorId) REFERENCES Collector (Id),
  CONSTRAINT CK_GateRange_Order CHECK (FirstSequence >= 0 AND LastSequence >= FirstSequence),
  CONSTRAINT CK_GateRange_IsHeld CHECK (IsHeld IN (0, 1))
);

-- Metadata only, never content.
CREATE TABLE HeldBatch (
  Id uniqueidentifier NOT NULL,
  ProgramId uniqueidentifier NOT NULL,
  CollectorId uniqueidentifier NOT NULL,
  PauseId uniqueidentifier NULL,
  Class nvarchar(1) NOT NULL,
  OnlyDrills bit NOT NULL,
  Digest nvarchar(64) NOT NULL,
  FirstSequence bigint NOT NULL,
  LastSequence bigint NOT NULL,
  Items bigint NOT NULL,
  Categories nvarchar(4000) NOT NULL,
  Region nvarchar(16) NULL,
  CollectedFrom datetimeoffset(7) NOT NULL,
  CollectedTo datetimeoffset(7) NOT NULL,
  Epoch bigint NOT NULL,
  HeldAt datetimeoffset(7) NOT NULL,
  KeyId uniqueidentifier NOT NULL,
  KeyName nvarchar(200) NOT NULL,
  Disposition nvarchar(16) NULL,
  DisposedAt datetimeoffset(7) NULL,
  DisposedByName nvarchar(200) NULL,
  DisposeReason nvarchar(2000) NULL,
  CONSTRAINT PK_HeldBatch PRIMARY KEY NONCLUSTERED (Id),
  CONSTRAINT UQ_HeldBatch_Batch UNIQUE (ProgramId, CollectorId, FirstSequence, LastSequence, Digest),
  CONSTRAINT FK_HeldBatch_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id),
  CONSTRAINT FK_HeldBatch_Collector FOREIGN KEY (CollectorId) REFERENCES Collector (Id),
  CONSTRAINT FK_HeldBatch_Pause FOREIGN KEY (PauseId) REFERENCES Pause (Id),
  CONSTRAINT CK_HeldBatch_Class CHECK (Class IN ('A', 'B', 'C')),
  CONSTRAINT CK_HeldBatch_OnlyDrills CHECK (OnlyDrills IN (0, 1)),
  CONSTRAINT CK_HeldBatch_Disposition CHECK (Disposition IN ('Admit', 'Seal', 'Purge')),
  CONSTRAINT CK_HeldBatch_Admit CHECK (Disposition <> 'Admit' OR Class <> 'C'),
  CONSTRAINT CK_HeldBatch_Disposed CHECK ((Disposition IS NULL AND DisposedAt IS NULL) OR (Disposition IS NOT NULL AND DisposedAt IS NOT NULL AND DisposedByName IS NOT NULL AND DisposeReason IS NOT NULL))
);
CREATE INDEX IX_HeldBatch_Program ON HeldBatch (ProgramId, HeldAt, Id);
CREATE INDEX IX_HeldBatch_Disposition ON HeldBatch (Disposition, ProgramId, HeldAt, Id, Class, OnlyDrills);

-- How many of a class were held under a pause so far: what the timeline tells grows with its digits, not with the batches.
CREATE TABLE GateTally (
  ProgramId uniqueidentifier NOT NULL,
  PauseId uniqueidentifier NOT NULL,
  Class nvarchar(1) NOT NULL,
  Held bigint NOT NULL,
  CONSTRAINT PK_GateTally PRIMARY KEY NONCLUSTERED (ProgramId, PauseId, Class),
  CONSTRAINT FK_GateTally_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id)
);

-- What was decided, in the order in which it was committed: ingestion reads on from the last number that it saw.
CREATE TABLE GateDisposition (
  Number bigint NOT NULL,
  BatchId uniqueidentifier NOT NULL,
  ProgramId uniqueidentifier NOT NULL,
  Disposition nvarchar(16) NOT NULL,
  At datetimeoffset(7) NOT NULL,
  ById uniqueidentifier NOT NULL,
  ByName nvarchar(200) NOT NULL,
  Reason nvarchar(2000) NOT NULL,
  CONSTRAINT PK_GateDisposition PRIMARY KEY NONCLUSTERED (Number),
  CONSTRAINT FK_GateDisposition_Batch FOREIGN KEY (BatchId) REFERENCES HeldBatch (Id),
  CONSTRAINT FK_GateDisposition_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id),
  CONSTRAINT CK_GateDisposition_What CHECK (Disposition IN ('Admit', 'Seal', 'Purge'))
);
CREATE INDEX IX_GateDisposition_Program ON GateDisposition (ProgramId, Number);

CREATE TABLE GateDispositionHead (
  Id int NOT NULL CONSTRAINT PK_GateDispositionHead PRIMARY KEY CONSTRAINT CK_GateDispositionHead_One CHECK (Id = 1),
  LastNumber bigint NOT NULL
);
INSERT INTO GateDispositionHead (Id, LastNumber) VALUES (1, 0);

-- Refused batches, counted: a flood of them writes a few audit entries, not one each.
CREATE TABLE GateRefusal (
  KeyId uniqueidentifier NOT NULL,
  ProgramId uniqueidentifier NOT NULL,
  CollectorId uniqueidentifier NOT NULL,
  Reason nvarchar(40) NOT NULL,
  WindowStart datetimeoffset(7) NOT NULL,
  Refused bigint NOT NULL,
  CONSTRAINT PK_GateRefusal PRIMARY KEY NONCLUSTERED (KeyId, ProgramId, CollectorId, Reason, WindowStart),
  CONSTRAINT FK_GateRefusal_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id)
);
