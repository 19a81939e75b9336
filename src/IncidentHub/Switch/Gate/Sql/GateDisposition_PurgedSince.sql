SELECT COUNT(*) FROM GateDisposition d
WHERE d.Disposition = 'Purge' AND d.At >= @Since AND d.ProgramId IN {{ids}}
