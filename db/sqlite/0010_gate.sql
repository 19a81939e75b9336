-- The ingest gate: the rule of each epoch, what was let in, what is held, and what was decided about it.

-- The rule itself: lifecycle, categories, standing pauses with scope and released share, as JSON. Null only for epochs that ended before this column was there.
ALTER TABLE ProgramEpoch ADD COLUMN Terms TEXT NULL;

-- One row a batch that was let in or held: its sequence range may not be used again, and the same batch gets the same answer.
CREATE TABLE GateRange (
  ProgramId TEXT NOT NULL,
  CollectorId TEXT NOT NULL,
  FirstSequence INTEGER NOT NULL,
  LastSequence INTEGER NOT NULL,
  BatchId TEXT NOT NULL,
  Digest TEXT NOT NULL,
  Epoch INTEGER NOT NULL,
  CheckedAt TEXT NOT NULL,
  IsHeld INTEGER NOT NULL,
  CONSTRAINT PK_GateRange PRIMARY KEY (ProgramId, CollectorId, FirstSequence),
  CONSTRAINT FK_GateRange_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id),
  CONSTRAINT FK_GateRange_Collector FOREIGN KEY (CollectorId) REFERENCES Collector (Id),
  CONSTRAINT CK_GateRange_Order CHECK (FirstSequence >= 0 AND LastSequence >= FirstSequence),
  CONSTRAINT CK_GateRange_IsHeld CHECK (IsHeld IN (0, 1))
) STRICT;

-- Metadata only, never content.
CREATE TABLE HeldBatch (
  Id TEXT NOT NULL,
  ProgramId TEXT NOT NULL,
  CollectorId TEXT NOT NULL,
  PauseId TEXT NULL,
  Class TEXT NOT NULL,
  OnlyDrills INTEGER NOT NULL,
  Digest TEXT NOT NULL,
  FirstSequence INTEGER NOT NULL,
  LastSequence INTEGER NOT NULL,
  Items INTEGER NOT NULL,
  Categories TEXT NOT NULL,
  Region TEXT NULL,
  CollectedFrom TEXT NOT NULL,
  CollectedTo TEXT NOT NULL,
  Epoch INTEGER NOT NULL,
  HeldAt TEXT NOT NULL,
  KeyId TEXT NOT NULL,
  KeyName TEXT NOT NULL,
  Disposition TEXT NULL,
  DisposedAt TEXT NULL,
  DisposedByName TEXT NULL,
  DisposeReason TEXT NULL,
  CONSTRAINT PK_HeldBatch PRIMARY KEY (Id),
  CONSTRAINT UQ_HeldBatch_Batch UNIQUE (ProgramId, CollectorId, FirstSequence, LastSequence, Digest),
  CONSTRAINT FK_HeldBatch_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id),
  CONSTRAINT FK_HeldBatch_Collector FOREIGN KEY (CollectorId) REFERENCES Collector (Id),
  CONSTRAINT FK_HeldBatch_Pause FOREIGN KEY (PauseId) REFERENCES Pause (Id),
  CONSTRAINT CK_HeldBatch_Class CHECK (Class IN ('A', 'B', 'C')),
  CONSTRAINT CK_HeldBatch_OnlyDrills CHECK (OnlyDrills IN (0, 1)),
  CONSTRAINT CK_HeldBatch_Disposition CHECK (Disposition IN ('Admit', 'Seal', 'Purge')),
  CONSTRAINT CK_HeldBatch_Admit CHECK (Disposition <> 'Admit' OR Class <> 'C'),
  CONSTRAINT CK_HeldBatch_Disposed CHECK ((Disposition IS NULL AND DisposedAt IS NULL) OR (Disposition IS NOT NULL AND DisposedAt IS NOT NULL AND DisposedByName IS NOT NULL AND DisposeReason IS NOT NULL))
) STRICT;
CREATE INDEX IX_HeldBatch_Program ON HeldBatch (ProgramId, HeldAt, Id);
CREATE INDEX IX_HeldBatch_Disposition ON HeldBatch (Disposition, ProgramId, HeldAt, Id, Class, OnlyDrills);

-- How many of a class were held under a pause so far: what the timeline tells grows with its digits, not with the batches.
CREATE TABLE GateTally (
  ProgramId TEXT NOT NULL,
  PauseId TEXT NOT NULL,
  Class TEXT NOT NULL,
  Held INTEGER NOT NULL,
  CONSTRAINT PK_GateTally PRIMARY KEY (ProgramId, PauseId, Class),
  CONSTRAINT FK_GateTally_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id)
) STRICT;

-- What was decided, in the order in which it was committed: ingestion reads on from the last number that it saw.
CREATE TABLE GateDisposition (
  Number INTEGER NOT NULL,
  BatchId TEXT NOT NULL,
  ProgramId TEXT NOT NULL,
  Disposition TEXT NOT NULL,
  At TEXT NOT NULL,
  ById TEXT NOT NULL,
  ByName TEXT NOT NULL,
  Reason TEXT NOT NULL,
  CONSTRAINT PK_GateDisposition PRIMARY KEY (Number),
  CONSTRAINT FK_GateDisposition_Batch FOREIGN KEY (BatchId) REFERENCES HeldBatch (Id),
  CONSTRAINT FK_GateDisposition_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id),
  CONSTRAINT CK_GateDisposition_What CHECK (Disposition IN ('Admit', 'Seal', 'Purge'))
) STRICT;
CREATE INDEX IX_GateDisposition_Program ON GateDisposition (ProgramId, Number);

CREATE TABLE GateDispositionHead (
  Id INTEGER NOT NULL CONSTRAINT PK_GateDispositionHead PRIMARY KEY CONSTRAINT CK_GateDispositionHead_One CHECK (Id = 1),
  LastNumber INTEGER NOT NULL
) STRICT;
INSERT INTO GateDispositionHead (Id, LastNumber) VALUES (1, 0);

-- Refused batches, counted: a flood of them writes a few audit entries, not one each.
CREATE TABLE GateRefusal (
  KeyId TEXT NOT NULL,
  ProgramId TEXT NOT NULL,
  CollectorId TEXT NOT NULL,
  Reason TEXT NOT NULL,
  WindowStart TEXT NOT NULL,
  Refused INTEGER NOT NULL,
  CONSTRAINT PK_GateRefusal PRIMARY KEY (KeyId, ProgramId, CollectorId, Reason, WindowStart),
  CONSTRAINT FK_GateRefusal_Program FOREIGN KEY (ProgramId) REFERENCES Program (Id)
) STRICT;
