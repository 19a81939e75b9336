using Microsoft.AspNetCore.Identity;

namespace IncidentHub.Access.Identity;

/// <summary>
/// What a password may be: at least 12 characters, none of the common ones, also not with digits and signs around it or in the place of
/// letters, and without the name of the account. Nothing is asked of its composition.
/// </summary>
internal sealed class PasswordRules : IPasswordValidator<LocalAccount>
{
    public const int Shortest = 12, Longest = 200;
    private const int ShortestWord = 6, FewestDifferent = 5;

    // Loaded when the first password is set; no request needs it otherwise.
    private static readonly Lazy<HashSet<string>> Common = new(Load);

    public Task<IdentityResult> ValidateAsync(UserManager<LocalAccount> manager, LocalAccount user, string? password) =>
        Task.FromResult(Fault(password, user.Account) is { } fault
            ? IdentityResult.Failed(new IdentityError { Code = "password", Description = fault }) : IdentityResult.Success);

    /// <summary>What is wrong with the password; null: nothing.</summary>
    public static string? Fault(string? password, string account)
    {
        if (string.IsNullOrEmpty(password) || TextRules.Length(password) < Shortest) return $"At least {Shortest} characters.";
        if (password.Length > Longest) return $"At most {Longest} characters.";
        var lower = password.ToLowerInvariant();
        if (account.Length >= 3 && lower.Contains(account, StringComparison.Ordinal)) return "It must not contain the name of the account.";
        return IsCommon(lower) ? "This is one of the common passwords, or hardly more than one. Choose another, such as four random words."
            : null;
    }

    private static bool IsCommon(string lower)
    {
        if (lower.Distinct().Count() < FewestDifferent || IsListed(lower) || IsListed(Letters(lower))) return true;
        // The same again, and two of them in a row.
        for (var length = 1; length <= lower.Length / 2; length++)
        {
            if (lower.Length % length == 0 && Enumerable.Range(0, lower.Length).All(i => lower[i] == lower[i % length])) return true;
        }
        for (var at = ShortestWord; at <= lower.Length - ShortestWord; at++)
        {
            if (Common.Value.Contains(lower[..at]) && Common.Value.Contains(lower[at..])) return true;
        }
        return false;
    }

    // As it is, and without digits and signs around it.
    private static bool IsListed(string text) => Common.Value.Contains(text) || (Stem(text) is { Length: >= ShortestWord } stem
        && Common.Value.Contains(stem));

    private static string Stem(string text)
    {
        var (from, to) = (0, text.Length);
        while (from < to && !char.IsLetter(text[from])) from++;
        while (to > from && !char.IsLetter(text[to - 1])) to--;
        return text[from..to];
    }

    private static string Letters(string text) => new([.. Stem(text).Select(c => c switch
    {
        '0' => 'o', '1' or '!' => 'i', '3' => 'e', '4' or '@' => 'a', '5' or '$' => 's', '7' => 't', _ => c,
    })]);

    private static HashSet<string> Load()
    {
        using var stream = typeof(PasswordRules).Assembly.GetManifestResourceStream("common-passwords.txt")
            ?? throw new InvalidOperationException("The list of common passwords is missing.");
        using var reader = new StreamReader(stream);
        var all = new HashSet<string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line) all.Add(line);
        return all;
    }
}
