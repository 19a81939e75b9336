using System.Net;
using System.Text.RegularExpressions;
using IncidentHub.Access.Identity;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Access.Identity;

public sealed partial class SecondFactorTests
{
    private const string Read = "/api/v1/programs";

    [Fact]
    public async Task The_password_asks_for_the_code_and_the_code_signs_in()
    {
        await using var hub = await LocalHub.MadeAsync();
        var (app, client) = (new TestAuthenticator(hub), hub.CreateClient());
        await app.TurnOnAsync();
        using var asked = await client.SubmitAsync("/sign-in?returnUrl=%2Fprograms", ("account", "first"), ("password", LocalHub.Password));
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        var page = await asked.Content.ReadAsStringAsync();
        Assert.Contains("name=\"code\"", page, StringComparison.Ordinal);
        Assert.Equal(["__RequestVerificationToken"], Hidden().Matches(page).Select(m => m.Groups[1].Value));
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.SendAsync(HttpMethod.Get, Read)).Status);
        Assert.Empty(await hub.ColumnAsync("SELECT Outcome FROM SignInAttempt"));

        using var answer = await client.PostFormAsync(page, ("code", app.Code()));
        Assert.Equal("/programs", answer.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.OK, (await client.SendAsync(HttpMethod.Get, Read)).Status);
        Assert.Equal(["Succeeded Password Authenticator"],
            await hub.ColumnAsync("SELECT Outcome || ' ' || Method || ' ' || SecondFactor FROM SignInAttempt"));
        Assert.Contains("Authenticator", Assert.Single(await hub.ColumnAsync(
            "SELECT Payload FROM AuditEntry WHERE Act = 'session.started'")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Account_password_and_code_may_be_sent_together()
    {
        await using var hub = await LocalHub.MadeAsync();
        var app = new TestAuthenticator(hub);
        await app.TurnOnAsync();
        using var answer = await AllAsync(hub.CreateClient(), app.Code());
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }

    [Fact]
    public async Task A_code_is_used_once_also_when_it_is_sent_several_times_at_once()
    {
        await using var hub = await LocalHub.MadeAsync();
        var app = new TestAuthenticator(hub);
        await app.TurnOnAsync();
        var code = app.Code();
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => AllAsync(hub.CreateClient(), code)));
        Assert.Single(answers, a => a.StatusCode == HttpStatusCode.Redirect);
        Assert.Equal(3, answers.Count(a => a.StatusCode == HttpStatusCode.Unauthorized));
        // An earlier one that was not used is too late as well.
        Assert.Equal(HttpStatusCode.Unauthorized, (await AllAsync(hub.CreateClient(), app.Code(-1))).StatusCode);
        hub.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(HttpStatusCode.Redirect, (await AllAsync(hub.CreateClient(), app.Code())).StatusCode);
    }

    [Fact]
    public async Task The_code_that_turned_it_on_does_not_sign_in()
    {
        await using var hub = await LocalHub.MadeAsync();
        var app = new TestAuthenticator(hub);
        await app.TurnOnAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await AllAsync(hub.CreateClient(), app.Code(-1))).StatusCode);
    }

    [Fact]
    public async Task Wrong_codes_lock_the_account_and_count_for_the_address()
    {
        await using var hub = await LocalHub.MadeAsync(("Identity:FailuresPerAddress", "6"));
        var app = new TestAuthenticator(hub);
        await app.TurnOnAsync();
        await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ =>
        {
            using var wrong = await AllAsync(hub.CreateClient(), app.WrongCode());
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }));
        Assert.Equal(5, (await hub.ColumnAsync("SELECT Outcome FROM SignInAttempt WHERE Outcome = 'SecondFactorFailed'")).Count);
        Assert.Single(await hub.ColumnAsync("SELECT Act FROM AuditEntry WHERE Act = 'sign-in.locked-out'"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await AllAsync(hub.CreateClient(), app.Code())).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await AllAsync(hub.CreateClient(), app.Code())).StatusCode);
    }

    [Fact]
    public async Task While_an_account_is_locked_the_second_step_is_refused_as_a_wrong_code()
    {
        await using var hub = await LocalHub.MadeAsync();
        var (app, client) = (new TestAuthenticator(hub), hub.CreateClient());
        await app.TurnOnAsync();
        var page = await (await client.SignInAsync("first", LocalHub.Password)).Content.ReadAsStringAsync();
        for (var i = 0; i < 5; i++) (await client.PostFormAsync(page, ("code", app.WrongCode()))).Dispose();
        using var right = await client.PostFormAsync(page, ("code", app.Code()));
        Assert.Equal(HttpStatusCode.Unauthorized, right.StatusCode);
        Assert.Contains("The code is wrong, or was used before", await right.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        hub.Clock.Advance(SignInRecords.LockedFor);
        Assert.Equal(HttpStatusCode.Redirect, (await AllAsync(hub.CreateClient(), app.Code())).StatusCode);
    }

    [Fact]
    public async Task A_recovery_code_signs_in_once_however_it_is_written()
    {
        await using var hub = await LocalHub.MadeAsync();
        var app = new TestAuthenticator(hub);
        var codes = await app.TurnOnAsync();
        Assert.Equal(10, codes.Distinct().Count());
        using var answer = await AllAsync(hub.CreateClient(), codes[3].Replace("-", " ", StringComparison.Ordinal).ToLowerInvariant());
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await AllAsync(hub.CreateClient(), codes[3])).StatusCode);
        Assert.Equal(["9"], await hub.ColumnAsync("SELECT COUNT(*) FROM RecoveryCode WHERE UsedAt IS NULL"));
        Assert.Equal(["RecoveryCode"], await hub.ColumnAsync("SELECT SecondFactor FROM SignInAttempt WHERE Outcome = 'Succeeded'"));

        var made = await hub.CommandsAsync(c => c.NewCodesAsync(hub.ActorOf("first"), LocalHub.Password, TestAuthenticator.Page));
        Assert.Equal(HttpStatusCode.Unauthorized, (await AllAsync(hub.CreateClient(), codes[0])).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await AllAsync(hub.CreateClient(), made.Value.Codes[0])).StatusCode);
    }

    [Fact]
    public async Task The_second_step_is_of_one_browser_and_ends_after_ten_minutes_and_with_the_password()
    {
        await using var hub = await LocalHub.MadeAsync();
        var (app, client) = (new TestAuthenticator(hub), hub.CreateClient());
        await app.TurnOnAsync();
        var page = await (await client.SignInAsync("first", LocalHub.Password)).Content.ReadAsStringAsync();
        using var elsewhere = await hub.CreateClient().SubmitAsync("/sign-in", ("code", app.Code()));
        Assert.Equal(HttpStatusCode.Unauthorized, elsewhere.StatusCode);

        using var set = await hub.CreateClient().SubmitAsync(
            $"/reset?token={await hub.LinkAsync("first")}", ("password", "another four random words"));
        using var changed = await client.PostFormAsync(page, ("code", app.Code()));
        Assert.Contains("Sign in again", await changed.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        page = await (await client.SignInAsync("first", "another four random words")).Content.ReadAsStringAsync();
        hub.Clock.Advance(TimeSpan.FromMinutes(10));
        using var late = await client.PostFormAsync(page, ("code", app.Code()));
        Assert.Contains("Sign in again", await late.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Turning_it_on_and_off_needs_the_password_and_ends_the_other_sessions()
    {
        await using var hub = await LocalHub.MadeAsync();
        var (app, client, actor) = (new TestAuthenticator(hub), hub.CreateClient(), hub.ActorOf("first"));
        (await client.SignInAsync("first", LocalHub.Password)).Dispose();
        var on = await hub.CommandsAsync(c => c.TurnOnAsync(
            actor, app.Secret, app.WrongCode(), LocalHub.Password, null, TestAuthenticator.Page));
        Assert.Equal(["code"], on.Refusal!.Errors!.Keys);
        on = await hub.CommandsAsync(c => c.TurnOnAsync(actor, app.Secret, app.Code(), "not the password", null, TestAuthenticator.Page));
        Assert.Equal(["password"], on.Refusal!.Errors!.Keys);
        Assert.Equal(HttpStatusCode.OK, (await client.SendAsync(HttpMethod.Get, Read)).Status);
        await app.TurnOnAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.SendAsync(HttpMethod.Get, Read)).Status);

        var off = await hub.CommandsAsync(c => c.TurnOffAsync(actor, "not the password", null, TestAuthenticator.Page));
        Assert.Equal(["password"], off.Refusal!.Errors!.Keys);
        var key = actor with { ThroughKey = true };
        off = await hub.CommandsAsync(c => c.TurnOffAsync(key, LocalHub.Password, null, TestAuthenticator.Page));
        Assert.NotNull(off.Refusal);
        off = await hub.CommandsAsync(c => c.TurnOffAsync(actor, LocalHub.Password, null, TestAuthenticator.Page));
        Assert.True(off.IsOk);
        using var answer = await hub.CreateClient().SignInAsync("first", LocalHub.Password);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Empty(await hub.ColumnAsync("SELECT CodeHash FROM RecoveryCode"));
    }

    [Fact]
    public async Task An_administrator_and_the_reset_on_the_machine_remove_it_and_end_the_sessions()
    {
        await using var hub = await LocalHub.MadeAsync();
        var (app, client, admin) = (new TestAuthenticator(hub), hub.CreateClient(), hub.CreateClient());
        await app.TurnOnAsync();
        (await AllAsync(admin, app.Code())).Dispose();
        hub.Clock.Advance(TimeSpan.FromSeconds(30));
        (await AllAsync(client, app.Code())).Dispose();
        Assert.True((await admin.ReadAsync("/api/v1/people/first")).GetProperty("secondFactor").GetBoolean());
        await admin.MakeAsync("/api/v1/people/first/remove-second-factor", new { });
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.SendAsync(HttpMethod.Get, Read)).Status);
        using var answer = await hub.CreateClient().SignInAsync("first", LocalHub.Password);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Single(await hub.ColumnAsync("SELECT Act FROM AuditEntry WHERE Act = 'person.second-factor-removed'"));

        await new TestAuthenticator(hub).TurnOnAsync();
        await hub.Db.WriteAsync<(Person Person, string Token)>(tx => AdminCommand.ResetAsync(tx, "first", new(false, true, [])));
        Assert.Empty(await hub.ColumnAsync("SELECT PersonId FROM Authenticator UNION ALL SELECT PersonId FROM RecoveryCode"));
    }

    [Fact]
    public async Task Neither_the_secret_nor_a_recovery_code_stands_in_the_database()
    {
        await using var hub = await LocalHub.MadeAsync();
        var app = new TestAuthenticator(hub);
        var codes = await app.TurnOnAsync();
        var stored = string.Join('\n', await hub.ColumnAsync("SELECT Secret FROM Authenticator UNION ALL SELECT CodeHash FROM RecoveryCode "
            + "UNION ALL SELECT Payload FROM AuditEntry WHERE Payload IS NOT NULL"));
        string[] secrets = [Convert.ToBase64String(app.Secret), Convert.ToHexStringLower(app.Secret),
            AuthenticatorCodes.Text(app.Secret).Replace(" ", "", StringComparison.Ordinal), .. codes];
        Assert.DoesNotContain(secrets, s => stored.Contains(s, StringComparison.OrdinalIgnoreCase));
    }

    // The last six of the eight digits in RFC 6238, appendix B.
    [Theory]
    [InlineData(1111111111, "050471")]
    [InlineData(1111111109, "081804")]
    [InlineData(1234567890, "005924")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard_one_step_early_or_late(long seconds, string code)
    {
        var (secret, at) = ("12345678901234567890"u8.ToArray(), DateTimeOffset.FromUnixTimeSeconds(seconds));
        foreach (var step in (int[])[-1, 0, 1])
            Assert.Equal(seconds / 30, AuthenticatorCodes.StepOf(secret, $"{code[..3]} {code[3..]}", at.AddSeconds(30 * step)));
        Assert.Null(AuthenticatorCodes.StepOf(secret, code, at.AddSeconds(60)));
        Assert.Null(AuthenticatorCodes.StepOf(secret, code, at.AddSeconds(-60)));
    }

    private static Task<HttpResponseMessage> AllAsync(HttpClient client, string code) =>
        client.SubmitAsync("/sign-in", ("account", "first"), ("password", LocalHub.Password), ("code", code));

    [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*name=\"([^\"]+)\"")]
    private static partial Regex Hidden();
}
