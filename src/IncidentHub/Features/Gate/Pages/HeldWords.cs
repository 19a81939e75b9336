using IncidentHub.Domain.Gate;
using IncidentHub.Ui;
using IncidentHub.Ui.Kit;

namespace IncidentHub.Features.Gate.Pages;

/// <summary>How classes and decisions are called.</summary>
internal static class HeldWords
{
    public static string Short(BatchClass held) => held switch
    {
        BatchClass.A => "late",
        BatchClass.B => "drained",
        BatchClass.C => "violation",
        BatchClass.D => "refused",
    };

    public static string About(BatchClass held) => held switch
    {
        BatchClass.A => "Collected while it was allowed, uploaded under the pause. Owner or privacy may admit it.",
        BatchClass.B => "It may have been collected after the pause took effect, before its collector had stopped. Only privacy may admit it.",
        BatchClass.C => "Collected after its collector had stopped: a violation. It is sealed or purged, never admitted.",
        BatchClass.D => "No permit covers it.",
    };

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

    /// <summary>What a decision does, before it is made.</summary>
    public static string Does(Disposition what) => what switch
    {
        Disposition.Admit => "Ingestion gets a signed admission and stores the data. This is final.",
        Disposition.Seal => "Ingestion keeps the data under lock and stores it nowhere else. It can be admitted or purged later.",
        Disposition.Purge => "Ingestion destroys the data. This is final.",
    };

    public static string Length(TimeSpan time) => time.TotalSeconds < 60 ? $"{Math.Max(0, time.TotalSeconds):0} s" : Times.Measure(time);
}
