-- What shows that a task is done; of a disposal, that its dataset is kept after all.
ALTER TABLE WorkTask ADD COLUMN EvidenceId TEXT NULL;
ALTER TABLE WorkTask ADD COLUMN IsKept INTEGER NOT NULL CONSTRAINT DF_WorkTask_IsKept DEFAULT 0;
ALTER TABLE WorkTask ADD CONSTRAINT CK_WorkTask_IsKept CHECK (IsKept = 0 OR (IsKept = 1 AND Kind = 'Disposal'));
