-- The dashboard's rollups, updated by a job that reads changed rows: a page costs the same after two years as after two weeks.

-- How many, by program and week (its Monday); an empty code stands for all programs together. Kind 'Incidents': Item is the SEV.
-- Otherwise a measure: Item is a bucket of durations, 10 % wide.
CREATE TABLE DashboardRollup (
  Program TEXT NOT NULL,
  Kind TEXT NOT NULL,
  Week TEXT NOT NULL,
  Restricted INTEGER NOT NULL,
  Item INTEGER NOT NULL,
  Total INTEGER NOT NULL,
  CONSTRAINT PK_DashboardRollup PRIMARY KEY (Program, Kind, Week, Restricted, Item),
  CONSTRAINT CK_DashboardRollup_Kind CHECK (Kind IN ('Incidents', 'Acknowledge', 'Pause', 'Stop', 'Contain', 'Resolve', 'Decide')),
  CONSTRAINT CK_DashboardRollup_Restricted CHECK (Restricted IN (0, 1))
) STRICT, WITHOUT ROWID;

-- The contribution of each incident or decision to the sums, so that a change subtracts the old part and reading a row twice changes
-- nothing.
CREATE TABLE DashboardShare (
  SourceId TEXT NOT NULL,
  Parts TEXT NOT NULL,
  CONSTRAINT PK_DashboardShare PRIMARY KEY (SourceId)
) STRICT;

-- The read position in each source.
CREATE TABLE DashboardCursor (
  Source TEXT NOT NULL,
  ReadAt TEXT NOT NULL,
  ReadId TEXT NOT NULL,
  CONSTRAINT PK_DashboardCursor PRIMARY KEY (Source),
  CONSTRAINT CK_DashboardCursor_Source CHECK (Source IN ('Incidents', 'Decisions'))
) STRICT;
