-- Nothing was ever sent through it.
DROP INDEX IX_OutboxMessage_Available;
DROP TABLE OutboxMessage;
