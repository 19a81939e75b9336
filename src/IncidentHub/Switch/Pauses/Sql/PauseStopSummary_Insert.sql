INSERT INTO PauseStopSummary (PauseId, Population, Confirmed, Assured, Pending, Violating, Idle, Revoked, LastAfterMs, BucketMs, Curve, ProofsSha256, ExpiredAt)
VALUES (@PauseId, @Population, @Confirmed, @Assured, @Pending, @Violating, @Idle, @Revoked, @LastAfterMs, @BucketMs, @Curve, @ProofsSha256, @ExpiredAt)
