SELECT e.Id AS Id, e.Kind AS Kind, e.HappenedAt AS HappenedAt, e.RecordedAt AS RecordedAt, e.ActorId AS ActorId, e.ActorName AS ActorName, e.Title AS Title, e.Body AS Body,
  e.Data AS Data, e.IsPinned AS IsPinned, e.Revision AS Revision
FROM TimelineEntry e
WHERE 1 = 1
  AND e.IncidentId = @IncidentId --?!Program
  AND e.ProgramId = @ProgramId --?Program
  AND e.Kind IN (@Kind1, @Kind2, @Kind3, @Kind4, @Kind5, @Kind6, @Kind7, @Kind8) --?Kinds
  AND e.IsPinned = 1 --?Pinned
  AND e.HappenedAt <= @AfterAt AND (e.HappenedAt < @AfterAt OR e.Id < @AfterId) --?After
ORDER BY e.HappenedAt DESC, e.Id DESC
{{page}}
