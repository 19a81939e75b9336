UPDATE LegalHold SET IncidentId = @ToId WHERE IncidentId = @FromId AND ReleasedAt IS NULL
