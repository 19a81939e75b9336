using System.Net;
using IncidentHub.Access.Audit;
using IncidentHub.Domain;
using IncidentHub.Domain.Access;
using IncidentHub.Response.Incidents;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Response.Incidents.Privileged;

/// <summary>Counsel's notes are read by counsel, and by people of privacy whom counsel has named.</summary>
public sealed class PrivilegedNotesTests : IAsyncLifetime
{
    private static readonly string[] Others =
        ["employee", "responder", "responder-2", "owner", "deputy", "owner-2", "executive", "administrator", "auditor"];

    private IncidentScene _scene = null!;
    private string _code = "";

    public async ValueTask InitializeAsync()
    {
        _scene = await IncidentScene.CreateAsync();
        _code = (await _scene.Responder.MakeAsync("/api/v1/incidents",
            new { title = "A grant is too wide", sev = 4, programs = new[] { new { program = "MCI" } } })).Text("code");
        await _scene.Hub.CountedAsync();
    }

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task Counsel_writes_and_revises_notes_and_every_text_is_kept()
    {
        var id = await WriteAsync("Advice: notify.");
        var (status, revised) = await (await CounselAsync()).SendAsync(HttpMethod.Put, $"{Path}/{id}",
            new { body = "Advice: notify within 72 hours.", expectedRevision = 1 });
        Assert.Equal((HttpStatusCode.OK, 2), (status, revised.GetProperty("revision").GetInt32()));
        var note = Assert.Single((await ReadAsync("counsel")).Notes);
        Assert.Equal(("Advice: notify within 72 hours.", "Counsel", 2), (note.Body, note.By, note.Revision));
        Assert.Equal("Advice: notify.", Assert.Single(note.Earlier).Body);
        Assert.Equal(HttpStatusCode.Conflict, (await (await CounselAsync()).SendAsync(HttpMethod.Put, $"{Path}/{id}",
            new { body = "x", expectedRevision = 1 })).Status);
    }

    [Fact]
    public async Task Nobody_else_reads_them_whether_there_are_any_or_not()
    {
        var before = await AnswersAsync();
        await WriteAsync("Advice: notify.");
        Assert.Equal(before, await AnswersAsync());
        Assert.DoesNotContain("Advice", string.Join(' ', await _scene.TimelineAsync(_code)));

        async Task<string> AnswersAsync()
        {
            var all = new List<string>();
            foreach (var account in (string[])[.. Others, "privacy"])
            {
                var (status, _) = await (await _scene.Hub.AsAsync(account)).SendAsync(HttpMethod.Get, Path, null);
                Assert.Equal(account == "privacy" ? HttpStatusCode.NotFound : HttpStatusCode.Forbidden, status);
                all.Add($"{account} {status}");
            }
            return string.Join('\n', all);
        }
    }

    [Fact]
    public async Task A_named_person_of_privacy_reads_them_and_does_not_write()
    {
        await WriteAsync("Advice: notify.");
        await NameAsync("privacy");
        var seen = await ReadAsync("privacy");
        Assert.Equal("Advice: notify.", Assert.Single(seen.Notes).Body);
        Assert.Equal(("privacy", "Counsel"), (Assert.Single(seen.Readers).Account, seen.Readers[0].NamedBy));
        var privacy = await _scene.Hub.AsAsync("privacy");
        Assert.Equal(HttpStatusCode.Forbidden, (await privacy.SendAsync(HttpMethod.Post, Path, new { body = "x" })).Status);
        Assert.Equal(HttpStatusCode.Forbidden,
            (await privacy.SendAsync(HttpMethod.Post, $"{Readers}", new { account = "privacy" })).Status);

        // Who has lost the role is not of privacy any more, named or not.
        var queries = _scene.Hub.Services.GetRequiredService<ReadPrivilegedHandler>();
        Assert.True((await queries.HandleAsync(_code, TestHub.Actor("privacy") with { Roles = Roles.Responder })).Refusal
            is { Kind: RefusalKind.Forbidden });

        (await (await CounselAsync()).DeleteAsync($"{Readers}/privacy")).EnsureSuccessStatusCode();
        Assert.Equal(HttpStatusCode.NotFound, (await privacy.SendAsync(HttpMethod.Get, Path, null)).Status);
    }

    [Fact]
    public async Task Only_people_of_privacy_are_named()
    {
        foreach (var account in (string[])["responder", "owner", "administrator", "auditor", "nobody", ""])
        {
            var (status, answer) = await (await CounselAsync()).SendAsync(HttpMethod.Post, Readers, new { account });
            Assert.Equal(HttpStatusCode.BadRequest, status);
            Assert.Contains("role privacy", answer.ToString());
        }
    }

    [Fact]
    public async Task Acts_and_reads_are_audited_and_an_auditor_sees_a_pseudonym()
    {
        await WriteAsync("Advice: notify.");
        await NameAsync("privacy");
        await ReadAsync("privacy");
        await _scene.Hub.Services.GetRequiredService<RestrictedReads>().WriteAsync();
        var log = (await (await _scene.Hub.AsAsync("auditor")).ReadAsync("/api/v1/audit?act=privileged-&limit=50")).GetProperty("items")
            .EnumerateArray().ToList();
        Assert.Equal(["privileged-part.read Privacy", "privileged-reader.named Counsel", "privileged-note.written Counsel"],
            log.Select(r => $"{r.Text("act")} {r.Text("actorName")}"));
        Assert.All(log, r => Assert.StartsWith("hidden-", r.Text("pseudonym")));
        Assert.All(log, r => Assert.Equal(System.Text.Json.JsonValueKind.Null, r.GetProperty("payload").ValueKind));
    }

    private string Path => $"/api/v1/incidents/{_code}/privileged-notes";

    private string Readers => $"/api/v1/incidents/{_code}/privileged-readers";

    private Task<HttpClient> CounselAsync() => _scene.Hub.AsAsync("counsel");

    private async Task<Guid> WriteAsync(string body) =>
        (await (await CounselAsync()).MakeAsync(Path, new { body })).GetProperty("id").GetGuid();

    private async Task NameAsync(string account) =>
        Assert.Equal(HttpStatusCode.NoContent, (await (await CounselAsync()).SendAsync(HttpMethod.Post, Readers, new { account })).Status);

    private async Task<PrivilegedView> ReadAsync(string account) =>
        (await _scene.Hub.Services.GetRequiredService<ReadPrivilegedHandler>().HandleAsync(_code, TestHub.Actor(account))).Value;
}
