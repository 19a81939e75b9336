using System.Text.Json;

namespace IncidentHub.Platform.Tokens;

/// <summary>Reads claims that may be missing or of another type: untrusted input.</summary>
internal static class Claims
{
    public static string? Text(this JsonElement claims, string name)
    {
        if (!claims.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String) return null;
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate is not a text.
            return null;
        }
    }

    public static long? Number(this JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)
            ? number : null;
}
