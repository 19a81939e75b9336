INSERT INTO EnrolmentKeyProgram (EnrolmentKeyId, ProgramId) VALUES (@EnrolmentKeyId, @ProgramId)
