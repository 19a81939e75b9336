SELECT k.Id, k.Name, k.Region, k.Categories, k.CreatedAt, k.CreatedByName, k.ExpiresAt, k.RevokedAt FROM EnrolmentKey k
INNER JOIN EnrolmentKeyProgram kp ON kp.EnrolmentKeyId = k.Id
WHERE kp.ProgramId = @ProgramId
ORDER BY k.CreatedAt DESC, k.Id DESC
{{page}}
