using System.Net;
using System.Net.Http.Headers;
using System.Text;
using IncidentHub.Domain;
using IncidentHub.Platform.Http;
using IncidentHub.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Platform.Http;

/// <summary>Forms that cannot be read, at every page and at every endpoint that takes a form.</summary>
public sealed class FormInputTests
{
    private const string Field = "--b\r\nContent-Disposition: form-data; name=\"text\"\r\n";
    private const string Form = "multipart/form-data; boundary=b";
    private const string Fields = "application/x-www-form-urlencoded";

    private static readonly (string Type, string Body)[] Broken =
    [
        (Form, $"{Field}\r\nWhat I saw."), (Form, $"{Field}\r\nWhat I saw.\r\n--b"), (Form, "--b\r\nContent-Dispo"), (Form, "no form"),
        (Form, "--b\r\nno header\r\n\r\nx\r\n--b--\r\n"), (Form, $"{Field}Content-Type: text/plain; charset=utf-7\r\n\r\nx\r\n--b--\r\n"),
        ("multipart/form-data", $"{Field}\r\nx\r\n--b--\r\n"), ($"{Form}{new string('b', 300)}", "x"),
        (Fields, new string('k', 5000) + "=1"), (Fields, string.Concat(Enumerable.Repeat("&a=1", 2000))), ($"{Fields}; charset=utf-7", "a=b"),
    ];

    [Fact]
    public async Task A_form_that_cannot_be_read_is_refused_and_is_not_a_failure_of_the_hub()
    {
        await using var hub = new TestHub
        {
            Settings = new Dictionary<string, string>
            {
                ["Identity:Providers:0:Name"] = "corp",
                ["Identity:Providers:0:Authority"] = "https://corp.invalid",
                ["Identity:Providers:0:ClientId"] = "hub",
            },
        };
        using var client = await hub.AsAsync("administrator");
        var paths = hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("POST") == true)
            .Select(e => StrictInputTests.PathOf(e).Replace("/X/", "/corp/", StringComparison.Ordinal)).Distinct()
            .Where(p => !Problems.IsMachine(new DefaultHttpContext { Request = { Path = p } })).Order().ToList();
        Assert.Superset(
            new HashSet<string> { "/flags/new", "/flags/receipt", "/sign-in", "/reset", "/sign-out", "/sign-in/oidc/corp/back-channel-logout" },
            paths.ToHashSet());
        var faults = new List<string>();
        foreach (var path in paths)
        {
            foreach (var (type, body) in Broken)
            {
                using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
                content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
                using var answer = await client.PostAsync(path, content);
                if (answer.StatusCode >= HttpStatusCode.InternalServerError
                    || (path.EndsWith("logout", StringComparison.Ordinal) && answer.StatusCode != HttpStatusCode.BadRequest))
                    faults.Add($"{path} {type} {TextRules.Cut(body, 60)}: {answer.StatusCode}");
            }
        }
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }
}
