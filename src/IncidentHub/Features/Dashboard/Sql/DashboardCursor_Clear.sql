DELETE FROM DashboardCursor
