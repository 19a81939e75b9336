using IncidentHub.Domain.Access;

namespace IncidentHub.Ui;

/// <summary>Roles as people read them.</summary>
public static class RoleText
{
    /// <summary>Everybody is a reporter: it is said only of those who are nothing else.</summary>
    public static string Of(Roles roles) => roles is Roles.None or Roles.Reporter
        ? "Reporter"
        : string.Join(", ", Enum.GetValues<Roles>().Where(r => r is not (Roles.None or Roles.Reporter) && roles.HasFlag(r)).Select(Name));

    private static string Name(Roles role) => role switch
    {
        Roles.ProgramOwner => "Program owner",
        _ => role.ToString(),
    };
}
