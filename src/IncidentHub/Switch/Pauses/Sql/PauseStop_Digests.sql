SELECT s.PermitJti AS PermitJti, s.AckDigest AS AckDigest, s.StoppedAfterMs AS StoppedAfterMs FROM PauseStop s
WHERE s.PauseId = @PauseId
ORDER BY s.PermitJti
