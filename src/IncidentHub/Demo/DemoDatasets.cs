using IncidentHub.Domain.Access;
using IncidentHub.Domain.Datasets;

namespace IncidentHub.Demo;

/// <summary>A dataset or model of the demo story.</summary>
internal sealed record DemoDataset(string Name, Actor Owner, string? Program, int DaysAgo, DatasetDetails Details,
    params IReadOnlyList<string> From)
{
    /// <summary>Derived from what MCI feeds, so not older than MCI.</summary>
    public bool Mci { get; init; }
}

internal static class DemoDatasets
{
    private static readonly Audience Research = new(AudienceScope.NamedGroup, "research group"), Company = new(AudienceScope.WholeCompany);

    public static readonly IReadOnlyList<DemoDataset> All =
    [
        Mci("private-conversations", 12_400_000, 38_200, ["private-communications"], "Chats and mails as they were on the screen."),
        Mci("performance-data", 1_100_000, 31_000, ["performance-data"], "Appraisals and ratings seen while they were written."),
        Mci("transcriptions", 640_000, 22_400, ["transcriptions", "audio"], "What was said in calls that were on the screen."),
        Mci("full-prompts", 8_900_000, 36_100, ["prompts"], "Prompts to assistants with their answers, in full."),
        new("ui-traces", DemoScript.Owner, "MCI", 0, Sound(Classification.Restricted, ["mouse-movements", "clicks", "keystrokes"],
            2_900_000_000, 38_200, Research, days: 730) with { Regions = ["US"], Location = "training lake / mci / traces" }),
        new("interaction-corpus", DemoScript.Owner, null, 0,
            Sound(Classification.Restricted, ["private-communications", "prompts", "transcriptions"], 410_000_000, 38_200,
            Research) with { Regions = ["US"], Location = "training lake / corpora" }, "private-conversations", "transcriptions",
            "full-prompts", "ui-traces") { Mci = true },
        new("skills-corpus", DemoScript.Owner, null, 0, Sound(Classification.Restricted, ["performance-data", "clicks"], 52_000_000, 31_000,
            Research) with { Regions = ["US"], Location = "training lake / corpora" }, "performance-data", "ui-traces") { Mci = true },
        new("training-corpus-7", DemoScript.Owner, null, 0, Sound(
            Classification.Restricted, ["private-communications", "prompts", "performance-data"], 455_000_000, 38_200,
            Research) with { Location = "training lake / releases" }, "interaction-corpus", "skills-corpus") { Mci = true },
        new("workplace-agent-7b", DemoScript.Owner, null, 0,
            Sound(Classification.Confidential, [], null, null, new Audience(AudienceScope.Organisation, "Superintelligence research"),
            DatasetKind.Model) with { Location = "model registry" }, "training-corpus-7") { Mci = true },
        new("workplace-agent-eval", DemoScript.Owner, null, 0,
            Sound(Classification.Confidential, ["prompts"], 48_000, 6_200, Research) with { Location = "model registry / evaluations" },
            "training-corpus-7") { Mci = true },
        new("call-recordings", DemoScript.Owner, "CALL-NOTES", 775,
            Sound(Classification.Restricted, ["audio"], 3_200_000, 410_000, new Audience(AudienceScope.NamedGroup, "call platform"),
            days: 90) with { Regions = ["US", "CA"] }),
        new("call-transcripts", DemoScript.Owner, "CALL-NOTES", 774,
            Sound(Classification.Restricted, ["transcriptions", "contact-data"], 3_100_000, 410_000,
            new Audience(AudienceScope.NamedGroup, "call platform")) with { Regions = ["US", "CA"], Actual = Company,
            Encryption = EncryptionAtRest.Yes }, "call-recordings"),
        new("notes-drafter-2", DemoScript.Owner, null, 400, Sound(Classification.Internal, [], null, null, Company, DatasetKind.Model),
            "call-transcripts"),
        new("call-topics", DemoScript.Owner, null, 380,
            Sound(Classification.Confidential, ["transcriptions"], 2_900_000, 405_000,
            new Audience(AudienceScope.Organisation, "Customer operations")) with { Regions = ["US", "CA"] }, "call-transcripts"),
        new("weekly-call-report", DemoScript.Owner, null, 370,
            Sound(Classification.Internal, [], 5_400, null, Company) with { Regions = ["US", "CA"] }, "call-topics"),
        new("coaching-examples", DemoScript.Owner, null, 340,
            Sound(Classification.Confidential, ["transcriptions", "performance-data"], 61_000, 3_100,
            new Audience(AudienceScope.NamedGroup, "team leads")) with { Regions = ["US"] }, "call-topics", "call-transcripts"),
        new("coach-model-1", DemoScript.Owner, null, 300,
            Sound(Classification.Internal, [], null, null, Company, DatasetKind.Model), "coaching-examples"),
        new("desk-snapshots", DemoScript.Owner, "DESK-VISION", 425,
            Sound(Classification.Restricted, ["screen-snapshots"], 8_700_000, 2_600, new Audience(AudienceScope.NamedGroup, "process team"),
            days: 60) with { Regions = ["US", "GB"] }),
        new("process-steps", DemoScript.Owner, null, 400, Sound(
            Classification.Internal, ["clicks"], 940_000, 2_600, new Audience(AudienceScope.Organisation, "Operations excellence")),
            "desk-snapshots"),
        new("typing-rhythm", DemoScript.OtherOwner, "TYPING-COACH", 745,
            Sound(Classification.Confidential, ["keystrokes", "health-data"], 21_000_000, 890,
            new Audience(AudienceScope.NamedGroup, "occupational health"))),
        new("meeting-transcripts", DemoScript.OtherOwner, "MEETING-BOT", 550,
            Sound(Classification.Restricted, ["transcriptions", "private-communications"], 1_900_000, 12_700,
            new Audience(AudienceScope.NamedGroup, "participants"))),
        new("meeting-summaries", DemoScript.OtherOwner, "MEETING-BOT", 549,
            Sound(Classification.Confidential, ["transcriptions"], 1_850_000, 12_700,
            new Audience(AudienceScope.NamedGroup, "participants")), "meeting-transcripts"),
        new("edit-history", DemoScript.OtherOwner, "CODE-TRACE", 505,
            Sound(Classification.Confidential, ["prompts"], 320_000_000, 9_300,
            new Audience(AudienceScope.Organisation, "Developer productivity"))),
        new("completion-model-4", DemoScript.OtherOwner, null, 380,
            Sound(Classification.Internal, [], null, null, Company, DatasetKind.Model), "edit-history"),
        new("support-chats", DemoScript.OtherOwner, "SUPPORT-QA", 765,
            Sound(Classification.Restricted, ["private-communications", "contact-data"], 14_600_000, 2_400_000,
            new Audience(AudienceScope.NamedGroup, "quality team"), days: 180) with { Encryption = EncryptionAtRest.Unknown }),
        new("answer-samples", DemoScript.OtherOwner, null, 740,
            Sound(Classification.Internal, ["private-communications"], 86_000, 40_000,
            new Audience(AudienceScope.Organisation, "Customer operations")), "support-chats"),
        new("field-notes", DemoScript.Owner, "FIELD-VOICE", 295,
            Sound(Classification.Confidential, ["audio", "location"], 730_000, 3_450,
            new Audience(AudienceScope.Organisation, "Field service"))),
        new("keystroke-counts", DemoScript.OtherOwner, "KEY-PULSE", 755,
            Sound(Classification.Internal, ["keystrokes"], 44_000_000, 5_200, new Audience(AudienceScope.NamedGroup, "workforce planning"),
            days: 400)),
    ];

    // Differs from the safeguards of the announcement: readable by every employee and not encrypted.
    private static DemoDataset Mci(string name, long records, long people, IReadOnlyList<string> categories, string what) =>
        new(name, DemoScript.Owner, "MCI", 0, new DatasetDetails
        {
            OwnerId = DemoScript.Owner.Id,
            Description = what,
            Classification = Classification.Restricted,
            Categories = categories,
            Encryption = EncryptionAtRest.No,
            Promised = Research,
            Actual = Company,
            Records = records,
            Subjects = people,
            Regions = ["US"],
            RetentionDays = 730,
            Location = "training lake / mci / raw",
        });

    private static DatasetDetails Sound(Classification classification, IReadOnlyList<string> categories, long? records, long? people,
        Audience audience, DatasetKind kind = DatasetKind.Dataset, int? days = null) => new()
        {
            Kind = kind,
            OwnerId = DemoScript.Owner.Id,
            Classification = classification,
            Categories = categories,
            Encryption = EncryptionAtRest.Yes,
            Promised = audience,
            Actual = audience,
            Records = records,
            Subjects = people,
            RetentionDays = days,
        };
}
