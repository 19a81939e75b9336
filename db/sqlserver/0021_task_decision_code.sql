-- A task names its decision by the code, which never changes: its lists read no table of the decisions.
ALTER TABLE WorkTask ADD DecisionCode nvarchar(20) NULL;
GO
UPDATE WorkTask SET DecisionCode = (SELECT d.Code FROM Decision d WHERE d.Id = WorkTask.DecisionId) WHERE DecisionId IS NOT NULL;
DROP INDEX IX_WorkTask_Decision ON WorkTask;
CREATE INDEX IX_WorkTask_Decision ON WorkTask (DecisionCode, Number);
