namespace IncidentHub.Domain.Access;

/// <summary>What a key may be used for.</summary>
[Flags]
public enum Scopes
{
    None = 0,

    /// <summary>Register collectors, and nothing else.</summary>
    Enrol = 1,

    /// <summary>
    /// Renew permits and acknowledge stops: what the secret does that a collector gets when it registers. No other key has it.
    /// </summary>
    Collect = 2,

    /// <summary>Ask whether a batch may enter, and what was decided for held ones.</summary>
    Gate = 4,

    /// <summary>Evaluate flags (OFREP).</summary>
    Evaluate = 8,

    /// <summary>Read the API as the key's owner.</summary>
    Read = 16,

    /// <summary>Change things through the API as the key's owner.</summary>
    Write = 32,

    /// <summary>Push alerts, datasets and lineage in. Recorded; nothing takes it in yet.</summary>
    Intake = 64,
}

/// <summary>Scopes as the API and the database write them: lower-case words.</summary>
public static class ScopeWords
{
    private static readonly (Scopes Scope, string Word)[] All =
        [.. Enum.GetValues<Scopes>().Where(s => s != Scopes.None).Select(s => (s, s.ToString().ToLowerInvariant()))];

    public static IReadOnlyList<string> Words(this Scopes scopes) => [.. All.Where(s => scopes.HasFlag(s.Scope)).Select(s => s.Word)];

    /// <summary>The scopes that the words name, or null where one of them names none.</summary>
    public static Scopes? Parse(IEnumerable<string?> words)
    {
        var scopes = Scopes.None;
        foreach (var word in words)
        {
            var found = All.FirstOrDefault(s => s.Word == word).Scope;
            if (found == Scopes.None) return null;
            scopes |= found;
        }
        return scopes;
    }
}
