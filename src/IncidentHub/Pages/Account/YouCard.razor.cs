using IncidentHub.Access.Identity;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace IncidentHub.Pages.Account;

public partial class YouCard : LiveComponent
{
    private const int Most = 25;

    private static readonly IReadOnlyList<Choice<ThemeSetting?>> Themes =
        [new(ThemeSetting.System, "As the system says"), new(ThemeSetting.Light, "Light"), new(ThemeSetting.Dark, "Dark")];

    private string? _name, _zone;
    private ThemeSetting? _theme;
    private Refusal? _refusal;

    private IncidentHub.Access.Identity.Person? _person;

    [Inject] private People People { get; set; } = null!;
    [Inject] private OwnAccountCommands Commands { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;
    [Inject] private IJSRuntime Js { get; set; } = null!;

    protected override IReadOnlyCollection<string> Topics => [SessionChanges.Topic(Actor.Id)];

    protected override async Task LoadAsync(CancellationToken ct)
    {
        var person = await People.FindAsync(Actor.Id, ct);
        // What is being typed is not overwritten: the form is filled once.
        if (_person is null && person is not null)
        {
            var settings = await Commands.SettingsAsync(Actor, ct);
            (_name, _zone, _theme) = (person.DisplayName, settings.TimeZone, settings.Theme);
        }
        _person = person;
    }

    private async Task SaveAsync()
    {
        var saved = await Commands.SaveAsync(_name, new() { TimeZone = _zone, Theme = _theme }, Actor, Gone);
        _refusal = saved.Refusal;
        if (_refusal is not null) return;
        Viewer.Prefer(_zone);
        if (_theme is { } theme) await Js.InvokeVoidAsync("hub.theme", Gone, theme.ToString().ToLowerInvariant());
        Toasts.Done("Saved.");
    }

    private static Task<IEnumerable<Choice<string>>> FindZonesAsync(string text, CancellationToken ct) => Task.FromResult(
        Zones(text).Take(Most).Select(z => new Choice<string>(z, z)));

    /// <summary>Zones whose name has the text; first those whose place begins with it: Enter takes the first.</summary>
    internal static IEnumerable<string> Zones(string text) => TimeZoneInfo.GetSystemTimeZones().Select(z => z.Id)
        .Where(z => z.Contains(text, StringComparison.OrdinalIgnoreCase))
        .OrderByDescending(z => $"/{z}".Contains($"/{text}", StringComparison.OrdinalIgnoreCase));
}
