using System.Net.Http.Headers;
using System.Text.Json;

namespace IncidentHub.Tests.Switch.Collectors;

/// <summary>The client side of a collector's event stream, parsed by hand.</summary>
internal sealed class EventReader : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly StreamReader _lines;

    private EventReader(HttpResponseMessage answer, Stream stream) => (Answer, _lines) = (answer, new StreamReader(stream));

    public HttpResponseMessage Answer { get; }

    public static async Task<EventReader> OpenAsync(HttpClient http, string? secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/collectors/events");
        if (secret is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return new EventReader(answer, await answer.Content.ReadAsStreamAsync());
    }

    /// <summary>The next line; null where the stream ended.</summary>
    public async Task<string?> LineAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            return await _lines.ReadLineAsync(patience.Token);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>The next switch event's data; null where the stream ended.</summary>
    public async Task<JsonElement?> NextAsync()
    {
        while (await LineAsync() is { } line)
        {
            if (line.StartsWith("data:", StringComparison.Ordinal)) return JsonElement.Parse(line[5..]);
        }
        return null;
    }

    public void Dispose()
    {
        _lines.Dispose();
        Answer.Dispose();
    }
}
