-- Enrolment keys become API keys with scopes: the same rows, which keep what they can do. Constraints keep the names that they were made with.
EXEC sp_rename 'EnrolmentKey', 'ApiKey';
GO
ALTER TABLE ApiKey ADD Scopes nvarchar(100) NOT NULL CONSTRAINT DF_ApiKey_Scopes DEFAULT ('enrol');
ALTER TABLE ApiKey ADD LastUsedAt datetimeoffset(7) NULL;
GO

-- No row here: the key is tied to no program.
DROP INDEX IX_EnrolmentKeyProgram_Program ON EnrolmentKeyProgram;
GO
EXEC sp_rename 'EnrolmentKeyProgram', 'ApiKeyProgram';
GO
EXEC sp_rename 'ApiKeyProgram.EnrolmentKeyId', 'ApiKeyId', 'COLUMN';
GO
CREATE INDEX IX_ApiKeyProgram_Program ON ApiKeyProgram (ProgramId);
CREATE INDEX IX_ApiKey_CreatedAt ON ApiKey (CreatedAt, Id);
