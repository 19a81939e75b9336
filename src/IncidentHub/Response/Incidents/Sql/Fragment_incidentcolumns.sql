i.Id AS Id, i.Code AS Code, i.Title AS Title, i.Sev AS Sev, i.Status AS Status, i.Confidentiality AS Confidentiality, i.Cycle AS Cycle,
  i.Programs AS Programs, i.DeclaredAt AS DeclaredAt, i.ClosedAt AS ClosedAt, i.UpdateDueAt AS UpdateDueAt, i.ChangedAt AS ChangedAt, i.Version AS Version,
  (SELECT p.DisplayName FROM IncidentPerson ip JOIN Person p ON p.Id = ip.PersonId WHERE ip.IncidentId = i.Id AND ip.Role = 'Commander') AS Commander
