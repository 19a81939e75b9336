-- What rows of the audit log and entries of timelines are about, a row for each subject: found without reading all of a log. A build that
-- does not know these tables writes no rows into them, and a redaction would miss what it wrote.
-- needs: 0038
CREATE TABLE AuditSubject (
  SubjectId uniqueidentifier NOT NULL,
  Sequence bigint NOT NULL,
  CONSTRAINT PK_AuditSubject PRIMARY KEY (SubjectId, Sequence)
);
INSERT INTO AuditSubject (SubjectId, Sequence)
SELECT DISTINCT TRY_CAST(j.value AS uniqueidentifier), e.Sequence
FROM AuditEntry e CROSS APPLY OPENJSON(N'["' + REPLACE(e.About, N' ', N'","') + N'"]') j
WHERE e.About IS NOT NULL AND TRY_CAST(j.value AS uniqueidentifier) IS NOT NULL;

CREATE TABLE TimelineSubject (
  SubjectId uniqueidentifier NOT NULL,
  EntryId uniqueidentifier NOT NULL,
  CONSTRAINT PK_TimelineSubject PRIMARY KEY (SubjectId, EntryId)
);
INSERT INTO TimelineSubject (SubjectId, EntryId)
SELECT DISTINCT TRY_CAST(j.value AS uniqueidentifier), e.Id
FROM TimelineEntry e CROSS APPLY OPENJSON(N'["' + REPLACE(e.About, N' ', N'","') + N'"]') j
WHERE e.About IS NOT NULL AND TRY_CAST(j.value AS uniqueidentifier) IS NOT NULL;

-- The tasks of a decision, by its id.
CREATE INDEX IX_WorkTask_DecisionId ON WorkTask (DecisionId, Id) WHERE DecisionId IS NOT NULL;

-- Salts of digests of texts: removed with the text, so that it cannot be guessed from its digest.
ALTER TABLE Decision ADD DigestSalt nvarchar(32) COLLATE Latin1_General_100_BIN2 NULL;
ALTER TABLE PrivilegedNote ADD DigestSalt nvarchar(32) COLLATE Latin1_General_100_BIN2 NULL;
ALTER TABLE PrivilegedNoteRevision ADD DigestSalt nvarchar(32) COLLATE Latin1_General_100_BIN2 NULL;
