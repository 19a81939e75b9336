using IncidentHub.Access.Identity;
using IncidentHub.Domain.Access;
using IncidentHub.Platform.Http;
using Microsoft.AspNetCore.Routing;

namespace IncidentHub.Tests.Support;

/// <summary>For each route a client of a sample account that may use it.</summary>
internal sealed class PermittedClients(TestHub hub)
{
    private static readonly string[] Accounts = ["privacy", "owner", "administrator", "auditor", "responder", "counsel"];
    private readonly Dictionary<string, HttpClient> _clients = [];

    public async Task<HttpClient> ForAsync(RouteEndpoint route)
    {
        var acts = route.Metadata.GetMetadata<IActMetadata>()?.Acts ?? [];
        var actors = Accounts.Select(a => (Account: a, Actor: DemoAccounts.Find(a).ToActor())).ToList();
        var account = actors.Where(a => acts.Any(act => AccessTable.Allows(a.Actor, act)))
            .Concat(actors.Where(a => acts.Any(act => AccessTable.MayEver(a.Actor, act)))).Select(a => a.Account).FirstOrDefault("privacy");
        return _clients.TryGetValue(account, out var client) ? client : _clients[account] = await hub.AsAsync(account);
    }
}
