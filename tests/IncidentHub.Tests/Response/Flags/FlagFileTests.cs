using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using IncidentHub.Tests.Support;
using IncidentHub.Response.Evidence;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using static IncidentHub.Tests.Support.Pictures;

namespace IncidentHub.Tests.Response.Flags;

public sealed partial class FlagFileTests : IAsyncLifetime
{
    private static readonly byte[] Photo = Jpeg(Exif(6), Segment(0xFE, "taken by MaxCam"u8));
    private readonly TestHub _hub = new();
    private HttpClient _employee = null!, _responder = null!;

    public async ValueTask InitializeAsync() =>
        (_employee, _responder) = (await _hub.AsAsync("employee"), await _hub.AsAsync("responder"));

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    private string Folder => _hub.Services.GetRequiredService<EvidenceFolder>()
        .PathOf(_hub.Services.GetRequiredService<IOptions<EvidenceOptions>>().Value);

    [Fact]
    public async Task A_reporter_attaches_a_file_that_triage_downloads_without_what_it_told_of_the_reporter()
    {
        await _employee.MakeAsync("/api/v1/flags", new { text = "Something is open." });
        var flag = await _employee.MakeAsync("/api/v1/flags/F-1/files", new FormBody("IMG_Jane.jpg", Photo, ("message", "See here.")));
        var file = flag.GetProperty("messages")[0].GetProperty("files")[0];
        Assert.Equal(("F-1-1.jpg", "Jpeg"), (file.Text("name"), file.Text("kind")));

        using var answer = await _responder.GetAsync("/api/v1/flags/F-1/files/1");
        var content = await answer.Content.ReadAsByteArrayAsync();
        Assert.DoesNotContain("MaxCam", Encoding.Latin1.GetString(content));
        Assert.Equal("application/octet-stream", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("F-1-1.jpg", answer.Content.Headers.ContentDisposition!.FileNameStar);
        Assert.StartsWith("sandbox;", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal(content, await _employee.GetByteArrayAsync("/api/v1/flags/F-1/files/1"));
        foreach (var (account, path) in new[] { ("counsel", "F-1/files/1"), ("auditor", "F-1/files/1"), ("responder", "F-1/files/2") })
            Assert.Equal(HttpStatusCode.NotFound, (await (await _hub.AsAsync(account)).GetAsync($"/api/v1/flags/{path}")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden,
            (await _responder.PostAsync("/api/v1/flags/F-1/files", new FormBody("a.jpg", Photo))).Status);
        Assert.DoesNotContain(await StoredAsync(), t => t.Contains("IMG_Jane", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_form_that_is_cut_off_is_refused_and_leaves_nothing()
    {
        await _employee.MakeAsync("/api/v1/flags", new { text = "Something is open." });
        var receipt = (await _employee.MakeAsync("/api/v1/flags", new { text = "A list.", anonymous = true })).Text("receipt");
        using var nobody = await _hub.AsAsync(null);
        var text = "What I saw."u8.ToArray();
        foreach (var (by, path, field) in new[] { (_employee, "F-1", ("message", "Here.")), (nobody, "by-receipt", ("receipt", receipt)) })
        {
            await foreach (var cut in new FormBody("a.txt", text, field).CutAsync("What I saw."))
            {
                using var answer = await by.PostAsync($"/api/v1/flags/{path}/files", cut);
                Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            }
        }
        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Fact]
    public async Task A_file_of_an_anonymous_reporter_leaves_no_trace_of_its_name_or_its_sender()
    {
        var receipt = (await _employee.MakeAsync("/api/v1/flags", new { text = "Something is open.", anonymous = true })).Text("receipt");
        using var nobody = await _hub.AsAsync(null);
        var flag = await nobody.MakeAsync("/api/v1/flags/by-receipt/files", new FormBody("IMG_Jane.jpg", Photo, ("receipt", receipt)));
        Assert.Equal(1, flag.GetProperty("messages")[0].GetProperty("files").GetArrayLength());
        var (wrong, _) = await nobody.PostAsync("/api/v1/flags/by-receipt/files",
            new FormBody("IMG_Jane.jpg", Photo, ("receipt", "0000-0000-0000-0000")));
        Assert.Equal(HttpStatusCode.NotFound, wrong);
        Assert.DoesNotContain(await StoredAsync(), t => t.Contains("IMG_Jane", StringComparison.Ordinal) || t.Contains(receipt));
    }

    [Theory]
    [InlineData("not a picture")]
    [InlineData("cut off")]
    [InlineData("empty")]
    [InlineData("too large")]
    public async Task A_refused_file_leaves_nothing_behind(string what)
    {
        await _employee.MakeAsync("/api/v1/flags", new { text = "Something is open." });
        var content = what switch
        {
            "not a picture" => [0x50, 0x4B, 3, 4, 0],
            "cut off" => Photo[..^3],
            "empty" => [],
            _ => new byte[(10 * 1024 * 1024) + 1],
        };
        ApiCalls.AssertProblem(await _employee.PostAsync("/api/v1/flags/F-1/files", new FormBody("a.jpg", content, ("message", "See."))),
            HttpStatusCode.BadRequest, "file");
        Assert.Equal(0, (await _employee.ReadAsync("/api/v1/flags/F-1")).GetProperty("messages").GetArrayLength());
        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Fact]
    public async Task The_form_takes_files_and_keeps_what_was_typed_where_one_is_refused()
    {
        var (_, page) = await SendAsync("/flags/new", "flag", [("text", "Typed with care"), ("anonymous", "true")], Photo,
            "kaput"u8.ToArray(), [1, 0]);
        Assert.Contains("Typed with care</textarea>", page, StringComparison.Ordinal);
        Assert.Contains("File 3: ", page, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Folder));
        var (_, sent) = await SendAsync("/flags/new", "flag", [("text", "Typed with care"), ("anonymous", "true")], Photo,
            "a log"u8.ToArray());
        var receipt = Receipt().Match(sent).Value;
        var flag = await _responder.ReadAsync("/api/v1/flags/F-1");
        Assert.Equal(["F-1-1.jpg", "F-1-2.txt"], flag.GetProperty("files").EnumerateArray().Select(f => f.Text("name")));
        var (_, said) = await SendAsync("/flags/receipt", "say", [("receipt", receipt), ("message", "")], Png());
        Assert.Contains("F-1-3.png", said, StringComparison.Ordinal);
        var (_, again) = await SendAsync("/flags/receipt", "say", [("receipt", receipt), ("message", "Once more")], Png());
        Assert.Contains("This file is attached already.", again, StringComparison.Ordinal);
        Assert.Contains("Once more</textarea>", again, StringComparison.Ordinal);
        Assert.Equal(3, Directory.GetFiles(Folder).Length);
    }

    [Fact]
    public async Task Files_become_evidence_of_the_incident_that_the_flag_ends_in()
    {
        foreach (var code in new[] { "F-1", "F-2" })
        {
            await _employee.MakeAsync("/api/v1/flags", new { text = "Something is open." });
            await _employee.MakeAsync($"/api/v1/flags/{code}/files", new FormBody("IMG_Jane.png", Png(), ("message", code)));
        }
        var owner = await _hub.AsAsync("owner");
        await owner.MakeAsync("/api/v1/programs", new
        {
            code = "MCI",
            name = "Mouse and click inventory",
            purpose = "Train models",
            owner = "owner",
            unit = "Research",
            regions = new[] { "US" },
            categories = new[] { "Clicks" },
        });
        var incident = (await _responder.MakeAsync("/api/v1/incidents", new
        {
            title = "Open",
            sev = 4,
            flag = "F-1",
            programs = new[] { new { program = "MCI" } }
        })).Text("code");
        await _responder.MakeAsync("/api/v1/flags/F-2/merge", new { incident });
        var evidence = (await _responder.ReadAsync($"/api/v1/incidents/{incident}/evidence")).GetProperty("items")
            .EnumerateArray().ToList();
        Assert.Equal(["F-2-1.png by A reporter from Flag F-2", "F-1-1.png by A reporter from Flag F-1"],
            evidence.Select(e => $"{e.Text("name")} by {e.Text("takenBy")} from {e.Text("takenFrom")}"));
        Assert.Equal(await _employee.GetByteArrayAsync("/api/v1/flags/F-1/files/1"),
            await (await _hub.AsAsync("privacy")).GetByteArrayAsync($"/api/v1/evidence/{evidence[1].Text("code")}/content"));
        await SweepAsync();
        Assert.Equal(2, Directory.GetFiles(Folder).Length);
    }

    [Fact]
    public async Task The_sweep_keeps_files_of_flags_and_a_damaged_one_is_not_handed_out()
    {
        await _employee.MakeAsync("/api/v1/flags", new { text = "Something is open." });
        await _employee.MakeAsync("/api/v1/flags/F-1/files", new FormBody("a.png", Png()));
        await SweepAsync();
        var stored = Assert.Single(Directory.GetFiles(Folder));
        await File.AppendAllTextAsync(stored, "changed");
        var (status, body) = await _responder.SendAsync(HttpMethod.Get, "/api/v1/flags/F-1/files/1");
        Assert.Equal((HttpStatusCode.Conflict, "damaged"), (status, body.Text("code")));
    }

    [Fact]
    public async Task Large_files_from_one_account_or_address_are_rate_limited()
    {
        await using var hub = new TestHub { Settings = new Dictionary<string, string> { ["Flags:MegabytesPerHour"] = "10" } };
        using var employee = await hub.AsAsync("employee");
        await employee.MakeAsync("/api/v1/flags", new { text = "Something is open." });
        var text = Encoding.UTF8.GetBytes(new string('a', 6 * 1024 * 1024));
        await employee.MakeAsync("/api/v1/flags/F-1/files", new FormBody("a.txt", text));
        var (status, body) = await employee.PostAsync("/api/v1/flags/F-1/files", new FormBody("b.txt", [.. text, 65]));
        Assert.Equal(HttpStatusCode.TooManyRequests, status);
        Assert.Contains("without files", body.Text("detail"));
        await employee.MakeAsync("/api/v1/flags/F-1/messages", new { message = "It was too large." });
    }

    private async Task SweepAsync()
    {
        foreach (var file in Directory.GetFiles(Folder)) File.SetLastWriteTimeUtc(file, _hub.Clock.Now.UtcDateTime.AddDays(-3));
        await _hub.Services.GetRequiredService<EvidenceSweep>().RunAsync(CancellationToken.None);
    }

    private async Task<(HttpStatusCode, string)> SendAsync(
        string path, string form, (string Name, string Value)[] fields, params byte[][] files)
    {
        var page = await _employee.GetStringAsync(path);
        using var content = new MultipartFormDataContent
        {
            { new StringContent(form), "_handler" },
            { new StringContent(Antiforgery().Match(page).Groups[1].Value), "__RequestVerificationToken" },
        };
        foreach (var (name, value) in fields) content.Add(new StringContent(value), name);
        foreach (var file in files)
        {
            var part = new ByteArrayContent(file);
            part.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
            content.Add(part, "file", "IMG_Jane.jpg");
        }
        using var answer = await _employee.PostAsync(path, content);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    // Every text of every row of every table.
    private async Task<List<string>> StoredAsync()
    {
        await using var connection = await _hub.Services.GetRequiredService<IncidentHub.Platform.Database.Connections>()
            .OpenAsync(CancellationToken.None);
        var texts = new List<string>();
        foreach (var table in await Dapper.SqlMapper.QueryAsync<string>(connection, "SELECT name FROM sqlite_master WHERE type = 'table'"))
            foreach (var row in await Dapper.SqlMapper.QueryAsync(connection, $"SELECT * FROM \"{table}\""))
                texts.AddRange(((IDictionary<string, object?>)row).Values.OfType<string>());
        return texts;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Antiforgery();

    [GeneratedRegex("[0-9A-Z]{4}(-[0-9A-Z]{4}){3}")]
    private static partial Regex Receipt();
}
