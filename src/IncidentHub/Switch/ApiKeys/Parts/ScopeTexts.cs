using IncidentHub.Domain.Access;

namespace IncidentHub.Switch.ApiKeys.Parts;

/// <summary>Display texts of the scopes, and the scopes that the form offers: only those that have an effect.</summary>
internal static class ScopeTexts
{
    public static readonly IReadOnlyList<Scopes> OfPrograms = [Scopes.Enrol, Scopes.Gate, Scopes.Evaluate];

    public static readonly IReadOnlyList<Scopes> CompanyWide = [Scopes.Gate, Scopes.Evaluate, Scopes.Intake];

    public static readonly IReadOnlyList<Scopes> OfOwners = [Scopes.Read, Scopes.Write];

    public static string Label(Scopes scope) => scope switch
    {
        Scopes.Enrol => "Enrol collectors",
        Scopes.Gate => "Ask the ingest gate",
        Scopes.Evaluate => "Evaluate feature flags",
        Scopes.Intake => "Send lineage of datasets",
        Scopes.Read => "Read what I may read",
        Scopes.Write => "Do what I may do",
        _ => scope.ToString(),
    };

    /// <summary>What the key permits, as one sentence.</summary>
    public static string Sentence(Scopes scopes) => ApiKeyRules.ActsAsOwner(scopes)
        ? "It acts as you in the API, with the roles that you have at the time."
        : $"It can {string.Join(" and ", scopes.Words().Select(Verb))}, and nothing else.";

    private static string Verb(string word)
    {
        var label = Label(ScopeWords.Parse([word])!.Value);
        return char.ToLowerInvariant(label[0]) + label[1..];
    }
}
