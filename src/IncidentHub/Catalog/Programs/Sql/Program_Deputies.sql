SELECT n.Id AS Id, n.Account AS Account, n.DisplayName AS Name
FROM ProgramDeputy d
JOIN Person n ON n.Id = d.PersonId
WHERE d.ProgramId = @Id
ORDER BY n.DisplayName, d.PersonId
