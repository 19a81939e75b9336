namespace IncidentHub.Domain.Severity;

/// <summary>The capacity in which a person approves.</summary>
public enum Approver
{
    /// <summary>The program's owner or a deputy.</summary>
    Owner,
    Privacy,
    Executive,

    /// <summary>Privacy or an executive: the second approver for a pause without an incident.</summary>
    Second,
}

/// <summary>The approvals that the SEV policy requires for the worst SEV since the pause.</summary>
public sealed record Requirement(IReadOnlyList<Approver> ToResume, IReadOnlyList<Approver> ToTerminate)
{
    /// <summary>For a pause without an incident: the owner and one other approver.</summary>
    public static readonly Requirement WithoutIncident = new([Approver.Owner, Approver.Second], [Approver.Owner, Approver.Executive]);

    /// <summary>What a level of the SEV policy requires.</summary>
    public static Requirement Of(SevLevel level) => new(Map(level.ResumeApprovals), Map(level.TerminateApprovals));

    /// <summary>The stricter of both. The second approver is dropped where privacy or an executive is required anyway.</summary>
    public Requirement Or(Requirement other) => new(Union(ToResume, other.ToResume), Union(ToTerminate, other.ToTerminate));

    private static Approver[] Map(IReadOnlyList<ApprovalRole> roles) => [.. roles.Select(r => r switch
    {
        ApprovalRole.Owner => Approver.Owner,
        ApprovalRole.Privacy => Approver.Privacy,
        ApprovalRole.Executive => Approver.Executive,
    }).Order()];

    private static Approver[] Union(IReadOnlyList<Approver> a, IReadOnlyList<Approver> b)
    {
        var all = a.Union(b).Order().ToArray();
        return all.Any(r => r is Approver.Privacy or Approver.Executive) ? [.. all.Where(r => r != Approver.Second)] : all;
    }
}
