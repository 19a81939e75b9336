using System.Globalization;
using IncidentHub.Domain.Audit;

namespace IncidentHub.Access.Audit;

/// <summary>A verification in words: the result first, then what it does not prove.</summary>
internal sealed record AuditReport(bool IsOk, IReadOnlyList<string> Lines)
{
    public static AuditReport Of(AuditVerification result)
    {
        if (result.Fault is { } fault)
        {
            var sequence = fault.Sequence is { } s && s != fault.Row ? $" (sequence {s})" : "";
            return new(false, [$"FAULT at row {fault.Row}{sequence}: {fault.Message}"]);
        }
        return new(true, [.. Ok(result)]);
    }

    public AuditReport With(string line) => this with { Lines = [.. Lines, line] };

    private static IEnumerable<string> Ok(AuditVerification r)
    {
        yield return $"OK: {r.Rows} rows fit{(r.Redacted > 0 ? $", {r.Redacted} of them without their payload, which is recorded" : "")}.";
        if (r.Compared > 0) yield return $"{Count(r.Compared, "record")} in the audited tables are as the log recorded them.";
        if (r.Withheld > 0)
        {
            yield return $"The contents of {r.Withheld} rows are withheld from the reader of this export"
                + (r.WithheldUnverified > 0
                    ? $"; {r.WithheldUnverified} of them are of version 1 of the hash, and are verified by the rows after them only."
                        : ".");
        }
        if (r.Checkpoints > 0)
        {
            var covered = r.CoveredTo > 0 ? $"rows to {r.CoveredTo} are covered" : "none proves a row";
            yield return $"{Count(r.Checkpoints, "checkpoint")} fit; {covered}.";
        }
        if (r.UnverifiedCheckpoints > 0) yield return $"The signatures of {Count(r.UnverifiedCheckpoints, "checkpoint")} were not "
            + "verified.";
        if (r.WithdrawnCheckpoints > 0)
            yield return $"{Count(r.WithdrawnCheckpoints, "checkpoint")} prove nothing: the key was withdrawn.";
        if (r.KeptCompared > 0) yield return $"{Count(r.KeptCompared, "kept checkpoint")} fit.";
        if (r.KeptIgnored > 0) yield return $"{Count(r.KeptIgnored, "kept checkpoint")} were not compared: withdrawn keys, or newer "
            + "than this export.";
        if (r.UncoveredSince is { } since)
        {
            yield return $"Not covered by a checkpoint: rows {r.CoveredTo + 1} to {r.Rows}, since "
                + $"{since.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} UTC.";
        }
    }

    private static string Count(long count, string thing) => count == 1 ? $"1 {thing}" : $"{count} {thing}s";
}
