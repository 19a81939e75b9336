using IncidentHub.Tests.Support;

namespace IncidentHub.Tests.Access.Audit;

internal static partial class CommandSteps
{
    private static IEnumerable<CommandStep> Flags() =>
    [
        new($"POST {F}", "flag.filed", "owner-2")
        {
            Actor = Reporter,
            ForEveryone = true,
            Body = _ => new { text = "I could open other people's transcriptions.", token = new string('a', 32) },
            Refused = [(400, new { })],
        },
        new($"POST {F}/{{code}}/acknowledge", "flag.acknowledged", "responder")
        {
            At = _ => ["F-1"],
            Body = _ => new { },
            Refused = [(409, new { expectedVersion = 99 })],
        },
        new($"POST {F}/{{code}}/messages", "flag.message", "responder")
        {
            At = _ => ["F-1"],
            Body = _ => new { message = "Since when?" },
            Refused = [(400, new { })],
        },
        new($"POST {F}/{{code}}/files", "flag.attached", "owner-2")
        {
            Actor = Reporter,
            At = _ => ["F-1"],
            Body = _ => File("What I saw.", ("message", "It is in the file.")),
            Refused = [(415, new { }), (400, File("", ("message", "It is empty.")))],
        },
        new($"POST {F}/{{code}}/merge", "flag.merged", "responder")
        {
            At = _ => ["F-1"],
            Body = _ => new { incident = "INC-1" },
            Refused = [(400, new { }), (409, new { incident = "INC-1", expectedVersion = 99 })],
        },
        new($"POST {F}/by-receipt", null, "nobody")
        {
            Before = async s => s["receipt"] = (await s.MakeAsync("employee", F, new { text = "A list of names.", anonymous = true }))
                .Text("receipt"),
            Body = s => new { receipt = s["receipt"] },
            Refused = [(404, new { receipt = "none" })],
        },
        new($"POST {F}/by-receipt/messages", "flag.message", "nobody")
        {
            Body = s => new { receipt = s["receipt"], message = "It is still there." },
            Refused = [(404, new { receipt = "none", message = "x" })],
        },
        new($"POST {F}/by-receipt/files", "flag.attached", "nobody")
        {
            Body = s => File("The list.", ("receipt", $"{s["receipt"]}")),
            Refused = [(415, new { }), (404, File("The list.", ("receipt", "none")))],
        },
        new($"POST {F}/triage", "flag.acknowledged", "responder")
        {
            Before = s => s.MakeAsync("employee", F, new { text = "A second list." }),
            Body = _ => new { flags = new[] { "F-3" }, act = "Acknowledge" },
            Refused = [(400, new { flags = Array.Empty<string>(), act = "Acknowledge" })],
        },
        new($"POST {F}/{{code}}/dismiss", "flag.dismissed", "privacy")
        {
            At = _ => ["F-2"],
            Body = _ => new { reason = "The list is public." },
            Refused = [(400, new { }), (409, new { reason = "x", expectedVersion = 99 })],
        },
        Redact(F, "F-2", "flag"),
    ];
}
