using System.Net;
using System.Text;
using System.Text.Json;
using IncidentHub.Tests.Support;
using static IncidentHub.Tests.Support.ApiCalls;

namespace IncidentHub.Tests.Catalog.Datasets;

public sealed class DatasetImportTests : IAsyncLifetime
{
    private const string Import = "/api/v1/datasets/import";
    private readonly TestHub _hub = new();
    private HttpClient _owner = null!;

    public async ValueTask InitializeAsync() => _owner = await _hub.AsAsync("owner");

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task Datasets_are_registered_with_their_lineage_in_one_act()
    {
        const string Csv = """"
            Name;Owner;Promised audience;Promised group;Classification;Data categories;Encrypted at rest;Records;Regions;Derived from;Why
            Prompts;owner;NamedGroup;research group;restricted;"private communications, prompts";no;12400000;US;;seen
            summaries;owner;whole company;;;;;;;prompts;

            scores;OWNER;;"raters; ""two""";;;;;;"prompts, summaries";
            """";
        var preview = await _owner.MakeAsync($"{Import}?dryRun=true", new { csv = Csv });
        Assert.Equal("3 3 3 0", Told(preview));
        Assert.Empty((await _owner.ReadAsync("/api/v1/datasets")).GetProperty("items").EnumerateArray());
        Assert.Equal("3 3 3 0", Told(await _owner.MakeAsync(Import, new { csv = Csv })));
        var prompts = await _owner.ReadAsync("/api/v1/datasets/prompts");
        Assert.Equal(("Restricted", "No", 12_400_000L), (prompts.Text("classification"), prompts.Text("encryptionAtRest"),
            prompts.GetProperty("records").GetInt64()));
        var scores = await _owner.ReadAsync("/api/v1/datasets/scores");
        Assert.Equal("raters; \"two\"", scores.GetProperty("promisedAudience").Text("name"));
        Assert.Equal(["prompts", "summaries"], scores.GetProperty("derivedFrom").EnumerateArray().Select(n => n.GetString()).Order());
        var auditor = await _hub.AsAsync("auditor");
        Assert.Equal(3, (await auditor.ReadAsync("/api/v1/audit?act=dataset.registered")).GetProperty("items").GetArrayLength());
        Assert.Equal(3, (await auditor.ReadAsync("/api/v1/audit?act=lineage.stated")).GetProperty("items").GetArrayLength());
        Assert.True((await auditor.ReadAsync("/api/v1/audit/verification")).GetProperty("ok").GetBoolean());
    }

    [Fact]
    public async Task One_row_that_cannot_be_taken_leaves_nothing_written_and_is_named_by_line_and_field()
    {
        await _owner.MakeAsync("/api/v1/datasets", DatasetApiTests.Dataset("taken"));
        const string Csv = """
            name,owner,promisedAudience,classification,records,derivedFrom
            fine,owner,Public,,,
            taken,owner,Public,,,
            x,nobody,Everybody,Secret,many,
            fine,owner,Public,,,missing
            "two
            lines",owner,Public,,-1,
            last,owner,,,,last
            """;
        var preview = await _owner.MakeAsync($"{Import}?dryRun=true", new { csv = Csv });
        string[] expected =
        [
            "3 name", "4 classification", "4 name", "4 owner", "4 promisedAudience", "4 records", "5 derivedFrom", "5 name", "6 name",
            "6 records", "8 derivedFrom", "8 promisedAudience",
        ];
        Assert.Equal(expected, preview.GetProperty("refused").EnumerateArray()
            .Select(r => $"{r.GetProperty("line").GetInt32()} {r.Text("field")}").Order(StringComparer.Ordinal));
        var refused = await _owner.PostAsync(Import, new { csv = Csv });
        AssertProblem(refused, HttpStatusCode.BadRequest, [.. expected.Select(e => $"lines[{e[0]}].{e[2..]}")]);
        Assert.Equal("taken", Assert.Single((await _owner.ReadAsync("/api/v1/datasets")).GetProperty("items").EnumerateArray())
            .Text("name"));
    }

    [Fact]
    public async Task Lineage_is_stated_between_registered_datasets_and_what_stands_is_not_counted()
    {
        foreach (var name in (string[])["a1", "b1", "c1"]) await _owner.MakeAsync("/api/v1/datasets", DatasetApiTests.Dataset(name));
        var columns = new { upstream = "from", downstream = "TO" };
        var sent = new { holds = "Lineage", csv = "from,to,why\na1,b1,x\nB1,c1,\na1,b1,again\n", columns };
        Assert.Equal("3 0 2 0", Told(await _owner.MakeAsync(Import, sent)));
        Assert.Equal("3 0 0 0", Told(await _owner.MakeAsync(Import, sent)));
        AssertProblem(await _owner.PostAsync(Import, new { holds = "Lineage", csv = "upstream,downstream\na1,a1\nzz,b1\n" }),
            HttpStatusCode.BadRequest, "lines[2].upstream", "lines[3].upstream");
        // Others' datasets are not linked by somebody who may not edit them.
        await _owner.MakeAsync("/api/v1/datasets", DatasetApiTests.Dataset("d1", owner: "owner-2"));
        AssertProblem(await _owner.PostAsync(Import, new { holds = "Lineage", csv = "upstream,downstream\na1,d1\n" }),
            HttpStatusCode.BadRequest, "lines[2].upstream");
    }

    [Theory]
    [InlineData("", "csv")]
    [InlineData("name,owner,promisedAudience", "csv")]
    [InlineData("name,owner,promisedAudience\na1,owner,Public,more", "csv")]
    [InlineData("name,owner,promisedAudience\na1,\"owner,Public", "csv")]
    [InlineData("name,name\na1,b1", "csv")]
    [InlineData("title,owner,promisedAudience\na1,owner,Public", "columns.name")]
    public async Task A_table_that_cannot_be_read_is_refused(string csv, string field) =>
        AssertProblem(await _owner.PostAsync(Import, new { csv }), HttpStatusCode.BadRequest, field);

    [Fact]
    public async Task Columns_that_are_not_there_are_refused()
    {
        const string Csv = "name,owner,promisedAudience\na1,owner,Public";
        AssertProblem(await _owner.PostAsync(Import, new { csv = Csv, columns = new { name = "title", colour = "name" } }),
            HttpStatusCode.BadRequest, "columns.name", "columns.colour", "columns.owner", "columns.promisedAudience");
    }

    [Fact]
    public async Task Five_thousand_rows_are_taken_and_no_more()
    {
        var rows = new StringBuilder("name,owner,promisedAudience,categories,description\n");
        var about = new string('x', 500);
        for (var i = 0; i < 5_000; i++) rows.Append(FormattableString.Invariant($"set-{i},owner,Public,prompts,{about}\n"));
        AssertProblem(await _owner.PostAsync(Import, new { csv = rows + "one,owner,Public,,\n" }), HttpStatusCode.BadRequest, "csv");
        using var request = new HttpRequestMessage(HttpMethod.Post, Import) { Content = ContentOf(new { csv = rows.ToString() }) };
        request.Headers.Add("Idempotency-Key", "five thousand");
        using var answer = await _owner.SendAsync(request);
        Assert.Equal("5000 5000 0 0", Told(JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement));
        Assert.Equal("Public", (await _owner.ReadAsync("/api/v1/datasets/set-4999")).GetProperty("promisedAudience").Text("scope"));
    }

    private static string Told(JsonElement report) => string.Join(' ', ((string[])["rows", "datasets", "links"])
        .Select(m => report.GetProperty(m).GetInt32()).Append(report.GetProperty("refused").GetArrayLength()));
}
