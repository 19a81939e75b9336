SELECT i.Id AS Id, i.Code AS Code, i.Title AS Title, i.Sev AS Sev, i.Status AS Status, i.Cycle AS Cycle, i.Confidentiality AS Confidentiality, i.DeclaredAt AS DeclaredAt, i.Version AS Version,
  (SELECT ip.PersonId FROM IncidentPerson ip WHERE ip.IncidentId = i.Id AND ip.Role = 'Commander') AS CommanderId
FROM Incident i
WHERE i.Id = @Id --?ById
WHERE i.Code = @Code --?!ById
  AND {{visible}} --?Visible
