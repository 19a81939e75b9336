INSERT INTO ProgramDeputy (ProgramId, PersonId) VALUES (@ProgramId, @PersonId)
