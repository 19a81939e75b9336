INSERT INTO DashboardCursor (Source, ReadAt, ReadId) VALUES (@Source, @ReadAt, @ReadId)
