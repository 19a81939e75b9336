using System.Security.Cryptography;
using System.Text.Json;
using IncidentHub.Domain.Access;
using IncidentHub.Domain.Flags;
using IncidentHub.Domain.Severity;
using IncidentHub.Response.SevPolicies;
using IncidentHub.Platform.Database;
using Microsoft.AspNetCore.Components;
using IncidentHub.Response.Flags;
using IncidentHub.Response.Flags.Parts;

namespace IncidentHub.Pages.Flags;

public partial class NewFlagPage : ComponentBase
{
    private static readonly string[] _fields = ["text", "about", "data", "audience", "stillOpen", PostedFiles.Name];
    private SevPolicy _policy = SevPolicy.Default;
    private string _promises = "{}";
    private Refusal? _refusal;
    private FiledFlag? _filed;

    [Inject] private FlagLimiter Limiter { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;
    [Inject] private FlagCommands Commands { get; set; } = null!;
    [Inject] private SevPolicyReader Policy { get; set; } = null!;
    [Inject] private Db Db { get; set; } = null!;
    [CascadingParameter] private Actor Actor { get; set; } = null!;

    [SupplyParameterFromForm(FormName = "flag", Name = "text")] private string? Text { get; set; }
    [SupplyParameterFromForm(FormName = "flag", Name = "about")] private string? About { get; set; }

    /// <summary>What the flag is about, from a link; a posted form has its own.</summary>
    [SupplyParameterFromQuery(Name = "about")] private string? Asked { get; set; }
    [SupplyParameterFromForm(FormName = "flag", Name = "data")] private string? Data { get; set; }
    [SupplyParameterFromForm(FormName = "flag", Name = "audience")] private string? Audience { get; set; }
    [SupplyParameterFromForm(FormName = "flag", Name = "stillOpen")] private string? StillOpen { get; set; }
    [SupplyParameterFromForm(FormName = "flag", Name = "anonymous")] private string? Anonymous { get; set; }
    [SupplyParameterFromForm(FormName = "flag", Name = "token")] private string? Token { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _policy = await Db.ReadAsync(Policy.CurrentAsync);
        // A posted form has a token.
        if (Token is null) About = Asked;
        // Sending the same form twice files one flag: the token is kept in the form after a refusal.
        Token ??= Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        _promises = JsonSerializer.Serialize(
            (from data in Enum.GetValues<DataAnswer>()
             from audience in Enum.GetValues<AudienceAnswer>()
             select (
                Key: $"{data} {audience}", Sev: ReporterQuestions.Suggest(data, audience)))
            .ToDictionary(p => p.Key, p => FlagWords.NextStep(p.Sev, _policy)));
    }

    private async Task SendAsync()
    {
        var check = new Validation();
        var report = new FlagReport(
            Text ?? "", About,
            Read<DataAnswer>(check, Data, "data") ?? DataAnswer.NotSure,
                Read<AudienceAnswer>(check, Audience, "audience") ?? AudienceAnswer.NotSure,
                Read<StillOpenAnswer>(check, StillOpen, "stillOpen") ?? StillOpenAnswer.NotSure);
        _refusal = check.ToRefusal();
        if (_refusal is not null) return;
        var files = PostedFiles.Of(Http);
        _refusal = FlagRules.Check(report) ?? Limiter.Attaching(Http, files.Sum(f => f.Length));
        if (_refusal is not null) return;
        var result = await Commands.WithFilesAsync(files, taken => Commands.FileAsync(
            new SendFlag(report, Anonymous == "true", Token, taken), Actor, () => Limiter.Filing(Http)));
        _refusal = result.Refusal;
        if (result.IsOk) _filed = result.Value;
    }

    private static T? Read<T>(Validation check, string? text, string field) where T : struct, Enum
    {
        var answer = Parse<T>(text);
        check.Check(string.IsNullOrEmpty(text) || answer is not null, field, "Choose one of the answers.");
        return answer;
    }

    private static T? Parse<T>(string? text) where T : struct, Enum => Codes.TryRead<T>(text, out var answer) ? answer : null;
}
