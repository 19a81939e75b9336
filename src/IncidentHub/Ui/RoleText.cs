using IncidentHub.Domain.Access;

namespace IncidentHub.Ui;

/// <summary>Roles as people read them.</summary>
public static class RoleText
{
    public static string Of(Roles roles) =>
        string.Join(", ", Enum.GetValues<Roles>().Where(r => r != Roles.None && roles.HasFlag(r)).Select(Name));

    private static string Name(Roles role) => role switch
    {
        Roles.ProgramOwner => "Program owner",
        Roles.Administrator => "Administrator",
        _ => role.ToString(),
    };
}
