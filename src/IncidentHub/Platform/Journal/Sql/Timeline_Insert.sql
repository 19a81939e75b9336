INSERT INTO TimelineEntry (Id, IncidentId, ProgramId, Kind, HappenedAt, RecordedAt, ActorId, ActorName, Title, Body, Data, IsPinned, Revision)
VALUES (@Id, @IncidentId, @ProgramId, @Kind, @HappenedAt, @RecordedAt, @ActorId, @ActorName, @Title, @Body, @Data, 0, 1)
