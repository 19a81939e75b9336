SELECT CASE WHEN EXISTS (SELECT 1 FROM OutboxMessage WHERE ParkedAt IS NULL AND AvailableAt <= @Now AND (ClaimedUntil IS NULL OR ClaimedUntil < @Now)) THEN 1 ELSE 0 END
