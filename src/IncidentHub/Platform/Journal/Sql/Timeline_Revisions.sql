SELECT r.Revision AS Revision, r.Body AS Body, r.RevisedAt AS RevisedAt, r.ActorName AS RevisedBy FROM TimelineRevision r WHERE r.EntryId = @Id ORDER BY r.Revision
