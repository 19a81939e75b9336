-- Checkpoints of the audit log, signed by the hub; subjects that may be withheld from a reader without breaking the chain.

-- Version 2 of the hash covers a salted digest of the subject, and of what the row is about, instead of the subject itself.
ALTER TABLE AuditEntry ADD COLUMN HashVersion INTEGER NOT NULL CONSTRAINT DF_AuditEntry_HashVersion DEFAULT 1;
ALTER TABLE AuditEntry ADD COLUMN About TEXT NULL;
ALTER TABLE AuditEntry ADD COLUMN SubjectSalt TEXT NULL;
ALTER TABLE AuditEntry ADD COLUMN SubjectDigest TEXT NULL;
ALTER TABLE AuditHead ADD COLUMN CheckpointCount INTEGER NOT NULL CONSTRAINT DF_AuditHead_CheckpointCount DEFAULT 0;

CREATE TABLE AuditCheckpoint (
  Number INTEGER NOT NULL,
  Sequence INTEGER NOT NULL,
  Hash TEXT NOT NULL,
  At TEXT NOT NULL,
  PreviousDigest TEXT NOT NULL,
  KeyId TEXT NOT NULL,
  Signature TEXT NOT NULL,
  CONSTRAINT PK_AuditCheckpoint PRIMARY KEY (Number)
) STRICT;

-- Which incidents the rows so far are about: by their subject, the incidents of a task or decision, and every id in their payload.
UPDATE AuditEntry SET About = (
  SELECT group_concat(m.Id, ' ') FROM (
    SELECT i.Id FROM Incident i WHERE i.Code = substr(AuditEntry.Subject, 10) AND substr(AuditEntry.Subject, 1, 9) = 'incident '
    UNION
    SELECT wi.IncidentId FROM WorkTask t JOIN WorkTaskIncident wi ON wi.TaskId = t.Id
      WHERE t.Code = substr(AuditEntry.Subject, 6) AND substr(AuditEntry.Subject, 1, 5) = 'task '
    UNION
    SELECT dp.IncidentId FROM Decision d JOIN DecisionPause dp ON dp.DecisionId = d.Id
      WHERE d.Code = substr(AuditEntry.Subject, 10) AND substr(AuditEntry.Subject, 1, 9) = 'decision ' AND dp.IncidentId IS NOT NULL
    UNION
    SELECT p.IncidentId FROM Pause p
      WHERE p.Id = substr(AuditEntry.Subject, 7) AND substr(AuditEntry.Subject, 1, 6) = 'pause ' AND p.IncidentId IS NOT NULL
    UNION
    SELECT i.Id FROM json_tree(CASE WHEN json_valid(AuditEntry.Payload) THEN AuditEntry.Payload ELSE '{}' END) j
      JOIN Incident i ON i.Id = j.value WHERE j.type = 'text' AND length(j.value) = 36
  ) m);
