using IncidentHub.Domain.AccessReviews;
using IncidentHub.Ui.Kit;

namespace IncidentHub.Response.AccessReviews.Parts;

/// <summary>Words of access reviews.</summary>
internal static class ReviewText
{
    public static string Word(ReviewStatus status) => status switch
    {
        ReviewStatus.Running => "Reading",
        ReviewStatus.Cancelled => "Cancelled",
        ReviewStatus.Failed => "Failed",
        ReviewStatus.Read => "To sign off",
        ReviewStatus.SignedOff => "Signed off",
    };

    public static Tone Tone(ReviewStatus status) => status switch
    {
        ReviewStatus.Running => Ui.Kit.Tone.Accent,
        ReviewStatus.Cancelled => Ui.Kit.Tone.Neutral,
        ReviewStatus.Failed => Ui.Kit.Tone.Bad,
        ReviewStatus.Read => Ui.Kit.Tone.Warn,
        ReviewStatus.SignedOff => Ui.Kit.Tone.Ok,
    };

    public static string Word(ReviewConclusion conclusion) => conclusion switch
    {
        ReviewConclusion.NoneFound => "None found",
        ReviewConclusion.Found => "Found",
        ReviewConclusion.Inconclusive => "Inconclusive",
    };

    public static string Word(RefusedReason reason) => reason switch
    {
        RefusedReason.None => "",
        RefusedReason.NoTime => "no time",
        RefusedReason.UnreadableTime => "unreadable time",
        RefusedReason.NoOffset => "time without an offset, and no zone stated",
        RefusedReason.AmbiguousTime => "time that comes twice, when clocks go back",
        RefusedReason.NoAccount => "no account",
        RefusedReason.NoObject => "no object",
        RefusedReason.Unreadable => "damaged row",
    };

    public static string Word(LogPreset preset) => preset switch
    {
        LogPreset.Plain => "Plain table",
        LogPreset.CloudTrail => "AWS CloudTrail",
        LogPreset.BigQuery => "BigQuery audit log",
        LogPreset.Snowflake => "Snowflake ACCESS_HISTORY",
        LogPreset.Custom => "Another log",
    };
}
