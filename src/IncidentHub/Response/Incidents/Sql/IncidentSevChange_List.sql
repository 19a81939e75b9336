SELECT s.Cycle AS Cycle, s.FromSev AS FromSev, s.ToSev AS ToSev, s.Reason AS Reason, s.ChangedAt AS ChangedAt, s.ChangedBy AS ChangedBy
FROM IncidentSevChange s WHERE s.IncidentId = @Id ORDER BY s.Ordinal
