INSERT INTO IncidentSevChange (IncidentId, Ordinal, Cycle, FromSev, ToSev, Reason, ChangedAt, ChangedBy)
VALUES (@IncidentId, @Ordinal, @Cycle, @FromSev, @ToSev, @Reason, @ChangedAt, @ChangedBy)
