SELECT Id, InstanceName, PublicX, PublicY, Bucket, RevokedAt FROM Collector WHERE SecretHash = @SecretHash
