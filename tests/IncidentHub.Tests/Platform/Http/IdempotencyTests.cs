using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using IncidentHub.Domain;
using IncidentHub.Platform.Http;
using IncidentHub.Tests.Support;
using Microsoft.AspNetCore.Http.Features;

namespace IncidentHub.Tests.Platform.Http;

public class IdempotencyTests
{
    private static object Program(string code, string purpose = "Teach models.") => new
    {
        code,
        name = code,
        purpose,
        owner = "owner",
        unit = "Research",
        regions = new[] { "US" },
        participation = "OptIn",
        categories = new[] { "clicks" },
        lawfulBasis = "Consent",
    };

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string key, object body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/programs") { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", key);
        return client.SendAsync(request);
    }

    [Fact]
    public async Task The_same_key_and_request_return_the_same_response_and_act_once()
    {
        await using var hub = new TestHub();
        var client = await hub.AsAsync("owner");
        var first = await PostAsync(client, "k-1", Program("ONE"));
        var second = await PostAsync(client, "k-1", Program("ONE"));
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, second.StatusCode));
        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.True(second.Headers.Contains("Idempotency-Replayed"));
    }

    [Fact]
    public async Task The_same_key_with_another_request_is_422()
    {
        await using var hub = new TestHub();
        var client = await hub.AsAsync("owner");
        await PostAsync(client, "k-1", Program("ONE"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await PostAsync(client, "k-1", Program("TWO"))).StatusCode);
    }

    [Fact]
    public async Task A_refused_request_leaves_the_key_free_for_the_corrected_one()
    {
        await using var hub = new TestHub();
        var client = await hub.AsAsync("owner");
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(client, "k-1", Program("ONE", purpose: ""))).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await PostAsync(client, "k-1", Program("ONE"))).StatusCode);
    }

    [Fact]
    public async Task A_key_belongs_to_its_caller_and_can_be_used_again_after_a_day()
    {
        await using var hub = new TestHub();
        var (owner, other) = (await hub.AsAsync("owner"), await hub.AsAsync("owner-2"));
        await PostAsync(owner, "k-1", Program("ONE"));
        var foreign = await PostAsync(other, "k-1", Program("ONE"));
        Assert.False(foreign.Headers.Contains("Idempotency-Replayed"));
        hub.Clock.Advance(TimeSpan.FromHours(25));
        await new IncidentHub.Platform.Http.IdempotencyExpiry(hub.Db).RunAsync(CancellationToken.None);
        Assert.Equal(HttpStatusCode.Created, (await PostAsync(await hub.AsAsync("owner"), "k-1", Program("TWO"))).StatusCode);
    }

    [Fact]
    public async Task After_a_crash_between_commit_and_response_the_act_is_not_repeated()
    {
        await using var hub = new TestHub();
        var client = await hub.AsAsync("owner");
        await PostAsync(client, "k-1", Program("ONE"));
        // The state after a crash: the key is committed with the act, its response is not.
        await LoseAnswersAsync(hub);
        var again = await PostAsync(client, "k-1", Program("ONE"));
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Contains("idempotency_result_lost", await again.Content.ReadAsStringAsync());
    }

    private static Task LoseAnswersAsync(TestHub hub) => hub.Db.WriteAsync<Done>(async tx =>
    {
        await tx.Connection.ExecuteAsync("UPDATE IdempotencyRecord SET Status = NULL, Body = NULL", transaction: tx.Transaction);
        return default(Done);
    });

    [Fact]
    public async Task A_request_that_another_node_is_carrying_out_is_answered_as_in_progress_until_its_answer_must_be_lost()
    {
        await using var hub = new TestHub { Shares = true };
        var client = await hub.AsAsync("owner");
        await PostAsync(client, "k-1", Program("ONE"));
        await LoseAnswersAsync(hub);
        using var again = await PostAsync(client, "k-1", Program("ONE"));
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), again.Headers.RetryAfter?.Delta);
        Assert.Contains("idempotency_in_progress", await again.Content.ReadAsStringAsync());
        hub.Clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Contains("idempotency_result_lost", await (await PostAsync(client, "k-1", Program("ONE"))).Content.ReadAsStringAsync());
        // Keys are compared by their bytes.
        Assert.Equal(HttpStatusCode.Created, (await PostAsync(client, "K-1", Program("TWO"))).StatusCode);
    }

    [Fact]
    public async Task Many_requests_at_once_with_one_key_act_once_and_all_get_the_answer()
    {
        await using var hub = new TestHub();
        var client = await hub.AsAsync("owner");
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => PostAsync(client, "k-1", Program("ONE"))));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Created, a.StatusCode));
        Assert.Single(answers, a => !a.Headers.Contains("Idempotency-Replayed"));
        Assert.Single((await Task.WhenAll(answers.Select(a => a.Content.ReadAsStringAsync()))).Distinct());
        Assert.Single((await client.ReadAsync("/api/v1/programs")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_command_does_not_run_where_another_node_has_recorded_its_key_in_the_meantime()
    {
        await using var hub = new TestHub();
        await PostAsync(await hub.AsAsync("owner"), "k-1", Program("ONE"));
        IdempotencyScope.Set(new IdempotencyScope("k-1", TestHub.Actor("owner").Id, "digest", Convert.ToHexStringLower));
        var ran = false;
        await Assert.ThrowsAsync<IdempotencyKeyTakenException>(() => hub.Db.WriteAsync<Done>(_ =>
        {
            ran = true;
            return Task.FromResult<Result<Done>>(default(Done));
        }));
        Assert.False(ran);
    }

    [Fact]
    public async Task A_key_can_be_used_again_after_a_day_although_its_record_is_not_deleted_yet()
    {
        await using var hub = new TestHub();
        await PostAsync(await hub.AsAsync("owner"), "k-1", Program("ONE"));
        hub.Clock.Advance(TimeSpan.FromHours(25));
        Assert.Equal(HttpStatusCode.Created, (await PostAsync(await hub.AsAsync("owner"), "k-1", Program("TWO"))).StatusCode);
    }

    [Fact]
    public async Task An_anonymous_flag_takes_a_key_that_cannot_be_guessed()
    {
        await using var hub = new TestHub();
        var (client, key) = (await hub.AsAsync("employee"), "0b6f7d0e-5d3c-4b0a-9b1e-2f6f3f6f7a11");
        var first = await FlagAsync(client, key, "Something is open.");
        var again = await FlagAsync(client, key, "Something is open.");
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.StatusCode, again.StatusCode));
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        var other = await FlagAsync(client, key, "Another thing is open.");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        Assert.Contains("idempotency_mismatch", await other.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.BadRequest, (await FlagAsync(client, "k-1", "Something is open.")).StatusCode);
        var triage = await hub.AsAsync("responder");
        Assert.Single((await triage.ReadAsync("/api/v1/flags")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Many_anonymous_flags_at_once_with_one_key_are_one()
    {
        await using var hub = new TestHub();
        var (client, key) = (await hub.AsAsync("employee"), "0b6f7d0e-5d3c-4b0a-9b1e-2f6f3f6f7a11");
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => FlagAsync(client, key, "Something is open.")));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Created, a.StatusCode));
        Assert.Single((await Task.WhenAll(answers.Select(a => a.Content.ReadAsStringAsync()))).Distinct());
    }

    [Fact]
    public async Task A_caller_who_has_given_up_and_asks_again_gets_the_answer()
    {
        await using var hub = new TestHub();
        using var signIn = await hub.CreateClient().PostAsJsonAsync("/api/v1/session", new { account = "owner" });
        var body = JsonSerializer.SerializeToUtf8Bytes(Program("ONE"));
        using var left = new CancellationTokenSource();
        try
        {
            await hub.Server.SendAsync(http =>
            {
                http.Features.Set<IHttpRequestBodyDetectionFeature>(new Body());
                (http.Request.Method, http.Request.Path, http.Request.ContentType) = ("POST", "/api/v1/programs", "application/json");
                http.Request.ContentLength = body.Length;
                http.Request.Headers.Cookie = string.Join("; ", signIn.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]));
                http.Request.Headers[IdempotencyMiddleware.Header] = "k-1";
                http.RequestAborted = left.Token;
                http.Request.Body = new LeavingBody(body, left);
            });
        }
        catch (OperationCanceledException)
        {
            // Nobody reads the answer.
        }
        Assert.True(left.IsCancellationRequested);
        using var again = await PostAsync(await hub.AsAsync("owner"), "k-1", Program("ONE"));
        Assert.True(again.StatusCode == HttpStatusCode.Created, await again.Content.ReadAsStringAsync());
        Assert.True(again.Headers.Contains("Idempotency-Replayed"));
    }

    private sealed class Body : IHttpRequestBodyDetectionFeature
    {
        public bool CanHaveBody => true;
    }

    /// <summary>The caller disconnects when all of the body is read.</summary>
    private sealed class LeavingBody(byte[] body, CancellationTokenSource left) : MemoryStream(body)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await base.ReadAsync(buffer, CancellationToken.None);
            if (read == 0) await left.CancelAsync();
            return read;
        }
    }

    private static Task<HttpResponseMessage> FlagAsync(HttpClient client, string key, string text)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/flags");
        request.Content = JsonContent.Create(new { text, anonymous = true });
        request.Headers.Add("Idempotency-Key", key);
        return client.SendAsync(request);
    }
}
