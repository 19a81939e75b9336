-- The title of an entry for readers who may not see every subject that it is about; null: it does not exist for them.
ALTER TABLE TimelineEntry ADD COLUMN PublicTitle TEXT NULL;
