DELETE FROM IncidentWord WHERE IncidentId = @IncidentId
