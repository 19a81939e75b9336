-- Checkpoints of the audit log, signed by the hub; subjects that may be withheld from a reader without breaking the chain.

-- Version 2 of the hash covers a salted digest of the subject, and of what the row is about, instead of the subject itself.
ALTER TABLE AuditEntry ADD HashVersion int NOT NULL CONSTRAINT DF_AuditEntry_HashVersion DEFAULT 1;
ALTER TABLE AuditEntry ADD About nvarchar(max) COLLATE Latin1_General_100_BIN2 NULL,
  SubjectSalt nvarchar(32) COLLATE Latin1_General_100_BIN2 NULL,
  SubjectDigest nvarchar(64) COLLATE Latin1_General_100_BIN2 NULL;
ALTER TABLE AuditHead ADD CheckpointCount bigint NOT NULL CONSTRAINT DF_AuditHead_CheckpointCount DEFAULT 0;

CREATE TABLE AuditCheckpoint (
  Number bigint NOT NULL,
  Sequence bigint NOT NULL,
  Hash nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  At datetimeoffset(7) NOT NULL,
  PreviousDigest nvarchar(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
  KeyId nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Signature nvarchar(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
  CONSTRAINT PK_AuditCheckpoint PRIMARY KEY (Number)
);
GO

-- Which incidents the rows so far are about: by their subject, the incidents of a task or decision, and every id in their payload.
UPDATE e SET About = a.About
FROM AuditEntry e
CROSS APPLY (
  SELECT STRING_AGG(CAST(LOWER(CAST(m.Id AS nvarchar(36))) AS nvarchar(max)), N' ') COLLATE Latin1_General_100_BIN2 AS About FROM (
    SELECT i.Id AS Id FROM Incident i
      WHERE i.Code = SUBSTRING(e.Subject, 10, 450) AND SUBSTRING(e.Subject, 1, 9) = N'incident ' COLLATE Latin1_General_100_BIN2
    UNION
    SELECT wi.IncidentId AS Id FROM WorkTask t JOIN WorkTaskIncident wi ON wi.TaskId = t.Id
      WHERE t.Code = SUBSTRING(e.Subject, 6, 450) AND SUBSTRING(e.Subject, 1, 5) = N'task ' COLLATE Latin1_General_100_BIN2
    UNION
    SELECT dp.IncidentId AS Id FROM Decision d JOIN DecisionPause dp ON dp.DecisionId = d.Id
      WHERE d.Code = SUBSTRING(e.Subject, 10, 450) AND SUBSTRING(e.Subject, 1, 9) = N'decision ' COLLATE Latin1_General_100_BIN2
        AND dp.IncidentId IS NOT NULL
    UNION
    SELECT p.IncidentId AS Id FROM Pause p
      WHERE p.Id = TRY_CAST(SUBSTRING(e.Subject, 7, 450) AS uniqueidentifier)
        AND SUBSTRING(e.Subject, 1, 6) = N'pause ' COLLATE Latin1_General_100_BIN2 AND p.IncidentId IS NOT NULL
    UNION
    SELECT i.Id AS Id FROM STRING_SPLIT(e.Payload, N'"') s JOIN Incident i ON i.Id = TRY_CAST(s.value AS uniqueidentifier)
      WHERE LEN(s.value) = 36
  ) m
) a
WHERE a.About IS NOT NULL;
GO
