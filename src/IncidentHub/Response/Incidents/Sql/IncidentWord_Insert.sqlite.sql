INSERT INTO IncidentWord (Word, IncidentId) SELECT j.value, @IncidentId FROM json_each(@Words) j
