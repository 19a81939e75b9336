using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Response.Evidence;

namespace IncidentHub.Response.AccessReviews;

/// <summary>
/// An access log was redacted: what its reviews kept of its rows goes with it. Their figures and their conclusion stay.
/// </summary>
internal sealed class RedactedLogs : IEventHandler<FilesRedacted>
{
    public async Task HandleAsync(UnitOfWork tx, FilesRedacted happened, Actor actor)
    {
        foreach (var file in happened.Ids)
        {
            foreach (var review in await tx.QueryAsync<Guid>("AccessReview_OfFile", new { EvidenceId = file }))
            {
                await tx.ExecuteAsync("AccessReviewAccount_Redact", new { ReviewId = review, RedactedText.Mark });
                await tx.ExecuteAsync("AccessReviewRun_Redact", new { ReviewId = review });
                await tx.ExecuteAsync("AccessReviewChunk_Clear", new { ReviewId = review });
            }
        }
    }
}
