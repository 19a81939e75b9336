namespace IncidentHub.Domain.Access;

/// <summary>Whoever has the claim with exactly this value has the role.</summary>
public sealed record ClaimRule(string Claim, string Value, Roles Role);

/// <summary>What the claims of one identity provider give. Version 0 is the mapping that nobody has edited: it gives nothing.</summary>
/// <param name="DepartmentClaim">The claim that holds the department; null for none.</param>
public sealed record ProviderMapping(string Provider, int Version, string? DepartmentClaim, IReadOnlyList<ClaimRule> Rules)
{
    /// <summary>The claims that the mapping reads.</summary>
    public IReadOnlyList<string> Claims =>
        [.. Rules.Select(r => r.Claim).Concat(DepartmentClaim is null ? [] : [DepartmentClaim]).Distinct()];

    public static ProviderMapping Empty(string provider) => new(provider, 0, null, []);

    /// <param name="values">The values of a claim.</param>
    public Roles RolesOf(Func<string, IReadOnlyList<string>> values) =>
        Rules.Where(r => values(r.Claim).Contains(r.Value)).Aggregate(Roles.None, (roles, r) => roles | r.Role);

    /// <summary>The department; null where the mapping reads none, or the claim is missing.</summary>
    public string? DepartmentOf(Func<string, IReadOnlyList<string>> values) =>
        DepartmentClaim is null ? null : values(DepartmentClaim).FirstOrDefault(v => !string.IsNullOrWhiteSpace(v));
}

/// <summary>Replaces the mapping of a provider.</summary>
public sealed record EditMapping(string? DepartmentClaim, IReadOnlyList<ClaimRule> Rules);

public sealed record MappingEdited(string? DepartmentClaim, IReadOnlyList<ClaimRule> Rules) : DomainEvent;

/// <summary>The rules of a claim mapping.</summary>
public static class ProviderMappingRules
{
    public const int MaxRules = 200, MaxClaim = 100, MaxValue = 200;

    /// <summary>The roles that a mapping gives. Everybody is a reporter.</summary>
    public static readonly IReadOnlyList<Roles> Mappable =
        [.. Enum.GetValues<Roles>().Where(r => r is not (Roles.None or Roles.Reporter))];

    public static Result<Accepted<ProviderMapping>> Decide(ProviderMapping state, EditMapping command)
    {
        var check = new Validation().Line(command.DepartmentClaim, "departmentClaim", MaxClaim, required: false)
            .Check(command.Rules.Count <= MaxRules, "rules", $"At most {MaxRules} rules.");
        var rules = new List<ClaimRule>();
        foreach (var (index, rule) in command.Rules.Take(MaxRules).Index())
        {
            var field = $"rules[{index}]";
            check.Line(rule.Claim, $"{field}.claim", MaxClaim).Line(rule.Value, $"{field}.value", MaxValue)
                .Check(Mappable.Contains(rule.Role), $"{field}.role", $"One of {string.Join(", ", Mappable)}.");
            var clean = rule with { Claim = (rule.Claim ?? "").Clean(), Value = (rule.Value ?? "").Clean() };
            check.Check(!rules.Contains(clean), $"{field}.value", "This rule is already there.");
            rules.Add(clean);
        }
        if (check.ToRefusal() is { } refused) return refused;
        var department = string.IsNullOrWhiteSpace(command.DepartmentClaim) ? null : command.DepartmentClaim.Clean();
        return department == state.DepartmentClaim && rules.SequenceEqual(state.Rules)
            ? Outcome.Accept(state)
            : Outcome.Accept(state with { Version = state.Version + 1, DepartmentClaim = department, Rules = rules },
                new MappingEdited(department, rules));
    }
}
