-- The title of an entry for readers who may not see every subject that it is about; null: it does not exist for them.
ALTER TABLE TimelineEntry ADD PublicTitle nvarchar(1000) NULL;
