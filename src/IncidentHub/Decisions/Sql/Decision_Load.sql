SELECT d.Id AS Id, d.Code AS Code, d.ProgramId AS ProgramId, d.ProgramCode AS ProgramCode, d.Status AS Status, d.Template AS Template,
  d.ErrorClaim AS ErrorClaim, d.WorstSev AS WorstSev, d.ToResume AS ToResume, d.ToTerminate AS ToTerminate, d.Outcome AS Outcome,
  d.Rationale AS Rationale, d.StayUntil AS StayUntil, d.ProposerId AS ProposerId, d.ProposerName AS ProposerName, d.ProposedAt AS ProposedAt,
  d.OpenedAt AS OpenedAt, d.AsksAgainAt AS AsksAgainAt, d.PredecessorId AS PredecessorId, d.DecidedAt AS DecidedAt, d.Digest AS Digest, d.Version AS Version
FROM Decision d
WHERE 1 = 1
  AND d.Id = @Id --?ById
  AND d.Code = @Code --?ByCode
  AND d.OpenKey = @ProgramId --?OpenOfProgram
