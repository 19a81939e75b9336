SELECT c.Id FROM Collector c WHERE c.RevokedAt >= @Since
