using IncidentHub.Access.Identity;

namespace IncidentHub.Pages.SignIn;

/// <summary>What a field for a new password says.</summary>
internal static class PasswordHint
{
    public static readonly string Text =
        $"At least {PasswordRules.Shortest} characters, not one of the common passwords, without the name of the account.";
}
