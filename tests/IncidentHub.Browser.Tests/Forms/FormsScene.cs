using System.Globalization;
using System.Text.Json;
using IncidentHub.Tests.Support;

namespace IncidentHub.Browser.Tests.Forms;

/// <summary>
/// Objects in every state that has a form, created over HTTP on the shared hub, and a browser session of each role for all of
/// the forms.
/// </summary>
public sealed class FormsScene(Stage stage) : IAsyncLifetime
{
    private static int s_scenes;
    private readonly Dictionary<string, Visitor> _people = [];
    private readonly Dictionary<string, HttpClient> _calls = [];
    private readonly Dictionary<string, string> _places = [];

    internal HubProcess Hub => stage.Hub;

    public async ValueTask InitializeAsync()
    {
        var (responder, owner) = (await CallAsync("responder"), await CallAsync("owner"));
        // Test classes share the hub, but not the scene.
        var p = _places["P"] = $"FORMS{Interlocked.Increment(ref s_scenes)}";
        _places["data"] = $"{p.ToLowerInvariant()}-data";
        foreach (var code in (string[])[p, $"{p}-HELD", $"{p}-ASKED", $"{p}-MORE"]) await ProgramAsync(owner, code);
        await owner.MakeAsync($"/api/v1/programs/{p}/safeguards", new { text = "Encrypted at rest", source = "Launch memo" });
        await owner.MakeAsync("/api/v1/datasets", new
        {
            name = _places["data"],
            owner = "owner",
            encryptionAtRest = "No",
            records = 5,
            promisedAudience = new { scope = "NamedGroup", name = "research" }
        });

        await owner.SendAsync(HttpMethod.Put, $"/api/v1/datasets/{_places["data"]}/upstream/transcriptions", null);
        _places["investigating"] = await DeclareAsync(responder, 5, p);
        await responder.MakeAsync($"/api/v1/incidents/{_places["investigating"]}/obligations", new { regime = "SEC-8K" });
        _places["contained"] = await DeclareAsync(responder, 5, p);
        await responder.MakeAsync($"/api/v1/incidents/{_places["contained"]}/contain", new { });
        _places["resolved"] = await DeclareAsync(responder, 5, p);
        foreach (var step in (string[])["contain", "resolve"])
            await responder.MakeAsync($"/api/v1/incidents/{_places["resolved"]}/{step}", new { });
        await (await CallAsync("counsel")).MakeAsync($"/api/v1/incidents/{_places["resolved"]}/legal-holds",
            new { reason = "A matter is pending." });
        _places["noted"] = await DeclareAsync(responder, 5, p);
        await responder.MakeAsync($"/api/v1/incidents/{_places["noted"]}/notes", new { body = "The grants were read." });

        // One program with a proposed pause, and one that is paused and has a recommendation.
        await DeclareAsync(responder, 3, $"{p}-ASKED");
        var collector = await HandCollector.StartAsync(stage.Hub.Url, owner, $"{p}-HELD");
        _places["decision"] = await PausedAsync(responder, owner, $"{p}-HELD");
        Assert.Equal("B", await collector.UploadAsync());
        await collector.SelfReportViolationAsync((await owner.ReadAsync($"/api/v1/programs/{p}-HELD/pauses"))
            .GetProperty("items")[0].GetProperty("epoch").GetInt64());
        _places["key"] = (await (await CallAsync("administrator")).ReadAsync("/api/v1/signing-keys")).GetProperty("items")[0].Text("kid");
        _places["proposed"] = await PausedAsync(responder, owner, $"{p}-MORE");
        await responder.MakeAsync($"/api/v1/decisions/{_places["proposed"]}/propose",
            new { outcome = "StayPausedUntil", rationale = "Wait for the review.", until = Tomorrow });

        var employee = await CallAsync("employee");
        _places["flag"] = (await employee.MakeAsync("/api/v1/flags", new { text = "Somebody else's chats can be read." })).Text("code");
        _places["task"] =
            (await responder.MakeAsync("/api/v1/tasks", new { what = "Read the grants", incident = _places["investigating"] }))
            .Text("code");
        _places["fix"] =
            (await responder.MakeAsync(
            "/api/v1/tasks", new { what = "Mend the grant job", kind = "Fix", incident = _places["investigating"] })).Text("code");
        await responder.MakeAsync($"/api/v1/tasks/{_places["fix"]}/complete", new { note = "Mended." });
        _places["closed"] =
            (await responder.MakeAsync("/api/v1/tasks", new { what = "Ask the vendor", incident = _places["investigating"] })).Text("code");
        await responder.MakeAsync($"/api/v1/tasks/{_places["closed"]}/complete", new { note = "Asked." });
    }

    internal static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    internal static DateTimeOffset Tomorrow => Now.AddDays(1);

    /// <summary>A path with placeholders «{investigating}», «{flag}» and so on for the codes of the created objects.</summary>
    internal string Path(string path) => _places.Aggregate(path, (p, place) =>
        p.Replace($"{{{place.Key}}}", place.Value, StringComparison.Ordinal));

    /// <summary>The browser session of the account.</summary>
    internal async Task<Visitor> AsAsync(string account)
    {
        if (!_people.TryGetValue(account, out var visitor))
            _people[account] = visitor = await Visitor.VisitAsync(stage.Chromium, stage.Hub.Url, account);
        return visitor;
    }

    internal async Task<HttpClient> CallAsync(string account)
    {
        if (!_calls.TryGetValue(account, out var client)) _calls[account] = client = await stage.CallAsync(account);
        return client;
    }

    /// <summary>The API's representation, to compare before and after.</summary>
    internal async Task<string> StateAsync(string account, string path)
    {
        var state = await (await CallAsync(account)).ReadAsync(Path(path));
        // If the object has a version, every write changes it.
        return state.ValueKind == JsonValueKind.Object && state.TryGetProperty("version", out var version)
            ? version.GetRawText() : state.GetRawText();
    }

    internal static object ProgramBody(string code, string purpose = "Teach models how work is done.") => new
    {
        code,
        name = $"Program {code}",
        purpose,
        owner = "owner",
        deputies = new[] { "deputy" },
        unit = "Research",
        regions = new[] { "US", "GB" },
        categories = new[] { "keystrokes", "clicks" },
        lawfulBasis = "Legitimate interest",
        ttlSeconds = 60,
        gracePeriodSeconds = 2,
        renewalSeconds = 20,
    };

    private static async Task ProgramAsync(HttpClient owner, string code)
    {
        await owner.MakeAsync("/api/v1/programs", ProgramBody(code));
        await owner.MakeAsync($"/api/v1/programs/{code}/launch");
    }

    private static async Task<string> DeclareAsync(HttpClient responder, int sev, string program) =>
        (await responder.MakeAsync("/api/v1/incidents", new
        {
            title = $"Readable by a team ({program})",
            sev,
            programs = new[] { new { program, kind = "Source" } },
            exposures = new[] { new { dataset = "transcriptions", from = Now.AddDays(-2) } },
        })).Text("code");

    private static async Task<string> PausedAsync(HttpClient responder, HttpClient owner, string program)
    {
        await DeclareAsync(responder, 2, program);
        var decisions = await owner.ReadAsync("/api/v1/decisions");
        return decisions.GetProperty("items").EnumerateArray().First(d => d.Text("program") == program).Text("code");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var person in _people.Values) await person.DisposeAsync();
        foreach (var call in _calls.Values) call.Dispose();
    }

    /// <summary>
    /// A time in the format of the browser's field, in the time zone of the test browser. Never a full minute, because the field would omit
    /// the seconds.
    /// </summary>
    internal static string Local(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at.Second == 0 ? at.AddSeconds(1) : at, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"))
            .ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);

    internal static string Day(DateTimeOffset at) => Local(at)[..10];
}
