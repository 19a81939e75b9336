using IncidentHub.Domain.Access;
using IncidentHub.Platform.Http;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Switch.ApiKeys.Parts;

public partial class ApiKeyList : LiveComponent
{
    private const int Step = 50;
    private IReadOnlyList<ApiKeyLine> _keys = [];
    private string? _next;
    private int _wanted = Step;
    private Refusal? _loadRefusal, _refusal;
    private ApiKeyRow? _revoking, _rotating;
    private Guid? _rotatingId;

    /// <summary>The program's code; null for company-wide keys.</summary>
    [Parameter] public string? Program { get; set; }

    /// <summary>The cursor of the current page; null for the first one.</summary>
    [Parameter] public string? After { get; set; }

    [Inject] private ApiKeyQueries Queries { get; set; } = null!;
    [Inject] private ApiKeyCommands Commands { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;

    protected override object? ParametersKey => (Program, After);

    protected override IReadOnlyCollection<string> Topics { get; } = ["keys"];

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var (keys, next) = (new List<ApiKeyLine>(), After);
        do
        {
            var page = await Queries.ListAsync(Program, next, Math.Min(_wanted - keys.Count, Cursor.MaxLimit), Actor, ct);
            _loadRefusal = page.Refusal;
            if (!page.IsOk) return;
            keys.AddRange(page.Value.Items);
            next = page.Value.NextCursor;
        }
        while (next is not null && keys.Count < _wanted);
        (_keys, _next) = (keys, next);
    }

    private Task MoreAsync()
    {
        _wanted += Step;
        return ReloadAsync();
    }

    private async Task RevokeAsync()
    {
        var name = _revoking!.Name;
        var result = await Commands.RevokeAsync(_revoking.Id, Actor, Gone);
        _refusal = result.Refusal;
        if (result.IsOk)
        {
            _revoking = null;
            Toasts.Done($"Key “{name}” is revoked.");
        }
        await ReloadAsync();
    }

    private bool Ended(ApiKeyRow key) => key.RevokedAt is not null || key.ExpiresAt <= Viewer.Now;

    private string? About(ApiKeyLine line)
    {
        var (key, parts) = (line.Row, new List<string>());
        if (key.Granted.HasFlag(Scopes.Enrol)) parts.Add(key.Region is null ? "no region" : Domain.Programs.Regions.Label(key.Region));
        if (Program is null) parts.Add(ApiKeyRules.ActsAsOwner(key.Granted) ? "as its owner" : "company-wide");
        else if (line.Programs.Count > 1) parts.Add("also " + string.Join(", ", line.Programs.Where(p => p != Program)));
        if (key.Networks is not null) parts.Add("from " + string.Join(", ", Names.Split(key.Networks)));
        if (key.Granted.HasFlag(Scopes.Enrol) && key.Enrolled > 0)
            parts.Add($"{key.Enrolled:N0} of {key.MaxCollectors:N0} collectors registered");
        // Its readers cache what they read: see the glossary, "Not bounded".
        if (key.Granted.HasFlag(Scopes.Evaluate)) parts.Add("no stop time guaranteed for its readers");
        return parts.Count == 0 ? null : string.Join(" · ", parts);
    }
}
