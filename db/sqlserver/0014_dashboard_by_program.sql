-- The dashboard's sums by program, too: an empty code stands for all together. What was summed before is summed again from the beginning.
DROP TABLE DashboardTally;

CREATE TABLE DashboardTally (
  Program nvarchar(24) NOT NULL,
  Kind nvarchar(16) NOT NULL,
  Week nvarchar(10) NOT NULL,
  Restricted bit NOT NULL,
  Item int NOT NULL,
  Total bigint NOT NULL,
  CONSTRAINT PK_DashboardTally PRIMARY KEY (Program, Kind, Week, Restricted, Item),
  CONSTRAINT CK_DashboardTally_Kind CHECK (Kind IN ('Incidents', 'Acknowledge', 'Pause', 'Stop', 'Contain', 'Resolve', 'Decide')),
  CONSTRAINT CK_DashboardTally_Restricted CHECK (Restricted IN (0, 1))
);

DELETE FROM DashboardShare;
DELETE FROM DashboardCursor;
