-- The dashboard's sums by program, too: an empty code stands for all together. What was summed before is summed again from the beginning.
DROP TABLE DashboardTally;

CREATE TABLE DashboardTally (
  Program TEXT NOT NULL,
  Kind TEXT NOT NULL,
  Week TEXT NOT NULL,
  Restricted INTEGER NOT NULL,
  Item INTEGER NOT NULL,
  Total INTEGER NOT NULL,
  CONSTRAINT PK_DashboardTally PRIMARY KEY (Program, Kind, Week, Restricted, Item),
  CONSTRAINT CK_DashboardTally_Kind CHECK (Kind IN ('Incidents', 'Acknowledge', 'Pause', 'Stop', 'Contain', 'Resolve', 'Decide')),
  CONSTRAINT CK_DashboardTally_Restricted CHECK (Restricted IN (0, 1))
) STRICT, WITHOUT ROWID;

DELETE FROM DashboardShare;
DELETE FROM DashboardCursor;
