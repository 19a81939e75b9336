using IncidentHub.Domain.Access;

namespace IncidentHub.Domain.Decisions;

/// <summary>Who is asked for an opinion on a decision. They are independent: an opinion is no approval.</summary>
public enum OpinionRole { DataProtectionOfficer, WorksCouncil }

public enum OpinionPosition { NoObjection, NoObjectionWithConditions, Objection, NoPosition }

/// <summary>The document of an opinion. Its file is named by the id of the opinion.</summary>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">Lower-case hex.</param>
/// <param name="RedactedAt">When privacy removed the file; null while it is there.</param>
public sealed record OpinionDocument(string Name, long Size, string Sha256, DateTimeOffset? RedactedAt = null);

/// <summary>An opinion as it was given. It is never edited; a later one of the same role supersedes it.</summary>
/// <param name="Number">Counted within the decision, together with the requests: what has the higher number came later.</param>
/// <param name="GivenAt">May be long before it was recorded.</param>
/// <param name="RecordedByName">Who gave it, or, where it is <paramref name="OnBehalf"/>, who of privacy recorded it for them.</param>
public sealed record Opinion(
    Guid Id, int Number, OpinionRole Role, OpinionPosition Position, string Text, DateTimeOffset GivenAt, OpinionDocument? Document,
    Guid RecordedById, string RecordedByName, DateTimeOffset RecordedAt, bool OnBehalf);

/// <summary>A person who is asked by name.</summary>
public sealed record AskedPerson(Guid PersonId, string PersonName);

/// <summary>A request for an opinion.</summary>
/// <param name="People">Empty where everybody with the role is asked, who then may read the decision by their role.</param>
/// <param name="Audience">
/// The audience of the decision when it was asked. Only while it is still the same, these people read the decision because of the request.
/// </param>
public sealed record OpinionRequest(
    int Number, OpinionRole Role, DateTimeOffset? DueAt, IReadOnlyList<AskedPerson> People, Guid? Audience, Guid ById, string ByName,
    DateTimeOffset At)
{
    /// <summary>
    /// When it was withdrawn or replaced by a later one: who was asked by name does not read the decision because of it any more.
    /// </summary>
    public DateTimeOffset? WithdrawnAt { get; init; }

    /// <summary>Null while it is not withdrawn.</summary>
    public string? WithdrawnByName { get; init; }
}

public static class Opinions
{
    /// <summary>The role that a person needs to give the opinion.</summary>
    public static Roles Holders(this OpinionRole role) => role switch
    {
        OpinionRole.DataProtectionOfficer => Roles.DataProtectionOfficer,
        OpinionRole.WorksCouncil => Roles.WorksCouncil,
    };

    /// <summary>Whether a later opinion of the same role stands in its place.</summary>
    public static bool IsSuperseded(this DecisionState state, Opinion opinion) =>
        state.Opinions.Any(o => o.Role == opinion.Role && o.Number > opinion.Number);

    /// <summary>The last opinion of each role.</summary>
    public static IReadOnlyList<Opinion> StandingOpinions(this DecisionState state) =>
        [.. state.Opinions.Where(o => !state.IsSuperseded(o)).OrderBy(o => o.Role)];

    /// <summary>
    /// The last request of each role, where it is not withdrawn and no opinion has followed. Nothing waits once the decision is made.
    /// </summary>
    public static IReadOnlyList<OpinionRequest> WaitingRequests(this DecisionState state) => state.Status == DecisionStatus.Decided ? []
        : [.. state.OpinionRequests.Where(r => r.WithdrawnAt is null && !state.IsAnswered(r)
            && !state.OpinionRequests.Any(later => later.Role == r.Role && later.Number > r.Number)).OrderBy(r => r.Role)];

    /// <summary>Whether an opinion of its role came after it.</summary>
    internal static bool IsAnswered(this DecisionState state, OpinionRequest request) =>
        state.Opinions.Any(o => o.Role == request.Role && o.Number > request.Number);
}
