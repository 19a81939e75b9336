using IncidentHub.Domain.Access;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Response.Statements.Parts;

/// <summary>The statements of an incident, on its page.</summary>
public partial class IncidentStatements : LiveComponent
{
    private const int Most = 100;

    private IReadOnlyList<StatementView> _statements = [];
    private (bool Open, StatementView? Statement) _writing;
    private (StatementView? Statement, bool Withdraw) _acting;
    private bool _mayDraft;
    private bool _hasNotice;
    private int _questions;

    [Inject] private StatementQueries Queries { get; set; } = null!;

    [Inject] private NoticeQueries Notices { get; set; } = null!;

    [Inject] private StatementCommands Commands { get; set; } = null!;

    [Inject] private Toasts Toasts { get; set; } = null!;

    [Parameter, EditorRequired] public string Incident { get; set; } = "";

    [Parameter, EditorRequired] public Guid IncidentId { get; set; }

    /// <summary>False on a merged incident.</summary>
    [Parameter] public bool IsOpenForMore { get; set; } = true;

    protected override object? ParametersKey => (Incident, IsOpenForMore);

    protected override IReadOnlyCollection<string> Topics => [$"incident:{IncidentId}"];

    private bool MayPublish => AccessTable.Allows(Actor, Act.PublishStatement);

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var page = await Queries.ListAsync(new() { Incident = Incident }, null, Most, Actor, ct);
        _statements = page.IsOk ? page.Value.Items : [];
        var notice = await Notices.FindAsync(Incident, Actor, ct);
        (_hasNotice, _questions) = (notice.IsOk, notice.IsOk ? notice.Value.Questions.Count(q => q.Answer is null) : 0);
        _mayDraft = IsOpenForMore && await Commands.MayDraftAsync(Incident, Actor, ct);
    }

    private void Close() => (_writing, _acting) = (default, default);

    private Task DoneAsync(string done)
    {
        Close();
        Toasts.Done(done);
        return ReloadAsync();
    }
}
