SELECT DISTINCT t.ActorId AS ActorId
FROM TimelineEntry t
WHERE t.IncidentId = @IncidentId AND t.Kind = @Kind
  AND NOT EXISTS (SELECT 1 FROM TimelineEntry r WHERE r.IncidentId = @IncidentId AND r.Kind = @Since AND r.RecordedAt >= t.RecordedAt)
