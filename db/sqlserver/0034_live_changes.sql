-- What each commit changed, for the open pages and caches of other nodes, which read it by its number. On SQLite nothing is written here:
-- a file has one node.
CREATE TABLE LiveChange (
  Number bigint IDENTITY(1, 1) NOT NULL,
  NodeId uniqueidentifier NOT NULL,
  ChangedAt datetimeoffset(7) NOT NULL,
  Changes nvarchar(max) NOT NULL,
  CONSTRAINT PK_LiveChange PRIMARY KEY (Number)
);
CREATE INDEX IX_LiveChange_ChangedAt ON LiveChange (ChangedAt, Number);

-- That a collector was revoked, other nodes are told by its topic.
DROP INDEX IX_Collector_RevokedAt ON Collector;
