using System.Globalization;
using System.Text.Json;
using IncidentHub.Domain;
using IncidentHub.Ui;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Features.Audit.Pages;

public partial class AuditPage : LiveComponent
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly List<AuditItem> _rows = [];
    private string? _next;
    private Refusal? _refusal;
    private AuditVerdict? _verdict;
    private string? _act;
    private string? _subject;
    private string? _who;
    private DateTimeOffset? _from;
    private DateTimeOffset? _to;

    [Inject] private IServiceProvider Services { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "act")] public string? ActFilter { get; set; }

    [SupplyParameterFromQuery(Name = "subject")] public string? SubjectFilter { get; set; }

    [SupplyParameterFromQuery(Name = "actor")] public string? WhoFilter { get; set; }

    [SupplyParameterFromQuery(Name = "from")] public string? FromFilter { get; set; }

    [SupplyParameterFromQuery(Name = "to")] public string? ToFilter { get; set; }

    protected override object? ParametersKey => (ActFilter, SubjectFilter, WhoFilter, FromFilter, ToFilter);

    // Every write appends here; the log is read at leisure and loads again on demand, so that a busy hub does not move it under the eye.
    protected override IReadOnlyCollection<string> Topics => [];

    private bool Filtered => ParametersKey is not (null, null, null, null, null);

    protected override async Task LoadAsync(CancellationToken ct)
    {
        (_act, _subject, _who, _from, _to) = (ActFilter, SubjectFilter, WhoFilter, Time(FromFilter), Time(ToFilter));
        _rows.Clear();
        await AppendAsync(null, ct);
    }

    private async Task AppendAsync(string? cursor, CancellationToken ct)
    {
        var page = await Services.GetRequiredService<ListAuditHandler>().HandleAsync(new ListAudit(_from, _to, _who, _act, _subject, cursor, 50), Actor, ct);
        _refusal = page.Refusal;
        _next = page.IsOk ? page.Value.NextCursor : null;
        if (page.IsOk) _rows.AddRange(page.Value.Items);
    }

    private Task MoreAsync() => AppendAsync(_next, Gone);

    private void Filter() => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters("/audit", new Dictionary<string, object?>
    {
        ["act"] = Text(_act), ["subject"] = Text(_subject), ["actor"] = Text(_who), ["from"] = _from?.UtcDateTime.ToString("O"), ["to"] = _to?.UtcDateTime.ToString("O"),
    }));

    private async Task VerifyAsync()
    {
        var result = await Services.GetRequiredService<VerifyAuditHandler>().HandleAsync(Actor, Gone);
        (_verdict, _refusal) = (result.IsOk ? result.Value : null, result.Refusal);
    }

    private string Link(string name, string value) => Navigation.GetUriWithQueryParameter(name, value);

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private static string Pretty(JsonElement payload) => JsonSerializer.Serialize(payload, Indented);

    private static string Brief(JsonElement payload)
    {
        var text = JsonSerializer.Serialize(payload, Indented).ReplaceLineEndings(" ").Replace("  ", "", StringComparison.Ordinal);
        return text.Length <= 80 ? text : $"{text[..79]}…";
    }
}
