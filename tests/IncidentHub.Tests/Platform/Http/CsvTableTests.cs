using System.Text;
using IncidentHub.Platform.Http;
using IncidentHub.Tests.Support;
using IncidentHub.Tests.Switch.Collectors;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Platform.Http;

public sealed class CsvTableTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("  =1+1", "  '=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("＝1", "'＝1")]
    [InlineData("\t=1", "'\t'=1")]
    [InlineData("\r=1", "'\r'=1")]
    [InlineData("a;=1+1;b", "a;'=1+1;b")]
    [InlineData("a; =1+1", "a; '=1+1")]
    [InlineData("a,@x", "a,'@x")]
    [InlineData("a\n-1", "a\n'-1")]
    [InlineData("a|+1", "a|'+1")]
    [InlineData("a;\"=1\"", "a;\"'=1\"")]
    [InlineData("\u200B=1", "\u200B'=1")]
    [InlineData("a=b+c-d@e", "a=b+c-d@e")]
    [InlineData("2026-06-18", "2026-06-18")]
    [InlineData("well-known; up-to-date", "well-known; up-to-date")]
    public void A_text_is_no_formula_wherever_a_spreadsheet_splits_it(string text, string expected) =>
        Assert.Equal(expected, CsvTable.Inert(text));

    [Fact]
    public async Task A_table_begins_with_a_byte_order_mark_and_keeps_numbers()
    {
        using var to = new MemoryStream();
        await using (var csv = CsvTable.Create(to))
        {
            await csv.WriteRowAsync(["name", "seconds"], default);
            await csv.WriteRowAsync(["=Zoë;=1", -1.5], default);
            await csv.WriteRowAsync([null, null], default);
        }
        Assert.Equal(Encoding.UTF8.GetPreamble(), to.ToArray()[..3]);
        var rows = Encoding.UTF8.GetString(to.ToArray()[3..]).ReplaceLineEndings("\n");
        Assert.Equal("name,seconds\n'=Zoë;'=1,-1.5\n,\n", rows.Replace("\"", "", StringComparison.Ordinal));
    }

    /// <summary>Each answer of the API that is such a table is read here.</summary>
    [Fact]
    public async Task Every_table_of_the_API_is_written_so()
    {
        await using var world = await SwitchWorld.StartAsync();
        await (await world.CollectorAsync()).RenewAsync();
        var pause = (await world.PauseAsync()).GetProperty("pause").GetProperty("id").GetGuid();
        var tables = world.Hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>().Any(p => p.ContentTypes.Contains("text/csv")))
            .Select(e => e.RoutePattern.RawText).ToList();
        Assert.Equal(["/api/v1/pauses/{id:guid}/proofs.csv"], tables);
        var bytes = await world.Owner.GetByteArrayAsync($"/api/v1/pauses/{pause}/proofs.csv");
        Assert.Equal(Encoding.UTF8.GetPreamble(), bytes[..3]);
        // Another writer of tables would not escape.
        Assert.Equal(["CsvTable.cs"], SourceTree.Files("src", "*.cs").Where(f => !f.Contains("/obj/", StringComparison.Ordinal)
            && File.ReadAllText(f).Contains("CsvWriter", StringComparison.Ordinal)).Select(Path.GetFileName));
    }
}
