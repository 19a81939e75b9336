SELECT x.Idle AS Idle, x.Revoked AS Revoked, x.BucketMs AS BucketMs, x.Curve AS Curve, x.ProofsSha256 AS ProofsSha256, x.ExpiredAt AS ExpiredAt FROM PauseStopSummary x WHERE x.PauseId = @PauseId
