namespace IncidentHub.Domain.AccessReviews;

/// <summary>Somebody to whom the data was promised to be limited, and when.</summary>
/// <param name="From">Null: always.</param>
/// <param name="Until">Exclusive; null: without an end.</param>
public sealed record AudienceMember(string Account, DateTimeOffset? From, DateTimeOffset? Until);

/// <summary>The promised audience. Accounts are compared without case and the blanks around them.</summary>
public sealed class AudienceList
{
    public const int MaxMembers = 200_000, MaxAccount = 400;

    private readonly Dictionary<string, (long From, long Until)[]> _members;

    public AudienceList(IReadOnlyList<AudienceMember> members)
    {
        Members = members;
        _members = members.GroupBy(m => Fold(m.Account)).ToDictionary(g => g.Key,
            g => g.Select(m => (m.From?.UtcTicks ?? 0, m.Until?.UtcTicks ?? long.MaxValue)).ToArray());
    }

    public IReadOnlyList<AudienceMember> Members { get; }

    /// <summary>Of the members in the order of their accounts: the same list in another order has the same digest.</summary>
    public string Digest => new CanonicalHash().Text("incidenthub/audience/1").Each(
        [.. Members.OrderBy(m => Fold(m.Account), StringComparer.Ordinal).ThenBy(m => m.From).ThenBy(m => m.Until)],
        (hash, m) => hash.Text(Fold(m.Account)).Time(m.From).Time(m.Until)).Hex();

    /// <summary>When the account was a member: from and until (exclusive), in ticks; null: never.</summary>
    public (long From, long Until)[]? TimesOf(string account) => _members.GetValueOrDefault(Fold(account));

    public static string Fold(string account) => account.Trim().ToLowerInvariant();
}
