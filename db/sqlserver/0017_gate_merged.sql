-- Exact rows of batches that were let in are kept for a configured time; after it, those whose sequence ranges adjoin become one row, which only says that its numbers were used.
ALTER TABLE GateRange ADD IsMerged bit NOT NULL CONSTRAINT DF_GateRange_IsMerged DEFAULT 0 CONSTRAINT CK_GateRange_IsMerged CHECK (IsMerged IN (0, 1));
GO
CREATE INDEX IX_GateRange_Due ON GateRange (IsMerged, IsHeld, ProgramId, CheckedAt);
