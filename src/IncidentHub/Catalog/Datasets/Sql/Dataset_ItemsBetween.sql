SELECT i.DatasetId AS DatasetId, i.Kind AS Kind, i.Value AS Value
FROM DatasetItem i
JOIN Dataset d ON d.Id = i.DatasetId
WHERE d.Name >= @First AND d.Name <= @Last
ORDER BY d.Name, i.Kind, i.Ordinal
