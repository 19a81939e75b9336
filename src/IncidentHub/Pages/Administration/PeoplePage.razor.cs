using IncidentHub.Access.Identity;
using IncidentHub.Domain.Access;
using IncidentHub.Ui;
using Microsoft.AspNetCore.Components;

namespace IncidentHub.Pages.Administration;

public partial class PeoplePage : LiveComponent
{
    private IReadOnlyList<PersonLine> _rows = [];
    private string? _next, _account, _name;
    private IReadOnlyCollection<Roles>? _roles;
    private Refusal? _loadRefusal, _refusal;
    private PersonLink? _link;
    private bool _creating;

    [Inject] private PeopleQueries Queries { get; set; } = null!;
    [Inject] private PeopleCommands Commands { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [SupplyParameterFromQuery] public string? Q { get; set; }
    [SupplyParameterFromQuery] public string? After { get; set; }

    protected override object? ParametersKey => (Q, After);

    protected override IReadOnlyCollection<string> Topics => ["people"];

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var page = await Queries.ListAsync(Q, After, null, Actor, ct);
        _loadRefusal = page.Refusal;
        (_rows, _next) = page.IsOk ? (page.Value.Items, page.Value.NextCursor) : ([], null);
    }

    private void Search(string? text) => Navigation.NavigateTo(string.IsNullOrWhiteSpace(text)
        ? "people" : $"people?q={Uri.EscapeDataString(text.Trim())}", replace: true);

    private async Task CreateAsync()
    {
        var made = await Commands.CreateAsync(_account, _name, RoleChoices.All(_roles), Actor, Gone);
        _refusal = made.Refusal;
        if (!made.IsOk) return;
        (_creating, _link, _account, _name, _roles) = (false, made.Value, null, null, null);
        await ReloadAsync();
    }
}
