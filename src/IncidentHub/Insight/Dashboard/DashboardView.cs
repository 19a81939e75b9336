using IncidentHub.Response.Incidents;
using IncidentHub.Response.Reviews;
using IncidentHub.Switch.Pauses;
using IncidentHub.Catalog.Programs;

namespace IncidentHub.Insight.Dashboard;

/// <summary>A week of the chart.</summary>
/// <param name="Monday">Its first day, UTC.</param>
internal sealed record WeekCount(DateOnly Monday, IReadOnlyDictionary<Sev, long> BySev);

/// <summary>A measure over the period and the period before it. Null is «not applicable»: nothing was measured.</summary>
internal sealed record MeasureLine(RollupKind Kind, long Count, TimeSpan? Median, TimeSpan? P90, TimeSpan? PreviousMedian)
{
    /// <summary>The relative change of the median against the period before: 0.1 is 10 % slower. Null if either is missing.</summary>
    public double? Change => Median is { } now && PreviousMedian is { } before && before > TimeSpan.Zero ? now / before - 1 : null;
}

/// <summary>A program and how long it was paused in the last twelve months.</summary>
internal sealed record PausedProgram(string Code, string Name, TimeSpan Total);

/// <summary>The data of the dashboard.</summary>
/// <param name="Program">Code of the program that all figures are for; null: all programs.</param>
/// <param name="AtRisk">Open incidents whose update is late or due within half an hour, the most urgent first.</param>
/// <param name="Held">Programs of which nothing may be collected until a person confirms, because the hub was restored.</param>
/// <param name="OverdueTasks">Open tasks past their date.</param>
/// <param name="LateReviews">Reviews of closed incidents past their date.</param>
/// <param name="Causes">Causes that completed reviews of the last twelve months name, the most frequent first.</param>
internal sealed record DashboardView(
    int Weeks,
    string? Program,
    IReadOnlyDictionary<Sev, int> OpenBySev,
    IReadOnlyList<OpenIncident> Worst,
    UpdatesDue AtRisk,
    IReadOnlyList<OpenPauses> Paused,
    int Held,
    SafeguardCounts Safeguards,
    int OverdueTasks,
    IReadOnlyList<WeekCount> Incidents,
    IReadOnlyList<MeasureLine> Measures,
    IReadOnlyList<PausedProgram> PausedTime,
    int LateReviews,
    IReadOnlyList<CauseView> Causes)
{
    public int Open => OpenBySev.Values.Sum();
}
