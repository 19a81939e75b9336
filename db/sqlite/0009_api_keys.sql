-- Enrolment keys become API keys with scopes: the same rows, which keep what they can do. Constraints keep the names that they were made with.
ALTER TABLE EnrolmentKey RENAME TO ApiKey;
ALTER TABLE ApiKey ADD COLUMN Scopes TEXT NOT NULL DEFAULT 'enrol';
ALTER TABLE ApiKey ADD COLUMN LastUsedAt TEXT NULL;

-- No row here: the key is tied to no program.
DROP INDEX IX_EnrolmentKeyProgram_Program;
ALTER TABLE EnrolmentKeyProgram RENAME TO ApiKeyProgram;
ALTER TABLE ApiKeyProgram RENAME COLUMN EnrolmentKeyId TO ApiKeyId;
CREATE INDEX IX_ApiKeyProgram_Program ON ApiKeyProgram (ProgramId);
CREATE INDEX IX_ApiKey_CreatedAt ON ApiKey (CreatedAt, Id);
