SELECT ReadAt, ReadId FROM DashboardCursor WHERE Source = @Source
