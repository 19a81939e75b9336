UPDATE TOP (@Limit) OutboxMessage SET ClaimedBy = @Me, ClaimedUntil = @Until
OUTPUT inserted.Id AS Id, inserted.Topic AS Topic, inserted.Consumer AS Consumer, inserted.Payload AS Payload,
  inserted.CreatedAt AS CreatedAt, inserted.AvailableAt AS AvailableAt, inserted.Attempts AS Attempts
WHERE ParkedAt IS NULL AND AvailableAt <= @Now AND (ClaimedUntil IS NULL OR ClaimedUntil < @Now)
