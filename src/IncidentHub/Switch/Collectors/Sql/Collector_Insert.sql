INSERT INTO Collector (Id, Thumbprint, PublicX, PublicY, SecretHash, InstanceName, HostPseudonym, AppVersion, Bucket, RegisteredAt, RevokedAt, RevokedByName)
VALUES (@Id, @Thumbprint, @PublicX, @PublicY, @SecretHash, @InstanceName, @HostPseudonym, @AppVersion, @Bucket, @Now, NULL, NULL)
