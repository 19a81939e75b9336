using IncidentHub.Domain.Gate;
using IncidentHub.Domain.Programs;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;

namespace IncidentHub.Switch.Gate.Parts;

/// <summary>Display texts of the classes of quarantined batches and of their dispositions.</summary>
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

    /// <summary>Explains the listed batches.</summary>
    public static string About(BatchClass? only) => only is { } held
        ? About(held)
        : "Batches that the ingest gate did not admit. They are kept apart, unread, until a disposition.";

    /// <summary>All data categories of a batch.</summary>
    public static string All(QuarantinedBatchView batch) => string.Join(", ", batch.Categories.Select(DataCategories.Label));

    /// <summary>The first data categories of a batch, and how many more, for a narrow column.</summary>
    public static string Some(QuarantinedBatchView batch) => batch.Categories.Count <= MostShown
        ? All(batch)
        : $"{DataCategories.Label(batch.Categories[0])} +{batch.Categories.Count - 1}";

    /// <summary>The identifying details of a batch.</summary>
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

    /// <summary>The effect of a disposition, shown before the act.</summary>
    public static string Does(Disposition what) => what switch
    {
        Disposition.Admit => "Ingestion gets a signed admission and stores the data. This is final.",
        Disposition.Seal => "Ingestion keeps the data locked away and stores it nowhere else. It can be admitted or purged later.",
        Disposition.Purge => "Ingestion destroys the data. This is final.",
    };

    public static string Length(TimeSpan time) => Times.Measure(time < TimeSpan.Zero ? TimeSpan.Zero : time);
}
