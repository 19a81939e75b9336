-- What each commit changed, for the open pages and caches of other nodes, which read it by its number. On SQLite nothing is written here:
-- a file has one node.
CREATE TABLE LiveChange (
  Number INTEGER NOT NULL,
  NodeId TEXT NOT NULL,
  ChangedAt TEXT NOT NULL,
  Changes TEXT NOT NULL,
  CONSTRAINT PK_LiveChange PRIMARY KEY (Number)
) STRICT;
CREATE INDEX IX_LiveChange_ChangedAt ON LiveChange (ChangedAt, Number);

-- That a collector was revoked, other nodes are told by its topic.
DROP INDEX IX_Collector_RevokedAt;
