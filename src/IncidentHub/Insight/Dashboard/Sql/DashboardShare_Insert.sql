INSERT INTO DashboardShare (SourceId, Parts) VALUES (@SourceId, @Parts)
