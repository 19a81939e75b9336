using System.Buffers;
using System.Text.Json;

namespace IncidentHub.Switch.FeatureFlags;

/// <summary>The evaluation context of a client; each part may be missing, and additional properties are ignored.</summary>
internal readonly record struct OfrepContext(string? TargetingKey, string? Region, string? DataCategory);

/// <summary>An error in the shape that clients require.</summary>
internal sealed record OfrepError(string Code, string Details)
{
    public const string NotFound = "FLAG_NOT_FOUND", General = "GENERAL";

    public static OfrepError Parse(string details) => new("PARSE_ERROR", details);

    public static OfrepError Context(string details) => new("INVALID_CONTEXT", details);
}

/// <summary>Reads <c>{"context":{…}}</c>; an empty body and a missing context are an empty context.</summary>
internal static class OfrepRequest
{
    private const int MaxBody = 64 * 1024;

    public static async ValueTask<(OfrepContext Context, OfrepError? Error)> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        var reader = request.BodyReader;
        try
        {
            while (true)
            {
                var read = await reader.ReadAsync(ct);
                var (isWhole, isTooLong) = (read.IsCompleted, read.Buffer.Length > MaxBody);
                try
                {
                    if (isTooLong) return (default, OfrepError.Parse($"A body of at most {MaxBody} bytes."));
                    if (isWhole) return Parse(read.Buffer);
                }
                finally
                {
                    reader.AdvanceTo(isWhole || isTooLong ? read.Buffer.End : read.Buffer.Start, read.Buffer.End);
                }
            }
        }
        catch (BadHttpRequestException e)
        {
            return (default, OfrepError.Parse(e.Message));
        }
        // The JSON reader throws InvalidOperationException for text that is not UTF-8.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return (default, OfrepError.Parse("The body is not valid JSON."));
        }
    }

    private static (OfrepContext, OfrepError?) Parse(in ReadOnlySequence<byte> body)
    {
        if (body.IsEmpty) return default;
        var json = new Utf8JsonReader(body);
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject)
            return (default, OfrepError.Parse("The body is a JSON object with the context in it."));
        OfrepContext context = default;
        OfrepError? error = null;
        var (found, others) = (false, false);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isContext = json.ValueTextEquals("context"u8);
            if (isContext && found) error = Twice("context");
            found |= isContext;
            others |= !isContext;
            json.Read();
            if (!isContext || json.TokenType == JsonTokenType.Null) json.Skip();
            else if (json.TokenType == JsonTokenType.StartObject) error = ReadContext(ref json, ref context) ?? error;
            else
            {
                error = OfrepError.Context("context is an object.");
                json.Skip();
            }
        }
        // Reads to the end: anything after the object is invalid JSON.
        json.Read();
        // The protocol's schema is open, so other members are ignored, but not instead of the context: it was misspelt.
        if (others && !found) error ??= OfrepError.Parse("The body has no member «context».");
        return (context, error);
    }

    // Which of the two is meant is not known, and readers of JSON differ.
    private static OfrepError Twice(string member) => OfrepError.Parse($"{member} is given twice.");

    private static OfrepError? ReadContext(ref Utf8JsonReader json, ref OfrepContext context)
    {
        OfrepError? error = null;
        var (hasKey, hasRegion, hasCategory) = (false, false, false);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.ValueTextEquals("targetingKey"u8) ? nameof(OfrepContext.TargetingKey)
                : json.ValueTextEquals("region"u8) ? nameof(OfrepContext.Region)
                : json.ValueTextEquals("dataCategory"u8) ? nameof(OfrepContext.DataCategory) : null;
            if (name is not null)
            {
                ref var seen = ref hasCategory;
                if (name == nameof(OfrepContext.TargetingKey)) seen = ref hasKey;
                else if (name == nameof(OfrepContext.Region)) seen = ref hasRegion;
                if (seen) error = Twice(JsonNamingPolicy.CamelCase.ConvertName(name));
                seen = true;
            }
            json.Read();
            if (name is null || json.TokenType == JsonTokenType.Null)
            {
                json.Skip();
                continue;
            }
            if (json.TokenType != JsonTokenType.String)
            {
                error = OfrepError.Context("targetingKey, region and dataCategory are texts.");
                json.Skip();
                continue;
            }
            var value = json.GetString();
            context = name switch
            {
                nameof(OfrepContext.TargetingKey) => context with { TargetingKey = value },
                nameof(OfrepContext.Region) => context with { Region = value },
                _ => context with { DataCategory = value },
            };
        }
        return error;
    }
}
