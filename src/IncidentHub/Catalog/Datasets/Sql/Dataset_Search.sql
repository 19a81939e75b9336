SELECT d.Name AS Name, d.Kind AS Kind, d.Classification AS Classification
FROM Dataset d
WHERE d.Name LIKE @NameStart ESCAPE '\' OR d.Name LIKE @WordStart ESCAPE '\'
ORDER BY d.Name
{{page}}
