using System.Text;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace IncidentHub.Platform.Http;

/// <summary>
/// A multipart form with the fields first and the file last, read as it arrives: the file is never held in memory, nor written twice.
/// </summary>
internal sealed class FileForm
{
    private const int MaxField = 32 * 1024;
    private readonly MultipartReader _reader;
    private readonly IReadOnlyCollection<string> _names;
    private readonly Dictionary<string, string> _fields = [];

    private FileForm(MultipartReader reader, IReadOnlyCollection<string> names) => (_reader, _names) = (reader, names);

    /// <summary>Whether there is a part for the file, once the fields were read.</summary>
    public bool HasFile { get; private set; }

    /// <summary>The refusal of a request that is not a multipart form, with status 415.</summary>
    public static Refusal NotAForm { get; } =
        Refusal.Invalid("body", "Send a multipart form (multipart/form-data) with the file as its last part.");

    /// <summary>The content of the file, once the fields were read.</summary>
    public Stream Content { get; private set; } = Stream.Null;

    /// <summary>The name that was sent with the file; empty where there is none.</summary>
    public string FileName { get; private set; } = "";

    /// <summary>A field; null where it was not sent.</summary>
    public string? this[string name] => _fields.GetValueOrDefault(name);

    /// <summary>Null where the request is not a multipart form.</summary>
    /// <param name="names">The fields that it may have.</param>
    public static FileForm? Of(HttpRequest request, IReadOnlyCollection<string> names) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
        && HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 and <= 200 } boundary
            ? new(new MultipartReader(boundary.ToString(), request.Body), names) : null;

    /// <summary>Reads up to the file.</summary>
    /// <param name="optional">Whether the form may have none.</param>
    public async Task<Refusal?> ReadAsync(CancellationToken ct, bool optional = false)
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
                    HasFile = true;
                    Content = section.Body;
                    FileName = part.FileNameStar.HasValue ? part.FileNameStar.ToString()
                        : HeaderUtilities.RemoveQuotes(part.FileName).ToString();
                    return null;
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
        return optional ? null : Refusal.Invalid("file", "Send the file as the last part of the form, named «file».");
    }

    /// <summary>The refusal of a part that follows the file: it would be ignored.</summary>
    public async Task<Refusal?> EndAsync(CancellationToken ct) => await WholeAsync(() => _reader.ReadNextSectionAsync(ct)) is null
        ? null : Refusal.Invalid("file", "The file is the last part of the form: send the fields before it.");

    /// <summary>Reads from the file of a form until the buffer is full or the file has ended.</summary>
    /// <returns>How many bytes were read.</returns>
    /// <exception cref="BadHttpRequestException">The form ended before the file.</exception>
    public static Task<int> ReadAsync(Stream file, byte[] to, CancellationToken ct) =>
        WholeAsync(() => file.ReadAtLeastAsync(to, to.Length, throwOnEndOfStream: false, ct).AsTask());

    // A form that is cut off is the caller's fault.
    private static async Task<T> WholeAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException)
        {
            throw new BadHttpRequestException("The form ended before the end of the file.", new InvalidDataException(e.Message));
        }
    }

    private async Task<Refusal?> FieldAsync(string name, Stream body, CancellationToken ct)
    {
        if (!_names.Contains(name))
            return Refusal.Invalid(name, $"There is no such field. Fields of this form: {string.Join(", ", _names)}.");
        var text = new byte[MaxField + 1];
        var length = await body.ReadAtLeastAsync(text, text.Length, throwOnEndOfStream: false, ct);
        if (length > MaxField) return Refusal.Invalid(name, "This field is too long.");
        var value = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(text, 0, length);
        return _fields.TryAdd(name, value) ? null : Refusal.Invalid(name, "Give this field once.");
    }

    /// <summary>Any content type reaches the endpoint, which asks for permission before it refuses one.</summary>
    public sealed class Accepted : IAcceptsMetadata
    {
        public IReadOnlyList<string> ContentTypes { get; } = ["multipart/form-data", "*/*"];
        public Type? RequestType => typeof(Stream);
        public bool IsOptional => false;
    }
}
