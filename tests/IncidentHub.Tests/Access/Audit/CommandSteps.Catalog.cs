namespace IncidentHub.Tests.Access.Audit;

internal static partial class CommandSteps
{
    private static IEnumerable<CommandStep> Programs() =>
    [
        new($"POST {P}", "program.registered", "owner")
        {
            Body = _ => Program("MCI"),
            Refused = [(400, new { }), (400, new { code = "MCI", owner = "owner" })],
        },
        new($"PUT {P}/{{code}}", "program.edited", "owner")
        {
            At = _ => ["MCI"],
            Body = _ => Program("MCI", "Teach models how work is done, and why."),
            Refused = [(400, new { }), (409, Program("MCI", "Other.", expectedVersion: 99))],
        },
        new($"POST {P}/{{code}}/launch", "program.launched", "owner")
        {
            At = _ => ["MCI"],
            Body = _ => new { },
            Refused = [(409, new { expectedVersion = 99 })],
        },
        new($"POST {P}/{{code}}/safeguards", "safeguard.recorded", "owner")
        {
            At = _ => ["MCI"],
            Body = _ => new { text = "Only the research group reads it.", source = "Staff notice 12" },
            Refused = [(400, new { })],
        },
        new($"PUT {P}/{{code}}/safeguards/{{number:int}}/period", "safeguard.period-set", "owner")
        {
            At = _ => ["MCI", 1],
            Body = _ => new { verifyEveryDays = 30 },
            Refused = [(400, new { }), (400, new { verifyEveryDays = 45 }), (409, new { verifyEveryDays = 30, expectedVersion = 99 })],
        },
        new($"POST {P}/{{code}}/safeguards/{{number:int}}/verify", "safeguard.verified", "responder")
        {
            At = _ => ["MCI", 1],
            Body = _ => new { holds = true, evidence = "Read the grants." },
            Refused = [(400, new { }), (400, new { holds = true }), (409, new { holds = true, evidence = "x", expectedVersion = 99 })],
        },
    ];

    private static IEnumerable<CommandStep> Datasets() =>
    [
        new($"POST {D}", "dataset.registered", "owner")
        {
            Body = _ => Dataset("transcriptions"),
            Refused = [(400, new { name = "transcriptions" })],
        },
        new($"POST {D}/import", "dataset.registered", "owner")
        {
            Body = _ => new { csv = "name,owner,promisedAudience,derivedFrom\nimported,owner,Public,transcriptions" },
            Refused = [(400, new { }), (400, new { csv = "name,owner,promisedAudience\nx1,nobody,Public" })],
        },
        new($"PUT {D}/{{name}}", "dataset.edited", "owner")
        {
            Before = s => s.MakeAsync("owner", D, Dataset("summaries")),
            At = _ => ["transcriptions"],
            Body = _ => Dataset("transcriptions", "What was said in meetings."),
            Refused = [(400, new { }), (409, Dataset("transcriptions", "Other.", expectedVersion: 99))],
        },
        new($"PUT {D}/{{name}}/upstream/{{upstream}}", "lineage.stated", "responder") { At = _ => ["summaries", "transcriptions"] },
        new($"DELETE {D}/{{name}}/upstream/{{upstream}}", "lineage.withdrawn", "responder") { At = _ => ["summaries", "transcriptions"] },
        new($"PUT {D}/{{name}}/programs/{{code}}", "feed.stated", "owner") { At = _ => ["transcriptions", "MCI"] },
        new($"DELETE {D}/{{name}}/programs/{{code}}", "feed.withdrawn", "owner") { At = _ => ["transcriptions", "MCI"] },
    ];
}
