using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Access.Identity.Providers;

/// <summary>What a browser does in a sign-in with a provider: keeps cookies, posts the forms and follows the redirects.</summary>
internal sealed class OidcBrowser(HttpClient http, Uri hub) : IDisposable
{
    private const int MostRedirects = 15;

    public HttpClient Http => http;

    /// <summary>A browser of a hub and a provider that listen on this machine.</summary>
    public static OidcBrowser Real(string hub) => new(new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        BaseAddress = new Uri(hub),
    }, new Uri(hub));

    /// <summary>Presses the button of the provider. The answer leads to the provider.</summary>
    public async Task<Uri> StartAsync(string provider, string returnUrl = "")
    {
        using var answer = await SubmitAsync("/sign-in", $"/sign-in/oidc/{provider}/start", new() { ["returnUrl"] = returnUrl });
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, await answer.Content.ReadAsStringAsync());
        return new Uri(hub, answer.Headers.Location!);
    }

    /// <summary>Links an account at the provider with the signed-in person, as the script of their page does.</summary>
    /// <returns>The page of the hub to which the callback leads.</returns>
    public async Task<string> LinkAsync(string provider, string account)
    {
        using var answer = await SubmitAsync("/sign-in", $"/sign-in/oidc/{provider}/link", []);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return await FollowAsync(new Uri(hub, (await answer.Content.ReadFromJsonAsync<JsonElement>()).Text("location")), account);
    }

    /// <summary>Posts a form of the hub, with its antiforgery token.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(string page, string action, Dictionary<string, string> fields)
    {
        fields["__RequestVerificationToken"] = Field(await http.GetStringAsync(page), "__RequestVerificationToken");
        return await http.PostAsync(action, new FormUrlEncodedContent(fields));
    }

    /// <summary>Signs in at the provider as the account, and comes back to the hub.</summary>
    /// <returns>The page of the hub to which the callback leads.</returns>
    public async Task<string> SignInAsync(string provider, string account, string returnUrl = "") =>
        await FollowAsync(await StartAsync(provider, returnUrl), account);

    /// <summary>Follows redirects until one leads from the hub to a page of the hub.</summary>
    public async Task<string> FollowAsync(Uri at, string account)
    {
        for (var i = 0; i < MostRedirects; i++)
        {
            if (at.AbsolutePath.StartsWith("/interaction/", StringComparison.Ordinal)) at = new Uri(at, $"?account={account}");
            using var answer = await http.GetAsync(at);
            Assert.True((int)answer.StatusCode is >= 302 and <= 303,
                $"{at}: {answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
            var next = new Uri(at, answer.Headers.Location!);
            if (at.Authority == hub.Authority && next.Authority == hub.Authority) return next.PathAndQuery;
            at = next;
        }
        throw new InvalidOperationException($"Redirected too often: {at}");
    }

    /// <summary>Signs out at the hub.</summary>
    /// <returns>Where that leads: to the provider, or to the sign-in page.</returns>
    public async Task<Uri> SignOutAsync()
    {
        using var answer = await SubmitAsync("/sign-in", "/sign-out", []);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return new Uri(hub, answer.Headers.Location!);
    }

    /// <summary>Confirms the sign-out that the provider asks about.</summary>
    /// <returns>Where the provider leads to.</returns>
    public async Task<string?> ConfirmSignOutAsync(Uri at)
    {
        var page = await http.GetStringAsync(at);
        using var answer = await http.PostAsync(new Uri(at, "/session/end/confirm"), new FormUrlEncodedContent(
            new Dictionary<string, string> { ["xsrf"] = Field(page, "xsrf"), ["logout"] = "yes" }));
        return answer.Headers.Location?.ToString();
    }

    public async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var answer = await http.GetAsync(new Uri(hub, path));
        return answer.StatusCode;
    }

    public void Dispose() => http.Dispose();

    private static string Field(string page, string name)
    {
        var found = Regex.Match(page, $"name=\"{name}\"[^>]*value=\"([^\"]+)\"");
        Assert.True(found.Success, page);
        return WebUtility.HtmlDecode(found.Groups[1].Value);
    }
}
