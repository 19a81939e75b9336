using Hangfire;
using Hangfire.States;
using Hangfire.Storage;
using IncidentHub.Domain.Access;
using IncidentHub.Platform.Database;
using IncidentHub.Platform.Http;
using IncidentHub.Platform.Journal;

namespace IncidentHub.Access.Jobs;

/// <summary>A job that has failed after its last attempt.</summary>
/// <param name="Job">The name of its class; null where this build has no such class.</param>
/// <param name="Attempts">The number of attempts.</param>
internal sealed record FailedJob(string Id, string? Job, DateTimeOffset? FailedAt, int Attempts);

/// <summary>
/// Jobs that failed after all attempts: the list, and the command to retry one. Their exceptions are shown on the job server's own page
/// only.
/// </summary>
internal sealed class FailedJobs(JobStorage storage, IBackgroundJobClient client, Db db)
{
    // Hangfire stores the number of retries with the job.
    private const string RetryCount = "RetryCount";

    /// <summary>The most recently created job first.</summary>
    public Result<Page<FailedJob>> List(string? cursor, int? limit, Actor viewer)
    {
        if (AccessTable.Deny(viewer, Act.ReadJobs) is { } denied) return denied;
        var after = Cursor.DecodeNumber("failed-jobs", cursor);
        if (!after.IsOk) return after.Refusal!;
        var from = (int)Math.Min(after.Value ?? 0, int.MaxValue / 2);
        var size = Cursor.Limit(limit);
        if (!size.IsOk) return size.Refusal!;
        var take = size.Value;
        using var connection = storage.GetConnection();
        var rows = storage.GetMonitoringApi().FailedJobs(from, take + 1)
            .Select(j => new FailedJob(j.Key, j.Value.Job?.Type.Name, Utc(j.Value.FailedAt), Attempts(connection, j.Key))).ToList();
        return Page<FailedJob>.Of(rows, take, "failed-jobs", _ => [from + take]);
    }

    /// <summary>Retries a failed job. Recorded first, so that no retry lacks its record.</summary>
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
        // Its automatic retries start again from zero.
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
            // Not an id of this storage.
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
