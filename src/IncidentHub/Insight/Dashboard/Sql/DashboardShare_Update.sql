UPDATE DashboardShare SET Parts = @Parts WHERE SourceId = @SourceId
