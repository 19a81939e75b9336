using System.Net;
using System.Text.RegularExpressions;
using IncidentHub.Access.Identity;
using IncidentHub.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Access.Identity;

public sealed partial class PasswordSignInTests
{
    [Fact]
    public async Task Signing_in_is_a_plain_form_without_hidden_fields_but_the_token_and_leads_to_the_wanted_page()
    {
        await using var hub = await LocalHub.MadeAsync();
        var client = hub.CreateClient();
        var page = await client.GetStringAsync("/sign-in?returnUrl=%2Fprograms");
        Assert.Equal(["__RequestVerificationToken"], Hidden().Matches(page).Select(m => m.Groups[1].Value));
        using var answer = await client.SubmitAsync(
            "/sign-in?returnUrl=%2Fprograms", ("account", " FIRST "), ("password", LocalHub.Password));
        Assert.Equal("/programs", answer.Headers.Location?.ToString());
        Assert.Equal(["Succeeded"], await hub.ColumnAsync("SELECT Outcome FROM SignInAttempt"));
    }

    [Fact]
    public async Task The_answer_does_not_tell_whether_an_account_exists()
    {
        await using var hub = await LocalHub.MadeAsync();
        var client = hub.CreateClient();
        var known = await AnswerAsync("first");
        Assert.Contains("The account or the password is wrong", known.Text, StringComparison.Ordinal);
        Assert.Equal(known, await AnswerAsync("other"));
        Assert.Equal(HttpStatusCode.Unauthorized, known.Status);
        Assert.Equal(["Failed", "Failed"], await hub.ColumnAsync("SELECT Outcome FROM SignInAttempt"));
        Assert.DoesNotContain(await hub.ColumnAsync("SELECT Subject FROM AuditEntry"), s => s.Contains("other", StringComparison.Ordinal));

        async Task<(HttpStatusCode Status, string Text)> AnswerAsync(string account)
        {
            using var answer = await client.SignInAsync(account, "not the password");
            var text = await answer.Content.ReadAsStringAsync();
            return (answer.StatusCode, Changing().Replace(text.Replace(account, "", StringComparison.Ordinal), ""));
        }
    }

    [Fact]
    public async Task Five_failures_lock_an_account_for_a_quarter_of_an_hour_also_when_they_are_sent_at_once()
    {
        await using var hub = await LocalHub.MadeAsync();
        await Task.WhenAll(Enumerable.Range(0, 12).Select(async _ =>
        {
            using var answer = await hub.CreateClient().SignInAsync("first", "not the password");
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }));
        var outcomes = await hub.ColumnAsync("SELECT Outcome FROM SignInAttempt");
        Assert.Equal((5, 7), (outcomes.Count(o => o == "Failed"), outcomes.Count(o => o == "LockedOut")));
        Assert.Single(await hub.ColumnAsync("SELECT Act FROM AuditEntry WHERE Act = 'sign-in.locked-out'"));

        using var locked = await hub.CreateClient().SignInAsync("first", LocalHub.Password);
        Assert.Equal(HttpStatusCode.Unauthorized, locked.StatusCode);
        hub.Clock.Advance(SignInRecords.LockedFor);
        using var open = await hub.CreateClient().SignInAsync("first", LocalHub.Password);
        Assert.Equal(HttpStatusCode.Redirect, open.StatusCode);
    }

    [Fact]
    public async Task Failures_from_one_address_are_limited_whatever_the_account()
    {
        await using var hub = await LocalHub.MadeAsync(("Identity:FailuresPerAddress", "3"));
        for (var i = 0; i < 3; i++) (await hub.CreateClient().SignInAsync($"nobody-{i}", "not the password")).Dispose();
        using var limited = await hub.CreateClient().SignInAsync("first", LocalHub.Password);
        Assert.Equal(HttpStatusCode.TooManyRequests, limited.StatusCode);
        Assert.NotNull(limited.Headers.RetryAfter);
    }

    [Fact]
    public async Task A_link_sets_the_password_once_and_ends_the_sessions()
    {
        await using var hub = await LocalHub.MadeAsync();
        var (open, client) = (hub.CreateClient(), hub.CreateClient());
        (await open.SignInAsync("first", LocalHub.Password)).Dispose();
        var link = $"/reset?token={await hub.LinkAsync("first")}";
        using var weak = await client.SubmitAsync(link, ("password", "first-one-2026"));
        Assert.Equal(HttpStatusCode.BadRequest, weak.StatusCode);
        using var set = await client.SubmitAsync(link, ("password", "another four random words"));
        Assert.Equal("/sign-in?set=1", set.Headers.Location?.ToString());

        Assert.Contains("no longer valid", await client.GetStringAsync(link), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await open.SendAsync(HttpMethod.Get, "/api/v1/programs")).Status);
        using var former = await client.SignInAsync("first", LocalHub.Password);
        Assert.Equal(HttpStatusCode.Unauthorized, former.StatusCode);
        using var now = await client.SignInAsync("first", "another four random words");
        Assert.Equal(HttpStatusCode.Redirect, now.StatusCode);
    }

    [Fact]
    public async Task A_link_ends_after_a_day_and_when_another_one_is_made()
    {
        await using var hub = await LocalHub.MadeAsync();
        var client = hub.CreateClient();
        var (replaced, last) = (await hub.LinkAsync("first"), await hub.LinkAsync("first"));
        Assert.Contains("no longer valid", await client.GetStringAsync($"/reset?token={replaced}"), StringComparison.Ordinal);
        hub.Clock.Advance(OneTimeTokens.LinkLifetime);
        Assert.Contains("no longer valid", await client.GetStringAsync($"/reset?token={last}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_store_keeps_what_the_framework_sets_and_refuses_what_was_changed_meanwhile()
    {
        await using var hub = await LocalHub.MadeAsync();
        await using var scope = hub.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<LocalAccount>>();
        var (one, other) = ((await users.FindByNameAsync("first"))!, (await users.FindByNameAsync("FIRST"))!);
        Assert.True((await users.ChangePasswordAsync(one, LocalHub.Password, "another four random words")).Succeeded);
        Assert.Equal("ConcurrencyFailure", Assert.Single((await users.SetLockoutEndDateAsync(other, hub.Clock.Now)).Errors).Code);
        var stored = (await users.FindByIdAsync(one.PersonId.ToString()))!;
        Assert.True(await users.CheckPasswordAsync(stored, "another four random words"));
        Assert.NotEqual(other.SecurityStamp, stored.SecurityStamp);
        Assert.Equal(["password"], (await users.ChangePasswordAsync(stored, "another four random words", "password12345")).Errors
            .Select(e => e.Code));
    }

    [Theory]
    [InlineData("password1234")]
    [InlineData("P@ssw0rd2026!")]
    [InlineData("Welcome12345")]
    [InlineData("qwertyuiop12")]
    [InlineData("iloveyousunshine")]
    [InlineData("abcabcabcabc")]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("123456789012")]
    [InlineData("responder is here")]
    [InlineData("elevenchars")]
    public void A_password_that_is_short_common_or_the_account_is_refused(string password) =>
        Assert.NotNull(PasswordRules.Fault(password, "responder"));

    [Theory]
    [InlineData("correct horse battery staple")]
    [InlineData("tiefblau-wandert-9")]
    [InlineData("ünï¢ödé-zwölf-zeichen")]
    public void Any_other_password_of_twelve_characters_is_taken(string password) =>
        Assert.Null(PasswordRules.Fault(password, "responder"));

    [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*name=\"([^\"]+)\"")]
    private static partial Regex Hidden();

    // Tokens, ids of fields and the time differ between any two pages.
    [GeneratedRegex("value=\"CfDJ8[^\"]*\"|data-now=\"[^\"]*\"|mudinput[0-9a-z-]+|<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex Changing();
}
