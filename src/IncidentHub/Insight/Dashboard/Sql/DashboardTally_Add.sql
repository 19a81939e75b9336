UPDATE DashboardTally SET Total = Total + @Change
WHERE Program = @Program AND Kind = @Kind AND Week = @Week AND Restricted = @Restricted AND Item = @Item
