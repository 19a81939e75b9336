using System.Globalization;
using IncidentHub.Catalog.Programs;
using IncidentHub.Platform.Database;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;
using IncidentHub.Insight.Dashboard;

namespace IncidentHub.Pages.Dashboard;

public sealed partial class DashboardPage : LiveComponent
{
    private DashboardView? _view;
    private Refusal? _refusal;

    [Inject] private DashboardQueries Queries { get; set; } = null!;

    [Inject] private ProgramReader ProgramReader { get; set; } = null!;
    [Inject] private Db Db { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [SupplyParameterFromQuery] public string? Period { get; set; }

    /// <summary>Code of the program that all figures and links are for.</summary>
    [SupplyParameterFromQuery] public string? Program { get; set; }

    private string? Only => string.IsNullOrWhiteSpace(Program) ? null : Program;

    private bool IsYear => Period == "year";

    protected override object? ParametersKey => (IsYear, Program);

    protected override IReadOnlyCollection<string> Topics => [.. DashboardRollupJob.TopicsOf(Actor), "incidents", "programs"];

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var loaded = await Queries.LoadAsync(IsYear ? DashboardQueries.Year : DashboardQueries.Quarter, Actor, Program, ct);
        (_view, _refusal) = (loaded.IsOk ? loaded.Value : null, loaded.Refusal);
    }

    private async Task<IEnumerable<Choice<string>>> FindProgramsAsync(string text, CancellationToken ct) =>
        (await Db.ReadAsync(sql => ProgramReader.SearchByPrefixAsync(sql, text, 25), ct))
            .Select(p => new Choice<string>(p.Code, $"{p.Code} · {p.Name}"));

    /// <summary>The two most severe levels by name, the others together.</summary>
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
            Incidents($"status=all&from={Day(w.Monday)}&to={Day(w.Monday.AddDays(6))}"))),
    ];

    private string BarsLabel =>
        $"Incidents by week and severity over {_view!.Weeks} weeks: " +
        string.Join(", ", Enum.GetValues<Sev>().Select(s => $"{_view.Incidents.Sum(w => w.BySev.GetValueOrDefault(s)):N0} {s.Label()}"));

    private string PausedMore => _view!.Paused.Count switch
    {
        _ when _view.Held > 0 => $"{(_view.Paused.Count > 0 ? "; " : null)}{_view.Held:N0} held after restore",
        0 => "All live programs may collect",
        <= 2 => "",
        var n => $"{n - 2:N0} more",
    };

    // A single one links to its incident, several link to their list.
    private string AtRisk => _view!.AtRisk.Total == 1 ? $"incidents/{_view.AtRisk.Items[0].Code}" : Incidents("due=true");

    private string Verified => _view!.Safeguards.Total == 0 ? "–" : $"{100 * _view.Safeguards.Verified / _view.Safeguards.Total} %";

    private string VerifiedText => _view!.Safeguards switch
    {
        { Total: 0 } => "No safeguard is recorded",
        var p => $"{p.Verified:N0} of {p.Total:N0}{(p.Expired > 0 ? $", {p.Expired:N0} expired" : null)}"
            + $"{(p.Broken > 0 ? $", {p.Broken:N0} broken" : null)}",
    };

    private IReadOnlyList<NamedValue> PausedTime =>
        [.. _view!.PausedTime.Select(p => new NamedValue(p.Name, p.Total.TotalSeconds, Times.Measure(p.Total), $"programs/{p.Code}"))];

    /// <summary>Of the last twelve months, the most frequent first.</summary>
    private string RecurringCauses => _view!.Causes.Count == 0 ? "No review named a cause"
        : string.Join(", ", _view.Causes.Select(c => $"{c.Name} {c.Incidents:N0}×"));

    private string Here(bool year, string? program) =>
        Address("dashboard", year ? "period=year" : "", program is null ? "" : $"program={Uri.EscapeDataString(program)}");

    private string Incidents(string query) => Address("incidents", query, OfProgram);

    private string Tasks => Address("tasks", "overdue=true", OfProgram);

    private string Programs(string query) => Only is null ? Address("programs", query) : $"programs/{Uri.EscapeDataString(Only)}";

    private string OfProgram => Only is null ? "" : $"program={Uri.EscapeDataString(Only)}";

    private void Choose(string? program) => Navigation.NavigateTo(Here(IsYear, string.IsNullOrEmpty(program) ? null : program));

    private static string Address(string path, params string[] query) =>
        string.Join('&', query.Where(q => q.Length > 0)) is { Length: > 0 } all ? $"{path}?{all}" : path;

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Name(RollupKind kind) => kind switch
    {
        RollupKind.Acknowledge => "Acknowledge",
        RollupKind.Pause => "Pause ordered",
        RollupKind.Stop => "Proven stop",
        RollupKind.Contain => "Contain",
        RollupKind.Resolve => "Resolve",
        RollupKind.Decide => "Decide",
        RollupKind.Incidents => "Incidents",
    };

    private static string About(RollupKind kind) => kind switch
    {
        RollupKind.Acknowledge => "From the flag to its acknowledgement",
        RollupKind.Pause => "From opening to the first pause",
        RollupKind.Stop => "From the pause to the proof that the last collector stopped",
        RollupKind.Contain => "From opening to containment",
        RollupKind.Resolve => "From opening to resolution",
        RollupKind.Decide => "From the pause to the final decision",
        RollupKind.Incidents => "",
    };

    private static string Took(TimeSpan? span) =>
        span is { } s ? (s.TotalSeconds <= 1 ? "≤ 1 s" : Times.Measure(s)) : "–";

    // A difference within the accuracy of the buckets is not shown as a change.
    private static bool IsSame(double change) => Math.Abs(change) < .05;

    private static string ChangeText(MeasureLine m) =>
        m.Change is not { } change ? "–" : IsSame(change) ? "=" : $"{(change < 0 ? "↓" : "↑")} {Math.Abs(change) * 100:0} %";

    private static string ChangeClass(MeasureLine m) =>
        m.Change is not { } change ? "muted" : IsSame(change) ? "" : change < 0 ? "ok" : "bad";
}
