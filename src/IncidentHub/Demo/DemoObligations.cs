using IncidentHub.Domain.Obligations;
using IncidentHub.Platform.Database;
using IncidentHub.Response.Obligations;
using static IncidentHub.Demo.DemoScript;

namespace IncidentHub.Demo;

/// <summary>Regulatory clocks of the story: those of a breach that was notified, and one that runs.</summary>
internal sealed class DemoObligations(ObligationCommands commands)
{
    private const string Regime = "GDPR";

    /// <summary>Ten hours after the declaration somebody is certain; the authority is told the next day.</summary>
    public void WriteSettled(DemoScript script, DateTimeOffset declared, Func<string> incident)
    {
        IReadOnlyList<string> codes = [];
        script.At(declared.AddHours(10), async tx =>
        {
            codes = Must(await commands.TrackAsync(tx, incident(), Regime, Privacy));
            foreach (var code in codes.Take(2))
                Must(await commands.SetTriggerAsync(tx, code, new(tx.Now, null, "The grants and the reads were compared."), null, Privacy));
        });
        script.At(declared.AddHours(31), tx =>
            RunAsync(tx, codes[0],
                new RecordNotice(tx.Now, "Portal receipt 48-1107", "Nature, numbers, measures; consequences follow.", false)));
        script.At(declared.AddHours(96), tx =>
            RunAsync(tx, codes[0], new RecordNotice(tx.Now, "Portal receipt 48-1131", "Likely consequences.", true)));
        script.At(declared.AddHours(97), tx =>
            RunAsync(tx, codes[1], new RecordNotice(tx.Now, "Breach register, entry 14", "", true)));
        script.At(declared.AddHours(98), tx =>
            RunAsync(tx, codes[2], new DecideNotRequired("No high risk: readers were employees under the same duty of confidence.")));
    }

    public async Task WriteRunningAsync(UnitOfWork tx, string incident)
    {
        var codes = Must(await commands.TrackAsync(tx, incident, Regime, Privacy));
        Must(await commands.SetTriggerAsync(tx, codes[0], new(tx.Now, null, "The second team opened files of people in Ireland."), null,
            Privacy));
    }

    private async Task RunAsync(UnitOfWork tx, string code, ObligationCommand command) =>
        Must(await commands.RunAsync(tx, code, command, null, Privacy));
}
