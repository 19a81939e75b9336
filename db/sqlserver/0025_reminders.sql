-- A kind of task: somebody is to be informed.
ALTER TABLE WorkTask DROP CONSTRAINT CK_WorkTask_Kind;
ALTER TABLE WorkTask ADD CONSTRAINT CK_WorkTask_Kind2 CHECK (Kind IN ('General', 'Fix', 'Condition', 'Disposal', 'Notify'));

-- What a person is reminded of: the tasks of one owner in the order of their due times.
CREATE INDEX IX_WorkTask_OwnerDue ON WorkTask (OwnerId, Status, DueAt);

-- For how many days a verification counts; null: as many as the product's rule says.
ALTER TABLE Safeguard ADD VerifyEveryDays int NULL;
GO
ALTER TABLE Safeguard ADD CONSTRAINT CK_Safeguard_VerifyEveryDays CHECK (VerifyEveryDays IN (30, 90, 180, 365));
