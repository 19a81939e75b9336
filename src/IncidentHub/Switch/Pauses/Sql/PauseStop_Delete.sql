DELETE FROM PauseStop WHERE PauseId = @PauseId AND CollectorId <= @Until
