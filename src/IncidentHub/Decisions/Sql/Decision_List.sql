SELECT d.Id AS Id, d.Number AS Number, d.Code AS Code, d.ProgramCode AS ProgramCode, p.Name AS ProgramName, d.Status AS Status, d.Template AS Template, d.WorstSev AS WorstSev,
  d.Outcome AS Outcome, d.ToResume AS ToResume, d.ToTerminate AS ToTerminate, d.ProposerName AS ProposerName, d.ProposedAt AS ProposedAt, d.OpenedAt AS OpenedAt,
  d.AsksAgainAt AS AsksAgainAt, d.DecidedAt AS DecidedAt, d.StayUntil AS StayUntil,
  (SELECT MIN(f.InForceAt) FROM DecisionPause f WHERE f.DecisionId = d.Id) AS PausedAt,
  (SELECT COUNT(*) FROM DecisionCriterion c WHERE c.DecisionId = d.Id) AS Criteria,
  (SELECT COUNT(*) FROM DecisionCriterion c WHERE c.DecisionId = d.Id AND c.Status <> 'Open') AS Answered,
  (SELECT COUNT(*) FROM DecisionApproval a WHERE a.DecisionId = d.Id) AS Approved,
  (SELECT MIN(i.Code) FROM DecisionPause b JOIN Incident i ON i.Id = b.IncidentId WHERE b.DecisionId = d.Id AND {{visible}}) AS IncidentCode
FROM Decision d
JOIN Program p ON p.Id = d.ProgramId
WHERE {{decisionvisible}}
  AND d.Number < @Before --?Before
  AND d.Status <> 'Decided' --?Open
  AND d.Status = 'Proposed' --?Proposed
  AND d.Status = 'Decided' --?Closed
  AND d.Status = 'Preparing' AND d.AsksAgainAt <= @Now --?AskedAgain
  AND d.ProgramCode = @ProgramCode --?Program
  AND EXISTS (SELECT 1 FROM DecisionPause g WHERE g.DecisionId = d.Id AND g.IncidentId = @IncidentId) --?Incident
ORDER BY d.Number DESC
{{page}}
