-- name: Fragment_incident_review
i.Code AS Incident, i.Id AS IncidentId, i.Title AS Title, i.Sev AS Sev, i.Confidentiality AS Confidentiality, r.Status AS Status,
  r.DueAt AS DueAt, r.CompletedAt AS CompletedAt, r.CompletedBy AS CompletedBy

-- name: Cause_Counts
-- Of the incidents that the viewer may see, by the causes that their completed reviews name.
SELECT c.CauseId AS CauseId, COUNT(*) AS Incidents
FROM IncidentReview r
JOIN IncidentReviewCause c ON c.IncidentId = r.IncidentId
JOIN Incident i ON i.Id = r.IncidentId
WHERE r.Status = 'Completed' AND r.CompletedAt >= @Since AND {{visible}}
  AND EXISTS (SELECT 1 FROM IncidentProgram fp WHERE fp.IncidentId = i.Id AND fp.ProgramId = @ProgramId --?Program
    AND fp.WithdrawnReason IS NULL) --?Program
GROUP BY c.CauseId

-- name: Cause_Find
SELECT c.Id AS Id, c.Name AS Name, c.Description AS Description, c.IsRetired AS IsRetired, c.Version AS Version,
  c.ChangedAt AS ChangedAt, c.ChangedBy AS ChangedBy, c.ChangedWhat AS ChangedWhat
FROM IncidentCause c
WHERE c.Id = @Id

-- name: Cause_Insert
INSERT INTO IncidentCause (Id, Name, Description, IsRetired, Version, ChangedAt, ChangedBy, ChangedWhat)
VALUES (@Id, @Name, @Description, @IsRetired, @Version, @ChangedAt, @ChangedBy, @ChangedWhat)

-- name: Cause_List
SELECT c.Id AS Id, c.Name AS Name, c.Description AS Description, c.IsRetired AS IsRetired, c.Version AS Version,
  c.ChangedAt AS ChangedAt, c.ChangedBy AS ChangedBy, c.ChangedWhat AS ChangedWhat
FROM IncidentCause c
ORDER BY c.Name, c.Id

-- name: Cause_Update
UPDATE IncidentCause
SET Name = @Name, Description = @Description, IsRetired = @IsRetired, Version = @Version, ChangedAt = @ChangedAt,
  ChangedBy = @ChangedBy, ChangedWhat = @ChangedWhat
WHERE Id = @Id AND Version = @LoadedVersion

-- name: IncidentReview_Completed
SELECT {{incident_review}}
FROM IncidentReview r
JOIN Incident i ON i.Id = r.IncidentId
WHERE r.Status = 'Completed' AND {{visible}}
  AND (r.CompletedAt < @AfterAt OR (r.CompletedAt = @AfterAt AND r.IncidentId < @AfterId)) --?After
ORDER BY r.CompletedAt DESC, r.IncidentId DESC
{{page}}

-- name: IncidentReview_CountDue
SELECT COUNT(*)
FROM IncidentReview r
JOIN Incident i ON i.Id = r.IncidentId
WHERE r.Status = @ReviewStatus AND r.DueAt <= @By AND i.Status = @IncidentStatus AND {{visible}}
  AND EXISTS (SELECT 1 FROM IncidentPerson cp WHERE cp.IncidentId = i.Id AND cp.PersonId = @PersonId AND cp.Role <> 'Named') --?Mine
  AND EXISTS (SELECT 1 FROM IncidentProgram fp WHERE fp.IncidentId = i.Id AND fp.ProgramId = @ProgramId --?Program
    AND fp.WithdrawnReason IS NULL) --?Program

-- name: IncidentReview_Due
SELECT {{incident_review}}
FROM IncidentReview r
JOIN Incident i ON i.Id = r.IncidentId
WHERE r.Status = @ReviewStatus AND r.DueAt IS NOT NULL AND i.Status = @IncidentStatus AND {{visible}}
  AND r.DueAt <= @By --?By
  AND (r.DueAt > @AfterAt OR (r.DueAt = @AfterAt AND r.IncidentId > @AfterId)) --?After
  AND EXISTS (SELECT 1 FROM IncidentPerson cp WHERE cp.IncidentId = i.Id AND cp.PersonId = @PersonId AND cp.Role <> 'Named') --?Mine
ORDER BY r.DueAt, r.IncidentId
{{page}}

-- name: IncidentReview_Find
SELECT i.Id AS IncidentId, i.Code AS IncidentCode, i.Title AS Title, i.Sev AS Sev, i.Status AS IncidentStatus,
  i.Confidentiality AS Confidentiality, r.Status AS Status, r.Factors AS Factors, r.WentWell AS WentWell, r.Lessons AS Lessons,
  r.DueAt AS DueAt, r.CompletedAt AS CompletedAt, r.CompletedBy AS CompletedBy, COALESCE(r.Version, 0) AS Version,
  r.ChangedAt AS ChangedAt, r.ChangedBy AS ChangedBy, r.ChangedWhat AS ChangedWhat
FROM Incident i
LEFT JOIN IncidentReview r ON r.IncidentId = i.Id
WHERE i.Id = @Id --?ById
WHERE i.Code = @Code AND {{visible}} --?!ById

-- name: IncidentReview_Insert
-- writes: IncidentReview @IncidentId
INSERT INTO IncidentReview (IncidentId, Status, Factors, WentWell, Lessons, DueAt, CompletedAt, CompletedBy, Version, ChangedAt,
  ChangedBy, ChangedWhat)
VALUES (@IncidentId, @Status, @Factors, @WentWell, @Lessons, @DueAt, @CompletedAt, @CompletedBy, @Version, @ChangedAt, @ChangedBy,
  @ChangedWhat)

-- name: IncidentReview_Update
-- writes: IncidentReview @IncidentId
UPDATE IncidentReview
SET Status = @Status, Factors = @Factors, WentWell = @WentWell, Lessons = @Lessons, DueAt = @DueAt, CompletedAt = @CompletedAt,
  CompletedBy = @CompletedBy, Version = @Version, ChangedAt = @ChangedAt, ChangedBy = @ChangedBy, ChangedWhat = @ChangedWhat
WHERE IncidentId = @IncidentId AND Version = @LoadedVersion

-- name: IncidentReviewCause_Delete
-- writes: IncidentReviewCause @IncidentId
DELETE FROM IncidentReviewCause WHERE IncidentId = @IncidentId

-- name: IncidentReviewCause_Insert
-- writes: IncidentReviewCause @IncidentId
INSERT INTO IncidentReviewCause (IncidentId, CauseId) VALUES (@IncidentId, @CauseId)

-- name: IncidentReviewCause_List
SELECT c.CauseId AS CauseId FROM IncidentReviewCause c WHERE c.IncidentId = @IncidentId ORDER BY c.CauseId

-- name: IncidentReviewCause_SeenBefore
-- Other incidents with a cause of this one, those with most of them first, then the newest: a row for each cause that is shared. Only the
-- newest candidates count, along the index by cause.
SELECT b.Id AS Id, b.Code AS Code, b.Title AS Title, b.Sev AS Sev, b.Status AS Status, b.Confidentiality AS Confidentiality,
  b.DeclaredAt AS DeclaredAt, b.Cause AS Cause
FROM (
  SELECT a.Id, a.Code, a.Title, a.Sev, a.Status, a.Confidentiality, a.DeclaredAt, a.Cause,
    DENSE_RANK() OVER (ORDER BY a.Shared DESC, a.DeclaredAt DESC, a.Id DESC) AS Place
  FROM (
    SELECT {{relatedcolumns}}, c.Name AS Cause, COUNT(*) OVER (PARTITION BY i.Id) AS Shared
    FROM (
      SELECT o.IncidentId, o.CauseId
      FROM IncidentReviewCause m
      JOIN IncidentReviewCause o ON o.CauseId = m.CauseId AND o.IncidentId <> m.IncidentId
      WHERE m.IncidentId = @IncidentId
      ORDER BY o.IncidentId DESC
      {{page}}
    ) s
    JOIN IncidentReview r ON r.IncidentId = s.IncidentId
    JOIN IncidentCause c ON c.Id = s.CauseId
    JOIN Incident i ON i.Id = s.IncidentId
    WHERE r.Status = 'Completed' AND i.Status <> 'Merged' AND {{visible}}
  ) a
) b
WHERE b.Place <= @Shown
ORDER BY b.Place, b.Cause

-- name: Redact_IncidentReview
-- writes: IncidentReview @RowsKey
UPDATE IncidentReview SET Factors = @Factors, WentWell = @WentWell, Lessons = @Lessons, Version = @Version + 1
WHERE IncidentId = @RowsKey AND Version = @Version

-- name: Rows_IncidentReview
SELECT t.IncidentId AS RowsKey, t.*
FROM IncidentReview t
WHERE 1 = 1
  AND t.IncidentId IN {{ids}} --?Ids
  AND t.IncidentId > @After --?After
ORDER BY t.IncidentId
{{page}} --?Page

-- name: Rows_IncidentReviewCause
SELECT t.IncidentId AS RowsKey, t.*
FROM IncidentReviewCause t
WHERE 1 = 1
  AND t.IncidentId IN {{ids}} --?Ids
  AND t.IncidentId > @After --?After
ORDER BY t.IncidentId, t.CauseId
{{page}} --?Page

-- name: Texts_IncidentReview
SELECT t.IncidentId AS RowsKey, t.Version AS Version, t.Factors AS Factors, t.WentWell AS WentWell, t.Lessons AS Lessons
FROM IncidentReview t
WHERE t.IncidentId = @Subject
