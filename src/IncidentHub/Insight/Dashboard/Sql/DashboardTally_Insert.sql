INSERT INTO DashboardTally (Program, Kind, Week, Restricted, Item, Total) VALUES (@Program, @Kind, @Week, @Restricted, @Item, @Change)
