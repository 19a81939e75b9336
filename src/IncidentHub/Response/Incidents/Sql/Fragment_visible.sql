(i.Confidentiality = 'Open' OR @ViewerSeesRestricted = 1 OR EXISTS (SELECT 1 FROM IncidentPerson vp WHERE vp.IncidentId = i.Id AND vp.PersonId = @ViewerId))
