SELECT Digest, Status, ContentType, Location, Body FROM IdempotencyRecord
WHERE RequestKey = @Key AND CallerId = @Caller AND CreatedAt >= @Since
