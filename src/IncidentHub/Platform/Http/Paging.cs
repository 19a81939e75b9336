using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace IncidentHub.Platform.Http;

/// <summary>One page of a list.</summary>
/// <param name="NextCursor">The cursor of the next page; null on the last one.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor)
{
    /// <summary>Makes a page of <paramref name="rows"/>, which were read with one row more than <paramref name="limit"/>.</summary>
    public static Page<T> Of(IReadOnlyList<T> rows, int limit, Func<T, object[]> key) =>
        rows.Count <= limit ? new(rows, null) : new(rows.Take(limit).ToList(), Cursor.Encode(key(rows[limit - 1])));

    /// <summary>The one page of a list that is always complete.</summary>
    public static Page<T> All(IEnumerable<T> rows) => new([.. rows], null);

    public Page<TOut> Map<TOut>(Func<T, TOut> map) => new(Items.Select(map).ToList(), NextCursor);
}

/// <summary>Keyset cursors: the sort key of the last row, opaque to the client.</summary>
internal static class Cursor
{
    public const int MaxLimit = 250;

    public static string Encode(params object[] key) => WebEncoders.Base64UrlEncode(JsonSerializer.SerializeToUtf8Bytes(key));

    /// <summary>Parses a cursor of two parts, a time and an id. Null where there is none; a refusal where it is invalid.</summary>
    public static Result<(DateTimeOffset At, Guid Id)?> DecodeTimeAndId(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor)) return ((DateTimeOffset, Guid)?)null;
        try
        {
            var parts = JsonSerializer.Deserialize<JsonElement[]>(WebEncoders.Base64UrlDecode(cursor));
            if (parts is [var at, var id] && at.TryGetDateTimeOffset(out var time) && id.TryGetGuid(out var guid))
                return ((DateTimeOffset, Guid)?)(time, guid);
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            // Falls through: an invalid cursor.
        }
        return Refusal.Invalid("cursor", "This is not a cursor of this list. Use the nextCursor of the page before, or none.");
    }

    /// <summary>Parses a cursor of one text; empty where there is none.</summary>
    public static Result<string> DecodeText(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor)) return "";
        return Parts(cursor) is [{ ValueKind: JsonValueKind.String } text] ? text.GetString()! : NotOurs;
    }

    /// <summary>Parses a cursor of one number; the maximum where there is none, for descending lists.</summary>
    public static Result<int> DecodeNumber(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor)) return int.MaxValue;
        return Parts(cursor) is [{ ValueKind: JsonValueKind.Number } number] && number.TryGetInt32(out var value) ? value : NotOurs;
    }

    private static Refusal NotOurs =>
        Refusal.Invalid("cursor", "This is not a cursor of this list. Use the nextCursor of the page before, or none.");

    private static JsonElement[]? Parts(string cursor)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement[]>(WebEncoders.Base64UrlDecode(cursor));
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }

    /// <summary>The requested page size, 1 to 250.</summary>
    public static Result<int> Limit(int? limit, int byDefault = 50) =>
        limit is null ? byDefault : limit is >= 1 and <= MaxLimit ? limit.Value : Refusal.Invalid("limit", $"Between 1 and {MaxLimit}.");
}
