using System.Text.Json;

namespace IncidentHub.Access.Identity;

/// <summary>
/// What a provider says about somebody: the claims of the ID token and of its user info. A name with dots that is not itself a claim is a
/// path, such as <c>realm_access.roles</c>.
/// </summary>
internal sealed class ReceivedClaims(params IEnumerable<JsonElement> sources)
{
    private const int MostValues = 1_000, LongestValue = 300;
    private readonly JsonElement[] _sources = [.. sources];

    /// <summary>The values of a claim: one, those of a list, or none.</summary>
    public IReadOnlyList<string> Values(string claim) =>
        [.. _sources.SelectMany(s => Values(Find(s, claim))).Distinct().Take(MostValues)];

    public string? First(string claim) => Values(claim).FirstOrDefault(v => !string.IsNullOrWhiteSpace(v));

    /// <summary>Only these claims, as JSON: a list of values for each.</summary>
    public string Keep(IEnumerable<string> claims) => JsonSerializer.Serialize(claims.ToDictionary(c => c, Values));

    /// <summary>What <see cref="Keep"/> wrote. Claims that are not in it were not known then.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Read(string json) =>
        JsonSerializer.Deserialize<Dictionary<string, string[]>>(json)!.ToDictionary(p => p.Key, p => (IReadOnlyList<string>)p.Value);

    private static JsonElement? Find(JsonElement source, string path)
    {
        if (source.ValueKind != JsonValueKind.Object) return null;
        if (source.TryGetProperty(path, out var value)) return value;
        for (var dot = path.IndexOf('.', StringComparison.Ordinal); dot > 0; dot = path.IndexOf('.', dot + 1))
        {
            if (source.TryGetProperty(path[..dot], out var inner) && Find(inner, path[(dot + 1)..]) is { } found) return found;
        }
        return null;
    }

    private static IEnumerable<string> Values(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.Array } list => list.EnumerateArray().SelectMany(item => Values(item)),
        { ValueKind: JsonValueKind.String } text => text.GetString() is { Length: > 0 and <= LongestValue } s ? [s] : [],
        { ValueKind: JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False } other => [other.GetRawText()],
        _ => [],
    };
}
