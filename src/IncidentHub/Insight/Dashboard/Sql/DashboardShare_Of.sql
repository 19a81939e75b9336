SELECT s.SourceId AS SourceId, s.Parts AS Parts FROM DashboardShare s WHERE s.SourceId IN {{ids}}
