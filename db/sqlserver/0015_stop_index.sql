-- What waits for a collector's acknowledgement is found by the pauses in force: they are few, and a pause of ten thousand collectors writes an index less.
DROP INDEX IX_PauseStop_Collector ON PauseStop;
