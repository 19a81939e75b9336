SELECT {{taskcolumns}},
  CASE WHEN t.IncidentId IS NULL OR {{visible}} THEN 1 ELSE 0 END AS IncidentVisible
FROM WorkTask t
{{taskjoins}}
WHERE (t.IncidentId IS NULL OR {{visible}} OR t.OwnerId = @ViewerId)
  AND t.Number < @Before --?Before
  AND (COALESCE(t.DueAt, @Never) > @AfterDue OR (COALESCE(t.DueAt, @Never) = @AfterDue AND t.Id > @AfterId)) --?AfterDue
  AND t.OwnerId = @ViewerId --?Mine
  AND t.Status IN ('Open', 'AwaitingCheck') --?Open
  AND t.DueAt < @DueBefore --?DueBefore
  AND t.Kind = @Kind --?Kind
  AND i.Code = @IncidentCode --?Incident
  AND p.Code = @ProgramCode --?Program
  AND t.DecisionCode = @DecisionCode --?Decision
  AND (t.ProgramId = (SELECT ap.Id FROM Program ap WHERE ap.Code = @AboutCode) OR EXISTS (SELECT 1 FROM IncidentProgram fp WHERE fp.IncidentId = t.IncidentId AND fp.ProgramId = (SELECT ap.Id FROM Program ap WHERE ap.Code = @AboutCode) AND fp.WithdrawnReason IS NULL)) --?About
ORDER BY t.Number DESC --?!NextDue
ORDER BY COALESCE(t.DueAt, @Never), t.Id --?NextDue
{{page}}
