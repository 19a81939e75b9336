-- A pause of a restricted incident has a decision of its own: one open decision a program and audience. AudienceId is the restricted
-- incident; null where everybody who reads decisions may see all of it. OpenKey of an open decision is derived from both.
ALTER TABLE Decision ADD COLUMN AudienceId TEXT NULL;
ALTER TABLE Decision DROP CONSTRAINT CK_Decision_Decided;
ALTER TABLE Decision ADD CONSTRAINT CK_Decision_Decided2
  CHECK ((Status = 'Decided' AND DecidedAt IS NOT NULL AND Outcome IS NOT NULL AND OpenKey = Id)
    OR (Status <> 'Decided' AND DecidedAt IS NULL AND (OpenKey = ProgramId OR AudienceId IS NOT NULL)));

-- The required approvers of such a decision: they see all of it, but not its incident.
CREATE TABLE DecisionApprover (
  DecisionId TEXT NOT NULL,
  Capacity TEXT NOT NULL,
  PersonId TEXT NOT NULL,
  PersonName TEXT NOT NULL,
  CONSTRAINT PK_DecisionApprover PRIMARY KEY (DecisionId, Capacity, PersonId),
  CONSTRAINT FK_DecisionApprover_Decision FOREIGN KEY (DecisionId) REFERENCES Decision (Id),
  CONSTRAINT CK_DecisionApprover_Capacity CHECK (Capacity IN ('Owner', 'Privacy', 'Executive', 'Second'))
) STRICT;
CREATE INDEX IX_DecisionApprover_Person ON DecisionApprover (PersonId, DecisionId);

-- Number orders tasks and decisions; the numbers of open ones are counted apart, so that hidden ones leave no gaps.
INSERT INTO Counter (Name, LastValue) SELECT 'task-code', c.LastValue FROM Counter c WHERE c.Name = 'task';
INSERT INTO Counter (Name, LastValue) SELECT 'decision-code', c.LastValue FROM Counter c WHERE c.Name = 'decision';
