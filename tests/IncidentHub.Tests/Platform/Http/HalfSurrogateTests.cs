using System.Net;
using System.Text;
using System.Text.Json;
using IncidentHub.Platform.Tokens;
using IncidentHub.Tests.Support;
using Microsoft.AspNetCore.WebUtilities;

namespace IncidentHub.Tests.Platform.Http;

/// <summary>JSON may hold half a surrogate as an escape: well-formed, but not a text. It is refused where JSON is read by hand.</summary>
public sealed class HalfSurrogateTests
{
    private const string Half = "\"\\ud800\"";

    [Theory]
    [InlineData("{\"receipt\":" + Half + ",\"message\":\"More.\"}")]
    [InlineData("{" + Half + ":1,\"message\":\"More.\"}")]
    public async Task In_the_member_that_says_who_an_idempotency_key_belongs_to(string body)
    {
        await using var hub = new TestHub();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/flags/by-receipt/messages");
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.Add("Idempotency-Key", "one");
        using var answer = await hub.CreateClient().SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("/api/v1/programs", "programs")]
    [InlineData("/api/v1/datasets", "datasets")]
    public async Task In_a_cursor(string list, string name)
    {
        await using var hub = new TestHub();
        using var client = await hub.AsAsync("responder");
        foreach (var cursor in (string[])[$"[\"{name}\",{Half}]", $"[{Half},\"A\"]"])
        {
            using var answer = await client.GetAsync($"{list}?cursor={WebEncoders.Base64UrlEncode(Encoding.UTF8.GetBytes(cursor))}");
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
    }

    [Fact]
    public void In_a_claim_of_a_token() => Assert.Null(Claims.Text(JsonElement.Parse("{\"aud\":" + Half + "}"), "aud"));
}
