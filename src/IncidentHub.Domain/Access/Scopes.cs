namespace IncidentHub.Domain.Access;

/// <summary>What a key may be used for.</summary>
[Flags]
public enum Scopes
{
    None = 0,

    /// <summary>Register collectors, and nothing else.</summary>
    Enrol = 1,

    /// <summary>
    /// Renew permits and acknowledge stops: the secret that a collector gets when it registers. No other key has this scope.
    /// </summary>
    Collect = 2,

    /// <summary>Check batches at the ingest gate, and read the dispositions of quarantined ones.</summary>
    Gate = 4,

    /// <summary>Evaluate flags (OFREP).</summary>
    Evaluate = 8,

    /// <summary>Read the API as the key's owner.</summary>
    Read = 16,

    /// <summary>Change things through the API as the key's owner.</summary>
    Write = 32,

    /// <summary>Send lineage of datasets (OpenLineage).</summary>
    Intake = 64,
}

/// <summary>Scopes as the API and the database write them: lower-case words.</summary>
public static class ScopeWords
{
    private static readonly (Scopes Scope, string Word)[] All =
        [.. Enum.GetValues<Scopes>().Where(s => s != Scopes.None).Select(s => (s, s.ToString().ToLowerInvariant()))];

    public static IReadOnlyList<string> Words(this Scopes scopes) => [.. All.Where(s => scopes.HasFlag(s.Scope)).Select(s => s.Word)];

    /// <summary>Parses scope names; null where one is unknown.</summary>
    public static Scopes? Parse(IEnumerable<string?> words)
    {
        var scopes = Scopes.None;
        foreach (var word in words)
        {
            var found = All.FirstOrDefault(s => s.Word == Codes.Lower(word)).Scope;
            if (found == Scopes.None) return null;
            scopes |= found;
        }
        return scopes;
    }
}
