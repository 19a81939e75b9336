SELECT e.Id AS Id, e.Kind AS Kind, e.HappenedAt AS HappenedAt, e.RecordedAt AS RecordedAt, e.ActorId AS ActorId, e.ActorName AS ActorName, e.Title AS Title, e.Body AS Body,
  e.Data AS Data, e.IsPinned AS IsPinned, e.Revision AS Revision
FROM TimelineEntry e WHERE e.Id = @Id AND e.IncidentId = @IncidentId
