using System.Text.RegularExpressions;

namespace IncidentHub.Domain.Programs;

/// <summary>A program's life: registered as a draft, launched once, terminated once. Pauses are separate aggregates.</summary>
public static partial class ProgramRules
{
    public const int MaxName = 120, MaxPurpose = 4000, MaxLine = 400, MaxItems = 40, MaxDeputies = 10, MaxPeople = 100_000_000;

    /// <summary>Decides <paramref name="command"/>; <paramref name="state"/> is null only for a program that is to be registered.</summary>
    public static Result<Accepted<ProgramState>> Decide(ProgramState? state, ProgramCommand command, DateTimeOffset now,
        SwitchLimits limits) => (state, command) switch
        {
            (null, RegisterProgram register) => Register(register, now, limits),
            (not null, RegisterProgram register) =>
                Refusal.NotAllowed(
                "code_taken", "code", $"{register.Code} is already the code of «{state.Details.Name}». Codes are not reused."),
            (null, _) => Refusal.NotFound("The program"),
            ({ Lifecycle: ProgramLifecycle.Terminated }, _) =>
                Refusal.NotAllowed("program_terminated", $"{state.Code} was terminated permanently. Its record cannot be changed."),
            (_, EditProgram edit) => Edit(state, edit, now, limits),
            (_, LaunchProgram) => Launch(state, now),
            (_, TerminateProgram terminate) => Terminate(state, terminate, now),
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "No such command."),
        };

    /// <summary>Two to 24 of A–Z, 0–9 and dash, beginning and ending with a letter or digit.</summary>
    public static bool IsCode(string code) => CodePattern().IsMatch(code);

    private static Result<Accepted<ProgramState>> Register(RegisterProgram command, DateTimeOffset now, SwitchLimits limits)
    {
        var (code, details) = (Codes.Upper(command.Code), command.Details.Normalised());
        var check = Check(details, now, limits).Check(IsCode(code), "code", "2 to 24 of A–Z, 0–9 and dash, such as MCI.")
            .Check(!Codes.IsReserved(code), "code", Codes.ReservedText(code));
        if (check.ToRefusal() is { } why) return why;
        var next = new ProgramState
        {
            Id = command.Id,
            Code = code,
            Details = details,
            Lifecycle = ProgramLifecycle.Draft,
            RegisteredAt = now,
            Version = 1
        };
        return Outcome.Accept(next, new ProgramRegistered(next.Code, details.Name));
    }

    private static Result<Accepted<ProgramState>> Edit(ProgramState state, EditProgram command, DateTimeOffset now, SwitchLimits limits)
    {
        var details = command.Details.Normalised();
        var check = Check(details, now, limits);
        if (state.Lifecycle == ProgramLifecycle.Live) Complete(check, details);
        if (check.ToRefusal() is { } why) return why;

        var changes = ProgramDiff.Between(state.Details, details);
        if (changes.Count == 0) return Outcome.Accept(state);
        var scope = changes.Any(c => c.Field is "categories" or "regions");
        return Outcome.Accept(state with { Details = details, Version = state.Version + 1 }, new ProgramEdited(changes, scope));
    }

    private static Result<Accepted<ProgramState>> Launch(ProgramState state, DateTimeOffset now)
    {
        if (state.Lifecycle == ProgramLifecycle.Live) return Refusal.NotAllowed("already_live", $"{state.Code} is live already.");
        if (Complete(new Validation(), state.Details).ToRefusal() is { } why)
            return why with { Code = "not_ready", Message = "The record is not complete enough to go live." };
        var details = state.Details with { LaunchDate = state.Details.LaunchDate ?? DateOnly.FromDateTime(now.UtcDateTime) };
        return Outcome.Accept(
            state with { Details = details, Lifecycle = ProgramLifecycle.Live, LaunchedAt = now, Version = state.Version + 1 },
            new ProgramLaunched(now));
    }

    private static Result<Accepted<ProgramState>> Terminate(ProgramState state, TerminateProgram command, DateTimeOffset now)
    {
        if (new Validation().Text(command.Reason, "reason", MaxPurpose).ToRefusal() is { } why) return why;
        var reason = command.Reason.Clean();
        return Outcome.Accept(
            state with
            {
                Lifecycle = ProgramLifecycle.Terminated,
                TerminatedAt = now,
                TerminationReason = reason,
                Version = state.Version + 1
            },
            new ProgramTerminated(now, reason));
    }

    private static Validation Check(ProgramDetails d, DateTimeOffset now, SwitchLimits limits)
    {
        var check = new Validation()
            .Line(d.Name, "name", MaxName).Text(d.Purpose, "purpose", MaxPurpose).Line(d.Unit, "unit", MaxName)
            .Check(d.OwnerId != Guid.Empty, "owner", "Name an owner, who is responsible for the program.")
            .Check(d.DeputyIds.Count <= MaxDeputies, "deputies", $"At most {MaxDeputies}.")
            .Line(d.ParentInitiative, "parentInitiative", MaxLine, required: false)
                .Line(d.Population, "population", MaxLine, required: false)
            .Check(d.People is null or (>= 0 and <= MaxPeople), "people", $"A number from 0 to {MaxPeople:N0}.")
            .Check(Enum.IsDefined(d.Participation), "participation", "One of Mandatory, OptOut, OptIn.")
            .Check(d.Regions.Count <= MaxItems && d.Regions.All(Regions.IsValid), "regions",
                $"Region codes such as US, GB or US-CA, at most {MaxItems}.")
            .Check(d.Categories.Count <= MaxItems && d.Categories.All(c => c.Length is >= 2 and <= DataCategories.MaxLength), "categories",
                $"Names of 2 to {DataCategories.MaxLength} letters from a to z, digits and dashes, at most {MaxItems}.")
            .Check(d.Surfaces.Count <= MaxItems, "surfaces", $"At most {MaxItems}.")
            // A date further ahead is taken for a typing error.
            .Check(d.LaunchDate is not { } date || (date.Year >= 1990 && date <= DateOnly.FromDateTime(now.UtcDateTime).AddYears(3)),
                "launchDate", "A date from 1990 to three years ahead.")
            .Line(d.LawfulBasis, "lawfulBasis", MaxLine, required: false)
                .Line(d.ImpactAssessment, "impactAssessment", MaxLine, required: false)
            .Line(d.Notice, "notice", MaxLine, required: false).Line(d.WorksAgreement, "worksAgreement", MaxLine, required: false);
        foreach (var surface in d.Surfaces) check.Line(surface, "surfaces", 80);
        return limits.Check(check, d.Switch);
    }

    // The fields that are required for collecting.
    private static Validation Complete(Validation check, ProgramDetails d) => check
        .Check(d.Categories.Count > 0, "categories", "Enter the data categories before the program goes live.")
        .Check(d.Regions.Count > 0, "regions", "Enter the regions before the program goes live.")
        .Check(d.LawfulBasis is not null, "lawfulBasis", "Enter the lawful basis before the program goes live.");

    [GeneratedRegex(@"\A(?=.{2,24}\z)[A-Z0-9](?:[A-Z0-9-]*[A-Z0-9])?\z")]
    private static partial Regex CodePattern();
}
