using IncidentHub.Domain.Access;
using IncidentHub.Domain.Gate;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Switch.Gate.Parts;

public partial class Quarantine : LiveComponent
{
    private const int PageSize = 20;
    private const string All = "all";
    private static readonly BatchClass[] Classes = [BatchClass.C, BatchClass.B, BatchClass.A];
    private readonly HashSet<Guid> _chosen = [];
    private Quarantined? _held;
    private IReadOnlyList<QuarantinedBatchView> _batches = [];
    private string? _next;
    private bool _any, _byId;
    private Disposition? _asked;

    /// <summary>The program's code.</summary>
    [Parameter, EditorRequired] public string Code { get; set; } = "";

    /// <summary>A class of undecided batches, or all batches with their dispositions; else all undecided ones.</summary>
    [SupplyParameterFromQuery(Name = "quarantine")] public string? Show { get; set; }

    /// <summary>The cursor of this list; the page has others.</summary>
    [SupplyParameterFromQuery(Name = "batches")] public string? After { get; set; }

    [Inject] private QuarantineQueries Queries { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private Viewer Viewer { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;

    protected override object? ParametersKey => (Code, Show, After);

    protected override IReadOnlyCollection<string> Topics =>
        _held is null ? [$"program:{Code}"] : [QuarantinedData.Topic(_held.Program.Id), $"program:{_held.Program.Id}"];

    private QuarantineFilter Filter => Show == All
        ? new(Undecided: false)
        : new(Class: Classes.Cast<BatchClass?>().FirstOrDefault(c => c.ToString() == Show));

    private string Note => Waiting == 0
        ? "Nothing waits"
        : $"{QuarantineWords.Batches(Waiting)} {(Waiting == 1 ? "waits" : "wait")} for a disposition";

    private long Waiting => _held?.Undecided.Values.Sum() ?? 0;

    private Relation Relation => _held!.Program.Relation(Actor);

    private bool Named => AccessTable.Allows(Actor, Act.ReadCollectors, Relation);

    private bool MayDispose => AccessTable.Allows(Actor, Act.DisposeQuarantinedData, Relation);

    private IEnumerable<QuarantinedBatchView> Choosable => _batches.Where(IsOpen);

    private bool AllChosen => _chosen.Count > 0 && _chosen.Count == Choosable.Count();

    // What the rules allow for each of the selected batches.
    private IEnumerable<Disposition> Offered =>
        Enum.GetValues<Disposition>().Where(d => _batches.Where(b => _chosen.Contains(b.Id)).All(b => May(b.Class, d, b.Disposition)));

    // Sealed data may still be admitted or purged.
    private static bool IsOpen(QuarantinedBatchView batch) => batch.Disposition is null or Disposition.Seal;

    private bool May(BatchClass held, Disposition what, Disposition? already = null) =>
        QuarantineRules.Refuse(new(Guid.Empty, held, already), what, Actor, _held!.Hold) is null;

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var held = await Queries.OfProgramAsync(Code, Filter, After, PageSize, Actor, ct);
        if (!held.IsOk) return;
        (_held, _batches, _next) = (held.Value, held.Value.Batches.Items, held.Value.Batches.NextCursor);
        // Only visible rows are disposed of.
        _chosen.IntersectWith(Choosable.Select(b => b.Id));
        // Nothing is undecided: is there a history to show?
        _any = _any || Waiting > 0
            || await Queries.OfProgramAsync(Code, new(false), null, 1, Actor, ct) is { IsOk: true, Value.Batches.Items.Count: > 0 };
    }

    private long Count(BatchClass held) => _held?.Undecided.GetValueOrDefault(held) ?? 0;

    private static string Host(QuarantinedBatchView batch) =>
        batch.Region is null ? batch.Host ?? "" : $"{batch.Host} · {Domain.Programs.Regions.Label(batch.Region)}";

    private static string? Current(bool on) => on ? "true" : null;

    // A new filter starts at its first page.
    private string With(string? show) =>
        Navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["quarantine"] = show, ["batches"] = null });

    private void Choose(Guid id, bool on) => _ = on ? _chosen.Add(id) : _chosen.Remove(id);

    private void ChooseShown(bool on)
    {
        _chosen.Clear();
        if (on) _chosen.UnionWith(Choosable.Select(b => b.Id));
    }

    private void Ask(Disposition what, bool chosen) => (_asked, _byId) = (what, chosen);

    private async Task DoneAsync(string said)
    {
        _asked = null;
        _chosen.Clear();
        Toasts.Done(said);
        // An emptied class has no link back to the list, and an emptied page has no rows: leave them.
        if (!_byId || After is not null) Navigation.NavigateTo(With(_byId ? Show : null));
        await ReloadAsync();
    }
}
