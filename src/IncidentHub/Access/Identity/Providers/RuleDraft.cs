using IncidentHub.Domain.Access;

namespace IncidentHub.Access.Identity;

/// <summary>A rule of a claim mapping while it is edited.</summary>
internal sealed class RuleDraft
{
    public string? Claim { get; set; }

    public string? Value { get; set; }

    public Roles Role { get; set; } = Roles.Responder;

    public ClaimRule ToRule() => new(Claim ?? "", Value ?? "", Role);

    public static RuleDraft Of(ClaimRule rule) => new() { Claim = rule.Claim, Value = rule.Value, Role = rule.Role };
}
