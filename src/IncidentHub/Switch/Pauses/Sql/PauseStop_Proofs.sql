SELECT s.CollectorId AS CollectorId, c.HostPseudonym AS Host, s.PermitJti AS PermitJti, s.PermitExp AS PermitExp, s.AckAt AS AckAt, s.AckDigest AS AckDigest, s.AssuredAt AS AssuredAt,
  s.ViolatedAt AS ViolatedAt, s.StoppedAfterMs AS StoppedAfterMs, a.Token AS Ack, a.Receipt AS Receipt
FROM PauseStop s
INNER JOIN Collector c ON c.Id = s.CollectorId
LEFT JOIN StopAck a ON a.Digest = s.AckDigest
WHERE s.PauseId = @PauseId
  AND s.CollectorId > @After --?After
ORDER BY s.CollectorId
{{page}}
