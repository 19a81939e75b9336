namespace IncidentHub.Domain.Access;

/// <summary>What an account and the name of its person may be.</summary>
public static class AccountRules
{
    public const int MaxAccount = 100, MaxName = 50;

    public static Validation Check(string? account, string? displayName) => new Validation()
        .Check(IsAccount(Codes.Lower(account)), "account",
            $"Letters a–z, digits, dot, dash, underscore and @, at most {MaxAccount}, beginning with a letter or a digit.")
        .Line(displayName, "displayName", MaxName);

    /// <summary>Adds what is wrong with granting these roles to one person.</summary>
    public static Validation Together(this Validation check, Roles roles) =>
        Independence.Fault(roles) is { } fault ? check.Check(false, "roles", fault) : check;

    /// <param name="account">In its stored form: lower case.</param>
    public static bool IsAccount(string account) => account.Length is > 0 and <= MaxAccount && char.IsAsciiLetterOrDigit(account[0])
        && account.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-' or '_' or '@');
}
