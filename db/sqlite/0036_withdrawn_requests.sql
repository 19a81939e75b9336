-- When a request for an opinion was withdrawn, or replaced by a later one.
ALTER TABLE DecisionOpinionRequest ADD COLUMN WithdrawnAt TEXT NULL;
ALTER TABLE DecisionOpinionRequest ADD COLUMN WithdrawnByName TEXT NULL;
