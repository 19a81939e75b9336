using System.Text.RegularExpressions;
using Dapper;
using IncidentHub.Domain.Access;
using IncidentHub.Insight.Dashboard;
using IncidentHub.Platform.Database;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Response.Incidents;

/// <summary>
/// A hub whose one incident is restricted, with everything that can belong to one: people, programs, an exposure, words, a hold, tasks,
/// pauses, and decisions that are prepared, proposed and decided.
/// </summary>
public sealed partial class VisibilityScene : IAsyncLifetime
{
    private const string Title = "Names people";
    private readonly Dictionary<string, object> _values = [];
    private readonly Dictionary<(string Statement, string Parameter), object> _ofStatement = [];
    private IncidentScene _scene = null!;

    /// <summary>Values that identify the incident in a row: its id, its code and its title.</summary>
    internal IReadOnlyList<string> Traces { get; private set; } = [];

    internal IncidentHub.Platform.Database.Statements Statements =>
        _scene.Hub.Services.GetRequiredService<IncidentHub.Platform.Database.Statements>();

    // They hold no role on the incident.
    internal Viewer Outsider { get; } = Viewer.Of("responder-2");

    /// <summary>Owns the paused programs and a task on the incident, and may not see the incident itself.</summary>
    internal Viewer Approver { get; } = Viewer.Of("owner");

    /// <summary>People who see it: by their role, and as named persons.</summary>
    internal IReadOnlyList<Viewer> Insiders { get; } = [Viewer.Of("privacy"), Viewer.Of("administrator"), Viewer.Of("responder")];

    public async ValueTask InitializeAsync()
    {
        _scene = await IncidentScene.CreateAsync();
        var (hub, responder) = (_scene.Hub, _scene.Responder);
        var code = (await responder.MakeAsync("/api/v1/incidents", new
        {
            title = Title,
            sev = 2,
            confidentiality = "Restricted",
            programs = new[] { new { program = "MCI" }, new { program = "TYP" } },
        })).Text("code");
        await hub.CountedAsync();
        await _scene.ActAsync(code, "exposures", new { dataset = "transcriptions" });
        await _scene.ActAsync(code, "assessment", new { identifiability = "Limited", reason = "Pseudonyms." });
        await _scene.ActAsync(code, "roles", new { role = "Named", account = "administrator" });
        await (await hub.AsAsync("counsel")).MakeAsync($"/api/v1/incidents/{code}/legal-holds", new { reason = "Matter 12: keep all." });
        await (await hub.AsAsync("counsel")).MakeAsync($"/api/v1/incidents/{code}/privileged-notes", new { body = "Advice." });
        foreach (var owner in (string[])["owner", "administrator", "responder", "privacy"])
        {
            await responder.MakeAsync("/api/v1/tasks",
                new { what = "Remove it", kind = "Fix", incident = code, owner, dueAt = hub.Clock.Now.AddDays(1) });
        }
        await responder.MakeAsync($"/api/v1/incidents/{code}/evidence",
            new FormBody("log.csv", [1, 2], ("takenFrom", "The bucket"), ("takenAt", hub.Clock.Now.ToString("O"))));
        foreach (var obligation in (await responder.MakeAsync($"/api/v1/incidents/{code}/obligations", new { regime = "GDPR" }))
            .GetProperty("codes").EnumerateArray())
            await responder.MakeAsync($"/api/v1/obligations/{obligation.GetString()}/trigger",
                new { at = hub.Clock.Now, note = "Certain." });
        var privacy = await hub.AsAsync("privacy");
        var log = (await privacy.MakeAsync($"/api/v1/incidents/{code}/evidence",
            new FormBody("log.csv", [1, 2], ("takenFrom", "The bucket"), ("takenAt", hub.Clock.Now.ToString("O"))))).Text("code");
        await privacy.MakeAsync($"/api/v1/incidents/{code}/access-reviews", new
        {
            dataset = "transcriptions",
            evidence = log,
            preset = "Plain",
            audience = "ann",
            from = hub.Clock.Now.AddDays(-1),
            // The outsider, too: they may not see the incident.
            named = new[] { "administrator", "responder", "responder-2", "owner" },
        });
        await responder.MakeAsync($"/api/v1/incidents/{code}/statements",
            new { audience = "External", title = Title, body = "To follow." });
        await responder.SendAsync(HttpMethod.Put, $"/api/v1/incidents/{code}/reviews",
            new { causes = new[] { "01926e50-0000-7000-8000-000000000001" }, lessons = "Keep them apart." });
        await (await hub.AsAsync("executive")).MakeAsync($"/api/v1/incidents/{code}/break-glass", new { reason = "The board asks." });
        var other = (await responder.MakeAsync("/api/v1/incidents", new
        {
            title = "Another",
            sev = 5,
            confidentiality = "Restricted",
            programs = new[] { new { program = "MCI" } },
        })).Text("code");
        await _scene.ActAsync(code, "related", new { incident = other, reason = "The same grant." });
        await responder.SendAsync(HttpMethod.Put, $"/api/v1/incidents/{code}/series",
            new { name = "Grants", members = new[] { other, code } });
        var decision = await DecideAsync();
        await hub.Services.GetRequiredService<DashboardRollupJob>().RunAsync(CancellationToken.None);
        await DescribeAsync(code, decision);
    }

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    /// <summary>The rows that a statement returns for this viewer. All other parameters refer to the incident.</summary>
    internal Task<IReadOnlyList<IReadOnlyDictionary<string, object?>>> RunAsync(string statement, string text, Viewer viewer) =>
        _scene.Hub.Db.ReadAsync(async sql =>
        {
            var args = new DynamicParameters();
            foreach (var name in Parameters(text))
            {
                args.Add(name, viewer.Args.TryGetValue(name, out var own) ? own
                    : _ofStatement.TryGetValue((statement, name), out var special) ? special : _values[name]);
            }
            var rows = await ((Sql)sql).Connection.QueryAsync(text, args);
            return (IReadOnlyList<IReadOnlyDictionary<string, object?>>)[.. rows.Cast<IDictionary<string, object?>>()
                .Select(r => new Dictionary<string, object?>(r))];
        });

    /// <summary>Parameters with values that are not in the scene.</summary>
    internal IEnumerable<string> Unknown(string text) =>
        Parameters(text).Where(p => !_values.ContainsKey(p) && !Outsider.Args.ContainsKey(p));

    private static IEnumerable<string> Parameters(string text) =>
        Parameter().Matches(text).Select(m => m.Groups[1].Value).Distinct();

    // One program stays paused, which results in a final decision and its successor; the other has a proposed decision.
    private async Task<string> DecideAsync()
    {
        var (hub, responder) = (_scene.Hub, _scene.Responder);
        var open = (await responder.ReadAsync("/api/v1/decisions")).GetProperty("items").EnumerateArray().Select(d => d.Text("code"))
            .ToList();
        Assert.Equal(2, open.Count);
        var privacy = await hub.AsAsync("privacy");
        foreach (var code in open)
        {
            await privacy.MakeAsync($"/api/v1/decisions/{code}/opinions", new FormBody("opinion.pdf", [1, 2],
                ("role", "WorksCouncil"), ("position", "Objection"), ("text", "Too wide."), ("givenAt", hub.Clock.Now.ToString("O"))));
            await responder.MakeAsync($"/api/v1/decisions/{code}/propose",
                new { outcome = "StayPausedUntil", rationale = "The review takes a month.", until = hub.Clock.Now.AddDays(30) });
        }
        await (await hub.AsAsync("owner")).MakeAsync($"/api/v1/decisions/{open[0]}/approve", new { });
        await privacy.MakeAsync($"/api/v1/decisions/{open[0]}/approve", new { });
        // As if everybody with the role had been asked: only the incident decides here; OpinionApiTests asks by role and name.
        await hub.Db.ReadAsync(sql => ((Sql)sql).Connection.ExecuteAsync(
            "INSERT INTO DecisionOpinionRequest (DecisionId, Number, Role, ById, ByName, At) "
                + "SELECT Id, 2, 'DataProtectionOfficer', Id, 'Privacy', OpenedAt FROM Decision WHERE Code = @code",
            new { code = open[1] }));
        return open[0];
    }

    private async Task DescribeAsync(string code, string decision)
    {
        var (db, late) = (_scene.Hub.Db, _scene.Hub.Clock.Now.AddYears(1));
        var early = _scene.Hub.Clock.Now.AddYears(-1);
        async Task<T> OneAsync<T>(string query, object? args = null) => await db.ReadAsync(
            sql => ((Sql)sql).Connection.QueryFirstAsync<T>(query, args));
        var incident = await OneAsync<Guid>("SELECT Id FROM Incident WHERE Code = @code", new { code });
        var last = Guid.Parse("ffffffff-ffff-ffff-ffff-ffffffffffff");
        var program = await OneAsync<string>("SELECT ProgramCode FROM Decision WHERE Code = @decision", new { decision });
        var programId = await OneAsync<Guid>("SELECT Id FROM Program WHERE Code = @program", new { program });
        // As if it had been due and completed; the incident itself goes on.
        await db.ReadAsync(sql => ((Sql)sql).Connection.ExecuteAsync(
            "UPDATE IncidentReview SET Status = 'Completed', CompletedAt = @now, DueAt = @now", new { now = _scene.Hub.Clock.Now }));
        (_values["ReviewStatus"], _values["IncidentStatus"]) = ("Completed", "Investigating");
        Traces = [incident.ToString(), code, Title];
        Add(new
        {
            Code = code,
            IncidentCode = code,
            Id = incident,
            Ids = IdList.Of([incident]),
            IncidentId = incident,
            Status = "Investigating",
            IsOpen = 1,
            Sev = 2,
            SevFrom = 1,
            SevTo = 3,
            From = early,
            To = late,
            UpdateDueBy = late,
            By = late,
            Since = early,
            Now = late,
            AsOf = late,
            DueBefore = late,
            Never = late,
            AfterDue = early,
            IsPrivacy = 1,
            Kind = "Fix",
            Limit = 50,
            ProgramId = programId,
            RareProgramId = programId,
            AboutProgramId = programId,
            Program = program,
            ProgramCode = program,
            AboutCode = program,
            PersonId = TestHub.Actor("responder").Id,
            RarePersonId = TestHub.Actor("responder").Id,
            SenderId = TestHub.Actor("responder").Id,
            RareWord = "names",
            RareWordEnd = "namet",
            FromWeek = "2000-01-01",
            PreviousFrom = "2000-01-01",
            DecisionCode = decision,
            RegimeCode = "GDPR",
        });
        foreach (var n in Enumerable.Range(1, 4)) (_values[$"Word{n}"], _values[$"Word{n}End"]) = ("people", "peoplf");
        (_values["AfterAt"], _values["AfterId"]) = (late, last);
        _values["Settled"] = late;
        _ofStatement[("Incident_ListChanged", "AfterAt")] = _ofStatement[("IncidentReview_Due", "AfterAt")] = early;
        _ofStatement[("Incident_SeenBefore", "Ids")] = IdList.Of([programId]);
        _ofStatement[("Incident_SeenBefore", "ExceptId")] = Guid.Empty;
        (_values["ExceptId"], _values["Shown"]) = (Guid.Empty, 50);
        _ofStatement[("IncidentLink_List", "IncidentId")] =
            await OneAsync<Guid>("SELECT OtherId FROM IncidentLink WHERE IncidentId = @incident", new { incident });
        // Seen from the other one, whose review names the same cause.
        var other = (Guid)_ofStatement[("IncidentLink_List", "IncidentId")]!;
        await db.ReadAsync(sql => ((Sql)sql).Connection.ExecuteAsync(
            """
            INSERT INTO IncidentReview (IncidentId, Status, Factors, WentWell, Lessons, Version, ChangedAt, ChangedBy, ChangedWhat)
            SELECT @other, 'Draft', '', '', '', 1, r.ChangedAt, '', '' FROM IncidentReview r WHERE r.IncidentId = @incident;
            INSERT INTO IncidentReviewCause (IncidentId, CauseId)
            SELECT @other, c.CauseId FROM IncidentReviewCause c WHERE c.IncidentId = @incident
            """,
            new { other, incident }));
        _ofStatement[("IncidentReviewCause_SeenBefore", "IncidentId")] = other;
        // The code of a task of a restricted incident is random.
        _ofStatement[("PrivilegedPart_Visible", "Ids")] = IdList.Of([await OneAsync<Guid>("SELECT Id FROM PrivilegedPart")]);
        // Only the incident decides here; PrivilegedNotesTests asks by role and name.
        (_values["ViewerIsCounsel"], _values["ViewerMayBeNamed"]) = (true, true);
        (_values["ViewerIsOfficer"], _values["ViewerIsCouncil"]) = (true, true);
        _ofStatement[("WorkTask_Find", "Code")] = await OneAsync<string>("SELECT Code FROM WorkTask ORDER BY Number");
        _ofStatement[("Obligation_Find", "Code")] = await OneAsync<string>("SELECT Code FROM Obligation ORDER BY Number");
        _values["BeforeNumber"] = int.MaxValue;
        _ofStatement[("IncidentStatement_Find", "Code")] = await OneAsync<string>("SELECT Code FROM IncidentStatement");
        _ofStatement[("IncidentStatement_List", "Status")] = "Draft";
        _ofStatement[("Evidence_Find", "Code")] = await OneAsync<string>("SELECT Code FROM Evidence");
        _ofStatement[("Evidence_Codes", "Ids")] = IdList.Of([await OneAsync<Guid>("SELECT Id FROM Evidence")]);
        _ofStatement[("AccessReview_Find", "Code")] = await OneAsync<string>("SELECT Code FROM AccessReview");
        foreach (var (statement, table) in new[]
            { ("WorkTask_List", "WorkTask"), ("WorkTask_AsOf", "WorkTask"), ("Decision_List", "Decision") })
            _ofStatement[(statement, "BeforeId")] = await OneAsync<Guid>($"SELECT Id FROM {table} ORDER BY Number DESC");
        _values["BeforeId"] = last;
        _ofStatement[("Decision_IsVisible", "Id")] =
            await OneAsync<Guid>("SELECT Id FROM Decision WHERE Code = @decision", new { decision });
    }

    private void Add(object values)
    {
        foreach (var property in values.GetType().GetProperties()) _values[property.Name] = property.GetValue(values)!;
    }

    [GeneratedRegex(@"@(\w+)")]
    private static partial Regex Parameter();
}

/// <summary>The viewer, as parameters of the visibility predicates.</summary>
internal sealed record Viewer(string Account, IReadOnlyDictionary<string, object> Args)
{
    public static Viewer Of(string account)
    {
        var actor = TestHub.Actor(account);
        var sees = AccessTable.Allows(actor, Act.ReadRestricted);
        return new(account, new Dictionary<string, object>
        {
            ["ViewerId"] = actor.Id,
            ["ViewerSeesRestricted"] = sees,
            ["ViewerAt"] = DateTimeOffset.UnixEpoch.AddYears(100),
            ["SeesRestricted"] = sees,
        });
    }
}
