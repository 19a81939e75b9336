using IncidentHub.Domain.Access;
using IncidentHub.Domain.Gate;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Features.Gate.Pages;

public partial class Quarantine : LiveComponent
{
    private const int First = 10, More = 50, Most = 200;
    private static readonly BatchClass[] Classes = [BatchClass.C, BatchClass.B, BatchClass.A];
    private readonly HashSet<Guid> _chosen = [];
    private HeldFilter _filter = new();
    private Quarantined? _held;
    private List<HeldView> _batches = [];
    private string? _next;
    private bool _any, _byId;
    private Disposition? _asked;

    /// <summary>The program's.</summary>
    [Parameter, EditorRequired] public string Code { get; set; } = "";

    [Inject] private IServiceProvider Services { get; set; } = null!;
    [Inject] private Viewer Viewer { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;

    protected override object? ParametersKey => Code;

    protected override IReadOnlyCollection<string> Topics => _held is null ? [$"program:{Code}"] : [HeldData.Topic(_held.Program.Id), $"program:{_held.Program.Id}"];

    private long Waiting => _held?.Undecided.Values.Sum() ?? 0;

    private Relation Relation => _held!.Program.Relation(Actor);

    private bool Named => AccessTable.Allows(Actor, Act.ReadCollectors, Relation);

    private bool MayDispose => AccessTable.Allows(Actor, Act.DisposeHeldData, Relation);

    // What is sealed may still be admitted or purged.
    private static bool IsOpen(HeldView batch) => batch.Disposition is null or Disposition.Seal;

    private IEnumerable<HeldView> Choosable => _batches.Where(IsOpen);

    private bool May(BatchClass all, Disposition what) => HeldRules.Refuse(new(Guid.Empty, all, null), what, Actor, _held!.Hold) is null;

    private IEnumerable<Disposition> Offered => Enum.GetValues<Disposition>().Where(d => d != Disposition.Purge || _held!.Hold is null);

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var queries = Services.GetRequiredService<HeldQueries>();
        var held = await queries.OfProgramAsync(Code, _filter, null, Math.Clamp(_batches.Count, First, Most), Actor, ct);
        if (!held.IsOk) return;
        (_held, _batches, _next) = (held.Value, [.. held.Value.Batches.Items], held.Value.Batches.NextCursor);
        _chosen.IntersectWith(Choosable.Select(b => b.Id));
        // Nothing waits: is there a history to show?
        if (!_any) _any = Waiting > 0 || await queries.OfProgramAsync(Code, new(false), null, 1, Actor, ct) is { IsOk: true, Value.Batches.Items.Count: > 0 };
    }

    private long Count(BatchClass held) => _held?.Undecided.GetValueOrDefault(held) ?? 0;

    private static string Pressed(bool on) => on ? "true" : "false";

    private async Task ShowAsync(HeldFilter filter)
    {
        _filter = filter;
        _batches = [];
        _chosen.Clear();
        await ReloadAsync();
    }

    private async Task MoreAsync()
    {
        var more = await Services.GetRequiredService<HeldQueries>().OfProgramAsync(Code, _filter, _next, More, Actor);
        if (!more.IsOk) return;
        _batches.AddRange(more.Value.Batches.Items);
        _next = more.Value.Batches.NextCursor;
    }

    private void Choose(Guid id)
    {
        if (!_chosen.Remove(id)) _chosen.Add(id);
    }

    private void ChooseShown(ChangeEventArgs e)
    {
        _chosen.Clear();
        if (e.Value is true) _chosen.UnionWith(Choosable.Select(b => b.Id));
    }

    private void Ask(Disposition what, bool chosen) => (_asked, _byId) = (what, chosen);

    private void Closed(bool open)
    {
        if (!open) _asked = null;
    }

    private async Task DoneAsync(string said)
    {
        _asked = null;
        _chosen.Clear();
        // A class that has been decided has no button to leave it by.
        if (!_byId) _filter = new();
        Toasts.Done(said);
        await ReloadAsync();
    }
}
