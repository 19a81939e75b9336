using System.Globalization;
using IncidentHub.Domain;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Features.Dashboard.Pages;

public sealed partial class DashboardPage : LiveComponent
{
    private DashboardView? _view;
    private Refusal? _refusal;

    [Inject] private DashboardQueries Queries { get; set; } = null!;

    [SupplyParameterFromQuery] public string? Period { get; set; }

    private bool IsYear => Period == "year";

    protected override object? ParametersKey => IsYear;

    protected override IReadOnlyCollection<string> Topics { get; } = [DashboardKeeper.Topic, "incidents", "programs"];

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var loaded = await Queries.LoadAsync(IsYear ? DashboardQueries.Year : DashboardQueries.Quarter, Actor, ct);
        (_view, _refusal) = (loaded.IsOk ? loaded.Value : null, loaded.Refusal);
    }

    /// <summary>The two most severe levels by name, the rest together.</summary>
    private IEnumerable<(string Text, Sev? Sev)> OpenParts()
    {
        var levels = _view!.OpenBySev.OrderBy(l => l.Key).ToList();
        foreach (var (sev, count) in levels.Take(levels.Count > 3 ? 2 : 3)) yield return ($"{count:N0} {sev}", sev);
        if (levels.Count > 3) yield return ($"{levels.Skip(2).Sum(l => l.Value):N0} lower", null);
    }

    private IReadOnlyList<StackedBar> Bars() =>
    [
        .. _view!.Incidents.Select(w => new StackedBar(
            $"wk {ISOWeek.GetWeekOfYear(w.Monday.ToDateTime(TimeOnly.MinValue))}",
            [.. Enum.GetValues<Sev>().Reverse().Select(s => new Part(s.Label(), w.BySev.GetValueOrDefault(s), $"fill-sev-{(int)s}"))],
            $"/incidents?from={Day(w.Monday)}&to={Day(w.Monday.AddDays(6))}")),
    ];

    private string BarsLabel =>
        $"Incidents by week and severity over {_view!.Weeks} weeks: " +
        string.Join(", ", Enum.GetValues<Sev>().Select(s => $"{_view.Incidents.Sum(w => w.BySev.GetValueOrDefault(s)):N0} {s.Label()}"));

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Name(TallyKind kind) => kind switch
    {
        TallyKind.Acknowledge => "Acknowledge",
        TallyKind.Pause => "Pause ordered",
        TallyKind.Stop => "Proven stop",
        TallyKind.Contain => "Contain",
        TallyKind.Resolve => "Resolve",
        TallyKind.Decide => "Decide",
        TallyKind.Incidents => "Incidents",
    };

    private static string About(TallyKind kind) => kind switch
    {
        TallyKind.Acknowledge => "From the flag to its acknowledgement",
        TallyKind.Pause => "From opening to the first pause",
        TallyKind.Stop => "From the pause to the proof that the last collector stopped",
        TallyKind.Contain => "From opening to containment",
        TallyKind.Resolve => "From opening to resolution",
        TallyKind.Decide => "From the pause to the final decision",
        TallyKind.Incidents => "",
    };

    private static string Took(TimeSpan? span) => span is { } s ? (s.TotalSeconds <= 1 ? "≤ 1 s" : Times.Measure(s)) : "n/a";

    // What is within the accuracy of the buckets is no change.
    private static bool IsSame(double change) => Math.Abs(change) < .05;

    private static string ChangeText(MeasureLine m) => m.Change is not { } change ? "n/a" : IsSame(change) ? "=" : $"{(change < 0 ? "↓" : "↑")} {Math.Abs(change) * 100:0} %";

    private static string ChangeClass(MeasureLine m) => m.Change is not { } change ? "muted" : IsSame(change) ? "" : change < 0 ? "ok" : "bad";
}
