-- What rows of the audit log and entries of timelines are about, a row for each subject: found without reading all of a log. A build that
-- does not know these tables writes no rows into them, and a redaction would miss what it wrote.
-- needs: 0038
CREATE TABLE AuditSubject (
  SubjectId TEXT NOT NULL,
  Sequence INTEGER NOT NULL,
  CONSTRAINT PK_AuditSubject PRIMARY KEY (SubjectId, Sequence)
) STRICT, WITHOUT ROWID;
INSERT INTO AuditSubject (SubjectId, Sequence)
SELECT DISTINCT j.value, e.Sequence
FROM AuditEntry e, json_each('["' || replace(e.About, ' ', '","') || '"]') j
WHERE e.About IS NOT NULL;

CREATE TABLE TimelineSubject (
  SubjectId TEXT NOT NULL,
  EntryId TEXT NOT NULL,
  CONSTRAINT PK_TimelineSubject PRIMARY KEY (SubjectId, EntryId)
) STRICT, WITHOUT ROWID;
INSERT INTO TimelineSubject (SubjectId, EntryId)
SELECT DISTINCT j.value, e.Id
FROM TimelineEntry e, json_each('["' || replace(e.About, ' ', '","') || '"]') j
WHERE e.About IS NOT NULL;

-- The tasks of a decision, by its id.
CREATE INDEX IX_WorkTask_DecisionId ON WorkTask (DecisionId, Id) WHERE DecisionId IS NOT NULL;

-- Salts of digests of texts: removed with the text, so that it cannot be guessed from its digest.
ALTER TABLE Decision ADD COLUMN DigestSalt TEXT NULL;
ALTER TABLE PrivilegedNote ADD COLUMN DigestSalt TEXT NULL;
ALTER TABLE PrivilegedNoteRevision ADD COLUMN DigestSalt TEXT NULL;
