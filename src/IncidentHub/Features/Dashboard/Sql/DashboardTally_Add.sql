UPDATE DashboardTally SET Total = Total + @Change
WHERE Kind = @Kind AND Week = @Week AND Restricted = @Restricted AND Item = @Item
