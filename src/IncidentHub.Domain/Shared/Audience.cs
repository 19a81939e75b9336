namespace IncidentHub.Domain;

/// <summary>How wide a circle of readers is, from narrow to wide.</summary>
public enum AudienceKind { NamedGroup, Org, WholeCompany, Public }

/// <summary>Who may read, or could read, a dataset.</summary>
/// <param name="Name">Which group or organisation unit; empty for the whole company and the public.</param>
public sealed record Audience(AudienceKind Kind, string Name = "")
{
    public const int MaxName = 120;

    /// <summary>«research group», «whole company», «public».</summary>
    public string Label => Kind switch
    {
        AudienceKind.NamedGroup => Name.Length > 0 ? Name : "a named group",
        AudienceKind.Org => Name.Length > 0 ? Name : "an organisation unit",
        AudienceKind.WholeCompany => "whole company",
        AudienceKind.Public => "public",
        _ => throw new ArgumentOutOfRangeException(nameof(Kind), Kind, "Unknown kind of audience."),
    };
}
