using Hangfire;
using Hangfire.States;
using Hangfire.Storage;
using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Access.Jobs;

/// <summary>A job that failed as often as it may.</summary>
/// <param name="Job">The name of its class; null where this build has none of that name.</param>
/// <param name="Attempts">How often it was tried.</param>
internal sealed record FailedJob(string Id, string? Job, DateTimeOffset? FailedAt, int Attempts);

/// <summary>
/// Jobs that wait for somebody: what they are, and the order to try one again. What they failed with is on the jobs' own page only.
/// </summary>
internal sealed class FailedJobs(JobStorage storage, IBackgroundJobClient client, Db db)
{
    private const int DefaultLimit = 50;

    // Hangfire keeps it with the job: how often it was tried again.
    private const string RetryCount = "RetryCount";

    /// <summary>The last one made first.</summary>
    public Result<Page<FailedJob>> List(string? cursor, int? limit, Actor viewer)
    {
        if (AccessTable.Deny(viewer, Act.ReadJobs) is { } denied) return denied;
        var after = Cursor.DecodeText(cursor);
        if (!after.IsOk) return after.Refusal!;
        var from = 0;
        if (after.Value.Length > 0 && !int.TryParse(after.Value, out from))
            return Refusal.Invalid("cursor", "This is not a cursor of this list.");
        var take = Math.Clamp(limit ?? DefaultLimit, 1, Cursor.MaxLimit);
        using var connection = storage.GetConnection();
        var rows = storage.GetMonitoringApi().FailedJobs(from, take + 1)
            .Select(j => new FailedJob(j.Key, j.Value.Job?.Type.Name, Utc(j.Value.FailedAt), Attempts(connection, j.Key))).ToList();
        return Page<FailedJob>.Of(rows, take, _ => [(from + take).ToString()]);
    }

    /// <summary>Has a failed job tried again, soon. Recorded first: none is without its record.</summary>
    public async Task<Result<FailedJob>> RequeueAsync(string id, Actor actor, CancellationToken ct = default)
    {
        if (AccessTable.Deny(actor, Act.RequeueJob) is { } denied) return denied;
        if (Find(id) is not { } state) return Refusal.NotFound("The job");
        if (state.Name != FailedState.StateName)
            return Refusal.NotAllowed("job_not_failed", $"The job is {state.Name}; only a failed one can be tried again.");
        using var connection = storage.GetConnection();
        var job = new FailedJob(id, connection.GetJobData(id)?.Job?.Type.Name, FailedAt(state), Attempts(connection, id));
        await db.WriteAsync<Done>(
            async tx =>
            {
                await tx.RecordAsync(actor, Requeued(job));
                return default(Done);
            },
            ct: ct);
        // Its retries begin anew.
        connection.SetJobParameter(id, RetryCount, "0");
        return client.Requeue(id, FailedState.StateName) ? job : Refusal.Stale("Somebody else has had this job tried again.");
    }

    private static JournalEntry Requeued(FailedJob job) => new()
    {
        Action = "job.requeued",
        Subject = $"job {job.Id}",
        Detail = new { job.Job, job.FailedAt, job.Attempts },
    };

    private StateData? Find(string id)
    {
        try
        {
            using var connection = storage.GetConnection();
            return connection.GetStateData(id);
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
        {
            // No id of this storage.
            return null;
        }
    }

    private static int Attempts(IStorageConnection connection, string id) =>
        1 + (int.TryParse(connection.GetJobParameter(id, RetryCount), out var retries) ? retries : 0);

    private static DateTimeOffset? FailedAt(StateData state) =>
        state.Data.TryGetValue("FailedAt", out var at) ? Utc(Hangfire.Common.JobHelper.DeserializeNullableDateTime(at)) : null;

    private static DateTimeOffset? Utc(DateTime? at) =>
        at is { } time ? new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)) : null;
}
