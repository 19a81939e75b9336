using System.Text.Json;

namespace IncidentHub.Platform.Database;

/// <summary>Ids as a JSON list, the parameter <c>@Ids</c> of <c>IN {{ids}}</c>.</summary>
internal static class IdList
{
    public static string Of(IEnumerable<Guid> ids) => JsonSerializer.Serialize(ids);
}
