-- name: DashboardCursor_Clear
DELETE FROM DashboardCursor

-- name: DashboardCursor_Find
SELECT ReadAt, ReadId FROM DashboardCursor WHERE Source = @Source

-- name: DashboardCursor_Insert
INSERT INTO DashboardCursor (Source, ReadAt, ReadId) VALUES (@Source, @ReadAt, @ReadId)

-- name: DashboardCursor_Update
UPDATE DashboardCursor SET ReadAt = @ReadAt, ReadId = @ReadId WHERE Source = @Source

-- name: DashboardShare_Count
SELECT COUNT(*) FROM DashboardShare

-- name: DashboardShare_Insert
INSERT INTO DashboardShare (SourceId, Parts) VALUES (@SourceId, @Parts)

-- name: DashboardShare_Of
SELECT s.SourceId AS SourceId, s.Parts AS Parts FROM DashboardShare s WHERE s.SourceId IN {{ids}}

-- name: DashboardShare_Update
UPDATE DashboardShare SET Parts = @Parts WHERE SourceId = @SourceId

-- name: DashboardRollup_Add
UPDATE DashboardRollup SET Total = Total + @Change
WHERE Program = @Program AND Kind = @Kind AND Week = @Week AND Restricted = @Restricted AND Item = @Item

-- name: DashboardRollup_Insert
INSERT INTO DashboardRollup (Program, Kind, Week, Restricted, Item, Total) VALUES (@Program, @Kind, @Week, @Restricted, @Item, @Change)

-- name: DashboardRollup_Measures
SELECT t.Kind AS Kind, t.Item AS Item,
  SUM(CASE WHEN t.Week >= @FromWeek THEN t.Total ELSE 0 END) AS Present,
  SUM(CASE WHEN t.Week < @FromWeek THEN t.Total ELSE 0 END) AS Previous
FROM DashboardRollup t
WHERE t.Program = @Program AND t.Kind IN ('Acknowledge', 'Pause', 'Stop', 'Contain', 'Resolve', 'Decide') AND t.Week >= @PreviousFrom
  AND (t.Restricted = 0 OR @SeesRestricted = 1)
GROUP BY t.Kind, t.Item

-- name: DashboardRollup_Weeks
SELECT t.Week AS Week, t.Item AS Item, SUM(t.Total) AS Total
FROM DashboardRollup t
WHERE t.Program = @Program AND t.Kind = 'Incidents' AND t.Week >= @FromWeek AND (t.Restricted = 0 OR @SeesRestricted = 1)
GROUP BY t.Week, t.Item
