SELECT s.CollectorId AS Id FROM PauseStop s WHERE s.PauseId = @PauseId
ORDER BY s.CollectorId
{{page}}
