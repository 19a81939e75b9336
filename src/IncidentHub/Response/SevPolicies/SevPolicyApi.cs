using System.ComponentModel.DataAnnotations;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Severity;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IncidentHub.Response.SevPolicies;

/// <summary>
/// One level as the API returns and accepts it. Limits are written «30 min», «4 h», «1 d», «5 bd» (business days: Monday to Friday, UTC).
/// </summary>
internal sealed record PolicyLevelView
{
    [Required]
    public int? Sev { get; init; }
    public string? Name { get; init; }
    [Required]
    public string? Means { get; init; }
    [Required]
    public string? Acknowledge { get; init; }
    public string? FirstUpdate { get; init; }
    public string? UpdateEvery { get; init; }
    [Required]
    public PauseMode? Pause { get; init; }
    public string? ProposalDeadline { get; init; }
    [Required]
    public IReadOnlyList<ApprovalRole>? ResumeApprovals { get; init; }
    [Required]
    public IReadOnlyList<ApprovalRole>? TerminateApprovals { get; init; }

    /// <summary>From the close of an incident to its completed review.</summary>
    public string? ReviewWithin { get; init; }

    public static PolicyLevelView Of(SevLevel l) => new()
    {
        Sev = (int)l.Sev,
        Name = l.Sev.ToString(),
        Means = l.Means,
        Acknowledge = l.Acknowledge.ToString(),
        FirstUpdate = l.FirstUpdate?.ToString(),
        UpdateEvery = l.UpdateEvery?.ToString(),
        Pause = l.Pause,
        ProposalDeadline = l.ProposalDeadline?.ToString(),
        ResumeApprovals = l.ResumeApprovals,
        TerminateApprovals = l.TerminateApprovals,
        ReviewWithin = l.ReviewWithin?.ToString(),
    };

    /// <summary>The level; invalid values are noted at their fields.</summary>
    public SevLevel Read(Validation check, int index)
    {
        Term? Limit(string? text, string field)
        {
            if (string.IsNullOrWhiteSpace(text)) return null;
            var ok = Term.TryParse(text, out var term);
            check.Check(ok, $"levels[{index}].{field}", "Enter a limit such as «30 min», «4 h», «1 d» or «5 bd».");
            return ok ? term : null;
        }
        check.Check(Sev is >= 0 and <= 5, $"levels[{index}].sev", "A SEV is 0 to 5.")
            .Check(Name is null || Sev is null || string.Equals(Name.Trim(), ((Sev)Sev).ToString(), StringComparison.OrdinalIgnoreCase),
                $"levels[{index}].name", "The name of a level is fixed. Leave it out.")
            .Check(Pause is not null, $"levels[{index}].pause", $"One of {string.Join(", ", Enum.GetNames<PauseMode>())}.");
        return new()
        {
            Sev = (Sev)(Sev ?? 0),
            Means = (Means ?? "").Clean(),
            Acknowledge = Limit(Acknowledge, "acknowledge")
                ?? default,
            FirstUpdate = Limit(FirstUpdate, "firstUpdate"),
            UpdateEvery = Limit(UpdateEvery, "updateEvery"),
            Pause = Pause ?? PauseMode.None,
            ProposalDeadline = Limit(ProposalDeadline, "proposalDeadline"),
            ResumeApprovals = ResumeApprovals ?? [],
            TerminateApprovals = TerminateApprovals ?? [],
            ReviewWithin = Limit(ReviewWithin, "reviewWithin"),
        };
    }
}

internal sealed record PolicyView(int Version, string Reason, IReadOnlyList<PolicyLevelView> Levels)
{
    public static PolicyView Of(SevPolicy p) => new(p.Version, p.Reason, [.. p.Levels.Select(PolicyLevelView.Of)]);
}

internal sealed record PutPolicyRequest([Required] IReadOnlyList<PolicyLevelView>? Levels, [Required] string? Reason, int? ExpectedVersion);

/// <summary>The SEV policy over HTTP.</summary>
internal static class SevPolicyApi
{
    public static void MapSevPolicyApi(this WebApplication app)
    {
        var policy = app.MapApi("/api/v1/policy");
        policy.MapGet("/", GetAsync).Requires(Act.ReadSevPolicy).WithSummary("The current SEV policy.");
        policy.MapGet("/versions", ListAsync).Requires(Act.ReadSevPolicy).WithSummary("All versions, the newest first.");
        policy.MapGet("/versions/{version:int}", GetVersionAsync).Requires(Act.ReadSevPolicy).WithSummary("One version.");
        policy.MapPut("/", EditAsync).Requires(Act.EditSevPolicy)
            .WithSummary("Publishes a new version. Open cycles keep the version that they are judged by.");
    }

    private static async Task<Results<Ok<PolicyView>, Refused>> GetAsync(
        HttpContext http, Db db, SevPolicyReader reader, CancellationToken ct) =>
        (await ReadAsync<SevPolicy>(http, db, async sql => await reader.CurrentAsync(sql), ct)).ToOk(PolicyView.Of);

    private static async Task<Results<Ok<Page<PolicyVersion>>, Refused>> ListAsync(
        HttpContext http, Db db, SevPolicyReader reader, CancellationToken ct) =>
        (await ReadAsync<PolicyVersion[]>(http, db, async sql => (await reader.VersionsAsync(sql)).ToArray(), ct))
            .ToOk(Page<PolicyVersion>.All);

    private static async Task<Results<Ok<PolicyView>, Refused>> GetVersionAsync(
        int version, HttpContext http, Db db, SevPolicyReader reader, CancellationToken ct) =>
        (await ReadAsync<SevPolicy>(
            http, db,
            async sql => await reader.FindAsync(sql, version) is { } policy
                ? policy : Refusal.NotFound($"Version {version} of the policy"),
            ct)).ToOk(PolicyView.Of);

    private static async Task<Results<Ok<PolicyView>, Refused>> EditAsync(
        PutPolicyRequest request, HttpContext http, SevPolicyCommands commands, CancellationToken ct)
    {
        if (AccessTable.Deny(http.Actor(), Act.EditSevPolicy) is { } denied) return new Refused(denied);
        var check = new Validation().Check(request.Levels is not null && request.Levels.All(l => l is not null), "levels",
            "Give each of the levels 0 to 5 once.");
        if (check.ToRefusal() is { } missing) return new Refused(missing);
        var levels = request.Levels!.Select((l, i) => l.Read(check, i)).ToArray();
        if (check.ToRefusal() is { } unreadable) return new Refused(unreadable);
        var edit = new EditSevPolicy(levels, request.Reason ?? "");
        return (await commands.RunAsync(edit, http.Expected(request.ExpectedVersion), http.Actor(), ct)).ToOk(p => PolicyView.Of(p.State));
    }

    private static async Task<Result<T>> ReadAsync<T>(HttpContext http, Db db, Func<ISql, Task<Result<T>>> read, CancellationToken ct) =>
        AccessTable.Deny(http.Actor(), Act.ReadSevPolicy) is { } denied ? denied : await db.ReadAsync(read, ct);
}
