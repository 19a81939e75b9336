-- For those who keep a copy: what changed since, oldest change first, so that a reader never misses one.
SELECT {{incidentcolumns}}
FROM Incident i
WHERE i.ChangedAt >= @Since AND {{visible}}
  AND i.ChangedAt >= @AfterAt AND (i.ChangedAt > @AfterAt OR i.Id > @AfterId) --?After
ORDER BY i.ChangedAt, i.Id
{{page}}
