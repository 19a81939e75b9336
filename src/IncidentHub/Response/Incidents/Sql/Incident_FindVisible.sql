SELECT {{incidentrow}} FROM Incident i WHERE i.Code = @Code AND {{visible}}
