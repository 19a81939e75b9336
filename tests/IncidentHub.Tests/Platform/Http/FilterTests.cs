using System.Net;
using IncidentHub.Platform.Http;
using IncidentHub.Tests.Response.Incidents;
using IncidentHub.Tests.Support;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using static IncidentHub.Tests.Support.ApiCalls;

namespace IncidentHub.Tests.Platform.Http;

/// <summary>A filter that cannot select anything is refused by name: an empty list would be read as «there is none».</summary>
public class FilterTests(SharedIncidentScene shared) : IClassFixture<SharedIncidentScene>
{
    private readonly IncidentScene _scene = shared.Scene;

    /// <summary>The query parameters of the API that name something by its code, found in the route table.</summary>
    private IEnumerable<(string Path, string Parameter)> Codes() =>
        from endpoint in _scene.Hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        where endpoint.Metadata.GetMetadata<ApiEndpoint>() is not null && endpoint.RoutePattern.Parameters.Count == 0
            && endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Contains("GET")
            // A flag names a program as its reporter wrote it, also one that is not in the catalog.
            && endpoint.RoutePattern.RawText!.TrimEnd('/') != "/api/v1/flags"
        from parameter in endpoint.Metadata.GetOrderedMetadata<IParameterBindingMetadata>()
        where parameter.Name is "program" or "incident" or "decision" or "dataset" or "flag" or "task"
        select (endpoint.RoutePattern.RawText!, parameter.Name);

    [Fact]
    public async Task A_code_that_does_not_exist_is_refused_at_its_parameter()
    {
        var codes = Codes().ToArray();
        Assert.InRange(codes.Length, 7, 40);
        foreach (var (path, parameter) in codes)
        {
            foreach (var code in (string[])["NOPE", "INC-99999", "D-99999", "INC-R7K2QD"])
                AssertProblem(
                    await _scene.Responder.SendAsync(HttpMethod.Get, $"{path}?{parameter}={code}"), HttpStatusCode.BadRequest, parameter);
        }
    }

    [Fact]
    public async Task A_restricted_incident_is_refused_as_one_that_does_not_exist()
    {
        var incident = await _scene.DeclareAsync();
        await _scene.ActAsync(incident, "confidentiality", new { confidentiality = "Restricted", reason = "People are named." });
        var second = await _scene.Hub.AsAsync("responder-2");
        var hidden = await second.SendAsync(HttpMethod.Get, $"/api/v1/tasks?incident={incident}");
        AssertProblem(hidden, HttpStatusCode.BadRequest, "incident");
        var missing = await second.SendAsync(HttpMethod.Get, "/api/v1/tasks?incident=INC-99999");
        Assert.Equal(missing.Body.GetProperty("errors").GetRawText(), hidden.Body.GetProperty("errors").GetRawText());
        Assert.Equal(HttpStatusCode.OK, (await _scene.Responder.SendAsync(HttpMethod.Get, $"/api/v1/tasks?incident={incident}")).Status);
    }

    [Theory]
    [InlineData("responder", "/api/v1/incidents")]
    [InlineData("auditor", "/api/v1/audit")]
    public async Task A_range_that_ends_before_it_begins_is_refused(string account, string path)
    {
        var client = await _scene.Hub.AsAsync(account);
        AssertProblem(
            await client.SendAsync(HttpMethod.Get, $"{path}?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z"),
            HttpStatusCode.BadRequest, "to");
    }

    [Theory]
    [InlineData("sev=0")]
    [InlineData("program=MCI")]
    [InlineData("status=closed")]
    [InlineData("mine=true")]
    [InlineData("q=data")]
    public async Task Changes_since_a_time_are_not_filtered_which_is_said(string filter) =>
        AssertProblem(
            await _scene.Responder.SendAsync(HttpMethod.Get, $"/api/v1/incidents?updatedSince=2026-01-01T00:00:00Z&{filter}"),
            HttpStatusCode.BadRequest, "updatedSince");

    [Theory]
    [InlineData("1969-12-31T23:59:59Z")]
    [InlineData("0001-01-01T00:00:00Z")]
    public async Task A_year_before_1970_is_refused_in_query_strings_and_bodies(string time)
    {
        AssertProblem(
            await _scene.Responder.SendAsync(HttpMethod.Get, $"/api/v1/incidents?from={time}"), HttpStatusCode.BadRequest, "from");
        var incident = await _scene.DeclareAsync();
        AssertProblem(await _scene.TryAsync(incident, "contain", new { at = time }), HttpStatusCode.BadRequest, "at");
    }

    [Theory]
    [InlineData("records")]
    [InlineData("subjects")]
    public async Task A_count_has_a_ceiling_wherever_it_is_taken_so_that_every_sum_can_be_shown(string count)
    {
        foreach (var value in (long[])[long.MaxValue, 1_000_000_000_000_001, -1])
        {
            var exposure = new Dictionary<string, object> { ["dataset"] = "transcriptions", [count] = value };
            AssertProblem(
                await _scene.Responder.PostAsync("/api/v1/incidents", new { title = "Many", sev = 5, exposures = new[] { exposure } }),
                HttpStatusCode.BadRequest, $"exposures[0].{count}");
            var incident = await _scene.DeclareAsync(5);
            AssertProblem(await _scene.TryAsync(incident, "exposures", exposure), HttpStatusCode.BadRequest, count);
            var dataset = new Dictionary<string, object>
            {
                ["name"] = "many",
                ["owner"] = "owner",
                ["promisedAudience"] = new { scope = "WholeCompany" },
                [count] = value,
            };
            AssertProblem(await _scene.Responder.PostAsync("/api/v1/datasets", dataset), HttpStatusCode.BadRequest, count);
        }
    }
}
