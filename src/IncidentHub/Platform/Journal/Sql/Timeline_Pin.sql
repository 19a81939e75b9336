UPDATE TimelineEntry SET IsPinned = @IsPinned WHERE Id = @Id AND IncidentId = @IncidentId
