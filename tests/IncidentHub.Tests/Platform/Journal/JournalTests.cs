using System.Text.Json;
using Dapper;
using IncidentHub.Domain;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Journal;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Platform.Journal;

public sealed class JournalTests : IAsyncLifetime
{
    private readonly TestHub _hub = new();

    public async ValueTask InitializeAsync() => await _hub.AsAsync("responder");

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task A_reference_to_an_incident_shows_its_code_only_to_readers_who_may_see_the_incident()
    {
        var open = await DeclareAsync("Open");
        var other = await DeclareAsync("Open");
        await RecordAsync(new TimelineEntry
        {
            IncidentId = open.Id,
            Kind = "test",
            Title = $"{Reference.To(other.Id)} is related",
            PublicTitle = $"{Reference.To(other.Id)} is related",
            Body = $"See {Reference.To(other.Id)}.",
            Data = new { other.Code },
            About = [other.Id],
        });
        var seen = await ReadAsync(open.Id, "owner");
        Assert.Equal(($"{other.Code} is related", $"See {other.Code}."), (seen.Title, seen.Body));
        Assert.NotNull(seen.Data);

        // Restricted later: earlier texts hide it, too.
        var privacy = await _hub.AsAsync("privacy");
        await privacy.MakeAsync($"/api/v1/incidents/{other.Code}/confidentiality",
            new { confidentiality = "Restricted", reason = "Named people." });
        var hidden = await ReadAsync(open.Id, "owner");
        Assert.Equal(("A restricted incident is related", null), (hidden.Title, hidden.Body));
        Assert.Null(hidden.Data);
        Assert.Equal($"{other.Code} is related", (await ReadAsync(open.Id, "privacy")).Title);
    }

    [Fact]
    public async Task An_entry_about_a_hidden_subject_without_a_public_title_does_not_exist_for_the_reader_and_leaves_no_gap()
    {
        var (open, other) = (await DeclareAsync("Open"), await DeclareAsync("Restricted"));
        for (var n = 1; n <= 5; n++)
        {
            await RecordAsync(
                new TimelineEntry { IncidentId = open.Id, Kind = "test", Title = $"Open {n}" },
                new TimelineEntry { IncidentId = open.Id, Kind = "test", Title = $"Hidden {n}", About = [other.Id] });
        }
        Assert.Equal(["Open 5", "Open 4", "Open 3", "Open 2", "Open 1"], await TitlesAsync(open.Id, "owner", 2));
        Assert.Equal(10, (await TitlesAsync(open.Id, "privacy", 3)).Count);
    }

    [Fact]
    public async Task A_text_in_the_form_of_a_reference_discloses_no_subject_that_the_entry_is_not_about()
    {
        var (open, other) = (await DeclareAsync("Open"), await DeclareAsync("Restricted"));
        var typed = $"Typed {Reference.To(other.Id)}";
        await RecordAsync(new TimelineEntry { IncidentId = open.Id, Kind = "test", Title = typed });
        Assert.Equal(typed, (await ReadAsync(open.Id, "privacy")).Title);
    }

    [Fact]
    public async Task The_audit_log_holds_the_digest_of_every_timeline_entry_of_the_act()
    {
        var open = await DeclareAsync("Open");
        await RecordAsync(new TimelineEntry { IncidentId = open.Id, Kind = "test", Title = "One", Body = "Of two", Data = new { n = 1 } },
            new TimelineEntry { IncidentId = open.Id, Kind = "test", Title = "Two", PublicTitle = "Something" });
        await _hub.Db.ReadAsync(async sql =>
        {
            var connection = ((Sql)sql).Connection;
            var payload = await connection.ExecuteScalarAsync<string>("SELECT Payload FROM AuditEntry WHERE Act = 'test.done'");
            var written = JsonDocument.Parse(payload!).RootElement;
            Assert.Equal("kept", written.GetProperty("fact").GetString());
            var digests = written.GetProperty("rows").EnumerateArray().ToDictionary(
                r => new RowsRef(r.GetProperty("table").GetString()!, r.GetProperty("key").GetString()!),
                r => r.GetProperty("digest").GetString());
            var ids = await connection.QueryAsync<Guid>("SELECT Id FROM TimelineEntry WHERE Kind = 'test'");
            var keys = ids.Select(id => id.ToString("D")).ToList();
            Assert.Equal(2, keys.Count);
            var rows = await RowDigests.ReadAsync(sql, "TimelineEntry", keys);
            foreach (var key in keys)
            {
                var salt = await connection.ExecuteScalarAsync<string>("SELECT Salt FROM RowDigest WHERE RowsKey = @key", new { key });
                Assert.Equal(RowDigests.Of(new("TimelineEntry", key), salt!, rows[key]), digests[new("TimelineEntry", key)]);
            }
            return true;
        });
    }

    private async Task RecordAsync(params TimelineEntry[] lines) => await _hub.Db.WriteAsync<Done>(async tx =>
    {
        await tx.RecordAsync(
            TestHub.Actor("responder"), new() { Action = "test.done", Subject = "test", Detail = new { fact = "kept" }, Timeline = lines });
        return default(Done);
    });

    private async Task<(Guid Id, string Code)> DeclareAsync(string confidentiality)
    {
        var privacy = await _hub.AsAsync("privacy");
        var owner = await _hub.AsAsync("owner");
        if ((await owner.GetAsync("/api/v1/programs/JRN")).StatusCode == System.Net.HttpStatusCode.NotFound)
            await owner.MakeAsync(
                "/api/v1/programs", new { code = "JRN", name = "Journal", purpose = "Test.", owner = "owner", unit = "Test" });
        var made = await privacy.MakeAsync("/api/v1/incidents", new
        {
            title = "An incident",
            sev = 4,
            confidentiality,
            programs = new[] { new { program = "JRN", kind = "Downstream" } },
        });
        var code = made.Text("code");
        var id = await _hub.Db.ReadAsync(async sql =>
            Guid.Parse($"{await ((Sql)sql).Connection.ExecuteScalarAsync("SELECT Id FROM Incident WHERE Code = @code", new { code })}"));
        return (id, code);
    }

    private async Task<List<string>> TitlesAsync(Guid incident, string account, int limit)
    {
        var (titles, cursor) = (new List<string>(), (string?)null);
        do
        {
            var page = (await _hub.Db.ReadAsync(sql => _hub.Services.GetRequiredService<TimelineReader>()
                .OfIncidentAsync(sql, incident, new(["test"], Cursor: cursor, Limit: limit), TestHub.Actor(account)))).Value;
            Assert.True(page.Items.Count == limit || page.NextCursor is null, "a gap");
            titles.AddRange(page.Items.Select(e => e.Title));
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return titles;
    }

    private async Task<TimelineEntryView> ReadAsync(Guid incident, string account) => Assert.Single(
        (await _hub.Db.ReadAsync(sql => _hub.Services.GetRequiredService<TimelineReader>()
            .OfIncidentAsync(sql, incident, new(["test"]), TestHub.Actor(account)))).Value.Items);
}
