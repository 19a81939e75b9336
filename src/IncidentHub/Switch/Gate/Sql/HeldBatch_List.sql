SELECT h.Id, h.Class, h.OnlyDrills, c.InstanceName, c.HostPseudonym, h.Region, h.CollectedFrom, h.CollectedTo, h.Categories, h.Items, h.FirstSequence, h.LastSequence, h.Digest, h.HeldAt,
  h.Disposition, h.DisposedAt, h.DisposedByName, h.DisposeReason
FROM HeldBatch h
INNER JOIN Collector c ON c.Id = h.CollectorId
WHERE h.ProgramId = @ProgramId
  AND h.Disposition IS NULL --?Undecided
  AND h.Class = @Class --?Class
  AND (h.HeldAt < @BeforeAt OR (h.HeldAt = @BeforeAt AND h.Id < @BeforeId)) --?Before
ORDER BY h.HeldAt DESC, h.Id DESC
{{page}}
