SELECT i.ProgramId AS ProgramId, i.Kind AS Kind, i.Value AS Value
FROM ProgramItem i
JOIN Program p ON p.Id = i.ProgramId
WHERE p.Code >= @First AND p.Code <= @Last
ORDER BY p.Code, i.Kind, i.Ordinal
