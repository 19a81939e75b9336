using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Hangfire;
using Hangfire.States;
using IncidentHub.Access.Identity;
using IncidentHub.Domain;
using IncidentHub.Platform.Keys;
using IncidentHub.Switch.Gate;
using IncidentHub.Tests.Access.Identity;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Access.Audit;

/// <summary>
/// One valid request for each command of the API, in the order of one story: programs and datasets, a collector, a pause and data
/// quarantined under it, its decision, flags, an incident with all of its commands, and the hub's own keys and jobs.
/// </summary>
internal static partial class CommandSteps
{
    private const string P = "/api/v1/programs", D = "/api/v1/datasets", I = "/api/v1/incidents", F = "/api/v1/flags", T = "/api/v1/tasks",
        Q = "/api/v1/decisions", Enrol = "@enrol", Gate = "@gate", Evaluate = "@evaluate", Intake = "@intake", Collector = "@collector",
        Permit = "permit";

    // The reporter of a flag is visible to triage and privacy only: the log has «a reporter».
    private static readonly Guid Reporter = Guid.Empty;

    public static IReadOnlyList<CommandStep> All { get; } =
        [.. SigningIn(), .. Programs(), .. Datasets(), .. Collectors(), .. Quarantine(), .. Decisions(), .. Proposals(), .. Flags(),
            .. Incidents(), .. Tasks(), .. Obligations(), .. Statements(), .. Ends(), .. Administration()];

    private static IEnumerable<CommandStep> SigningIn() =>
    [
        new("POST /api/v1/session", "session.started", "nobody")
        {
            Body = _ => new { account = "owner" },
            Actor = DemoAccounts.Find("owner").Id,
            Refused = [(401, new { account = "none" })],
        },
        new("POST /sign-in", "session.started", "nobody") { Send = SignInAsync, Actor = DemoAccounts.Find("owner").Id },
        new("POST /sign-out", "session.ended", "nobody") { Send = SignOutAsync, Actor = DemoAccounts.Find("owner").Id },
        new("POST /account/passkeys/options", null, "owner")
        {
            Send = async s => Assert.Equal(HttpStatusCode.OK, (await TestPasskey.BeginAddAsync(s.As("owner"))).Status),
        },
        new("POST /account/passkeys", "account.passkey-added", "owner")
        {
            Send = async s => Assert.Equal(HttpStatusCode.NoContent, (await s.Passkey.AddAsync(s.As("owner"))).Status),
        },
        new("POST /sign-in/passkey/options", null, "nobody")
        {
            Send = async s => Assert.Equal(HttpStatusCode.OK, (await TestPasskey.BeginSignInAsync(s.Hub.CreateClient())).Status),
        },
        new("POST /sign-in/passkey", "session.started", "nobody")
        {
            Send = async s => Assert.Equal(HttpStatusCode.OK, (await s.Passkey.SignInAsync(s.Hub.CreateClient())).Status),
            Actor = DemoAccounts.Find("owner").Id,
        },
        new("POST /sign-in/oidc/{provider}/start", null, "nobody")
        {
            At = _ => ["corp"],
            Send = async s =>
            {
                using var answer = await ToProviderAsync(s, "nobody", "start");
                Assert.StartsWith(s.Provider.Issuer, answer.Headers.Location?.ToString(), StringComparison.Ordinal);
            },
        },
        new("POST /sign-in/oidc/{provider}/link", null, "owner")
        {
            At = _ => ["corp"],
            Send = async s =>
            {
                using var answer = await ToProviderAsync(s, "owner", "link");
                var page = await answer.Content.ReadFromJsonAsync<JsonElement>();
                Assert.StartsWith(s.Provider.Issuer, page.Text("location"), StringComparison.Ordinal);
            },
        },
        new("POST /sign-in/oidc/{provider}/back-channel-logout", "session.ended", "nobody")
        {
            At = _ => ["corp"],
            Before = s => s.Hub.Db.WriteAsync<Done>(async tx =>
            {
                var origin = new SessionOrigin(SignInMethod.Provider, "corp", s.Provider.Issuer, "session-1");
                await s.Hub.Services.GetRequiredService<SessionChanges>().BeginAsync(tx, DemoAccounts.Find("owner"), origin, "A browser");
                return default(Done);
            }),
            Send = async s =>
            {
                var token = s.Provider.Sign(s.Provider.LogoutClaims(s.Now), type: "logout+jwt");
                using var form = new FormUrlEncodedContent([new("logout_token", token)]);
                using var answer = await s.As("nobody").PostAsync("/sign-in/oidc/corp/back-channel-logout", form);
                Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
            },
            Actor = DemoAccounts.Find("owner").Id,
        },
    ];

    private static async Task<HttpResponseMessage> ToProviderAsync(CommandStory story, string by, string path)
    {
        var client = story.As(by);
        using var form = new FormUrlEncodedContent(
            [new("__RequestVerificationToken", Token().Match(await client.GetStringAsync("/sign-in")).Groups[1].Value)]);
        return await client.PostAsync($"/sign-in/oidc/corp/{path}", form);
    }

    private static IEnumerable<CommandStep> Administration() =>
    [
        new("PUT /api/v1/policy", "policy.edited", "administrator")
        {
            Before = async s =>
            {
                var policy = JsonNode.Parse((await s.As("administrator").ReadAsync("/api/v1/policy")).GetRawText())!;
                policy["levels"]![2]!["acknowledge"] = "20 min";
                s["policy"] = new JsonObject { ["levels"] = policy["levels"]!.DeepClone(), ["reason"] = "Agreed." }.ToJsonString();
            },
            Body = s => s["policy"],
            Refused = [(400, new { })],
        },
        .. Accounts(),
        new("POST /api/v1/identity/mapping/preview", null, "administrator")
        {
            Body = _ => new { provider = "corp", rules = new[] { new { claim = "groups", value = "on-duty", role = "Responder" } } },
            Refused = [(400, new { })],
        },
        new("PUT /api/v1/identity/mapping", "identity.mapping-edited", "administrator")
        {
            Body = _ => new
            {
                provider = "corp",
                departmentClaim = "department",
                rules = new[] { new { claim = "groups", value = "on-duty", role = "Responder" } },
            },
            Refused = [(400, new { })],
        },
        new("POST /api/v1/signing-keys/rotate", "signing-key.rotated", "administrator") { Body = _ => new { } },
        new("POST /api/v1/signing-keys/{kid}/withdraw", "signing-key.withdrawn", "administrator")
        {
            At = s => [s.Hub.Services.GetRequiredService<SigningKeys>().Current.Kid],
            Body = _ => new { reason = "A copy was found." },
            Refused = [(400, new { })],
        },
        new("POST /api/v1/jobs/{id}/requeue", "job.requeued", "administrator")
        {
            Before = s =>
            {
                var client = s.Hub.Services.GetRequiredService<IBackgroundJobClient>();
                var id = client.Create<GateRangeUpkeep>(j => j.RunAsync(CancellationToken.None), new ScheduledState(TimeSpan.FromHours(1)));
                // It has failed after its last attempt.
                using var connection = s.Hub.Services.GetRequiredService<JobStorage>().GetConnection();
                connection.SetJobParameter(id, "RetryCount", "5");
                client.ChangeState(id, new FailedState(new IOException("The disk is full.")));
                s["job"] = id;
                return Task.CompletedTask;
            },
            At = s => [s["job"]],
            Body = _ => new { },
        },
        new("POST /api/v1/collectors/{id:guid}/revoke", "collector.revoked", "owner") { At = s => [s.Collector.Id], Body = _ => new { } },
        new("POST /api/v1/keys/{id:guid}/rotate", "key.rotated", "owner")
        {
            At = s => [s.IdOf(Enrol)],
            Body = _ => new { overlapHours = 1 },
            Refused = [(400, new { overlapHours = 169 }), (400, new { validDays = 0 })],
        },
        new("POST /api/v1/keys/{id:guid}/revoke", "key.revoked", "owner") { At = s => [s.IdOf(Enrol)], Body = _ => new { } },
    ];

    private static IEnumerable<CommandStep> Accounts() =>
    [
        new("POST /api/v1/people", "person.created", "administrator")
        {
            Body = _ => new { account = "new.one", displayName = "New one", roles = new[] { "Responder" } },
            Refused = [(400, new { account = "a b", displayName = "New one", roles = new[] { "Responder" } })],
        },
        OnPerson("lend", "person.roles-lent", s => new { roles = new[] { "Responder" }, until = s.Now.AddHours(8) })
            with { Refused = [(400, new { roles = Array.Empty<string>(), until = DateTimeOffset.UnixEpoch })] },
        OnPerson("end-loan", "person.roles-returned"),
        OnPerson("reset", "person.reset-link-made"),
        new("POST /reset", "account.password-set", "new.one")
        {
            Before = async s => s.Machine("new.one", "none",
                (await s.Hub.Services.GetRequiredService<People>().FindByAccountAsync("new.one"))!.Id),
            Send = SetPasswordAsync,
        },
        OnPerson("end-sessions", "person.sessions-ended"),
        OnPerson("remove-second-factor", "person.second-factor-removed") with
        {
            Before = s => s.Hub.Db.WriteAsync<Done>(async tx =>
            {
                var id = (await People.FindAsync(tx, "new.one"))!.Id;
                await s.Hub.Services.GetRequiredService<SecondFactors>().AddAsync(tx, id, AuthenticatorCodes.NewSecret(), 0);
                return default(Done);
            }),
        },
        OnPerson("unlink", "person.login-unlinked", _ => new { provider = "corp" }) with
        {
            Before = s => s.Hub.Db.WriteAsync<Done>(async tx =>
            {
                await ExternalLogins.AddAsync(tx, s.Provider.Issuer, "new-one", (await People.FindAsync(tx, "new.one"))!.Id, "corp");
                return default(Done);
            }),
        },
        OnPerson("deactivate", "person.deactivated"),
        OnPerson("reactivate", "person.reactivated"),
        new("PATCH /api/v1/people/{account}", "person.changed", "administrator")
        {
            At = _ => ["new.one"],
            Body = _ => new { displayName = "New name", roles = new[] { "Privacy" } },
            Refused = [(400, new { roles = new[] { "Nothing" } })],
        },
    ];

    private static CommandStep OnPerson(string act, string audited, Func<CommandStory, object?>? body = null) =>
        new($"POST /api/v1/people/{{account}}/{act}", audited, "administrator") { At = _ => ["new.one"], Body = body ?? (_ => new { }) };

    /// <summary>An act on the incident INC-1 by the responder.</summary>
    /// <param name="bad">A body with invalid fields. A stale version is refused as well.</param>
    private static CommandStep Step(
        string method, string act, string audited, object body, object bad, Func<CommandStory, object>? at = null) =>
        new($"{method} {I}/{{code}}{act}", $"incident.{audited}", "responder")
        {
            At = s => at is null ? ["INC-1"] : ["INC-1", at(s)],
            Body = _ => body,
            Refused = [(400, bad), (409, Stale(body))],
        };

    private static JsonObject Stale(object body)
    {
        var stale = JsonSerializer.SerializeToNode(body)!.AsObject();
        stale["expectedVersion"] = 99;
        return stale;
    }

    private static object Program(string code, string purpose = "Teach models how work is done.", int? expectedVersion = null) => new
    {
        code,
        name = $"Program {code}",
        purpose,
        owner = "owner",
        deputies = new[] { "deputy" },
        unit = "Research",
        regions = new[] { "US", "DE" },
        categories = new[] { "keystrokes", "clicks" },
        lawfulBasis = "Legitimate interest",
        ttlSeconds = 60,
        gracePeriodSeconds = 2,
        renewalSeconds = 20,
        expectedVersion,
    };

    private static object Declaration(string title, int sev, params string[] programs) =>
        new { title, sev, programs = programs.Select(program => new { program }) };

    private static object Dataset(string name, string? description = null, int? expectedVersion = null) => new
    {
        name,
        description,
        owner = "owner",
        classification = "Confidential",
        promisedAudience = new { scope = "NamedGroup", name = "research group" },
        expectedVersion,
    };

    // Ten items under the one permit.
    private static object Batch(CommandStory story, int first, int startMs, int endMs) => new
    {
        program = "MCI",
        permits = new[] { new { permit = story[Permit], startOffsetMs = startMs, endOffsetMs = endMs } },
        categories = new[] { "keystrokes" },
        firstSequence = first,
        lastSequence = first + 9,
        digest = Convert.ToHexStringLower(SHA256.HashData(BitConverter.GetBytes(first))),
        items = 10,
    };

    private static object StayPaused(CommandStory story) =>
        new { outcome = "StayPausedUntil", rationale = "The review takes a month.", until = story.Now.AddDays(30) };

    // A form of a page, with the page's token.
    private static async Task SignInAsync(CommandStory story)
    {
        using var client = story.Hub.CreateClient();
        var page = await client.GetStringAsync("/sign-in");
        var token = Token().Match(page).Groups[1].Value;
        using var form = new FormUrlEncodedContent([new("account", "owner"), new("__RequestVerificationToken", token)]);
        using var answer = await client.PostAsync("/sign-in", form);
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, $"{answer.StatusCode}");
        Assert.DoesNotContain("unknown", answer.Headers.Location!.ToString());
    }

    private static async Task SetPasswordAsync(CommandStory story)
    {
        using var client = story.Hub.CreateClient();
        using var answer = await client.SubmitAsync(
            ResetLink.Path(await story.Hub.LinkAsync("new.one")), ("password", LocalHub.Password));
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, $"{answer.StatusCode}");
    }

    // Signed in as the owner since the first step.
    private static async Task SignOutAsync(CommandStory story)
    {
        var client = story.As("nobody");
        var token = Token().Match(await client.GetStringAsync("/sign-in")).Groups[1].Value;
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", token)]);
        using var answer = await client.PostAsync("/sign-out", form);
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, $"{answer.StatusCode}");
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
