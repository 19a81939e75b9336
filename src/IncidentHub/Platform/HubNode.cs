using IncidentHub.Platform.Database;

namespace IncidentHub.Platform;

/// <summary>This process of the hub, among those that may share its database.</summary>
/// <param name="HasOthers">Whether other processes may use the same database: never on a SQLite file, possibly on SQL Server.</param>
internal sealed record HubNode(Guid Id, bool HasOthers)
{
    public static HubNode Of(Engine engine) => new(OrderedId.Next(TimeProvider.System.GetUtcNow()), engine == Engine.SqlServer);
}
