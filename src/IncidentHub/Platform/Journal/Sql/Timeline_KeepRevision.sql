-- The text that is being replaced, with who replaced it and when.
INSERT INTO TimelineRevision (EntryId, Revision, Title, Body, RevisedAt, ActorId, ActorName)
SELECT e.Id, e.Revision, e.Title, e.Body, @RevisedAt, @ActorId, @ActorName FROM TimelineEntry e WHERE e.Id = @Id
