INSERT INTO DashboardTally (Kind, Week, Restricted, Item, Total) VALUES (@Kind, @Week, @Restricted, @Item, @Change)
