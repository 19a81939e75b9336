namespace IncidentHub.Access.Identity;

/// <summary>A person as pages and the API show them; <see cref="Id"/> is internal.</summary>
internal sealed record PersonRef
{
    [System.Text.Json.Serialization.JsonIgnore]
    public Guid Id { get; init; }
    public required string Account { get; init; }
    public required string Name { get; init; }
}
