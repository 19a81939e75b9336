using IncidentHub.Ui;
using IncidentHub.Domain.Access;
using Microsoft.AspNetCore.Components;
using IncidentHub.Response.Tasks;
using IncidentHub.Response.Tasks.Parts;

namespace IncidentHub.Pages.Tasks;

/// <summary>Open tasks that the viewer may read, or only their own.</summary>
public partial class TaskList : TaskWork
{
    private IReadOnlyList<TaskView> _tasks = [];
    private string? _next;
    private Refusal? _refusal;

    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [SupplyParameterFromQuery] public string? Mine { get; set; }
    [SupplyParameterFromQuery] public string? Overdue { get; set; }

    /// <summary>Only tasks of this program and of incidents that it is linked to.</summary>
    [SupplyParameterFromQuery] public string? Program { get; set; }
    [SupplyParameterFromQuery] public string? After { get; set; }

    /// <summary><c>board</c>, or a list.</summary>
    [SupplyParameterFromQuery(Name = "view")] public string? Shown { get; set; }

    private bool IsBoard => Shown == "board";

    private bool IsMine => QueryText.IsTrue(Mine);

    private bool IsOverdue => QueryText.IsTrue(Overdue);

    protected override object? ParametersKey => (Mine, Overdue, Program, After, Shown);

    protected override IReadOnlyCollection<string> Topics => Reads ? ["tasks"] : [];

    private bool Reads => AccessTable.Allows(Actor, Act.ReadIncidents);

    protected override async Task LoadAsync(CancellationToken ct)
    {
        // The board loads its tasks itself.
        if (IsBoard) return;
        var page = await Queries.NextDueAsync(new TaskFilter { Open = true, Mine = IsMine || !Reads, Overdue = IsOverdue, About = Program },
            After, 50, Actor, ct);
        _refusal = page.Refusal;
        (_tasks, _next) = page.IsOk ? (page.Value.Items, page.Value.NextCursor) : ([], null);
    }

    private string View(string? view) => Navigation.GetUriWithQueryParameters(
        new Dictionary<string, object?> { ["view"] = view, ["overdue"] = null, ["after"] = null });

    // A change of the filter returns to the first page.
    private string With(bool mine = false, bool overdue = false) => Navigation.GetUriWithQueryParameters(
        new Dictionary<string, object?> { ["mine"] = mine ? true : null, ["overdue"] = overdue ? true : null, ["after"] = null });
}
