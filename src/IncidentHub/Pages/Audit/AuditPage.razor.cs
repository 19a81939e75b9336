using System.Globalization;
using System.Text.Json;
using IncidentHub.Domain.Access;
using IncidentHub.Access.Identity;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;
using IncidentHub.Access.Audit;
using IncidentHub.Platform.Http;

namespace IncidentHub.Pages.Audit;

/// <summary>The audit log, the newest row first; its filters are in the URL.</summary>
public partial class AuditPage : LiveComponent
{
    private static readonly string[] FilterNames = ["act", "actor", "subject", "from", "to"];

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private IReadOnlyList<AuditItem> _rows = [];
    private string? _next;
    private Refusal? _refusal;
    private AuditVerdict? _verdict;

    [Inject] private ListAuditHandler List { get; set; } = null!;
    [Inject] private VerifyAuditHandler Verify { get; set; } = null!;
    [Inject] private People People { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private Viewer Viewer { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "act")] public string? ActFilter { get; set; }
    [SupplyParameterFromQuery(Name = "actor")] public string? ActorFilter { get; set; }
    [SupplyParameterFromQuery(Name = "subject")] public string? SubjectFilter { get; set; }
    [SupplyParameterFromQuery] public string? From { get; set; }
    [SupplyParameterFromQuery] public string? To { get; set; }
    [SupplyParameterFromQuery] public string? After { get; set; }

    /// <summary>The checkpoints, where it is given.</summary>
    [SupplyParameterFromQuery] public string? Tab { get; set; }

    protected override object? ParametersKey => (ActFilter, ActorFilter, SubjectFilter, From, To, After, Tab);

    // Every write appends to the log. It is loaded on demand only, so that rows do not move while a person reads.
    protected override IReadOnlyCollection<string> Topics => [];

    private bool Filtered => (ActFilter, ActorFilter, SubjectFilter, From, To) is not (null, null, null, null, null);

    private bool Denied => _refusal is { Kind: RefusalKind.Forbidden };

    protected override async Task LoadAsync(CancellationToken ct)
    {
        if (Tab is not null)
        {
            _refusal = AccessTable.Deny(Actor, Act.ReadAudit);
            return;
        }
        var (from, to) = (Viewer.Midnight(Day(From)), Viewer.Midnight(Day(To), daysLater: 1));
        var query = new ListAudit(from, to, ActorFilter, ActFilter, SubjectFilter, After, 50);
        var page = await List.HandleAsync(query, Actor, ct);
        _refusal = page.Refusal;
        (_rows, _next) = page.IsOk ? (page.Value.Items, page.Value.NextCursor) : ([], null);
    }

    private async Task VerifyAsync()
    {
        var result = await Verify.HandleAsync(Actor, Gone);
        (_verdict, _refusal) = (result.IsOk ? result.Value : null, result.Refusal);
    }

    // People and the hub itself; collectors and keys are selected by a click on their name in the log.
    private async Task<IEnumerable<Choice<string>>> FindActorsAsync(string text, CancellationToken ct) =>
        (await People.ListAsync(ct)).Select(p => p.DisplayName).Append(Actor.System.Name)
        .Where(n => SearchText.Begins(n, text))
        .Select(n => new Choice<string>(n, n));

    private static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    // A change of the filter returns to the first page.
    private string With(string name, string? value) => Navigation.GetUriWithQueryParameters(
        new Dictionary<string, object?> { [name] = string.IsNullOrWhiteSpace(value) ? null : value.Trim(), ["after"] = null });

    private void Go(string name, string? value) => Navigation.NavigateTo(With(name, value));

    // The cursor is the row that precedes the page.
    private static string FromRow(AuditItem row) => $"audit?after={Cursor.Encode("audit", [row.Sequence + 1])}";

    private static string Title(AuditVerdict v) => v.Ok
        ? $"{v.Rows:N0} rows verified."
        : $"Row {v.FaultAtRow:N0} does not verify.";

    private string Covered(AuditVerdict v)
    {
        var checkpoints = Count(v.Checkpoints, "signed checkpoint");
        return v.UncoveredSince is not { } since
            ? $"{checkpoints}, up to the last row."
            : $"{checkpoints}. Rows {v.CoveredTo + 1:N0} to {v.Rows:N0}, since {Viewer.Short(since)}, have none yet: the hub signs within "
                + "an hour.";
    }

    private static string Count(long count, string thing) => count == 1 ? $"1 {thing}" : $"{count:N0} {thing}s";

    private static string Summary(AuditItem row) => row switch
    {
        { Pseudonym: not null } => "Withheld",
        { Payload: { } payload } => Brief(payload),
        _ => "Hash",
    };

    private static string Pretty(JsonElement payload) => JsonSerializer.Serialize(payload, Indented);

    // The members in one line, with their names; what is deeper is in the text that opens.
    private static string Brief(JsonElement payload)
    {
        var members = payload.ValueKind is JsonValueKind.Object
            ? payload.EnumerateObject().Where(m => m.Value.ValueKind is not JsonValueKind.Null).Select(m => $"{m.Name}: {Brief(m.Value)}")
            : payload.ValueKind is JsonValueKind.Array ? payload.EnumerateArray().Select(Brief) : [payload.ToString()];
        var text = string.Join(payload.ValueKind is JsonValueKind.Array ? ", " : " · ", members);
        return TextRules.Cut(text.Length == 0 ? "No details" : text, 50);
    }
}
