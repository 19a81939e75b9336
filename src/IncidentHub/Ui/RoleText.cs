using IncidentHub.Domain.Access;

namespace IncidentHub.Ui;

/// <summary>Display texts of roles and names.</summary>
public static class RoleText
{
    /// <summary>Everybody is a reporter, so the role is shown only where a person has no other.</summary>
    public static string Of(Roles roles) => roles is Roles.None or Roles.Reporter
        ? "Reporter"
        : string.Join(", ", Enum.GetValues<Roles>().Where(r => r is not (Roles.None or Roles.Reporter) && roles.HasFlag(r)).Select(Name));

    /// <summary>Two letters for an avatar.</summary>
    public static string Initials(string name)
    {
        var words = name.Split([' ', ',', '-'], StringSplitOptions.RemoveEmptyEntries);
        return (words.Length > 1 ? $"{words[0][0]}{words[1][0]}" : name[..Math.Min(2, name.Length)]).ToUpperInvariant();
    }

    private static string Name(Roles role) => role switch
    {
        Roles.ProgramOwner => "Program owner",
        _ => role.ToString(),
    };
}
