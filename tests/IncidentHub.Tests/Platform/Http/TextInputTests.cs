using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Dapper;
using IncidentHub.Platform.Database;
using IncidentHub.Tests.Access.Audit;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Platform.Http;

/// <summary>The rules of typed text, for every text member of every body: every command of the API in one story.</summary>
public sealed partial class TextInputTests
{
    private const string Emoji = "\U0001F44D\U0001F3FD", Half = "HALF OF A CHARACTER";

    /// <summary>Members that are one line.</summary>
    private static readonly HashSet<string> Lines =
    [
        "ProgramBody.name", "ProgramBody.unit", "ProgramBody.parentInitiative", "ProgramBody.population", "ProgramBody.lawfulBasis",
        "ProgramBody.impactAssessment", "ProgramBody.notice", "ProgramBody.worksAgreement", "ProgramBody.surfaces",
        "SafeguardBody.text", "SafeguardBody.source", "DatasetBody.location", "AudienceBody.name", "ApiKeyBody.name",
        "RegisterBody.instanceName", "RegisterBody.hostPseudonym", "RegisterBody.version", "DeclareIncident.title",
        "NewPersonBody.displayName", "PersonBody.displayName", "DetailsBody.title", "FlagBody.about", "NewTaskBody.what", "TaskBody.what",
        "ConditionBody.what", "PolicyLevelView.means", "DelayBody.authority", "NoticeBody.reference", "RegimeDefinition.name",
        "StatementBody.title", "StatementTextBody.title", "CauseBody.name", "ChangeCauseBody.name", "SeriesBody.name",
        "RegimeDefinition.source", "DutyDefinition.name", "HolidayBody.name",
        "LineageEventBody.producer", "LineageJobBody.namespace", "LineageJobBody.name",
        "ClaimRuleView.claim", "ClaimRuleView.value", "PutMappingBody.departmentClaim", "PreviewMappingBody.departmentClaim",
    ];

    /// <summary>Members that may have several lines.</summary>
    private static readonly HashSet<string> Texts =
    [
        "ProgramBody.purpose", "VerificationBody.evidence", "DatasetBody.description", "OrderPauseBody.reason", "DeclineBody.reason",
        "WithdrawBody.reason", "AcknowledgeViolationBody.note", "ConfirmSwitchBody.reason",
        "DisposeBody.reason", "PutPolicyRequest.reason", "SevBody.reason",
        "AssessmentBody.reason", "StepBody.note", "ReasonBody.reason", "MergeBody.reason", "ConfidentialityBody.reason",
        "TimestampBody.reason", "DetailsBody.summary", "DeclareIncident.summary", "ExposureBody.note", "ProgramLinkBody.note",
        "PrivilegedNoteBody.body",
        "ChangeProgramBody.reason", "NoteBody.body", "ReviseBody.body", "HoldBody.reason", "RedactBody.reason", "RedactTextsBody.reason",
        "FlagBody.text", "DismissBody.reason", "TriageBody.reason", "SimilarBody.text",
        "UpdateBody.condition", "UpdateBody.actions", "UpdateBody.needs",
        "ReviseUpdateBody.condition", "ReviseUpdateBody.actions", "ReviseUpdateBody.needs",
        "MessageBody.message", "ReceiptMessageBody.message", "TaskCheckBody.note", "EvidenceBody.evidence", "ProposalBody.rationale",
        "ApprovalBody.comment", "CompletionBody.note", "TaskReason.reason", "DecisionReasonBody.reason",
        "BreakGlassBody.reason", "SignOffBody.note", "SetLinksAsideBody.reason", "LinkBody.reason", "RemoveLinkBody.reason",
        "DelayBody.reason", "EndDelayBody.reason", "ObligationReason.reason", "NoticeBody.note",
        "StatementBody.body", "StatementTextBody.body", "WithdrawStatementBody.reason", "QuestionBody.text", "AnswerBody.answer",
        "ReviewBody.factors", "ReviewBody.wentWell", "ReviewBody.lessons", "ReopenReviewBody.reason", "CauseBody.description",
        "ChangeCauseBody.description",
        "TriggerBody.note", "RegimeDefinition.reason", "HolidaysBody.reason", "DutyDefinition.says",
    ];

    internal static bool IsText(string key) => Lines.Contains(key) || Texts.Contains(key);

    /// <summary>Members that may be left out: what shows nothing is taken for left out.</summary>
    private static readonly HashSet<string> Optional =
    [
        "ProgramBody.parentInitiative", "ProgramBody.population", "ProgramBody.lawfulBasis", "ProgramBody.impactAssessment",
        "ProgramBody.notice", "ProgramBody.worksAgreement", "ProgramBody.surfaces", "DatasetBody.description", "DatasetBody.location",
        "TriageBody.reason",
        "UpdateBody.actions", "UpdateBody.needs", "ReviseUpdateBody.actions", "ReviseUpdateBody.needs",
        "AudienceBody.name", "FlagBody.about", "StepBody.note", "DetailsBody.summary", "DeclareIncident.summary", "ExposureBody.note",
        "ProgramLinkBody.note", "NoticeBody.note", "ApprovalBody.comment", "PutMappingBody.departmentClaim",
        "PreviewMappingBody.departmentClaim",
        "ReviewBody.factors", "ReviewBody.wentWell", "ReviewBody.lessons", "CauseBody.description", "ChangeCauseBody.description",
    ];

    /// <summary>Members that are codes, names from a list, keys or tokens: what is not one of them is refused as such.</summary>
    private static readonly HashSet<string> Codes =
    [
        "ApiKeyBody.categories", "ApiKeyBody.networks", "ApiKeyBody.programs", "ApiKeyBody.region", "ApiKeyBody.scopes",
        "ApprovalBody.digest",
        "CompletionBody.evidence", "ConditionBody.owner", "DatasetBody.categories", "DatasetBody.name", "DatasetBody.owner", "DatasetBody.regions",
        "ConfirmLinksBody.programs", "ConfirmLinksBody.datasets", "SetLinksAsideBody.programs", "SetLinksAsideBody.datasets",
        "DeclareIncident.flag", "EvaluationContextBody.dataCategory", "EvaluationContextBody.region",
        "EvaluationContextBody.targetingKey", "ExposureBody.categories", "ExposureBody.dataset", "FlagBody.token",
        "GateBatchBody.categories", "GateBatchBody.digest", "GateBatchBody.program", "GateBody.categories", "GateBody.digest",
        "GateBody.program", "GatePermitBody.categories", "GatePermitBody.permit", "MergeFlagBody.incident", "MergeBody.into",
        "TriageBody.flags", "TriageBody.incident",
        "ImportBody.csv", "LineageDatasetBody.namespace", "LineageDatasetBody.name", "LineageEventBody.schemaURL",
        "LendBody.roles", "NewPersonBody.account", "NewPersonBody.roles", "PersonBody.roles",
        "NewTaskBody.incident", "NewTaskBody.owner", "NewTaskBody.program", "OrderPauseBody.categories", "OrderPauseBody.incidentCode",
        "OrderPauseBody.regions", "PolicyLevelView.acknowledge", "PolicyLevelView.firstUpdate", "PolicyLevelView.name",
        "PolicyLevelView.proposalDeadline", "PolicyLevelView.reviewWithin", "PolicyLevelView.updateEvery", "ProgramBody.categories",
        "ProgramBody.code",
        "ProgramBody.deputies", "ProgramBody.owner", "ProgramBody.regions", "ProgramLinkBody.program", "PublicKeyBody.crv",
        "PublicKeyBody.kty", "PublicKeyBody.x", "PublicKeyBody.y", "ReceiptBody.receipt", "ReceiptMessageBody.receipt",
        "RegisterBody.proof", "RenewPermits.nonce", "RenewProgram.code", "RoleBody.account", "SignInRequest.account", "StopBody.ack",
        "LoadReviewBody.audience", "LoadReviewBody.dataset", "LoadReviewBody.evidence", "LoadReviewBody.named", "LoadReviewBody.objects",
        "LoadReviewBody.services", "LoadReviewBody.timeZone", "PreviewBody.evidence", "PreviewBody.timeZone", "MappingBody.time",
        "MappingBody.account", "MappingBody.object", "MappingBody.action",
        "TaskBody.owner", "TrackBody.regime", "RegimeDefinition.regions", "RegimeDefinition.categories",
        "RegimeDefinition.timeZone", "RegimeDefinition.dayEnds", "RegimeDefinition.calendar", "DutyDefinition.key",
        "DutyDefinition.after", "DutyDefinition.due", "DutyDefinition.atMostFromAwareness",
        "PrivilegedReaderBody.account", "PutMappingBody.provider", "PreviewMappingBody.provider", "UnlinkBody.provider",
        "LinkBody.incident", "SeriesBody.members", "OpinionRequestBody.people",
    ];

    [Fact]
    public void Every_text_member_of_every_body_is_one_line_or_text_or_a_code()
    {
        using var hub = new TestHub();
        var members = RequestBodies.Of(hub).SelectMany(b => RequestBodies.Texts(b.Body)).Select(m => m.Key).Distinct().Order().ToList();
        Assert.Equal("", string.Join(" ", members.Except(Lines).Except(Texts).Except(Codes)));
        Assert.Equal("", string.Join(" ", Lines.Concat(Texts).Concat(Codes).Except(members)));
    }

    /// <summary>Each is refused at its field; then the member is sent at its limit, and the command is accepted.</summary>
    [Fact]
    public async Task Bad_text_is_refused_at_its_field_and_text_at_its_limit_fits_its_column()
    {
        await using var story = await CommandStory.StartAsync();
        var bodies = RequestBodies.Of(story.Hub).ToLookup(b => b.Route, b => b.Body);
        var (faults, tried) = (new List<string>(), new HashSet<string>());
        foreach (var step in CommandSteps.All)
        {
            if (step.Before is not null) await step.Before(story);
            var (body, longest) = (RequestBodies.Sample(story, step), RequestBodies.Sample(story, step));
            if (step.Route.EndsWith("/propose", StringComparison.Ordinal))
                body["conditions"] = new JsonArray(
                    new JsonObject { ["what"] = "x", ["owner"] = "owner", ["dueAt"] = story.Now.AddDays(1) });
            foreach (var (key, path) in bodies[step.Route].SelectMany(b => RequestBodies.Texts(b)).Where(m => !Codes.Contains(m.Key)))
            {
                if (!RequestBodies.Set(body.DeepClone(), path, "x")) continue;
                tried.Add(key);
                foreach (var (how, value) in Bad(key)) await RefusedAsync(how, value);
                var fault = await RefusedAsync("too long", string.Concat(Enumerable.Repeat(Emoji, Texts.Contains(key) ? 10_001 : 501)));
                if (Limit().Match(fault) is not { Success: true } limit) faults.Add($"{step.Route}, {path}: no limit in «{fault}»");
                else RequestBodies.Set(longest, path, string.Concat(Enumerable.Repeat(Emoji,
                    int.Parse(limit.Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture))));

                async Task<string> RefusedAsync(string how, string value)
                {
                    var bad = body.DeepClone();
                    RequestBodies.Set(bad, path, value);
                    var (status, answer) = await story.As(step.By).SendAsync(step.Method, step.Path(step.At(story)), bad.ToJsonString()
                        .Replace(Half, @"a\ud83db", StringComparison.Ordinal));
                    // What cannot be read is refused at the item of a list.
                    if (status == HttpStatusCode.BadRequest && answer.TryGetProperty("errors", out var errors)
                        && errors.EnumerateObject().FirstOrDefault(e => e.Name == path || e.Name == path + "[0]") is { Name: not null } e)
                        return e.Value[0].GetString()!;
                    faults.Add($"{step.Route}, {path} {how}: {status} {answer}");
                    return "";
                }
            }
            await story.SendAsync(step.With(story, longest));
        }
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults.Take(60)));
        Assert.Equal("", string.Join(" ", Lines.Concat(Texts).Except(tried)));
        Assert.Equal("", string.Join(Environment.NewLine, await TooLongAsync(story)));
    }

    [Fact]
    public async Task Text_is_stored_composed_and_with_line_feeds_only()
    {
        await using var story = await CommandStory.StartAsync();
        var bodies = RequestBodies.Of(story.Hub).ToLookup(b => b.Route, b => b.Body);
        foreach (var step in CommandSteps.All)
        {
            if (step.Before is not null) await step.Before(story);
            var body = RequestBodies.Sample(story, step);
            foreach (var (key, path) in bodies[step.Route].SelectMany(b => RequestBodies.Texts(b)))
            {
                if (Lines.Contains(key)) RequestBodies.Set(body, path, " \u200bCafe\u0301\u00a0");
                if (Texts.Contains(key)) RequestBodies.Set(body, path,
                    "\ufeffCafe\u0301\vtwo\r\nthree\rfour\u2028five\u2029six\u0085seven\feight\r\n");
            }
            await story.SendAsync(step.With(story, body));
        }
        var texts = (await StoredAsync(story)).Where(t => t.Value.Contains("Caf", StringComparison.Ordinal)).ToList();
        var faults = texts.Where(t => !t.Value.IsNormalized(NormalizationForm.FormC) || Odd().IsMatch(t.Value)).Select(t => t.Column);
        Assert.Equal("", string.Join(Environment.NewLine, faults.Distinct()));
        Assert.Equal([], texts.Where(t => t.Value != t.Value.Trim()).Select(t => t.Column).Distinct());
        Assert.Contains(texts, t => t is { Column: "TimelineEntry.Body", Value: "Café\ntwo\nthree\nfour\nfive\nsix\nseven\neight" });
        Assert.InRange(texts.Select(t => t.Column).Distinct().Count(), 35, 200);
    }

    private static IEnumerable<(string How, string Value)> Bad(string key)
    {
        if (!Optional.Contains(key)) yield return ("with nothing that can be seen", " \u200B\u0301\u00AD\u2060\u3164\uFE0F");
        yield return ("with an override of the direction", "Invoice \u202Efdp.exe");
        yield return ("with an isolate", "\u2066x\u2069");
        yield return ("with a control character", "a\u0007b");
        yield return ("with half of a character", Half);
        if (!Lines.Contains(key)) yield break;
        foreach (var end in "\n\r\v\f\t\u0085\u2028\u2029")
            yield return ($"with U+{(int)end:X4}", $"a{end}b");
    }

    /// <summary>Columns whose value is longer than the column of SQL Server.</summary>
    private static async Task<IReadOnlyList<string>> TooLongAsync(CommandStory story)
    {
        var sizes = new Dictionary<string, int>();
        foreach (var file in Directory.GetFiles(Path.Combine(SourceTree.Root, "db", "sqlserver"), "*.sql"))
        {
            foreach (Match table in Table().Matches(await File.ReadAllTextAsync(file)))
            {
                foreach (Match column in Column().Matches(table.Groups[2].Value))
                {
                    sizes[$"{table.Groups[1].Value}.{column.Groups[1].Value}"] =
                        int.Parse(column.Groups[2].Value, CultureInfo.InvariantCulture);
                }
            }
        }
        Assert.InRange(sizes.Count, 150, 500);
        return [.. (await StoredAsync(story)).Where(t => sizes.TryGetValue(t.Column, out var size) && t.Value.Length > size)
            .Select(t => $"{t.Column} has {sizes[t.Column]}, needs {t.Value.Length}").Distinct()];
    }

    private static Task<List<(string Column, string Value)>> StoredAsync(CommandStory story) => story.Hub.Db.ReadAsync(async sql =>
    {
        var connection = ((Sql)sql).Connection;
        var values = new List<(string, string)>();
        foreach (var table in (await connection.QueryAsync<string>(story.Hub.Db.Engine == Engine.Sqlite
            ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            : "SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_TYPE = 'BASE TABLE' AND TABLE_SCHEMA = 'dbo'")).ToList())
        {
            foreach (IDictionary<string, object?> row in await connection.QueryAsync($"SELECT * FROM [{table}]"))
                values.AddRange(row.Where(v => v.Value is string).Select(v => ($"{table}.{v.Key}", (string)v.Value!)));
        }
        return values;
    });

    [GeneratedRegex("^At most ([0-9,]+) characters")]
    private static partial Regex Limit();

    [GeneratedRegex("[\\v\\f\\r\\u0085\\u2028\\u2029]")]
    private static partial Regex Odd();

    [GeneratedRegex(@"CREATE TABLE (\w+) \((.*?)\n\)", RegexOptions.Singleline)]
    private static partial Regex Table();

    [GeneratedRegex(@"^\s+(\w+) nvarchar\((\d+)\)", RegexOptions.Multiline)]
    private static partial Regex Column();
}
