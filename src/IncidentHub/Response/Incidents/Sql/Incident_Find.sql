SELECT {{incidentrow}} FROM Incident i WHERE i.Id = @Id
