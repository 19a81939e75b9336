SELECT COUNT(*) FROM DashboardShare
