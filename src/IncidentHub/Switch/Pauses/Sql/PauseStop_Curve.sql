SELECT StoppedAfterMs / @BucketMs AS Bucket, COUNT(*) AS Stopped FROM PauseStop
WHERE PauseId = @PauseId AND StoppedAfterMs IS NOT NULL
GROUP BY StoppedAfterMs / @BucketMs
ORDER BY StoppedAfterMs / @BucketMs
