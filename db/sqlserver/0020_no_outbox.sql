-- Nothing was ever sent through it.
DROP INDEX IX_OutboxMessage_Available ON OutboxMessage;
DROP TABLE OutboxMessage;
