UPDATE IdempotencyRecord SET Status = @Status, ContentType = @ContentType, Location = @Location, Body = @Body
WHERE RequestKey = @Key AND CallerId = @Caller
