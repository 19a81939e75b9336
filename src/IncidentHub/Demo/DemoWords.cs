namespace IncidentHub.Demo;

/// <summary>Texts of the demo incidents. <c>{d}</c> is a dataset, <c>{p}</c> a program.</summary>
internal static class DemoWords
{
    private static readonly Dictionary<Sev, string[]> Titles = new()
    {
        [Sev.Catastrophic] = ["Copy of {d} found on a public share", "Vendor key with access to {d} posted in a forum"],
        [Sev.Critical] = ["Export of {d} sent to the wrong vendor", "{d} opened by people with no task in it",
            "Bucket of {d} readable from outside for a night", "Contractor kept access to {d} after leaving"],
        [Sev.Major] =
        [
            "{d} readable by the whole company", "Search index shows lines of {d} to everybody",
                "Nightly grant job opened {d} to all staff", "Dashboard of {p} lists people by name to every manager",
                "Backup of {d} stored unencrypted in a shared project",
            "{p} records in a region that it was not meant for",
        ],
        [Sev.Moderate] =
        [
            "A second team can read {d}", "Test copy of {d} with real people in it", "{p} recorded during a declared break",
                "Snapshot link to {d} works without sign-in inside the company", "Old group still has access to {d}",
                "Sample of {d} pasted into a chat channel",
        ],
        [Sev.Minor] = ["Retention job skipped {d} for two nights", "Opt-out of {p} took a day to take effect",
            "Key of {d} not rotated in time", "Log of reads of {d} has a gap", "{p} kept recording after the shift ended",
            "Blur step of {p} failed on some screens"],
        [Sev.Notice] = ["Question whether {p} covers trainees", "Nearly shared {d} with a partner", "Notice of {p} names a wrong contact",
            "Asked who may read {d}", "Draft report quoted {d}, caught in review"],
    };

    private static readonly string[] Fixes =
    [
        "Grants withdrawn and listed again.", "The job that opened it is switched off; grants checked by hand.",
            "Link revoked, cache cleared.", "Copy deleted, deletion confirmed by the platform team.", "Group membership corrected.",
        "Key revoked and replaced.", "Configuration rolled back.",
    ];

    private static readonly string[] Causes =
    [
        "A shared role was wider than its name said.", "The change was not reviewed by the dataset's owner.",
            "The default of the new workspace is open to all.", "A script took the list of readers from an old group.",
            "Retention was configured in two places.",
        "A test was run on production data.",
    ];

    private static readonly string[] Reopened = ["The fix did not stick: the nightly job set the old grants again.",
        "A second copy was found with the same readers.", "Reads went on through a cached view."];

    private static readonly string[] Concerns =
    [
        "I can open things in {d} that have nothing to do with my work.", "A dashboard shows what my colleagues typed.",
            "I found a file with people's names and ratings in our shared folder.", "The recorder went on after I had opted out.",
        "A search gave me lines out of somebody's private chat.", "I was sent a link that opens recordings of a call I was not in.",
    ];

    private static readonly string[] Dismissals = ["It is test data without real people.",
        "Checked: the link opens only for its participants.", "A known and agreed use, stated in section 3 of the notice.",
        "Nothing of the program is involved: it is a matter for the desk."];

    public static string Title(Sev sev, Random random, string program, string dataset) =>
        Pick(random, Titles[sev]).Replace("{p}", program, StringComparison.Ordinal).Replace("{d}", dataset, StringComparison.Ordinal);

    public static string Fix(Random random) => Pick(random, Fixes);

    public static string Cause(Random random) => Pick(random, Causes);

    public static string ReopenReason(Random random) => Pick(random, Reopened);

    public static string Concern(Random random, string dataset) => Pick(random, Concerns).Replace("{d}", dataset, StringComparison.Ordinal);

    public static string Dismissal(Random random) => Pick(random, Dismissals);

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}
