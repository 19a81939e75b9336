using System.Net;
using System.Text.RegularExpressions;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Response.Flags;

/// <summary>The form as sent by a browser without a live connection and without scripts.</summary>
public sealed partial class FlagFormTests : IAsyncLifetime
{
    private readonly TestHub _hub = new();
    private HttpClient _employee = null!;

    public async ValueTask InitializeAsync() => _employee = await _hub.AsAsync("employee");

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task A_link_fills_in_what_the_flag_is_about_and_nothing_replaces_what_was_typed()
    {
        Assert.Contains("value=\"INC-3\"", await _employee.GetStringAsync("/flags/new?about=INC-3"), StringComparison.Ordinal);
        var (_, page) = await SendAsync(_employee, "/flags/new?about=INC-3", "flag", ("text", ""), ("about", "MCI"));
        Assert.Contains("value=\"MCI\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"INC-3\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plain_post_files_the_flag_and_shows_the_receipt_once()
    {
        var (status, page) = await SendAsync(_employee, "/flags/new", "flag", ("text", "Something <b>open</b>."), ("about", ""),
            ("data", "Sensitive"), ("audience", "WholeCompany"), ("anonymous", "true"));
        Assert.Equal(HttpStatusCode.OK, status);
        var receipt = Receipt().Match(page).Value;
        Assert.NotEmpty(receipt);
        Assert.Contains("SEV 2 Major", page, StringComparison.Ordinal);

        var (_, followed) = await SendAsync(await _hub.AsAsync(null), "/flags/receipt", "receipt", ("receipt", receipt));
        Assert.Contains("Something &lt;b&gt;open&lt;/b&gt;.", followed, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>open</b>", followed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_names_the_field_and_keeps_what_was_typed()
    {
        foreach (var (field, value) in new[] { ("text", "   "), ("data", "Secret"), ("audience", "3"), ("stillOpen", "perhaps") })
            await IsRefusedAsync(field, value);
        Assert.Equal(0, (await (await _hub.AsAsync("responder")).ReadAsync("/api/v1/flags")).GetProperty("items").GetArrayLength());
    }

    private async Task IsRefusedAsync(string field, string value)
    {
        var fields = new Dictionary<string, string>
        {
            ["text"] = "What I saw & typed",
            ["about"] = "the MCI \"workspace\"",
            ["audience"] = "Team",
            [field] = value
        };
        var (status, page) = await SendAsync(_employee, "/flags/new", "flag", [.. fields.Select(f => (f.Key, f.Value))]);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains($"{field}-error", page, StringComparison.Ordinal);
        Assert.Contains("the MCI &quot;workspace&quot;", page, StringComparison.Ordinal);
        if (field != "text") Assert.Contains("What I saw &amp; typed", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reporter_and_triage_exchange_messages_by_plain_posts()
    {
        var (_, page) = await SendAsync(_employee, "/flags/new", "flag", ("text", "x"), ("anonymous", "true"));
        var nobody = await _hub.AsAsync(null);
        var (_, said) = await SendAsync(nobody, "/flags/receipt", "say", ("receipt", Receipt().Match(page).Value),
            ("message", "More of it."));
        Assert.Contains("More of it.", said, StringComparison.Ordinal);
        var (_, wrong) = await SendAsync(nobody, "/flags/receipt", "receipt", ("receipt", "0000-0000-0000-0000"));
        Assert.Contains("was not found", wrong, StringComparison.Ordinal);
        Assert.DoesNotContain("More of it.", wrong, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_form_requires_a_sign_in_and_a_forged_post_is_refused()
    {
        Assert.Equal(HttpStatusCode.Redirect, (await (await _hub.AsAsync(null)).GetAsync("/flags/new")).StatusCode);
        var forged = await _employee.PostAsync("/flags/new", new FormUrlEncodedContent([new("_handler", "flag"), new("text", "x")]));
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
    }

    internal static async Task<(HttpStatusCode, string)> SendAsync(
        HttpClient client, string path, string form, params (string Name, string Value)[] fields)
    {
        var page = await client.GetStringAsync(path);
        var posted = new List<KeyValuePair<string, string>> { new("_handler", form),
            new("__RequestVerificationToken", Antiforgery().Match(page).Groups[1].Value) };
        if (TokenField().Match(page) is { Success: true } token) posted.Add(new("token", token.Groups[1].Value));
        posted.AddRange(fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value)));
        var answer = await client.PostAsync(path, new FormUrlEncodedContent(posted));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Antiforgery();

    [GeneratedRegex("name=\"token\" value=\"([^\"]+)\"")]
    private static partial Regex TokenField();

    [GeneratedRegex("[0-9A-Z]{4}(-[0-9A-Z]{4}){3}")]
    private static partial Regex Receipt();
}
