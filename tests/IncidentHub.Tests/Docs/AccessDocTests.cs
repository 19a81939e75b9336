using System.Text;
using IncidentHub.Domain.Access;
using IncidentHub.Platform.Http;
using IncidentHub.Tests.Support;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IncidentHub.Tests.Docs;

/// <summary>docs/access.md is generated from the access table and the routes; WRITE_DOCS=1 writes it.</summary>
public class AccessDocTests
{
    private static readonly string File = Path.Combine(SourceTree.Root, "docs/access.md");

    private static readonly (Roles Role, string Name)[] Columns =
    [
        (Roles.Reporter, "everyone"), (Roles.Responder, "responder"), (Roles.ProgramOwner, "program owner"), (Roles.Privacy, "privacy"),
        (Roles.Counsel, "counsel"), (Roles.Executive, "executive"), (Roles.Administrator, "administrator"), (Roles.Auditor, "auditor"),
        (Roles.DataProtectionOfficer, "data protection officer"), (Roles.WorksCouncil, "works council"),
    ];

    [Fact]
    public void The_page_about_access_is_current()
    {
        using var hub = new TestHub();
        var text = Page(hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList());
        if (Environment.GetEnvironmentVariable("WRITE_DOCS") == "1") System.IO.File.WriteAllText(File, text);
        Assert.True(text == System.IO.File.ReadAllText(File), "Run the tests once with WRITE_DOCS=1: docs/access.md is generated.");
    }

    private static string Page(IReadOnlyList<RouteEndpoint> endpoints)
    {
        var page = new StringBuilder();
        page.AppendLine("# Who may do what").AppendLine().AppendLine(
            """
            Generated from the one table in code, `AccessTable`, which the API, the pages and the navigation ask. What is not in it is
            denied, and a route without an act does not start. A relation is one to the object: a program's owner or deputy, an incident's
            commander, a person named on it, the reporter of a flag, the owner of a task. What of an incident, a task or a decision
            somebody may see is decided by the statements that read it; what somebody may not see does not exist for them. What says *no*
            under *by an API key* is done by a person who signed in, never by a key that acts for them. Who is data protection officer
            or works council has no other role, and of the relations only own flag and own task.
            """).AppendLine();
        page.AppendLine($"| act | {string.Join(" | ", Columns.Select(c => c.Name))} | relation | by an API key |");
        page.AppendLine($"|---|{string.Concat(Columns.Select(_ => ":-:|"))}---|---|");
        foreach (var row in AccessTable.Rows)
        {
            var cells = Columns.Select(c => (row.Roles & c.Role) != 0 || (row.Roles & Roles.Reporter) != 0 ? " ✓ " : "   ");
            page.AppendLine($"| `{row.Act}`: {row.Does} |{string.Join('|', cells)}| {Words(row.Relations)} | {(row.NeedsPerson ? "no" : "")} |");
        }
        page.AppendLine().AppendLine("## Routes").AppendLine().AppendLine("| act | routes and pages |").AppendLine("|---|---|");
        var routes = endpoints.SelectMany(RoutesOf).ToLookup(r => r.Act, r => r.Route);
        foreach (var row in AccessTable.Rows)
            page.AppendLine($"| `{row.Act}` | {string.Join("<br>", routes[row.Act].Distinct().Order(StringComparer.Ordinal))} |");
        return page.Replace("\r", "").ToString();
    }

    private static IEnumerable<(Act Act, string Route)> RoutesOf(RouteEndpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<IActMetadata>() is not { } route) return [];
        var path = "/" + endpoint.RoutePattern.RawText!.Trim('/');
        var isPage = endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;
        var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];
        return route.Acts.Select(act => (act, isPage ? $"page `{path}`" : $"`{string.Join(' ', [.. methods, path])}`"));
    }

    private static string Words(Relation relations) => string.Join(", ", Enum.GetValues<Relation>()
        .Where(r => r != Relation.None && relations.HasFlag(r)).Select(r => r switch
        {
            Relation.OwnProgram => "owner or deputy",
            Relation.Commander => "commander",
            Relation.Named => "named",
            Relation.OwnFlag => "own flag",
            Relation.OwnTask => "own task",
            Relation.NamedPrivileged => "of privacy, and named on the privileged part",
            _ => throw new ArgumentOutOfRangeException(nameof(relations), r, "A relation without a word."),
        }));
}
