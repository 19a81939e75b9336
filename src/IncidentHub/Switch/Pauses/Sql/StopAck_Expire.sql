DELETE FROM StopAck WHERE Digest IN (SELECT s.AckDigest FROM PauseStop s WHERE s.PauseId = @PauseId AND s.CollectorId <= @Until AND s.AckDigest IS NOT NULL)
