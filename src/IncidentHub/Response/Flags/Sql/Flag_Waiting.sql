SELECT w.Code AS Code, w.Concern AS Concern, w.SuggestedSev AS SuggestedSev, w.FlaggedAt AS FlaggedAt, w.Waiting AS Waiting
FROM (
  SELECT f.Code AS Code, f.Concern AS Concern, f.SuggestedSev AS SuggestedSev, f.FlaggedAt AS FlaggedAt, COUNT(*) OVER () AS Waiting,
    ROW_NUMBER() OVER (PARTITION BY f.SuggestedSev ORDER BY f.FlaggedAt, f.Number) AS Place
  FROM Flag f
  WHERE f.Status = 'Waiting'
) w
WHERE w.Place <= @Most
ORDER BY w.SuggestedSev, w.Place
