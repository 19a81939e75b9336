INSERT INTO IdempotencyRecord (RequestKey, CallerId, Digest, CreatedAt) VALUES (@Key, @Caller, @Digest, @Now)
