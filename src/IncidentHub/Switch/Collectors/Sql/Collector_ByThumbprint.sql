SELECT Id, RevokedAt FROM Collector WHERE Thumbprint = @Thumbprint
