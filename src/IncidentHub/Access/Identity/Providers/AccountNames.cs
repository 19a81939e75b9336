using System.Globalization;
using IncidentHub.Platform.Database;

namespace IncidentHub.Access.Identity;

/// <summary>Names of new accounts, from what a provider calls the person.</summary>
internal static class AccountNames
{
    private const int Longest = 60;

    /// <summary>A name of lower-case letters, digits, dots, hyphens and underscores that no account has.</summary>
    public static async Task<string> FreeAsync(UnitOfWork tx, string name)
    {
        var wanted = Of(name);
        for (var n = 1; ; n++)
        {
            var account = n == 1 ? wanted : string.Create(CultureInfo.InvariantCulture, $"{wanted}-{n}");
            if (await People.FindAsync(tx, account) is null) return account;
        }
    }

    /// <summary>Of a mail address the part before the @.</summary>
    public static string Of(string name)
    {
        var before = name.Split('@')[0].Normalize(System.Text.NormalizationForm.FormD);
        var kept = string.Concat(before.ToLowerInvariant().Where(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or ' ')
            .Select(c => c == ' ' ? '.' : c)).Trim('.', '-', '_');
        return kept.Length == 0 ? "person" : kept[..Math.Min(kept.Length, Longest)].TrimEnd('.', '-', '_');
    }
}
