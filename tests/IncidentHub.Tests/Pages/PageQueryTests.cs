using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using IncidentHub.Tests.Support;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Tests.Pages;

/// <summary>Addresses of pages are typed, shortened and shared: none breaks a page.</summary>
public partial class PageQueryTests
{
    [Fact]
    public void Pages_take_query_parameters_as_text_which_Blazor_does_not_convert()
    {
        var parameters = typeof(Program).Assembly.GetTypes().SelectMany(t => t.GetProperties())
            .Where(p => p.GetCustomAttribute<SupplyParameterFromQueryAttribute>() is not null).ToArray();
        Assert.InRange(parameters.Length, 30, 200);
        Assert.Empty(parameters.Where(p => p.PropertyType != typeof(string)).Select(p => $"{p.DeclaringType!.Name}.{p.Name}"));
    }

    [Theory]
    [InlineData("/incidents\r\nX: y")]
    [InlineData("/\t/evil.example")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("https://evil.example")]
    [InlineData("/\u202egnp.exe")]
    [InlineData("/\ufffd")]
    public async Task A_return_address_that_is_not_one_of_the_hub_leads_to_the_first_page(string address) =>
        Assert.Equal((HttpStatusCode.Redirect, "/"), await SignInAsync(address));

    [Theory]
    [InlineData("/incidents?q=caf%C3%A9%20x&status=closed")]
    [InlineData("/programs/MCI")]
    public async Task A_return_address_of_the_hub_is_followed(string address) =>
        Assert.Equal((HttpStatusCode.Redirect, address), await SignInAsync(address));

    [Fact]
    public async Task A_sign_in_form_that_cannot_be_read_is_shown_again()
    {
        await using var hub = new TestHub();
        var client = await hub.AsAsync(null);
        foreach (var body in (string[])["account=responder", "account=responder&__RequestVerificationToken=%00", "%00=%00", "account=%zz"])
        {
            using var answer = await client.PostAsync("/sign-in",
                new StringContent(body, System.Text.Encoding.ASCII, "application/x-www-form-urlencoded"));
            Assert.Equal((HttpStatusCode.Redirect, "/sign-in?expired=1"), (answer.StatusCode, answer.Headers.Location?.OriginalString));
        }
    }

    [Theory]
    [InlineData("/nope")]
    [InlineData("/nope/at/all")]
    public async Task A_path_that_no_page_takes_is_404_with_the_hubs_page(string path)
    {
        await using var hub = new TestHub();
        using var answer = await (await hub.AsAsync("employee")).GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("_framework/blazor.web", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var stranger = await (await hub.AsAsync(null)).GetAsync(path);
        Assert.Equal(HttpStatusCode.Redirect, stranger.StatusCode);
        Assert.Contains("/sign-in", stranger.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    private static async Task<(HttpStatusCode, string?)> SignInAsync(string returnUrl)
    {
        await using var hub = new TestHub();
        var client = await hub.AsAsync(null);
        using var form = await client.GetAsync($"/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}");
        Assert.Equal(HttpStatusCode.OK, form.StatusCode);
        using var answer = await client.PostAsync($"/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["account"] = "responder",
            ["__RequestVerificationToken"] = Token().Match(await form.Content.ReadAsStringAsync()).Groups[1].Value,
        }));
        return (answer.StatusCode, answer.Headers.Location?.OriginalString);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
