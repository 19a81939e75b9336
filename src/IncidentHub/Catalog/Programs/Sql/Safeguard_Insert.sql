INSERT INTO Safeguard (Id, ProgramId, Ordinal, Promise, Source, PromisedOn, Status, CheckedAt, CheckedById, Evidence, BrokenByIncidentId, Version)
VALUES (@Id, @ProgramId, @Ordinal, @Promise, @Source, @PromisedOn, @Status, @CheckedAt, @CheckedById, @Evidence, @BrokenByIncidentId, @Version)
