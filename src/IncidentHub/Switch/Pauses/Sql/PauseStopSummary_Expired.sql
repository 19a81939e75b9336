SELECT x.PauseId AS Id, x.ExpiredAt AS ExpiredAt FROM PauseStopSummary x WHERE x.PauseId IN {{ids}}
