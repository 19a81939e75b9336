using IncidentHub.Domain.Timeline;
using IncidentHub.Response.Incidents;
using static IncidentHub.Demo.DemoScript;

namespace IncidentHub.Demo;

/// <summary>A note of the story that privacy redacted: somebody had pasted a token.</summary>
internal sealed class DemoRedactions(NoteCommands notes, RedactCommands redactions)
{
    /// <summary>Nothing of it is left.</summary>
    public const string Pasted = "tok-7f3a-call-notes-export", Reason = "A token was pasted. It is revoked.";

    public void Write(DemoScript script, DateTimeOffset declared, Func<string> incident)
    {
        Guid note = default;
        script.At(declared.AddHours(2), async tx => note = Must(await notes.WriteAsync(tx, incident(),
            new(NoteKind.Note, $"The export job still runs. It signs in with {Pasted}; somebody please stop it."), SecondResponder)).Id);
        script.At(declared.AddHours(2).AddMinutes(25), async tx =>
            Must(await redactions.EntryAsync(tx, incident(), note, Reason, Privacy)));
    }
}
