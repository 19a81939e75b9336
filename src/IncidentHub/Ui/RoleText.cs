using System.Globalization;
using IncidentHub.Domain.Access;

namespace IncidentHub.Ui;

/// <summary>Display texts of roles and names.</summary>
public static class RoleText
{
    /// <summary>Everybody is a reporter, so the role is shown only where a person has no other.</summary>
    public static string Of(Roles roles) => roles is Roles.None or Roles.Reporter
        ? "Reporter"
        : string.Join(", ", Enum.GetValues<Roles>().Where(r => r is not (Roles.None or Roles.Reporter) && roles.HasFlag(r)).Select(Name));

    /// <summary>Two letters for an avatar, whole ones: a letter with its accents, an emoji with its parts.</summary>
    public static string Initials(string name)
    {
        var words = name.Split([' ', ',', '-'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0) return "";
        var first = StringInfo.GetNextTextElement(words[0]);
        var second = words.Length > 1 ? words[1] : words[0][first.Length..];
        return (first + StringInfo.GetNextTextElement(second)).ToUpperInvariant();
    }

    private static string Name(Roles role) => role switch
    {
        Roles.ProgramOwner => "Program owner",
        Roles.DataProtectionOfficer => "Data protection officer",
        Roles.WorksCouncil => "Works council",
        _ => role.ToString(),
    };
}
