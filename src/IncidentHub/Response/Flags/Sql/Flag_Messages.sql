SELECT m.Side AS Side, n.DisplayName AS AuthorName, m.Body AS Body, m.WrittenAt AS WrittenAt
FROM FlagMessage m
LEFT JOIN Person n ON n.Id = m.AuthorId
WHERE m.FlagId = @FlagId
ORDER BY m.Ordinal
