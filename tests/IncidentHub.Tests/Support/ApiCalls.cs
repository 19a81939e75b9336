using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace IncidentHub.Tests.Support;

/// <summary>Calls of the API for tests: JSON request, status and JSON response.</summary>
internal static class ApiCalls
{
    public static async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(
        this HttpClient client, HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = ContentOf(body);
        using var answer = await client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.False((int)answer.StatusCode >= 500, $"{method} {path}: {text}");
        return (answer.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone());
    }

    /// <summary>A body as JSON, or as the form that it is; null for none.</summary>
    public static HttpContent? ContentOf(object? body) => body switch
    {
        null => null,
        FormBody form => form.ToContent(),
        string raw => new StringContent(raw, System.Text.Encoding.UTF8, "application/json"),
        _ => JsonContent.Create(body),
    };

    public static Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(this HttpClient client, string path, object? body) =>
        client.SendAsync(HttpMethod.Post, path, body);

    /// <summary>Reads a resource that must exist.</summary>
    public static async Task<JsonElement> ReadAsync(this HttpClient client, string path)
    {
        var (status, body) = await client.SendAsync(HttpMethod.Get, path);
        Assert.True(status == HttpStatusCode.OK, $"{path}: {status} {body}");
        return body;
    }

    /// <summary>Posts a request that must be accepted.</summary>
    public static async Task<JsonElement> MakeAsync(this HttpClient client, string path, object? body = null)
    {
        var (status, answer) = await client.PostAsync(path, body);
        Assert.True((int)status is >= 200 and < 300, $"{path}: {status} {answer}");
        return answer;
    }

    /// <summary>Expects a problem with this status that names exactly these fields.</summary>
    public static void AssertOk((HttpStatusCode Status, JsonElement Body) answer) =>
        Assert.True((int)answer.Status is >= 200 and < 300, $"{answer.Status} {answer.Body}");

    /// <summary>The act is not possible now, with the code that says why.</summary>
    public static void AssertRefused((HttpStatusCode Status, JsonElement Body) answer, string code) =>
        Assert.Equal((HttpStatusCode.Conflict, code), (answer.Status, answer.Body.Text("code")));

    public static void AssertProblem((HttpStatusCode Status, JsonElement Body) answer, HttpStatusCode status, params string[] fields)
    {
        Assert.True(answer.Status == status, $"{answer.Status} {answer.Body}");
        var named = answer.Body.TryGetProperty("errors", out var errors)
            ? errors.EnumerateObject().Select(e => e.Name).Order() : Enumerable.Empty<string>();
        Assert.Equal(fields.Order(), named);
    }

    public static string Text(this JsonElement element, string property) => element.GetProperty(property).GetString()!;
}

/// <summary>A multipart form: fields, then a file.</summary>
internal sealed record FormBody(string FileName, byte[] File, params (string Name, string Value)[] Fields)
{
    public HttpContent ToContent()
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in Fields) form.Add(new StringContent(value), name);
        form.Add(new ByteArrayContent(File), "file", FileName);
        return form;
    }

    /// <summary>The form as it arrives where it is cut off: within its file, and within what ends it.</summary>
    /// <param name="within">What the file has.</param>
    public async IAsyncEnumerable<HttpContent> CutAsync(string within)
    {
        using var form = ToContent();
        var whole = await form.ReadAsByteArrayAsync();
        foreach (var length in (int[])[whole.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(within)) + 4, whole.Length - 12])
        {
            var cut = new ByteArrayContent(whole[..length]);
            cut.Headers.ContentType = form.Headers.ContentType;
            yield return cut;
        }
    }
}
