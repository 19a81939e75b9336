-- The dashboard's rollups, updated by a job that reads changed rows: a page costs the same after two years as after two weeks.

-- How many, by program and week (its Monday); an empty code stands for all programs together. Kind 'Incidents': Item is the SEV.
-- Otherwise a measure: Item is a bucket of durations, 10 % wide.
CREATE TABLE DashboardRollup (
  Program nvarchar(24) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Kind nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Week nvarchar(10) COLLATE Latin1_General_100_BIN2 NOT NULL,
  Restricted bit NOT NULL,
  Item int NOT NULL,
  Total bigint NOT NULL,
  CONSTRAINT PK_DashboardRollup PRIMARY KEY (Program, Kind, Week, Restricted, Item),
  CONSTRAINT CK_DashboardRollup_Kind CHECK (Kind IN ('Incidents', 'Acknowledge', 'Pause', 'Stop', 'Contain', 'Resolve', 'Decide')),
  CONSTRAINT CK_DashboardRollup_Restricted CHECK (Restricted IN (0, 1))
);

-- The contribution of each incident or decision to the sums, so that a change subtracts the old part and reading a row twice changes
-- nothing.
CREATE TABLE DashboardShare (
  SourceId uniqueidentifier NOT NULL,
  Parts nvarchar(max) NOT NULL,
  CONSTRAINT PK_DashboardShare PRIMARY KEY (SourceId)
);

-- The read position in each source.
CREATE TABLE DashboardCursor (
  Source nvarchar(16) COLLATE Latin1_General_100_BIN2 NOT NULL,
  ReadAt datetimeoffset(7) NOT NULL,
  ReadId uniqueidentifier NOT NULL,
  CONSTRAINT PK_DashboardCursor PRIMARY KEY (Source),
  CONSTRAINT CK_DashboardCursor_Source CHECK (Source IN ('Incidents', 'Decisions'))
);
