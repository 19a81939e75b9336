using System.Net;
using IncidentHub.Response.Incidents;
using IncidentHub.Tests.Support;
using static IncidentHub.Tests.Support.ApiCalls;

namespace IncidentHub.Tests.Response.Incidents;

/// <summary>The exports of a timeline have what their reader may see, and nothing that a spreadsheet or a renderer runs.</summary>
public sealed class TimelineExportTests : IAsyncLifetime
{
    private IncidentScene _scene = null!;
    private string _code = null!;

    private string Path => $"/api/v1/incidents/{_code}";

    public async ValueTask InitializeAsync()
    {
        _scene = await IncidentScene.CreateAsync();
        _code = await _scene.DeclareAsync();
    }

    public ValueTask DisposeAsync() => _scene.DisposeAsync();

    [Fact]
    public async Task A_table_has_every_entry_once_in_the_order_in_which_it_happened()
    {
        for (var i = 0; i < 260; i++) await _scene.ActAsync(_code, "notes", new { body = $"Note {i}." });
        var rows = (await _scene.Responder.GetStringAsync($"{Path}/timeline.csv?kind=note")).TrimEnd().Split("\r\n");
        Assert.StartsWith("happenedAt,recordedAt,kind,by,title,body", rows[0], StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(0, 260).Select(i => $",Note {i}.,"), rows[1..].Select((r, i) => r.Contains($",Note {i}.,",
            StringComparison.Ordinal) ? $",Note {i}.," : r));
    }

    [Fact]
    public async Task No_cell_begins_a_formula()
    {
        await _scene.ActAsync(_code, "notes", new { body = "=HYPERLINK(\"http://x\")" });
        var table = await _scene.Responder.GetStringAsync($"{Path}/timeline.csv?kind=note");
        Assert.Contains("'=HYPERLINK", table);
        Assert.DoesNotContain(",\"=HYPERLINK", table);
    }

    [Fact]
    public async Task A_document_renders_texts_as_they_were_written()
    {
        await _scene.ActAsync(_code, "notes", new { body = "# Not a heading\n<script>alert(1)</script>\n[x](http://y)" });
        var text = await _scene.Responder.GetStringAsync($"{Path}/timeline.md");
        Assert.StartsWith($"# Timeline of {_code}\n", text, StringComparison.Ordinal);
        Assert.Contains("  > \\# Not a heading\n  > \\<script\\>alert(1)\\</script\\>\n  > \\[x\\](http://y)\n", text);
        Assert.Single(text.Split('\n'), l => l.StartsWith("# ", StringComparison.Ordinal));
        Assert.Equal("1\\. Not a list", TimelineExport.Plain("1. Not a list"));
    }

    [Fact]
    public async Task An_export_has_only_what_its_reader_may_see()
    {
        var hidden = (await _scene.Responder.MakeAsync("/api/v1/incidents",
            new { title = "Secret matter", sev = 3, confidentiality = "Restricted", programs = new[] { new { program = "MCI" } } }))
            .Text("code");
        await _scene.ActAsync(_code, "merge", new { into = hidden, reason = "Its secret twin." });
        var outsider = await _scene.Hub.AsAsync("responder-2");
        foreach (var format in (string[])["csv", "md"])
        {
            Assert.Contains(hidden, (await _scene.Responder.GetStringAsync($"{Path}/timeline.{format}")).Replace("\\", ""));
            var text = (await outsider.GetStringAsync($"{Path}/timeline.{format}")).Replace("\\", "");
            Assert.DoesNotContain(hidden, text);
            Assert.DoesNotContain("secret twin", text);
            AssertProblem(await outsider.SendAsync(HttpMethod.Get, $"/api/v1/incidents/{hidden}/timeline.{format}"),
                HttpStatusCode.NotFound);
        }
    }

    [Theory]
    [InlineData("Open", 0)]
    [InlineData("Restricted", 2)]
    public async Task An_export_of_a_restricted_incident_is_audited(string confidentiality, int records)
    {
        var code = (await _scene.Responder.MakeAsync("/api/v1/incidents",
            new { title = "Another", sev = 3, confidentiality, programs = new[] { new { program = "MCI" } } })).Text("code");
        foreach (var format in (string[])["csv", "md"])
            await _scene.Responder.GetStringAsync($"/api/v1/incidents/{code}/timeline.{format}");
        var audit = await (await _scene.Hub.AsAsync("auditor")).ReadAsync("/api/v1/audit?act=timeline.exported");
        Assert.Equal(records, audit.GetProperty("items").EnumerateArray().Count());
    }

    [Fact]
    public async Task A_filter_that_the_timeline_refuses_the_export_refuses_too()
    {
        foreach (var (field, value) in ((string, string)[])[("kind", "zzz"), ("q", new string('a', 201))])
        {
            AssertProblem(await _scene.Responder.SendAsync(HttpMethod.Get, $"{Path}/timeline.csv?{field}={value}"),
                HttpStatusCode.BadRequest, field);
        }
    }
}
