-- What shows that a task is done; of a disposal, that its dataset is kept after all.
ALTER TABLE WorkTask ADD EvidenceId uniqueidentifier NULL;
ALTER TABLE WorkTask ADD IsKept bit NOT NULL CONSTRAINT DF_WorkTask_IsKept DEFAULT 0;
GO
ALTER TABLE WorkTask ADD CONSTRAINT CK_WorkTask_IsKept CHECK (IsKept = 0 OR (IsKept = 1 AND Kind = 'Disposal'));
