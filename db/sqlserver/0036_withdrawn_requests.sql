-- When a request for an opinion was withdrawn, or replaced by a later one.
ALTER TABLE DecisionOpinionRequest ADD WithdrawnAt datetimeoffset(7) NULL;
ALTER TABLE DecisionOpinionRequest ADD WithdrawnByName nvarchar(200) NULL;
