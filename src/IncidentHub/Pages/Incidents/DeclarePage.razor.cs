using IncidentHub.Domain.Access;
using IncidentHub.Domain.Incidents;
using IncidentHub.Response.Flags;
using IncidentHub.Response.SevPolicies;
using IncidentHub.Platform.Database;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;
using Microsoft.AspNetCore.Components;
using IncidentHub.Response.Incidents;

namespace IncidentHub.Pages.Incidents;

/// <summary>The form of a declaration, with a preview of the SEV policy's effects. Every field is part of the draft.</summary>
public partial class DeclarePage : LiveComponent
{
    private static readonly IReadOnlyList<Choice<Confidentiality>> Circles =
    [
        new(Confidentiality.Open, "Open", "Everyone with a reading role."),
        new(Confidentiality.Restricted, "Restricted", "You, privacy, counsel and the people named on it. Its code is random."),
    ];

    private IReadOnlyList<Choice<Sev?>> _levels = [];
    private FlagFacts? _flag;
    private IReadOnlyList<string> _messages = [];
    private int _files;
    private DeclareLinks? _links;
    private bool _begun;
    private string? _title;
    private string? _summary;
    private Sev? _sev;
    private DateTimeOffset? _started;
    private DateTimeOffset? _detected;
    private Confidentiality _confidentiality;
    private IReadOnlyList<string> _effect = [];
    private int _asked;
    private Refusal? _refusal;
    private Refusal? _denied;

    [Inject] private Db Db { get; set; } = null!;
    [Inject] private FlagReader FlagReader { get; set; } = null!;
    [Inject] private SevPolicyReader Policies { get; set; } = null!;
    [Inject] private PolicyPreviewHandler Preview { get; set; } = null!;
    [Inject] private IncidentCommands Commands { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private Toasts Toasts { get; set; } = null!;

    /// <summary>Code of the flag that the incident is declared from.</summary>
    [SupplyParameterFromQuery] public string? Flag { get; set; }

    /// <summary>Code of a program that is linked initially.</summary>
    [SupplyParameterFromQuery] public string? Program { get; set; }

    protected override object? ParametersKey => (Flag, Program);

    protected override IReadOnlyCollection<string> Topics => ["policy"];

    // «MCI, call-transcripts»: what the reporter names is linked, where it is the name of a dataset.
    private IReadOnlyList<string> NamedDatasets =>
        [.. (_flag?.About ?? "").Split([',', ';', '·', '/'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private string DraftKey => _flag is null ? "declare" : $"declare-{_flag.Code}";

    protected override async Task LoadAsync(CancellationToken ct)
    {
        _denied = AccessTable.Deny(Actor, Act.DeclareIncident);
        if (_denied is not null) return;
        var policy = await Db.ReadAsync(
            async sql =>
            {
                if (_flag is null && !string.IsNullOrWhiteSpace(Flag))
                {
                    _flag = await FlagReader.FindForTriageAsync(sql, Actor, Codes.Upper(Flag));
                    if (_flag is not null) (_messages, _files) = await FlagReader.MoreOfReporterAsync(sql, _flag);
                }
                return await Policies.CurrentAsync(sql);
            },
            ct);
        _levels = [.. policy.Levels.Select(l => new Choice<Sev?>(l.Sev, l.Sev.Label(), l.Means))];
        // Loaded once: a change of the policy while a person types does not reset the form.
        if (!_begun && _flag is not null)
            (_title, _summary, _sev) = (FirstSentence(_flag.Text), string.Join("\n\n", [_flag.Text, .. _messages]), _flag.SuggestedSev);
        _begun = true;
        await PlanAsync();
    }

    private Task ChooseSevAsync(Sev? sev)
    {
        _sev = sev;
        return PlanAsync();
    }

    // If responses arrive out of order, the one for the last choice counts.
    private async Task PlanAsync()
    {
        var asked = ++_asked;
        IReadOnlyList<string> lines = [];
        if (_sev is { } sev && _links is { IsEmpty: false })
        {
            var found = await Preview.HandleAsync(
                new PreviewDeclaration(sev, [.. _links.Programs.Select(p => (p.Code, p.Kind))], _links.Datasets.Count > 0), Actor, Gone);
            if (found.IsOk) lines = PlanText.Lines(found.Value);
        }
        if (asked == _asked) _effect = lines;
    }

    private async Task SendAsync()
    {
        var command = new DeclareIncident
        {
            Title = _title,
            Sev = (int?)_sev,
            Summary = _summary,
            Flag = _flag?.Code,
            Confidentiality = _confidentiality,
            ExposureStarted = _started,
            Detected = _detected,
            Programs = [.. _links!.Programs.Select(p => new ProgramLinkBody(p.Code, p.Kind, null, null, [.. p.Broken ?? []]))],
            Exposures = [.. _links.Datasets.Select(d => new ExposureBody { Dataset = d })],
        };
        // No level is preselected; a missing one is refused together with all other missing fields.
        _refusal = command.Check(noSev: "Choose a level.");
        if (_refusal is not null) return;
        var result = await Commands.DeclareAsync(command, Actor, Gone);
        _refusal = result.Refusal;
        if (!result.IsOk) return;
        Toasts.Done($"{result.Value.Label} is declared.");
        Navigation.NavigateTo($"incidents/{result.Value.Label}");
    }

    private static string FirstSentence(string text)
    {
        // A title has no tabs.
        var line = text.Trim().Split('\n')[0].Replace('\t', ' ');
        var end = line.IndexOf(". ", StringComparison.Ordinal);
        var first = (end > 0 ? line[..end] : line).TrimEnd('.');
        return TextRules.Cut(first, 120);
    }
}
