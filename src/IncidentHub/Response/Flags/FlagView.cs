using IncidentHub.Domain.Flags;
using IncidentHub.Domain.Severity;
using IncidentHub.Access.Identity;

namespace IncidentHub.Response.Flags;

/// <summary>A flag as the API returns it.</summary>
/// <param name="RaisedBy">For triage only; null if anonymous, and for its own reporter.</param>
/// <param name="Files">Those that came with the text; those of a message are with it.</param>
/// <param name="Incident">The incident that the flag led to, if the reader may see it.</param>
internal sealed record FlagView(
    string Code, FlagStatus Status, string Text, string? About, DataAnswer Data, AudienceAnswer Audience, StillOpenAnswer StillOpen,
        Sev SuggestedSev, bool Anonymous, PersonRef? RaisedBy, string? Program,
    DateTimeOffset FlaggedAt, DateTimeOffset? AcknowledgedAt, string? AcknowledgedBy, DateTimeOffset? ClosedAt, string? Incident,
        string? DismissReason, IReadOnlyList<FlagFileView> Files, IReadOnlyList<FlagMessageView> Messages, int Version)
{
    public static FlagView Of(FlagPage page)
    {
        var (s, triage) = (page.Flag.State, page.ForTriage);
        return new(
            s.Code, s.Status, s.Report.Text, s.Report.About, s.Report.Data, s.Report.Audience, s.Report.StillOpen, s.SuggestedSev,
                s.IsAnonymous, triage ? page.Flag.RaisedBy : null, triage ? page.Flag.ProgramCode : null,
            s.FlaggedAt, s.AcknowledgedAt, triage ? page.Flag.AcknowledgedBy : null, s.ClosedAt, page.Incident?.Code, s.DismissReason,
                FlagFileView.Of(page, null), [.. page.Messages.Select(m => FlagMessageView.Of(page, m))], s.Version);
    }
}

/// <summary>One message. Responders' names are for triage; a reporter sees «Triage».</summary>
internal sealed record FlagMessageView(
    FlagSide Side, string? Author, string Message, DateTimeOffset At, IReadOnlyList<FlagFileView> Files)
{
    public static FlagMessageView Of(FlagPage page, FlagMessageRecord m) =>
        new(m.Side, page.ForTriage ? m.AuthorName : null, m.Body, m.WrittenAt, FlagFileView.Of(page, m.Id));
}

/// <summary>A file of the reporter.</summary>
/// <param name="Number">Its position on the flag, from 1: the last part of its address.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Sha256">Of what is stored, lower-case hex.</param>
/// <param name="RedactedAt">When privacy removed it; null while it is kept.</param>
internal sealed record FlagFileView(
    int Number, string Name, AttachmentKind Kind, long Size, string Sha256, DateTimeOffset? RedactedAt)
{
    public static IReadOnlyList<FlagFileView> Of(FlagPage page, Guid? message) =>
        [.. page.FilesOf(message).Select(f =>
            new FlagFileView(f.Ordinal, f.NameOn(page.Flag.State.Code), f.Kind, f.Size, f.Digest, f.RedactedAt))];
}

/// <summary>A row of the list as the API returns it.</summary>
/// <param name="AcknowledgeDueAt">By when triage acknowledges it; null once that was done.</param>
internal sealed record FlagLine(
    string Code, FlagStatus Status, string Text, string? About, Sev SuggestedSev, StillOpenAnswer StillOpen, bool Anonymous,
        string? Program, DateTimeOffset FlaggedAt, DateTimeOffset? AcknowledgedAt, DateTimeOffset? AcknowledgeDueAt, int Messages)
{
    public static FlagLine Of(FlagListItem f) =>
        new(f.Code, f.Status, f.Concern, f.About, f.Sev, f.StillOpen, f.RaisedById is null, f.ProgramCode, f.FlaggedAt,
            f.AcknowledgedAt, f.AcknowledgeDueAt, f.Messages);
}
