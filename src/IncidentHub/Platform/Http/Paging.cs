using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace IncidentHub.Platform.Http;

/// <summary>One page of a list.</summary>
/// <param name="NextCursor">The cursor of the next page; null on the last one.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor)
{
    /// <summary>Makes a page of <paramref name="rows"/>, which were read with one row more than <paramref name="limit"/>.</summary>
    /// <param name="list">The name of the list, which its cursors carry.</param>
    public static Page<T> Of(IReadOnlyList<T> rows, int limit, string list, Func<T, object[]> key) =>
        rows.Count <= limit ? new(rows, null) : new(rows.Take(limit).ToList(), Cursor.Encode(list, key(rows[limit - 1])));

    /// <summary>The one page of a list that is always complete.</summary>
    public static Page<T> All(IEnumerable<T> rows) => new([.. rows], null);

    public Page<TOut> Map<TOut>(Func<T, TOut> map) => new(Items.Select(map).ToList(), NextCursor);
}

/// <summary>
/// Keyset cursors: the name of the list and the sort key of its last row, opaque to the client. In another list, or another order of the
/// same, the key would mean another place.
/// </summary>
internal static class Cursor
{
    public const int MaxLimit = 250;

    public static string Encode(string list, object[] key) =>
        WebEncoders.Base64UrlEncode(JsonSerializer.SerializeToUtf8Bytes<object[]>([list, .. key]));

    /// <summary>Parses a cursor of two parts, a time and an id. Null where there is none; a refusal where it is not of this list.</summary>
    public static Result<(DateTimeOffset At, Guid Id)?> DecodeTimeAndId(string list, string? cursor)
    {
        if (string.IsNullOrEmpty(cursor)) return ((DateTimeOffset, Guid)?)null;
        return Parts(list, cursor) is [{ ValueKind: JsonValueKind.String } at, { ValueKind: JsonValueKind.String } id]
            && at.TryGetDateTimeOffset(out var time) && id.TryGetGuid(out var guid) ? ((DateTimeOffset, Guid)?)(time, guid) : NotOurs;
    }

    /// <summary>Parses a cursor of one text; empty where there is none.</summary>
    public static Result<string> DecodeText(string list, string? cursor)
    {
        if (string.IsNullOrEmpty(cursor)) return "";
        return Parts(list, cursor) is [{ ValueKind: JsonValueKind.String } text] ? text.GetString()! : NotOurs;
    }

    /// <summary>Parses a cursor of one number; null where there is none.</summary>
    public static Result<long?> DecodeNumber(string list, string? cursor)
    {
        if (string.IsNullOrEmpty(cursor)) return (long?)null;
        return Parts(list, cursor) is [{ ValueKind: JsonValueKind.Number } number] && number.TryGetInt64(out var value) && value >= 0
            ? (long?)value : NotOurs;
    }

    private static Refusal NotOurs =>
        Refusal.Invalid("cursor", "This is not a cursor of this list. Use the nextCursor of the page before, or none.");

    // Null where it is not a cursor of this list.
    private static JsonElement[]? Parts(string list, string cursor)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement[]>(WebEncoders.Base64UrlDecode(cursor))
                is [{ ValueKind: JsonValueKind.String } name, .. var key] && name.GetString() == list && key.All(IsReadable) ? key : null;
        }
        // A text with half a surrogate is an InvalidOperationException.
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    // Reads a text, to find out.
    private static bool IsReadable(JsonElement part) => part.ValueKind != JsonValueKind.String || part.GetString() is not null;

    /// <summary>The requested page size, 1 to 250.</summary>
    public static Result<int> Limit(int? limit, int byDefault = 50) =>
        limit is null ? byDefault : limit is >= 1 and <= MaxLimit ? limit.Value : Refusal.Invalid("limit", $"Between 1 and {MaxLimit}.");
}
