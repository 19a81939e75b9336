using System.Globalization;
using IncidentHub.Domain.Datasets;
using IncidentHub.Domain.Incidents;
using IncidentHub.Domain.Programs;
using IncidentHub.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Platform.Http;

/// <summary>No route of the hub stands where the page or the address of something with a typed name would be.</summary>
public sealed class ReservedNameTests
{
    /// <summary>What stands at a parameter: whether this word could be its value.</summary>
    private static readonly Dictionary<string, Func<string, bool>> Values = new()
    {
        ["programs/{code}"] = word => ProgramRules.IsCode(word.ToUpperInvariant()) && !IncidentHub.Domain.Codes.IsReserved(word),
        ["datasets/{name}"] = word => DatasetRules.IsName(word) && !IncidentHub.Domain.Codes.IsReserved(word),
        ["incidents/{code}"] = word => IncidentCode.TryNormalise(word, out _),
        ["notices/{code}"] = word => IncidentCode.TryNormalise(word, out _),
        ["flags/{code}"] = word => IsNumbered(word, "F-"),
        ["tasks/{code}"] = word => IsNumbered(word, "T-"),
        ["decisions/{code}"] = word => IsNumbered(word, "D-"),
        ["access-reviews/{code}"] = word => word.StartsWith("AR-", StringComparison.OrdinalIgnoreCase),
        // The files of the framework, and what matches no page.
        ["_framework/{filename}"] = _ => false,
    };

    [Fact]
    public void A_literal_beside_a_name_cannot_be_that_name()
    {
        using var hub = new TestHub();
        var routes = hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(e => e.RoutePattern).DistinctBy(p => p.RawText).ToList();
        var (faults, met) = (new List<string>(), new HashSet<string>());
        foreach (var named in routes)
        {
            foreach (var beside in routes.Where(r => r.PathSegments.Count == named.PathSegments.Count))
            {
                for (var i = 1; i < named.PathSegments.Count; i++)
                {
                    if (Parameter(named, i) is not { } parameter || Literal(beside, i) is not { } word) continue;
                    if (!Meet(named, beside, i)) continue;
                    var where = $"{Literal(named, i - 1) ?? $"{{{Parameter(named, i - 1)}}}"}/{{{parameter.ToLowerInvariant()}}}";
                    met.Add($"{where} {word}");
                    if (!Values.TryGetValue(where, out var could))
                        faults.Add($"{named.RawText} and {beside.RawText}: say what stands at {where}");
                    else if (could(word)) faults.Add($"{named.RawText} could be «{word}», which is {beside.RawText}");
                }
            }
        }
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults.Distinct()));
        Assert.Contains("programs/{code} new", met);
        Assert.Contains("datasets/{name} new", met);
    }

    // Whether an address can match both patterns, the segment i aside.
    private static bool Meet(RoutePattern a, RoutePattern b, int i) => Enumerable.Range(0, a.PathSegments.Count).Where(n => n != i)
        .All(n => Literal(a, n) is not { } x || Literal(b, n) is not { } y || string.Equals(x, y, StringComparison.OrdinalIgnoreCase));

    private static string? Literal(RoutePattern pattern, int i) =>
        pattern.PathSegments[i] is { Parts: [RoutePatternLiteralPart literal] } ? literal.Content : null;

    // A constraint, such as guid, keeps words out.
    private static string? Parameter(RoutePattern pattern, int i) =>
        pattern.PathSegments[i] is { Parts: [RoutePatternParameterPart { ParameterPolicies.Count: 0, IsCatchAll: false } parameter] }
            ? parameter.Name : null;

    private static bool IsNumbered(string word, string prefix) => word.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
        && int.TryParse(word.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
