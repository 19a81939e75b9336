-- Whoever destroys something holds off a hold that is being placed until that is done, or waits for it.
SELECT CASE WHEN EXISTS (SELECT 1 FROM LegalHold lh WITH (SERIALIZABLE) WHERE {{holdcovers}}) THEN 1 ELSE 0 END
