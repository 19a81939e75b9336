using System.Text.Json;

namespace IncidentHub.Platform.Tokens;

/// <summary>Reads claims that may be missing or of another type: untrusted input.</summary>
internal static class Claims
{
    public static string? Text(this JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static long? Number(this JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)
            ? number : null;
}
