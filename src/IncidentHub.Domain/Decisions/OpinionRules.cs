using IncidentHub.Domain.Access;

namespace IncidentHub.Domain.Decisions;

/// <summary>
/// Requesting and recording opinions. Neither changes what approvers bind to: criteria, recommendation and approvals stay as they are.
/// </summary>
public static class OpinionRules
{
    public const int MaxText = 8000, MaxFileName = 200;

    /// <summary>100 MiB: a paper, not an export of data.</summary>
    public const long MaxFile = 100L * 1024 * 1024;

    /// <summary>Requests and opinions of one decision together: all of them are shown.</summary>
    public const int Most = 100;

    public static readonly Refusal TooLarge =
        Refusal.Invalid("file", "A document may have at most 100 MiB. Add larger files as evidence of the incident.");

    public static readonly Refusal Decided = Refusal.NotAllowed("decided",
        "This decision has been made, and its record keeps the opinions that stood at its last approval. If the program is still paused, "
            + "use its open decision. Otherwise privacy can add the document to the incident as evidence.");

    internal static Result<Accepted<DecisionState>> Request(DecisionState state, RequestOpinion command, Actor actor, DateTimeOffset now)
    {
        var check = new Validation()
            .Check(command.Role is { } named && Enum.IsDefined(named), "role", Codes.Allowed(typeof(OpinionRole)))
            .Check(command.DueAt is not { } due || due > now, "dueAt", "Choose a time in the future.")
            .Check(command.DueAt is not { } late || late <= now.AddYears(1), "dueAt", "At most one year ahead.");
        foreach (var (person, i) in command.Wanted.Select((p, i) => (p, i)))
        {
            check.Check(command.Holders.Any(h => h.PersonId == person), $"people[{i}]",
                "This person does not have the role. Name people who have it, or nobody to ask all of them.");
        }
        if (check.ToRefusal() is { } invalid) return invalid;
        if (Full(state) is { } full) return full;
        // On a decision with an audience the request is what lets them read it: they are named.
        var people = command.Wanted.Count > 0 ? command.Holders.Where(h => command.Wanted.Contains(h.PersonId))
            : state.Audience is null ? [] : command.Holders;
        var request = new OpinionRequest(state.NextOpinion, command.Role!.Value, command.DueAt?.ToUniversalTime(),
            [.. people.OrderBy(p => p.PersonName, StringComparer.Ordinal).ThenBy(p => p.PersonId)], state.Audience, actor.Id, actor.Name,
            now);
        // It takes the place of one that nobody has answered.
        var earlier = state.OpinionRequests.Select(r =>
            r.Role == request.Role && r.WithdrawnAt is null && !state.IsAnswered(r) ? Withdrawn(r, actor, now) : r);
        return Outcome.Accept(state with { OpinionRequests = [.. earlier, request], Version = state.Version + 1 },
            new OpinionRequested(request));
    }

    internal static Result<Accepted<DecisionState>> Withdraw(
        DecisionState state, WithdrawOpinionRequest command, Actor actor, DateTimeOffset now)
    {
        if (state.OpinionRequests.FirstOrDefault(r => r.Number == command.Number) is not { } request)
            return Refusal.NotFound("The request");
        if (request.WithdrawnAt is not null) return Refusal.NotAllowed("withdrawn", "This request has been withdrawn already.");
        if (state.IsAnswered(request))
        {
            return Refusal.NotAllowed("answered",
                "The opinion was given, so that the request cannot be withdrawn. Request another one if it is needed.");
        }
        var withdrawn = Withdrawn(request, actor, now);
        return Outcome.Accept(state with
        {
            OpinionRequests = [.. state.OpinionRequests.Select(r => r.Number == request.Number ? withdrawn : r)],
            Version = state.Version + 1,
        },
            new OpinionRequestWithdrawn(withdrawn));
    }

    internal static Result<Accepted<DecisionState>> Record(DecisionState state, RecordOpinion command, Actor actor, DateTimeOffset now)
    {
        if (Check(state, command, actor, now) is { } refused) return refused;
        var opinion = new Opinion(command.Id, state.NextOpinion, command.Role!.Value, command.Position!.Value, command.Text!.Clean(),
            PastTime.Of(command.GivenAt, now)!.Value.ToUniversalTime(),
            command.Document is { } document ? document with { Name = FileName(document.Name) } : null,
            actor.Id, actor.Name, now, OnBehalf: !actor.Has(command.Role.Value.Holders()));
        return Outcome.Accept(state with { Opinions = [.. state.Opinions, opinion], Version = state.Version + 1 },
            new OpinionGiven(opinion));
    }

    /// <summary>The refusal of an opinion; asked before its document is taken in.</summary>
    public static Refusal? Check(DecisionState state, RecordOpinion command, Actor actor, DateTimeOffset now)
    {
        if (state.Status == DecisionStatus.Decided) return Decided;
        if (command.Role is { } role && Enum.IsDefined(role) && !MayGive(role, actor) && !actor.Has(Roles.Privacy))
        {
            return Refusal.Forbidden("You cannot give the opinion of another role. That role itself can, or privacy for it.");
        }
        var check = new Validation()
            .Check(command.Role is { } named && Enum.IsDefined(named), "role", Codes.Allowed(typeof(OpinionRole)))
            .Check(command.Position is { } position && Enum.IsDefined(position), "position", Codes.Allowed(typeof(OpinionPosition)))
            .Text(command.Text, "text", MaxText)
            .Check(command.GivenAt is not null, "givenAt", "Enter when the opinion was given.").Past(command.GivenAt, "givenAt", now);
        if (command.Document is { } document)
        {
            check.Line(FileName(document.Name), "file", MaxFileName).Check(document.Size > 0, "file", "The file is empty.");
        }
        return check.ToRefusal() ?? Full(state);
    }

    /// <summary>The roles whose opinion the actor may record, themselves or for others.</summary>
    public static IReadOnlyList<OpinionRole> RolesOf(Actor actor) =>
        [.. Enum.GetValues<OpinionRole>().Where(r => MayGive(r, actor) || actor.Has(Roles.Privacy))];

    private static bool MayGive(OpinionRole role, Actor actor) => actor.Has(role.Holders());

    private static Refusal? Full(DecisionState state) => state.Opinions.Count + state.OpinionRequests.Count < Most ? null
        : Refusal.NotAllowed("too_many", $"A decision has at most {Most} requests and opinions. Put further ones into one document.");

    private static OpinionRequest Withdrawn(OpinionRequest request, Actor actor, DateTimeOffset now) =>
        request with { WithdrawnAt = now, WithdrawnByName = actor.Name };

    private static string FileName(string stated) => stated.Split('/', '\\')[^1].Clean();
}
