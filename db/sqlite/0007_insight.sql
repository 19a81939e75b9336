-- The dashboard's rollups, kept by a tick that reads what changed: a page costs the same after two years as after two weeks.

-- How many, by program and week (its Monday); an empty code stands for all programs together. Kind 'Incidents': Item is the SEV.
-- Otherwise a measure: Item is a bucket of durations, 10 % wide.
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

-- What each incident or decision has put into the tally, so that a change takes the old part out and the same row twice does no harm.
CREATE TABLE DashboardShare (
  SourceId TEXT NOT NULL,
  Parts TEXT NOT NULL,
  CONSTRAINT PK_DashboardShare PRIMARY KEY (SourceId)
) STRICT;

-- How far each source has been read.
CREATE TABLE DashboardCursor (
  Source TEXT NOT NULL,
  ReadAt TEXT NOT NULL,
  ReadId TEXT NOT NULL,
  CONSTRAINT PK_DashboardCursor PRIMARY KEY (Source),
  CONSTRAINT CK_DashboardCursor_Source CHECK (Source IN ('Incidents', 'Decisions'))
) STRICT;
