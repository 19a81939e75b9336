using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Dapper;
using IncidentHub.Access.Identity;
using IncidentHub.Platform.Database;
using IncidentHub.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Access.Identity;

/// <summary>A hub in production with local accounts, and its forms as a browser without script sends them.</summary>
internal static partial class LocalHub
{
    public const string Password = "four random words, then";

    public static TestHub Make(params IEnumerable<(string Key, string Value)> settings) => new()
    {
        Production = true,
        Settings = settings.Append(("Identity:FailuresPerAddress", "10000")).DistinctBy(s => s.Item1)
            .ToDictionary(s => s.Item1, s => s.Item2),
    };

    /// <summary>A hub with the administrator <c>first</c>.</summary>
    public static async Task<TestHub> MadeAsync(params IEnumerable<(string Key, string Value)> settings)
    {
        var hub = Make(settings);
        using var answer = await hub.CreateClient().PostAsJsonAsync("/api/v1/setup",
            new { token = await TokenAsync(hub), account = "first", displayName = "First administrator", password = Password });
        answer.EnsureSuccessStatusCode();
        return hub;
    }

    /// <summary>The token of a start of this hub.</summary>
    public static async Task<string> TokenAsync(TestHub hub)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        return (await scope.ServiceProvider.GetRequiredService<SetUpCommands>().BeginAsync(CancellationToken.None))!;
    }

    /// <summary>Loads the page, fills its first form and sends it.</summary>
    public static async Task<HttpResponseMessage> SubmitAsync(
        this HttpClient client, string path, params (string Name, string Value)[] fields)
    {
        return await client.PostFormAsync(await client.GetStringAsync(path), fields);
    }

    /// <summary>Fills the first form of a page and sends it.</summary>
    public static async Task<HttpResponseMessage> PostFormAsync(
        this HttpClient client, string page, params (string Name, string Value)[] fields)
    {
        var form = Form().Match(page);
        Assert.True(form.Success, page);
        var token = Token().Match(form.Value).Groups[1].Value;
        return await client.PostAsync(System.Net.WebUtility.HtmlDecode(form.Groups["action"].Value), new FormUrlEncodedContent(
            fields.Append(("__RequestVerificationToken", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2))));
    }

    public static Task<HttpResponseMessage> SignInAsync(this HttpClient client, string account, string password) =>
        client.SubmitAsync("/sign-in", ("account", account), ("password", password));

    /// <summary>A one-time link to set the password of the account.</summary>
    public static async Task<string> LinkAsync(this TestHub hub, string account)
    {
        var person = await hub.Services.GetRequiredService<People>().FindByAccountAsync(account);
        return (await hub.Db.WriteAsync<string>(async tx =>
            await OneTimeTokens.MakeAsync(tx, OneTimeKind.SetPassword, person!.Id, OneTimeTokens.LinkLifetime))).Value;
    }

    public static Task<List<string>> ColumnAsync(this TestHub hub, string query) =>
        hub.Db.ReadAsync(async sql => (await ((Sql)sql).Connection.QueryAsync<string>(query)).AsList());

    [GeneratedRegex("<form[^>]*action=\"(?<action>[^\"]+)\"[^>]*>.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
