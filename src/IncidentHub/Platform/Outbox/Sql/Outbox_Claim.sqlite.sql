UPDATE OutboxMessage SET ClaimedBy = @Me, ClaimedUntil = @Until
WHERE Id IN (
  SELECT Id FROM OutboxMessage
  WHERE ParkedAt IS NULL AND AvailableAt <= @Now AND (ClaimedUntil IS NULL OR ClaimedUntil < @Now)
  ORDER BY AvailableAt, Id LIMIT @Limit)
RETURNING Id, Topic, Consumer, Payload, CreatedAt, AvailableAt, Attempts
