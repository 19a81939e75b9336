SELECT p.Code AS Code, p.Name AS Name, p.Lifecycle AS Lifecycle
FROM Program p
WHERE p.Code LIKE @CodeStart ESCAPE '\' OR p.NameKey LIKE @NameStart ESCAPE '\' OR p.NameKey LIKE @WordStart ESCAPE '\'
ORDER BY p.Code
{{page}}
