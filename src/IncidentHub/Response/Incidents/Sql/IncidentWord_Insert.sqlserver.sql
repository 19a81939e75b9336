INSERT INTO IncidentWord (Word, IncidentId) SELECT CAST(j.value AS nvarchar(48)), @IncidentId FROM OPENJSON(@Words) j
