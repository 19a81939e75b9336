SELECT p.Id AS Id, p.Code AS Code, p.Name AS Name, p.Lifecycle AS Lifecycle, p.OwnerId AS OwnerId, o.DisplayName AS OwnerName, p.Unit AS Unit, p.Participation AS Participation,
  p.People AS People, p.Population AS Population, p.LaunchDate AS LaunchDate, p.ChangedAt AS ChangedAt,
  p.TtlSeconds AS TtlSeconds, p.LongestActSeconds AS LongestActSeconds, p.RenewalSeconds AS RenewalSeconds, p.Version AS Version,
  (SELECT COUNT(*) FROM Safeguard s WHERE s.ProgramId = p.Id) AS Promises,
  (SELECT COUNT(*) FROM Safeguard s WHERE s.ProgramId = p.Id AND s.Status = 'Broken') AS Broken,
  (SELECT COUNT(*) FROM Safeguard s WHERE s.ProgramId = p.Id AND s.Status = 'Holding' AND s.CheckedAt > @FreshSince) AS Holding
FROM Program p
JOIN Person o ON o.Id = p.OwnerId
WHERE p.Code > @After
  AND p.Lifecycle = @Lifecycle --?Lifecycle
  AND (p.OwnerId = @PersonId OR EXISTS (SELECT 1 FROM ProgramDeputy d WHERE d.ProgramId = p.Id AND d.PersonId = @PersonId)) --?PersonId
  AND EXISTS (SELECT 1 FROM ProgramItem c WHERE c.ProgramId = p.Id AND c.Kind = 'Category' AND c.Value = @Category) --?Category
  AND EXISTS (SELECT 1 FROM ProgramItem r WHERE r.ProgramId = p.Id AND r.Kind = 'Region' AND r.Value = @Region) --?Region
  AND (p.Code LIKE @CodeStart ESCAPE '\' OR p.NameKey LIKE @NameStart ESCAPE '\' OR p.NameKey LIKE @WordStart ESCAPE '\') --?Text
  AND p.ChangedAt >= @UpdatedSince --?UpdatedSince
ORDER BY p.Code
{{page}}
