using IncidentHub.Domain.Access;
using IncidentHub.Platform.Http;

namespace IncidentHub.Insight.Dashboard;

/// <summary>The same figures as the page.</summary>
internal static class DashboardApi
{
    internal sealed record SevCount(int Sev, string Name, long Incidents);
    internal sealed record PausedBody(string Program, DateTimeOffset? Since);
    internal sealed record AtRiskBody(string Incident, DateTimeOffset? UpdateDueAt);
    internal sealed record WeekBody(DateOnly Monday, IReadOnlyList<SevCount> BySev);

    /// <param name="MedianSeconds">Accurate to within 5 %. Null: nothing was measured.</param>
    internal sealed record MeasureBody(RollupKind Measure, long Count, double? MedianSeconds, double? P90Seconds,
        double? FormerMedianSeconds);

    internal sealed record PausedTimeBody(string Program, double Seconds);

    /// <param name="Incidents">Incidents whose completed reviews of the last twelve months name it.</param>
    internal sealed record CauseBody(string Cause, int Incidents);

    internal sealed record DashboardBody(
        IReadOnlyList<SevCount> Open, IReadOnlyList<PausedBody> Paused, IReadOnlyList<AtRiskBody> AtRisk, int Safeguards,
            int SafeguardsVerified, int SafeguardsExpired,
            int SafeguardsBroken, int OverdueTasks,
        IReadOnlyList<WeekBody> Weeks, IReadOnlyList<MeasureBody> Measures, IReadOnlyList<PausedTimeBody> PausedTime,
        int LateReviews, IReadOnlyList<CauseBody> Causes);

    public static void MapDashboard(this WebApplication app) =>
        app.MapApi("/api/v1/dashboard")
            .MapGet("/", async (string? period, string? program, HttpContext http, DashboardQueries queries, CancellationToken ct) =>
                Codes.Lower(period) is "" or "quarter" or "year"
                    ? (await queries.LoadAsync(
                        Codes.Lower(period) == "year" ? DashboardQueries.Year : DashboardQueries.Quarter, http.Actor(), program, ct))
                        .ToHttp(v => TypedResults.Ok(Body(v)))
                    : ((Result<DashboardBody>)Refusal.Invalid("period", "Choose «quarter» or «year».")).ToHttp(v => TypedResults.Ok(v)))
            .Requires(Act.ReadDashboard)
            .WithSummary(
                "The leadership dashboard: what is open, paused and late, and the response metrics. «period» is quarter (13 weeks) or "
                    + "year (52); «program» makes every figure that of one.")
            .Produces<DashboardBody>();

    private static DashboardBody Body(DashboardView v) => new(
        [.. v.OpenBySev.OrderBy(s => s.Key).Select(s => new SevCount((int)s.Key, s.Key.ToString(), s.Value))],
        [.. v.Paused.Select(p => new PausedBody(p.Program.Code, p.Since))],
        [.. v.AtRisk.Items.Select(i => new AtRiskBody(i.Code, i.UpdateDueAt))],
        v.Safeguards.Total, v.Safeguards.Verified, v.Safeguards.Expired, v.Safeguards.Broken, v.OverdueTasks,
        [.. v.Incidents.Select(w =>
            new WeekBody(w.Monday, [.. w.BySev.OrderBy(s => s.Key).Select(s => new SevCount((int)s.Key, s.Key.ToString(), s.Value))]))],
        [.. v.Measures.Select(m =>
            new MeasureBody(m.Kind, m.Count, m.Median?.TotalSeconds, m.P90?.TotalSeconds, m.PreviousMedian?.TotalSeconds))],
        [.. v.PausedTime.Select(p => new PausedTimeBody(p.Code, p.Total.TotalSeconds))],
        v.LateReviews, [.. v.Causes.Select(c => new CauseBody(c.Name, c.Incidents))]);
}
