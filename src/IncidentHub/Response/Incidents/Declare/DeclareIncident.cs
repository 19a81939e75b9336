using System.ComponentModel.DataAnnotations;
using IncidentHub.Domain.Incidents;
using IncidentHub.Platform.Http;

namespace IncidentHub.Response.Incidents;

/// <summary>The request to declare an incident. Title, SEV and a program (or a dataset) are enough.</summary>
[RequiresOneOf("programs", "exposures")]
internal sealed record DeclareIncident
{
    [Required]
    public string? Title { get; init; }

    /// <summary>0 (catastrophic) to 5 (notice).</summary>
    [Required]
    public int? Sev { get; init; }
    public string? Summary { get; init; }
    public IReadOnlyList<ProgramLinkBody>? Programs { get; init; }
    public IReadOnlyList<ExposureBody>? Exposures { get; init; }

    /// <summary>Code of the flag that the incident is declared from.</summary>
    public string? Flag { get; init; }
    public Confidentiality? Confidentiality { get; init; }
    public DateTimeOffset? ExposureStarted { get; init; }
    public DateTimeOffset? Detected { get; init; }

    private const string NoVersion = "An incident that is being declared has no version yet: leave it out.";

    // Commands that may place a pause by the policy take precedence over those that cannot.
    internal bool MayPause => Programs?.Any(p => p.Kind is null or Involvement.Source) == true;

    /// <summary>Validation without the database: no transaction is opened for an empty form.</summary>
    /// <param name="noSev">The refusal if no SEV is chosen.</param>
    internal Refusal? Check(string noSev = "A SEV is 0 to 5.")
    {
        var (programs, exposures) = (Programs ?? [], Exposures ?? []);
        var check = new Validation();
        for (var i = 0; i < programs.Count; i++)
            check.Check(programs[i]?.ExpectedVersion is null, $"programs[{i}].expectedVersion", NoVersion);
        for (var i = 0; i < exposures.Count; i++)
            check.Check(exposures[i]?.ExpectedVersion is null, $"exposures[{i}].expectedVersion", NoVersion);
        return check
            .Check(programs.All(p => p is not null), "programs", "An entry is empty.")
            .Check(exposures.All(e => e is not null), "exposures", "An entry is empty.")
            .Check(programs.Count > 0 || exposures.Count > 0, "programs", "Name at least one program, or a dataset that was exposed.")
            .Check(programs.Count <= IncidentRules.MaxLinks, "programs", $"At most {IncidentRules.MaxLinks}.")
            .Check(exposures.Count <= IncidentRules.MaxLinks, "exposures", $"At most {IncidentRules.MaxLinks}.")
            .Line(Title ?? "", "title", IncidentRules.MaxTitle)
            .Text(Summary ?? "", "summary", IncidentRules.MaxSummary, required: false)
            .Check(Sev is not null, "sev", noSev)
            .ToRefusal();
    }
}
