SELECT o.Id AS Id, o.DisplayName AS Name
FROM Person o
WHERE o.IsActive = 1
  AND (o.Roles LIKE '%ProgramOwner%' OR o.Roles LIKE '%Privacy%')
  AND (LOWER(o.DisplayName) LIKE @NameStart ESCAPE '\' OR LOWER(o.DisplayName) LIKE @WordStart ESCAPE '\')
ORDER BY o.DisplayName, o.Id
{{page}}
