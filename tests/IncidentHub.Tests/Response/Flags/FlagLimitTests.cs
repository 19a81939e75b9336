using System.Net;
using System.Net.Http.Json;
using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Response.Flags;

public class FlagLimitTests
{
    private static TestHub Hub(int perAccount = 1000, int perAddress = 1000, int receipts = 1000) => new()
    {
        Settings = new Dictionary<string, string>
        {
            ["Flags:PerAccount"] = $"{perAccount}",
            ["Flags:PerAddress"] = $"{perAddress}",
            ["Flags:ReceiptsPerAddress"] = $"{receipts}"
        },
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_account_that_floods_triage_is_rate_limited_and_others_are_not(bool anonymous)
    {
        await using var hub = Hub(perAccount: 2);
        var employee = await hub.AsAsync("employee");
        for (var n = 0; n < 2; n++) await employee.MakeAsync("/api/v1/flags", new { text = $"Flag {n}", anonymous });
        using var refused = await employee.PostAsJsonAsync("/api/v1/flags", new { text = "One more", anonymous });
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        Assert.Contains("too_many", await refused.Content.ReadAsStringAsync());
        await (await hub.AsAsync("counsel")).MakeAsync("/api/v1/flags", new { text = "Another person" });
        Assert.Equal(3, (await (await hub.AsAsync("responder")).ReadAsync("/api/v1/flags")).GetProperty("items").GetArrayLength());
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task A_repeated_flag_counts_once(bool anonymous, bool keyed)
    {
        await using var hub = Hub(perAccount: 2);
        var (client, key) = (await hub.AsAsync("employee"), "0b6f7d0e-5d3c-4b0a-9b1e-2f6f3f6f7a11");
        async Task<HttpStatusCode> FileAsync(string secret)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/flags");
            request.Content = JsonContent.Create(new { text = "Something is open.", anonymous, token = keyed ? null : secret });
            if (keyed) request.Headers.Add("Idempotency-Key", secret);
            using var answer = await client.SendAsync(request);
            return answer.StatusCode;
        }
        Assert.All(await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => FileAsync(key))), s => Assert.Equal(HttpStatusCode.Created, s));
        Assert.Equal(HttpStatusCode.Created, await FileAsync(key + "2"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await FileAsync(key + "3"));
        Assert.Equal(HttpStatusCode.Created, await FileAsync(key));
        Assert.Equal(2, (await (await hub.AsAsync("responder")).ReadAsync("/api/v1/flags")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task One_network_address_is_rate_limited_across_many_accounts()
    {
        await using var hub = Hub(perAddress: 2);
        foreach (var account in (string[])["employee", "counsel"])
            await (await hub.AsAsync(account)).MakeAsync("/api/v1/flags", new { text = "A flag" });
        Assert.Equal(
            HttpStatusCode.TooManyRequests, (await (await hub.AsAsync("auditor"))
            .PostAsync("/api/v1/flags", new { text = "A flag" })).Status);
    }

    [Fact]
    public async Task A_rate_limited_form_keeps_what_was_typed()
    {
        await using var hub = Hub(perAccount: 1);
        var employee = await hub.AsAsync("employee");
        await FlagFormTests.SendAsync(employee, "/flags/new", "flag", ("text", "First"));
        var (_, page) = await FlagFormTests.SendAsync(employee, "/flags/new", "flag", ("text", "Typed with care"), ("about", "MCI"),
            ("audience", "Team"));
        Assert.Contains("Too many requests", page);
        Assert.Contains("Try again in", page);
        Assert.Contains("Typed with care</textarea>", page);
        Assert.Contains("value=\"MCI\"", page);
    }

    [Fact]
    public async Task Guessing_of_receipts_is_rate_limited_in_the_form_and_in_the_API()
    {
        await using var hub = Hub(receipts: 3);
        var nobody = await hub.AsAsync(null);
        for (var n = 0; n < 2; n++)
            Assert.Equal(
            HttpStatusCode.NotFound,
            (await nobody.PostAsync("/api/v1/flags/by-receipt", new { receipt = $"0000-0000-0000-000{n}" })).Status);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await nobody.PostAsync("/api/v1/flags/by-receipt/messages", new { receipt = "0000-0000-0000-0002", message = "x" })).Status);
        Assert.Equal(
            HttpStatusCode.TooManyRequests,
            (await nobody.PostAsync("/api/v1/flags/by-receipt", new { receipt = "0000-0000-0000-0003" })).Status);
        Assert.Equal(
            HttpStatusCode.TooManyRequests,
            (await nobody.PostAsync("/api/v1/flags/by-receipt/messages", new { receipt = "0000-0000-0000-0003", message = "x" })).Status);
        var (_, page) = await FlagFormTests.SendAsync(nobody, "/flags/receipt", "receipt", ("receipt", "0000-0000-0000-0004"));
        Assert.Contains("Too many requests", page);
        var (_, kept) = await FlagFormTests.SendAsync(nobody, "/flags/receipt", "say", ("receipt", "0000-0000-0000-0004"),
            ("message", "Typed with care"));
        Assert.Contains("Typed with care</textarea>", kept);
    }
}
