-- A pause is committed with the moment and the epoch; whom it stops is written right after it. Null until then.
ALTER TABLE Pause ADD COLUMN PopulationAt TEXT NULL;
UPDATE Pause SET PopulationAt = InForceAt WHERE InForceAt IS NOT NULL;
