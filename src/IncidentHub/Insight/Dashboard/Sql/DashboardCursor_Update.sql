UPDATE DashboardCursor SET ReadAt = @ReadAt, ReadId = @ReadId WHERE Source = @Source
