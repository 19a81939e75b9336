using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace IncidentHub.Platform.Http;

/// <summary>The format of times in the API: RFC 3339 with an offset, so that a time means the same instant on every server.</summary>
internal static partial class Rfc3339
{
    public const string Form =
        "A time from 1970 on with its offset from UTC (RFC 3339), such as 2026-11-20T10:00:00Z or 2026-11-20T10:00:00+01:00.";

    public static bool IsTime(string text) => Pattern().IsMatch(text)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) && time >= PastTime.Earliest;

    [GeneratedRegex(@"\A\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,12})?([Zz]|[+-]\d{2}:\d{2})\z")]
    private static partial Regex Pattern();
}

/// <summary>Reads times of bodies as <see cref="Rfc3339"/> asks.</summary>
internal sealed class Rfc3339Converter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.GetString() is { } text && Rfc3339.IsTime(text)
            ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture)
            : throw new JsonException(Rfc3339.Form);

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value);
}
