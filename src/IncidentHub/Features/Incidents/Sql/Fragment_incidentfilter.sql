  AND i.IsOpen = @IsOpen --?Open
  AND i.Status = @Status --?Status
  AND i.Sev = @Sev --?Sev
  AND +i.Sev BETWEEN @SevFrom AND @SevTo --?SevRange
  AND i.DeclaredAt >= @From --?From
  AND i.DeclaredAt < @To --?To
  AND i.UpdateDueAt <= @UpdateDueBy --?UpdateDueBy
  AND EXISTS (SELECT 1 FROM IncidentProgram fp WHERE fp.IncidentId = i.Id AND fp.ProgramId = @ProgramId AND fp.WithdrawnReason IS NULL) --?Program
  AND EXISTS (SELECT 1 FROM IncidentPerson fm WHERE fm.IncidentId = i.Id AND fm.PersonId = @PersonId) --?Person
  AND EXISTS (SELECT 1 FROM IncidentWord f1 WHERE f1.IncidentId = i.Id AND f1.Word >= @Word1 AND f1.Word < @Word1End) --?Word1
  AND EXISTS (SELECT 1 FROM IncidentWord f2 WHERE f2.IncidentId = i.Id AND f2.Word >= @Word2 AND f2.Word < @Word2End) --?Word2
  AND EXISTS (SELECT 1 FROM IncidentWord f3 WHERE f3.IncidentId = i.Id AND f3.Word >= @Word3 AND f3.Word < @Word3End) --?Word3
  AND EXISTS (SELECT 1 FROM IncidentWord f4 WHERE f4.IncidentId = i.Id AND f4.Word >= @Word4 AND f4.Word < @Word4End) --?Word4
  AND i.DeclaredAt <= @AfterAt AND (i.DeclaredAt < @AfterAt OR i.Id < @AfterId) --?After
