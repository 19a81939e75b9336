namespace IncidentHub.Domain.Decisions;

/// <summary>
/// What approvals bind to: pauses, required approvals, criteria and recommendation. Any change of them changes the digest.
/// </summary>
public static class DecisionDigest
{
    // Decisions of before have no salt.
    private const string Version = "incidenthub-decision-2", Unsalted = "incidenthub-decision-1";

    /// <summary>SHA-256 in lower-case hex over the length-prefixed fields.</summary>
    public static string Of(DecisionState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var hash = new CanonicalHash();
        if (state.DigestSalt is { } salt) hash.Text(Version).Text(salt);
        else hash.Text(Unsalted);
        hash.Id(state.Id).Id(state.ProgramId).Text(state.Template.ToString()).Text(state.ErrorClaim)
            .Text(state.WorstSev?.ToString());
        hash.Each([.. state.Pauses.OrderBy(p => p.PauseId)], (h, p) => h.Id(p.PauseId).Id(p.IncidentId));
        hash.Each(state.Requirement.ToResume, (h, r) => h.Text(r.ToString()));
        hash.Each(state.Requirement.ToTerminate, (h, r) => h.Text(r.ToString()));
        hash.Each([.. state.Criteria.OrderBy(c => c.Kind)], (h, c) => h.Text(c.Kind.ToString()).Text(c.Status.ToString()).Text(c.Text)
            .Id(c.ById).Time(c.At));
        if (state.Recommendation is { } r)
        {
            hash.Text(r.Outcome.ToString()).Text(r.Rationale).Time(r.Until).Id(r.ProposerId).Time(r.ProposedAt);
            hash.Each(r.Conditions, (h, c) => h.Text(c.What).Id(c.OwnerId).Time(c.DueAt));
            // At the end and only where there are stages: digests of decisions without stages do not change.
            if (r.Stages.Count > 0) hash.Each(r.Stages, (h, s) => h.Number(s.Share).Number((long)s.Soak.TotalSeconds));
        }
        return hash.Hex();
    }
}
