using IncidentHub.Domain.Decisions;

namespace IncidentHub.Decisions.Opinions;

/// <summary>An opinion as pages and the API show it. It is no approval.</summary>
/// <param name="Number">Counted within the decision, together with the requests.</param>
/// <param name="RecordedBy">Who gave it; where it is <paramref name="OnBehalf"/>, who of privacy recorded it for them.</param>
/// <param name="Superseded">A later opinion of the same role stands in its place.</param>
internal sealed record OpinionView(
    int Number, OpinionRole Role, OpinionPosition Position, string Text, DateTimeOffset GivenAt, string RecordedBy,
    DateTimeOffset RecordedAt, bool OnBehalf, bool Superseded, OpinionDocumentView? Document)
{
    public static OpinionView Of(Opinion o, bool superseded) => new(
        o.Number, o.Role, o.Position, o.Text, o.GivenAt, o.RecordedByName, o.RecordedAt, o.OnBehalf, superseded,
        o.Document is { } d ? new(d.Name, d.Size, d.Sha256, d.RedactedAt) : null);

    /// <summary>All of a decision, the newest first.</summary>
    public static IReadOnlyList<OpinionView> Of(DecisionState state) =>
        [.. state.Opinions.OrderByDescending(o => o.Number).Select(o => Of(o, state.IsSuperseded(o)))];
}

/// <param name="Size">In bytes.</param>
/// <param name="Sha256">Lower-case hex.</param>
/// <param name="RedactedAt">When privacy removed the file; null while it is there.</param>
internal sealed record OpinionDocumentView(string Name, long Size, string Sha256, DateTimeOffset? RedactedAt);

/// <summary>A request that no opinion has followed yet.</summary>
/// <param name="People">Who is asked by name; empty: everybody with the role.</param>
internal sealed record OpinionRequestView(
    int Number, OpinionRole Role, DateTimeOffset? DueAt, string RequestedBy, DateTimeOffset RequestedAt, IReadOnlyList<string> People)
{
    public static IReadOnlyList<OpinionRequestView> Of(DecisionState state) => [.. state.WaitingRequests().Select(r =>
        new OpinionRequestView(r.Number, r.Role, r.DueAt, r.ByName, r.At, [.. r.People.Select(p => p.PersonName)]))];
}

/// <summary>The opinions of one decision.</summary>
/// <param name="Opinions">The newest first.</param>
internal sealed record OpinionsView(IReadOnlyList<OpinionView> Opinions, IReadOnlyList<OpinionRequestView> Requests);

/// <summary>An opinion on one of the decisions of an incident.</summary>
internal sealed record IncidentOpinionView(string Decision, OpinionView Opinion);

/// <summary>A request that waits for the viewer.</summary>
internal sealed record AwaitedOpinion(
    string Decision, string Program, OpinionRole Role, DateTimeOffset? DueAt, string RequestedBy, DateTimeOffset RequestedAt);
