using IncidentHub.Platform.Http;
using IncidentHub.Tests.Support;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Insight;

/// <summary>Every list with a search finds text however it is typed.</summary>
public sealed class SearchTests
{
    private static readonly Dictionary<string, string> Names = new()
    {
        ["/api/v1/incidents"] = "title",
        ["/api/v1/programs"] = "name",
        // Names of datasets are a–z only.
        ["/api/v1/datasets"] = "",
        // For administrators only, by the beginning of the account or of a word of the name.
        ["/api/v1/people"] = "",
        // Within one thing, for privacy: RedactionTests.
        ["/api/v1/incidents/{code}/texts"] = "",
        ["/api/v1/decisions/{code}/texts"] = "",
        ["/api/v1/tasks/{code}/texts"] = "",
        ["/api/v1/flags/{code}/texts"] = "",
        ["/api/v1/statements/{code}/texts"] = "",
        ["/api/v1/evidence/{code}/texts"] = "",
        // Within one incident: TimelineSearchTests.
        ["/api/v1/incidents/{code}/timeline"] = "",
        ["/api/v1/incidents/{code}/timeline.csv"] = "",
        ["/api/v1/incidents/{code}/timeline.md"] = "",
    };

    [Theory]
    [InlineData("Café readable by all", "cafe\u0301")]
    [InlineData("Cafe\u0301 readable by all", "CAFÉ")]
    [InlineData("Straße readable by all", "strasse")]
    [InlineData("员工数据泄露事件", "泄露")]
    [InlineData("员工数据泄露事件", "事件")]
    [InlineData("员工数据泄露事件", "件")]
    [InlineData("データ漏洩の報告", "漏洩")]
    [InlineData("ข้อมูลรั่วไหล", "รั่วไหล")]
    [InlineData("데이터유출", "유출")]
    [InlineData("𠮷野家", "野")]
    public async Task A_text_is_found_in_every_list(string text, string typed)
    {
        await using var hub = new TestHub();
        var (owner, responder) = (await hub.AsAsync("owner"), await hub.AsAsync("responder"));
        await owner.MakeAsync("/api/v1/programs",
            new { code = "HIT", name = text, purpose = "Test.", owner = "owner", unit = "Test" });
        await owner.MakeAsync("/api/v1/programs",
            new { code = "MISS", name = "Other 数露 漏れ", purpose = "Test.", owner = "owner", unit = "Test" });
        await responder.MakeAsync("/api/v1/incidents", new { title = text, sev = 3, programs = new[] { new { program = "HIT" } } });
        await responder.MakeAsync("/api/v1/incidents",
            new { title = "Other 数露 漏れ", sev = 3, programs = new[] { new { program = "MISS" } } });
        foreach (var path in Searches(hub))
        {
            if (Names[path].Length == 0) continue;
            var found = (await responder.ReadAsync($"{path}?q={Uri.EscapeDataString(typed)}")).GetProperty("items");
            Assert.Equal(text.Normalize(), Assert.Single(found.EnumerateArray()).Text(Names[path]));
        }
    }

    [Fact]
    public async Task Every_list_with_a_search_is_known_here()
    {
        await using var hub = new TestHub();
        Assert.Equal(Names.Keys.Order(), Searches(hub).Order());
    }

    private static IReadOnlyList<string> Searches(TestHub hub) => [.. hub.Services.GetRequiredService<EndpointDataSource>().Endpoints
        .OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<ApiEndpoint>() is not null
            && e.Metadata.GetOrderedMetadata<IParameterBindingMetadata>().Any(p => p.Name is "q" or "text" or "search"))
        .Select(e => e.RoutePattern.RawText!.TrimEnd('/'))];
}
