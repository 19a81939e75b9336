using IncidentHub.Domain.Gate;
using IncidentHub.Domain.Programs;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;

namespace IncidentHub.Switch.Gate.Parts;

/// <summary>Classes of quarantined batches and their dispositions as people read them.</summary>
internal static class QuarantineWords
{
    private const int MostShown = 2;

    public static string Short(BatchClass held) => held switch
    {
        BatchClass.A => "late upload",
        BatchClass.B => "while stopping",
        BatchClass.C => "violation",
        BatchClass.D => "no valid permit",
    };

    public static string About(BatchClass held) => held switch
    {
        BatchClass.A => "Collected while it was allowed, uploaded under the pause. The owner or privacy may admit it.",
        BatchClass.B => "Collected after the pause became active and before the collector's proven stop. Only privacy may admit it.",
        BatchClass.C => "Collected after the collector's proven stop: a violation. It is sealed or purged, never admitted.",
        BatchClass.D => "No valid permit covers it.",
    };

    /// <summary>What the batches that are shown are.</summary>
    public static string About(BatchClass? only) => only is { } held
        ? About(held)
        : "Batches that the ingest gate did not admit. They are kept apart, unread, until a disposition.";

    /// <summary>All data categories of a batch.</summary>
    public static string All(QuarantinedBatchView batch) => string.Join(", ", batch.Categories.Select(DataCategories.Label));

    /// <summary>The first data categories of a batch, and how many more: they fill a narrow column.</summary>
    public static string Some(QuarantinedBatchView batch) => batch.Categories.Count <= MostShown
        ? All(batch)
        : $"{DataCategories.Label(batch.Categories[0])} +{batch.Categories.Count - 1}";

    /// <summary>What tells a batch from others.</summary>
    public static string Identity(QuarantinedBatchView batch) =>
        $"Sequence {batch.FirstSequence} to {batch.LastSequence}, SHA-256 {batch.Digest}";

    public static Tone ToneOf(BatchClass held) => held switch
    {
        BatchClass.A => Tone.Neutral,
        BatchClass.B => Tone.Warn,
        BatchClass.C or BatchClass.D => Tone.Bad,
    };

    public static Tone ToneOf(Disposition what) => what switch
    {
        Disposition.Admit => Tone.Ok,
        Disposition.Seal => Tone.Accent,
        Disposition.Purge => Tone.Neutral,
    };

    /// <summary>«1 batch», «260 batches».</summary>
    public static string Batches(long n) => n == 1 ? "1 batch" : $"{n:N0} batches";

    /// <summary>What a disposition does, before it is made.</summary>
    public static string Does(Disposition what) => what switch
    {
        Disposition.Admit => "Ingestion gets a signed admission and stores the data. This is final.",
        Disposition.Seal => "Ingestion keeps the data locked away and stores it nowhere else. It can be admitted or purged later.",
        Disposition.Purge => "Ingestion destroys the data. This is final.",
    };

    public static string Length(TimeSpan time) => time.TotalSeconds < 60 ? $"{Math.Max(0, time.TotalSeconds):0} s" : Times.Measure(time);
}
