SELECT KeyId, ProgramId, CollectorId, Reason, WindowStart FROM GateRefusal
WHERE WindowStart < @Before
ORDER BY WindowStart
{{page}}
