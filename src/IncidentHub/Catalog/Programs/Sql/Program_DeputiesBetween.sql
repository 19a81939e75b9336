SELECT d.ProgramId AS ProgramId, d.PersonId AS PersonId
FROM ProgramDeputy d
JOIN Program p ON p.Id = d.ProgramId
WHERE p.Code >= @First AND p.Code <= @Last
