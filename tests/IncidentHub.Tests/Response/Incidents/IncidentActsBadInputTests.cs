using System.Net;
using IncidentHub.Tests.Support;
using static IncidentHub.Tests.Support.ApiCalls;

namespace IncidentHub.Tests.Response.Incidents;

/// <summary>One shared incident; all requests of these tests are refused and change nothing.</summary>
public sealed class UntouchedIncident : IAsyncLifetime
{
    internal IncidentScene Scene { get; private set; } = null!;

    internal string Code { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Scene = await IncidentScene.CreateAsync();
        Code = await Scene.DeclareAsync();
    }

    public ValueTask DisposeAsync() => Scene.DisposeAsync();
}

public sealed class IncidentActsBadInputTests(UntouchedIncident untouched) : IClassFixture<UntouchedIncident>
{
    private readonly IncidentScene _scene = untouched.Scene;

    private string Code => untouched.Code;

    public static TheoryData<string, string, string> BadActs() => new()
    {
        { "sev", "sev", """{"reason":"x"}""" },
        { "sev", "sev", """{"sev":9,"reason":"x"}""" },
        { "sev", "reason", """{"sev":1}""" },
        { "sev", "reason", $$"""{"sev":1,"reason":"{{new string('x', 2001)}}"}""" },
        { "sev", "sev", """{"sev":2,"reason":"The same."}""" },
        { "assessment", "reason", """{"malicious":true}""" },
        { "assessment", "identifiability", """{"identifiability":"Perhaps","reason":"x"}""" },
        { "assessment", "integrity", """{"integrity":7,"reason":"x"}""" },
        { "assessment", "contextAdjustment", """{"contextAdjustment":4,"reason":"x"}""" },
        { "assessment", "reason", """{"reason":"Nothing differs."}""" },
        { "contain", "at", """{"at":"2999-01-01T00:00:00Z"}""" },
        { "contain", "at", """{"at":"1969-12-31T23:59:59Z"}""" },
        { "contain", "at", """{"at":"soon"}""" },
        { "contain", "note", $$"""{"note":"{{new string('x', 2001)}}"}""" },
        { "merge", "into", """{"into":"INC-999","reason":"x"}""" },
        { "merge", "into", """{"into":"INC-1","reason":"x"}""" },
        { "timestamps", "timestamp", """{"at":"2026-01-01T00:00:00Z","reason":"x"}""" },
        { "timestamps", "timestamp", """{"timestamp":"Forgotten","reason":"x"}""" },
        { "timestamps", "reason", """{"timestamp":"Detected","at":"2026-01-01T00:00:00Z"}""" },
        { "timestamps", "at", """{"timestamp":"Detected","at":"2999-01-01T00:00:00Z","reason":"x"}""" },
        { "timestamps", "cycle", """{"timestamp":"Contained","cycle":7,"reason":"x"}""" },
        { "programs", "program", """{"program":"NOPE"}""" },
        { "programs", "program", """{"program":"MCI"}""" },
        { "programs", "kind", """{"program":"TYP","kind":"Maybe"}""" },
        { "exposures", "dataset", """{"dataset":"nothing"}""" },
        { "exposures", "until", """{"dataset":"transcriptions","from":"2026-02-01T00:00:00Z","until":"2026-01-01T00:00:00Z"}""" },
        { "roles", "role", """{"account":"privacy"}""" },
        { "confidentiality", "reason", """{"confidentiality":"Restricted"}""" },
        { "notes", "body", """{"body":""}""" },
        { "notes", "body", $$"""{"body":"{{new string('x', 10001)}}"}""" },
        { "notes", "happenedAt", """{"body":"x","happenedAt":"2999-01-01T00:00:00Z"}""" },
        { "notes", "kind", """{"body":"x","kind":"Rumour"}""" },
    };

    [Theory]
    [MemberData(nameof(BadActs))]
    public async Task Invalid_input_to_an_act_is_refused_at_its_field_and_changes_nothing(string act, string field, string body)
    {
        var code = Code;
        var before = await _scene.TimelineAsync(code);
        AssertProblem(await _scene.TryAsync(code, act, body), HttpStatusCode.BadRequest, field);
        Assert.Equal(1, (await _scene.ReadAsync(code)).GetProperty("version").GetInt32());
        Assert.Equal(before, await _scene.TimelineAsync(code));
    }

    [Theory]
    [InlineData("INC-999")]
    [InlineData("INC-R7K2QD")]
    [InlineData("nonsense")]
    [InlineData("%27%20OR%201=1")]
    public async Task An_unknown_code_is_not_found(string code)
    {
        AssertProblem(await _scene.Responder.SendAsync(HttpMethod.Get, $"/api/v1/incidents/{code}"), HttpStatusCode.NotFound);
        AssertProblem(await _scene.TryAsync(code, "contain", new { }), HttpStatusCode.NotFound);
        AssertProblem(await _scene.Responder.SendAsync(HttpMethod.Get, $"/api/v1/incidents/{code}/timeline"), HttpStatusCode.NotFound);
    }
}
