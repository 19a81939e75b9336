using System.Globalization;
using System.Text;
using IncidentHub.Domain.Evidence;
using IncidentHub.Platform.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace IncidentHub.Response.Evidence;

/// <summary>
/// A multipart form with the fields first and the file last, read as it arrives: the file is never held in memory, nor written twice.
/// </summary>
internal sealed class EvidenceForm
{
    private const int MaxField = 32 * 1024;
    private static readonly string[] Names = ["name", "takenBy", "takenFrom", "takenAt", "note", "restricted"];
    private readonly MultipartReader _reader;
    private readonly Dictionary<string, string> _fields = [];

    private EvidenceForm(MultipartReader reader) => _reader = reader;

    /// <summary>The content of the file, once the fields were read.</summary>
    public Stream Content { get; private set; } = Stream.Null;

    /// <summary>Null where the request is not a multipart form.</summary>
    public static EvidenceForm? Of(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
        && HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 and <= 200 } boundary
            ? new(new MultipartReader(boundary.ToString(), request.Body)) : null;

    /// <summary>Reads up to the file.</summary>
    public async Task<Result<StatedOrigin>> ReadAsync(CancellationToken ct)
    {
        try
        {
            while (await _reader.ReadNextSectionAsync(ct) is { } section)
            {
                if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var part)
                    || HeaderUtilities.RemoveQuotes(part.Name) is not { Length: > 0 } name)
                    return Refusal.Invalid("body", "Each part of the form needs a name.");
                if (name == "file")
                {
                    Content = section.Body;
                    return Origin(part.FileNameStar.HasValue ? part.FileNameStar.ToString() : HeaderUtilities.RemoveQuotes(part.FileName)
                        .ToString());
                }
                if (await FieldAsync(name.ToString(), section.Body, ct) is { } refused) return refused;
            }
        }
        catch (Exception e) when (e is InvalidDataException or DecoderFallbackException)
        {
            return Refusal.Invalid("body", "This is not a valid multipart form in UTF-8.");
        }
        catch (IOException e) when (e is not BadHttpRequestException)
        {
            return Refusal.Invalid("body", "The form ended before its last part.");
        }
        return Refusal.Invalid("file", "Send the file as the last part of the form, named «file».");
    }

    /// <summary>The refusal of a part that follows the file: it would be ignored.</summary>
    public async Task<Refusal?> EndAsync(CancellationToken ct) => await _reader.ReadNextSectionAsync(ct) is null
        ? null : Refusal.Invalid("file", "The file is the last part of the form: send the fields before it.");

    private async Task<Refusal?> FieldAsync(string name, Stream body, CancellationToken ct)
    {
        if (!Names.Contains(name))
            return Refusal.Invalid(name, $"There is no such field. Fields of this form: {string.Join(", ", Names)}.");
        var text = new byte[MaxField + 1];
        var length = await body.ReadAtLeastAsync(text, text.Length, throwOnEndOfStream: false, ct);
        if (length > MaxField) return Refusal.Invalid(name, "This field is too long.");
        var value = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(text, 0, length);
        return _fields.TryAdd(name, value) ? null : Refusal.Invalid(name, "Give this field once.");
    }

    private Result<StatedOrigin> Origin(string fileName)
    {
        var check = new Validation();
        var at = Field("takenAt") is { } time && time.Trim().Length > 0 ? time.Trim() : null;
        check.Check(at is null || Rfc3339.IsTime(at), "takenAt", Rfc3339.Form);
        var restricted = Field("restricted");
        check.Check(restricted is null or "true" or "false", "restricted", "true or false.");
        if (check.ToRefusal() is { } refused) return refused;
        return new StatedOrigin(Field("name") is { Length: > 0 } name ? name : fileName, Field("takenBy"), Field("takenFrom"),
            at is null ? null : DateTimeOffset.Parse(at, CultureInfo.InvariantCulture), Field("note"), restricted == "true");
    }

    private string? Field(string name) => _fields.GetValueOrDefault(name);
}
