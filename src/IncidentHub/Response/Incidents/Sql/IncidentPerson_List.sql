SELECT ip.Role AS Role, ip.PersonId AS PersonId, p.DisplayName AS Name
FROM IncidentPerson ip JOIN Person p ON p.Id = ip.PersonId WHERE ip.IncidentId = @Id ORDER BY ip.Role, p.DisplayName
