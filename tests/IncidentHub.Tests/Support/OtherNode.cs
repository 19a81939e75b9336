using IncidentHub.Platform;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Live;
using IncidentHub.Switch.Collectors;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace IncidentHub.Tests.Support;

/// <summary>
/// What another process of the hub has of its own on the database of a test's hub: an id, pages, caches, a place in what nodes tell each
/// other. On SQLite it shares the hub's writer, since a file has one.
/// </summary>
internal sealed class OtherNode : IDisposable
{
    public OtherNode(TestHub hub)
    {
        var services = hub.Services;
        Node = new(Guid.CreateVersion7(), HasOthers: true);
        Changes = new(Node, hub.Clock);
        Db = new(services.GetRequiredService<Connections>(), services.GetRequiredService<Statements>(),
            services.GetRequiredService<IWriter>(), Live, Changes, hub.Clock, services);
        Watch = new(Db, Node, Changes, Live, hub.Clock, NullLogger<NodeWatch>.Instance);
        Collectors = new(Db, hub.Clock);
        Watch.Changed += Collectors.Forget;
    }

    public HubNode Node { get; }

    public Db Db { get; }

    public LiveFeed Live { get; } = new();

    public NodeChanges Changes { get; }

    public NodeWatch Watch { get; }

    public CollectorAuthentication Collectors { get; }

    /// <summary>Looks once for what was committed elsewhere, and delivers it.</summary>
    public async Task LookAsync()
    {
        await Watch.LookAsync(CancellationToken.None);
        await Db.Notified;
    }

    public void Dispose() => Watch.Dispose();
}
